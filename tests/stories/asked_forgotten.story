An alert that Alertmanager does not know for five minutes is stale: the page says so and goes on. Known again, it fires.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:30  Alertmanager can be asked from now on
02:01:00  ana acknowledges
          <- P1 is yours until 02:31. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:31.
02:02:10  Alertmanager does not know CheckoutErrors any more
02:07:30  (time passes)
          = P1 CheckoutErrors is stale: its source has not known it for five minutes, and never said it ended. It counts as firing.
02:08:30  (five minutes of answers later)
02:10:10  Alertmanager suppresses CheckoutErrors no more
02:10:30  (time passes)
          = P1 CheckoutErrors is known to its source again.
02:11:30  (it is known again)
02:12:00  alertmanager: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:12 unless one fires again.
02:12:30  (it settles)
          -> text to ana: resolved
          = P1 Resolved: all its alerts resolved.
