An alert that is open stays in its page, whatever the files say now: no rule, no owner and no verdict moves it.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:01:00  the plan becomes everything else
02:02:00  alertmanager: CheckoutErrors fires
          -> call to ana
02:05:00  (its escalation goes on)
          -> text to ben
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:10 to answer.
02:06:00  alertmanager: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:06 unless one fires again.
02:06:30  (it settles)
          -> text to ana: resolved
          -> text to ben: resolved
          = P1 Resolved: all its alerts resolved.
02:07:00  alertmanager: CheckoutErrors fires
