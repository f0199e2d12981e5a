Whoever had the last page is asked first only if they are on call in one of its steps now; after a quarter of an hour nothing follows.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:30  cho acknowledges
          <- P1 is yours until 02:30. Escalation stopped.
          -> text to ana: acknowledged by other
          = P1 cho acknowledged from the command line. The page is theirs until 02:30.
02:01:00  alertmanager: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:01 unless one fires again.
02:01:30  (it settles)
          -> text to ana: resolved
          = P1 Resolved: all its alerts resolved.
02:10:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 It follows page P1, which was resolved a short while ago.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:15 to answer.
02:10:30  ana acknowledges
          <- P2 is yours until 02:40. Escalation stopped.
          = P2 ana acknowledged from the command line. The page is theirs until 02:40.
02:11:00  alertmanager: CheckoutErrors resolves
          = P2 CheckoutErrors resolved; 0 still firing.
          = P2 All alerts are resolved. The page resolves at 02:11 unless one fires again.
02:11:30  (it settles)
          -> text to ana: resolved
          = P2 Resolved: all its alerts resolved.
02:26:30  alertmanager: CheckoutErrors fires
          -> text to ana
          = P3 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P3 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:31 to answer.
