A stale alert that is renewed is believed again, a resolved message ends it, and so does a person.
start: 2026-01-07 02:00

02:00:00  leased: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:30  ana acknowledges
          <- P1 is yours until 02:30. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:30.
02:04:00  (nobody renews it)
          = P1 CheckoutErrors is stale: its source no longer renews it, and never said it ended. It counts as firing.
02:06:00  leased: CheckoutErrors fires
          = P1 CheckoutErrors is known to its source again.
02:10:00  (nobody renews it)
          = P1 CheckoutErrors is stale: its source no longer renews it, and never said it ended. It counts as firing.
02:11:00  leased: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:11 unless one fires again.
02:11:30  (it settles)
          -> text to ana: resolved
          = P1 Resolved: all its alerts resolved.
02:40:00  leased: CheckoutErrors fires
          -> text to ana
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:45 to answer.
02:40:30  ana acknowledges
          <- P2 is yours until 03:10. Escalation stopped.
          = P2 ana acknowledged from the command line. The page is theirs until 03:10.
02:44:00  (nobody renews it)
          = P2 CheckoutErrors is stale: its source no longer renews it, and never said it ended. It counts as firing.
02:45:00  ana resolves the page
          <- P2 is resolved. 1 alert still fires: a new page opens at 03:45, or when it fires anew.
          = P2 Resolved by ana.
          = P2 Its alerts that still fire (1) open no new page until 03:45.
