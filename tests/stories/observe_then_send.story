Whoever begins to send on what was only observed: no backlog, each open page begins at step 1, one message per person
for all of them, and one answer takes them all. What resolved meanwhile is told to nobody.
observe: yes
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires in 3 clusters
          ~> text to ana for 3 of them (first)
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
          = P3 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P3 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:02:00  (time passes)
          ~> call to ana for 3 of them (follow up)
02:05:00  (time passes)
          ~> text to ben for 3 of them (follow up)
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:10 to answer.
          = P2 Nobody answered step 1 (primary) in time.
          = P2 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:10 to answer.
          = P3 Nobody answered step 1 (primary) in time.
          = P3 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:10 to answer.
02:07:00  (time passes)
          ~> call to ben for 3 of them (follow up)
02:10:00  (time passes)
          ~> text to dora for 3 of them (follow up)
          = P1 Nobody answered step 2 (secondary) in time.
          = P1 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 02:20 to answer.
          = P2 Nobody answered step 2 (secondary) in time.
          = P2 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 02:20 to answer.
          = P3 Nobody answered step 2 (secondary) in time.
          = P3 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 02:20 to answer.
02:12:00  (time passes)
          ~> call to dora for 3 of them (follow up)
02:20:00  alertmanager: CheckoutErrors resolves with cluster=c3
          ~> text to eva for 2 of them (follow up)
          = P1 Nobody answered step 3 (team_lead) in time.
          = P1 Paged eva (platform_lead, eva) for step 4 (platform_lead). They have until 02:30 to answer.
          = P2 Nobody answered step 3 (team_lead) in time.
          = P2 Paged eva (platform_lead, eva) for step 4 (platform_lead). They have until 02:30 to answer.
          = P3 CheckoutErrors resolved; 0 still firing.
          = P3 All alerts are resolved. The page resolves at 02:20 unless one fires again.
02:20:30  (it settles)
          ~> text to ana: resolved (told)
          ~> text to ben: resolved (told)
          ~> text to dora: resolved (told)
          = P3 Resolved: all its alerts resolved.
02:22:00  (time passes)
          ~> call to eva for 2 of them (follow up)
02:30:00  (time passes)
          ~> text to ana for 2 of them (follow up)
          = P1 Nobody answered step 4 (platform_lead) in time.
          = P1 Every step was paged: round 2 begins with step 1.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary), round 2. They have until 02:35 to answer.
          = P2 Nobody answered step 4 (platform_lead) in time.
          = P2 Every step was paged: round 2 begins with step 1.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary), round 2. They have until 02:35 to answer.
02:32:00  (time passes)
          ~> call to ana for 2 of them (follow up)
02:35:00  (time passes)
          ~> text to ben for 2 of them (follow up)
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary), round 2. They have until 02:40 to answer.
          = P2 Nobody answered step 1 (primary) in time.
          = P2 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary), round 2. They have until 02:40 to answer.
02:37:00  (time passes)
          ~> call to ben for 2 of them (follow up)
02:40:00  (time passes)
          ~> text to dora for 2 of them (follow up)
          = P1 Nobody answered step 2 (secondary) in time.
          = P1 Paged dora (team_lead, dora) for step 3 (team_lead), round 2. They have until 02:50 to answer.
          = P2 Nobody answered step 2 (secondary) in time.
          = P2 Paged dora (team_lead, dora) for step 3 (team_lead), round 2. They have until 02:50 to answer.
02:42:00  (time passes)
          ~> call to dora for 2 of them (follow up)
02:50:00  (time passes)
          ~> text to eva for 2 of them (follow up)
          = P1 Nobody answered step 3 (team_lead) in time.
          = P1 Paged eva (platform_lead, eva) for step 4 (platform_lead), round 2. They have until 03:00 to answer.
          = P2 Nobody answered step 3 (team_lead) in time.
          = P2 Paged eva (platform_lead, eva) for step 4 (platform_lead), round 2. They have until 03:00 to answer.
02:52:00  (time passes)
          ~> call to eva for 2 of them (follow up)
02:59:59  pagerd is started again to send
          -> text to ana for 2 of them
          = P1 pagerd only observed since 02:00: nobody was told of this page. From now on it sends.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 03:04 to answer.
          = P2 pagerd only observed since 02:00: nobody was told of this page. From now on it sends.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 03:04 to answer.
03:00:30  ana reads the text
          <- sev2 2 PAGES, worst: CheckoutErrors: Checkout fails for 7 % of customers
          <- payments/payments-api c1/prod since 02:00
          <- Do: Restart the canary.
          <- Reply 18 ack = all 2
03:01:00  ana texts: CODE ack
          <- text to ana: Acked, all 2 pages are yours. They ask again at 03:31. A mistake? Reply 18 undo.
          = P1 ana acknowledged by text. The page is theirs until 03:31.
          = P2 ana acknowledged by text. The page is theirs until 03:31.
03:02:00  alertmanager: CheckoutErrors resolves in 2 clusters
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 03:02 unless one fires again.
          = P2 CheckoutErrors resolved; 0 still firing.
          = P2 All alerts are resolved. The page resolves at 03:02 unless one fires again.
03:02:30  (they settle)
          -> text to ana: resolved for 2 of them
          = P1 Resolved: all its alerts resolved.
          = P2 Resolved: all its alerts resolved.
