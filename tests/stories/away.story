Whoever is away is paged nowhere, and the next in turn covers; who already covers another step is not asked twice.
plan: ana away
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ben
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ben (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:02:00  (time passes)
          -> call to ben
02:05:00  (no answer)
          -> text to dora
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Skipped step 2 (secondary) at once: ben was already paged in this round.
          = P1 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 02:15 to answer.
02:07:00  (time passes)
          -> call to dora
02:10:00  (no answer)
