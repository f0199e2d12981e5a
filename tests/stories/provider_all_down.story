When no provider works the step keeps its time all the same; the operators are told as soon as they are in trouble.
start: 2026-01-07 02:00

02:00:00  the text provider is down
02:00:00  the call provider is down
02:00:01  alertmanager: CheckoutErrors fires
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:11  (time passes)
02:00:21  (time passes)
          -> mail to dora: alarm
02:00:26  (time passes)
          -> mail to dora: alarm
02:03:51  (time passes)
02:03:56  (time passes)
02:05:01  (time passes)
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:10 to answer.
02:05:30  (nothing reached ana, and ben is paged on time)
