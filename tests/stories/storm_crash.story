A storm that pagerd slept through is one message to each person, that says how late it is.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires in 2 clusters
          -> text to ana for 2 of them
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:01  alertmanager: CheckoutErrors fires with cluster=d1
          = P3 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P3 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:02  pagerd is gone for 20m
          -> call to ana for 3 of them
          -> text to ana
          -> text to ben for 3 of them
          = P1 pagerd was 15m late here: it was down or stalled.
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:25 to answer.
          = P2 pagerd was 15m late here: it was down or stalled.
          = P2 Nobody answered step 1 (primary) in time.
          = P2 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:25 to answer.
          = P3 pagerd was 15m late here: it was down or stalled.
          = P3 Nobody answered step 1 (primary) in time.
          = P3 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:25 to answer.
02:20:05  ben reads the text
          <- sev2 3 PAGES, worst ESCALATED from Ana: CheckoutErrors: Checkout fails..
          <- payments/payments-api c1/prod since 02:00
          <- Do: Restart the canary.
          <- Reply 51 ack = all 3
