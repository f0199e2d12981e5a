A fixed shift lies on top of the layers while it lasts, and not a moment longer.
plan: cho by name
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to cho
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged cho (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:01:00  cho acknowledges
          <- P1 is yours until 02:31. Escalation stopped.
          = P1 cho acknowledged from the command line. The page is theirs until 02:31.
02:08:00  alertmanager: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:08 unless one fires again.
02:08:30  (time passes)
          -> text to cho: resolved
          = P1 Resolved: all its alerts resolved.
02:10:00  alertmanager: CheckoutErrors fires with cluster=eu-2
          -> text to ana
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:15 to answer.
