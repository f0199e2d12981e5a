An alert that begins under a silence opens no page; when the silence ends it is judged as if it had just fired.
start: 2026-01-07 02:00

02:00:00  ben silences service="payments-api" for 30m: deploy
02:05:00  alertmanager: CheckoutErrors fires
02:30:00  (the silence ends)
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: its silence ended; owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:35 to answer.
