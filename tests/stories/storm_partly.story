A code says of how many of its pages it is so: what is over, or somebody else has, it does not touch.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires in 3 clusters
          -> text to ana for 3 of them
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
          = P3 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P3 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:01:00  alertmanager: CheckoutErrors resolves with cluster=c1
          = P3 CheckoutErrors resolved; 0 still firing.
          = P3 All alerts are resolved. The page resolves at 02:01 unless one fires again.
02:01:20  ben acknowledges
          <- P2 is yours until 02:31. Escalation stopped.
          -> text to ana: acknowledged by other
          = P2 ben acknowledged from the command line. The page is theirs until 02:31.
02:01:30  (time passes)
          -> text to ana: resolved
          = P3 Resolved: all its alerts resolved.
02:02:00  ana texts: CODE ack
          <- text to ana: Acked, 1 of 3 pages is yours. They ask again at 02:32. 1 resolved already, 1 held by others. A mistake? Reply 10 undo.
          = P1 ana acknowledged by text. The page is theirs until 02:32.
          = P2 ana acknowledged too by text; ben has it already.
02:02:10  ana texts: CODE res
          <- text to ana: Resolved 2 of 3 pages. 1 resolved already.
          = P1 Resolved by ana.
          = P1 Its alerts that still fire (1) open no new page until 03:02.
          = P2 Resolved by ana.
          = P2 Its alerts that still fire (1) open no new page until 03:02.
02:02:20  ana texts: CODE res
          <- text to ana: NOTHING DONE with these 3 pages. 3 resolved already.
