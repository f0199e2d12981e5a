Of a pair of Prometheus one loses sight of an alert and goes on saying that it ended; the other still sees it fire.
start: 2026-01-07 02:00

02:00:00  leased: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:30  ana acknowledges
          <- P1 is yours until 02:30. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:30.
02:02:00  leased: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:02 unless one fires again.
02:02:20  leased: CheckoutErrors fires
          -> mail to ana: more alerts
          = P1 Another alert of the group fires: CheckoutErrors, severity sev2 (1 firing now).
          = P1 CheckoutErrors fires again before the page had settled: the page goes on.
02:03:00  leased: CheckoutErrors resolved 1m ago
02:03:20  leased: CheckoutErrors fires
02:04:00  leased: CheckoutErrors resolved 2m ago
02:04:20  leased: CheckoutErrors fires
02:05:00  leased: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:05 unless one fires again.
02:05:30  (time passes)
          -> text to ana: resolved
          -> mail to ana: resolved
          = P1 Resolved: all its alerts resolved.
02:06:00  (both say so now)
