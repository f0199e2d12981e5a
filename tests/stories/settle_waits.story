While a page settles nothing of it leaves: neither the next contact method nor the next step. Both go on when it fires again.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:01:45  alertmanager: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:02 unless one fires again.
02:02:00  (ana's call is due, and waits)
02:02:10  alertmanager: CheckoutErrors fires
          = P1 Another alert of the group fires: CheckoutErrors, severity sev2 (1 firing now).
          = P1 CheckoutErrors fires again before the page had settled: the page goes on.
02:02:15  (it is made)
          -> call to ana
02:04:45  alertmanager: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:05 unless one fires again.
02:05:00  (ben's turn is due, and waits)
02:05:15  (it settles)
          -> text to ana: resolved
          = P1 Resolved: all its alerts resolved.
02:10:00  (nobody was called)
