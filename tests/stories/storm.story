A storm is one text at once and one a minute; the code of each stands for exactly its pages, and one reply takes them.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires in 3 clusters
          -> text to ana for 3 of them
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
          = P3 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P3 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:05  ana reads the text
          <- sev2 3 PAGES, worst: CheckoutErrors: Checkout fails for 7 % of customers
          <- payments/payments-api c1/prod since 02:00
          <- Do: Restart the canary.
          <- Reply 10 ack = all 3
02:00:20  alertmanager: CheckoutErrors fires with cluster=d1
          = P4 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P4 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:30  alertmanager: CheckoutErrors fires with cluster=d2
          = P5 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P5 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:01:00  (time passes)
          -> text to ana for 2 of them
02:01:05  ana reads the text
          <- sev2 2 PAGES, worst: CheckoutErrors: Checkout fails for 7 % of customers
          <- payments/payments-api d1/prod since 02:00
          <- Do: Restart the canary.
          <- Reply 58 ack = all 2
02:01:10  ana texts: CODE ack
          <- text to ana: Acked, all 2 pages are yours. They ask again at 02:31. A mistake? Reply 58 undo.
          = P4 ana acknowledged by text. The page is theirs until 02:31.
          = P5 ana acknowledged by text. The page is theirs until 02:31.
02:01:20  ana texts: ack
          <- text to ana: NOTHING DONE: which of 5? 08 CheckoutEr.., 92 CheckoutEr.., 31 CheckoutEr.., 55 CheckoutEr.., 51 CheckoutEr... Reply CODE ack
