Back to observing: what was not sent yet is not sent, and the pages go on as decisions of which nobody hears.
start: 2026-01-07 12:00

12:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 12:05 to answer.
12:00:30  pagerd is started again to observe
12:02:00  (time passes)
          ~> call to ana (follow up)
12:05:00  (time passes)
          ~> text to ben (follow up)
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 12:10 to answer.
12:07:00  (time passes)
          ~> call to ben (follow up)
12:10:00  (the steps are taken, and nobody hears of it)
          ~> text to dora (follow up)
          = P1 Nobody answered step 2 (secondary) in time.
          = P1 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 12:20 to answer.
