A shadow gets a quiet copy of what its schedule pages, and is never counted on.
plan: gil shadows ana
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          -> mail to gil: shadow
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
          = P1 Told gil of it too, as a shadow: nobody counts on them.
02:02:00  (time passes)
          -> call to ana
02:05:00  (ana does not answer)
          -> text to ben
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:10 to answer.
02:06:00  ben acknowledges
          <- P1 is yours until 02:36. Escalation stopped.
          -> text to ana: acknowledged by other
          -> mail to gil: acknowledged by other
          = P1 ben acknowledged from the command line. The page is theirs until 02:36.
02:08:00  alertmanager: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:08 unless one fires again.
02:08:30  (time passes)
          -> text to ana: resolved
          -> text to ben: resolved
          -> mail to gil: resolved
          = P1 Resolved: all its alerts resolved.
