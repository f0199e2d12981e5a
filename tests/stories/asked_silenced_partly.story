While one member has not heard of a silence it would send the alert: nothing is frozen until all that know it say so.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:30  Alertmanager can be asked from now on
02:01:00  ben silences CheckoutErrors in Alertmanager, and only am-1 has heard of it, for 30m: rolling back
02:02:00  (time passes)
          -> call to ana
02:03:00  (ana is called: the silence is not everywhere)
02:03:10  ben silences CheckoutErrors in Alertmanager for 30m: rolling back
02:03:30  (time passes)
          = P1 Frozen: all its alerts are muted: ben in Alertmanager: rolling back, until 02:33.
02:04:00  (now it is)
