An alert that goes stale while a silence covers it is stale still when it is heard again.
start: 2026-01-07 02:00

02:00:00  ana silences alertname="CheckoutErrors" for 10m: a deploy
02:00:10  leased: CheckoutErrors fires
02:04:10  (no renewal came)
02:10:00  (its silence ends)
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: its silence ended; owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:15 to answer.
02:10:30  leased: CheckoutErrors fires
          = P1 CheckoutErrors is known to its source again.
