A held page that was frozen gets a fresh acknowledgement period.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:01:00  ana acknowledges
          <- P1 is yours until 02:31. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:31.
02:02:00  ben silences service="payments-api" for 2h: deploy
          = P1 Frozen: all its alerts are muted: ben: deploy, until 04:02.
03:00:00  (nobody is reminded)
04:02:00  (time passes)
          = P1 No longer muted, and still firing: the page goes on.
04:32:00  (half an hour after the silence)
          -> mail to ana: reminder
          = P1 Reminded ana quietly that their acknowledgement ends. They have until 04:37.
