Whoever was paged hears of a storm's end in one message too, and of a colleague who took it all.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires in 3 clusters
          -> text to ana for 3 of them
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
          = P3 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P3 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:02:00  (time passes)
          -> call to ana for 3 of them
02:05:00  (time passes)
          -> text to ben for 3 of them
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:10 to answer.
          = P2 Nobody answered step 1 (primary) in time.
          = P2 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:10 to answer.
          = P3 Nobody answered step 1 (primary) in time.
          = P3 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:10 to answer.
02:06:00  ben texts: CODE ack
          <- text to ben: Acked, all 3 pages are yours. They ask again at 02:36. A mistake? Reply 05 undo.
          -> text to ana: acknowledged by other for 3 of them
          = P1 ben acknowledged by text. The page is theirs until 02:36.
          = P2 ben acknowledged by text. The page is theirs until 02:36.
          = P3 ben acknowledged by text. The page is theirs until 02:36.
02:06:05  ana reads the text
          <- sev2 Ben has 3 pages, worst: CheckoutErrors: Checkout fails for 7 % of customers
          <- payments/payments-api c2/prod since 02:00
          <- Nothing to do
02:10:00  alertmanager: CheckoutErrors resolves in 3 clusters
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:10 unless one fires again.
          = P2 CheckoutErrors resolved; 0 still firing.
          = P2 All alerts are resolved. The page resolves at 02:10 unless one fires again.
          = P3 CheckoutErrors resolved; 0 still firing.
          = P3 All alerts are resolved. The page resolves at 02:10 unless one fires again.
02:10:30  (time passes)
          -> text to ana: resolved for 3 of them
          -> text to ben: resolved for 3 of them
          = P1 Resolved: all its alerts resolved.
          = P2 Resolved: all its alerts resolved.
          = P3 Resolved: all its alerts resolved.
02:10:35  ana reads the text
          <- sev2 3 pages RESOLVED, worst: CheckoutErrors: Checkout fails for 7 % of customers
          <- payments/payments-api c1/prod since 02:00
          <- No action needed
