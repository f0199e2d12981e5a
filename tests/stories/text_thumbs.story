Case, punctuation, word order and thumbs do not matter.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires with cluster=eu-1
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:10  ana texts: 👍🏽
          <- text to ana: Acked, it is yours: CheckoutErrors payments-api eu-1/prod. It asks again at 02:30. When fixed: 51 res. By mistake: 51 undo.
          = P1 ana acknowledged by text. The page is theirs until 02:30.
02:01:00  alertmanager: CheckoutErrors fires with cluster=eu-2
          -> text to ana
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:06 to answer.
02:01:10  ana texts: CODE, ACK!!
          <- text to ana: Acked, it is yours: CheckoutErrors payments-api eu-2/prod. It asks again at 02:31. When fixed: 31 res. By mistake: 31 undo.
          = P2 ana acknowledged by text. The page is theirs until 02:31.
02:02:00  alertmanager: CheckoutErrors fires with cluster=eu-3
          -> text to ana
          = P3 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P3 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:07 to answer.
02:02:10  ana texts: Ok got it, acknowledging CODE
          <- text to ana: Acked, it is yours: CheckoutErrors payments-api eu-3/prod. It asks again at 02:32. When fixed: 82 res. By mistake: 82 undo.
          = P3 ana acknowledged by text. The page is theirs until 02:32.
02:03:00  alertmanager: CheckoutErrors fires with cluster=eu-4
          -> text to ana
          = P4 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P4 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:08 to answer.
02:03:10  ana texts: (CODE) 👍
          <- text to ana: Acked, it is yours: CheckoutErrors payments-api eu-4/prod. It asks again at 02:33. When fixed: 45 res. By mistake: 45 undo.
          = P4 ana acknowledged by text. The page is theirs until 02:33.
