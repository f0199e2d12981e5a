A page whose timer is gone would stay silent for ever: the auditor finds it in one round, mends it, and tells the operators.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires with cluster=eu-1
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:05  the auditor looks
          <- the auditor is content
02:01:00  the stored page loses its timer
02:02:00  (time passes)
          -> call to ana
02:07:00  (nobody is paged, and nobody notices)
02:07:15  the auditor looks
          <- timer_missing
          -> text to dora: alarm
          -> mail to dora: alarm
          -> text to ben
          = P1 pagerd was 2m late here: it was down or stalled.
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:12 to answer.
02:07:30  the auditor looks
          <- the auditor is content
02:09:15  (time passes)
          -> call to ben
02:12:15  (time passes)
          -> text to dora
          = P1 Nobody answered step 2 (secondary) in time.
          = P1 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 02:22 to answer.
02:12:30  (time passes)
