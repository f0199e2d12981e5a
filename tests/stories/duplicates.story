Firing again while it fires is a renewal, whatever sends it; resolving what is not open changes nothing.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:01  alertmanager: CheckoutErrors fires
02:00:02  alertmanager: DiskFull resolves
02:00:03  alertmanager: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:00 unless one fires again.
02:00:04  alertmanager: CheckoutErrors resolves
02:00:33  (it settles)
          -> text to ana: resolved
          = P1 Resolved: all its alerts resolved.
