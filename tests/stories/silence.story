A silence mutes notification, not state: the page freezes, and goes on at step 1 when the silence ends and it still fires.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:01:00  ben silences service="payments-api" for 30m: deploy
          = P1 Frozen: all its alerts are muted: ben: deploy, until 02:31.
02:20:00  (nobody is called)
02:31:00  (the silence ends)
          -> text to ana
          = P1 No longer muted, and still firing: the page goes on.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:36 to answer.
