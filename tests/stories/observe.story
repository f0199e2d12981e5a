A pager that only observes decides everything and sends nothing. Nobody answers it, so its pages climb to the last
resort: what would have gone out at once is told from what would have followed had nobody answered.
observe: yes
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          ~> text to ana (first)
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:02:00  (time passes)
          ~> call to ana (follow up)
02:05:00  (time passes)
          ~> text to ben (follow up)
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:10 to answer.
02:07:00  (time passes)
          ~> call to ben (follow up)
02:10:00  (time passes)
          ~> text to dora (follow up)
          = P1 Nobody answered step 2 (secondary) in time.
          = P1 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 02:20 to answer.
02:12:00  (time passes)
          ~> call to dora (follow up)
02:20:00  (time passes)
          ~> text to eva (follow up)
          = P1 Nobody answered step 3 (team_lead) in time.
          = P1 Paged eva (platform_lead, eva) for step 4 (platform_lead). They have until 02:30 to answer.
02:22:00  (time passes)
          ~> call to eva (follow up)
02:30:00  (time passes)
          ~> text to ana (follow up)
          = P1 Nobody answered step 4 (platform_lead) in time.
          = P1 Every step was paged: round 2 begins with step 1.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary), round 2. They have until 02:35 to answer.
02:32:00  (time passes)
          ~> call to ana (follow up)
02:35:00  (time passes)
          ~> text to ben (follow up)
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary), round 2. They have until 02:40 to answer.
02:37:00  (time passes)
          ~> call to ben (follow up)
02:40:00  (time passes)
          ~> text to dora (follow up)
          = P1 Nobody answered step 2 (secondary) in time.
          = P1 Paged dora (team_lead, dora) for step 3 (team_lead), round 2. They have until 02:50 to answer.
02:42:00  (time passes)
          ~> call to dora (follow up)
02:45:00  (nobody can answer what was never sent)
02:45:00  alertmanager: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:45 unless one fires again.
02:45:30  (and the page resolves by itself)
          ~> text to ana: resolved (told)
          ~> text to ben: resolved (told)
          ~> text to dora: resolved (told)
          ~> text to eva: resolved (told)
          = P1 Resolved: all its alerts resolved.
02:46:00  the report says what ana would have got
          <- 1 at once, 3 had nobody answered, 1 others; night pages 1, and 0 had nobody answered
02:46:00  the report says what ben would have got
          <- 0 at once, 4 had nobody answered, 1 others; night pages 0, and 1 had nobody answered
