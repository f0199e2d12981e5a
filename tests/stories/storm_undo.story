What one reply took for all, one reply gives back for all.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires in 2 clusters
          -> text to ana for 2 of them
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:30  ana texts: CODE ack
          <- text to ana: Acked, all 2 pages are yours. They ask again at 02:30. A mistake? Reply 29 undo.
          = P1 ana acknowledged by text. The page is theirs until 02:30.
          = P2 ana acknowledged by text. The page is theirs until 02:30.
02:01:30  ana texts: CODE undo
          <- text to ana: Undone, they go on paging: all 2 pages.
          -> text to ana for 2 of them
          = P1 ana took their acknowledgement back by text: paging step 1 (primary) again.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:06 to answer.
          = P2 ana took their acknowledgement back by text: paging step 1 (primary) again.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:06 to answer.
02:02:30  ana texts: CODE undo
          <- text to ana: NOTHING DONE with these 2 pages. 2 not yours to undo.
