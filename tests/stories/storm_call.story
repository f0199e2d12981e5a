Calls merge likewise: one call speaks of all, and its key takes all.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires in 2 clusters
          -> text to ana for 2 of them
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:02:00  (time passes)
          -> call to ana for 2 of them
02:02:30  ana presses 7
          <- said to ana: That key does nothing. Not acknowledged.
02:02:40  ana presses the key that was told
          <- said to ana: Acknowledged: 2 of 2 pages.
          = P1 ana acknowledged by a key in the call. The page is theirs until 02:32.
          = P2 ana acknowledged by a key in the call. The page is theirs until 02:32.
