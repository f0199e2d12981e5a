With several pages open a word without a code asks which, in the words that would be right; undo means the one that is yours.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires with cluster=eu-1
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:10  alertmanager: CheckoutErrors fires with cluster=eu-2
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:20  ana texts: escalate
          <- text to ana: NOTHING DONE: which of 2? 75 CheckoutErrors eu-2/prod, 51 CheckoutErrors eu-1/prod. Reply CODE esc
02:00:30  ana texts: res
          <- text to ana: NOTHING DONE: which of 2? 75 CheckoutErrors eu-2/prod, 51 CheckoutErrors eu-1/prod. Reply CODE res
02:00:40  ana texts: can't
          <- text to ana: Nothing acked, 2 open: 75 CheckoutErrors eu-2/prod, 51 CheckoutErrors eu-1/prod. Reply CODE esc to page the next person
02:00:50  ana texts: CODE
          <- text to ana: Acked, it is yours: CheckoutErrors payments-api eu-1/prod. It asks again at 02:30. When fixed: 51 res. By mistake: 51 undo.
          = P1 ana acknowledged by text. The page is theirs until 02:30.
02:01:00  ana texts: undo
          <- text to ana: Undone, it is not yours. Paging again Ana: CheckoutErrors payments-api eu-1/prod.
          -> text to ana
          = P1 ana took their acknowledgement back by text: paging step 1 (primary) again.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:06 to answer.
