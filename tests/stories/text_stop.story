Whoever texts STOP is not texted any more: the next page calls at once, and the operators are told. START undoes it.
start: 2026-01-07 02:00

02:00:00  ana texts: STOP
          <- (silence to ana)
          -> mail to dora: alarm
02:01:00  alertmanager: CheckoutErrors fires
          -> call to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:06 to answer.
02:02:00  ana presses the key that was told
          <- said to ana: Acknowledged. The page is yours until 02:32. Escalation stopped.
          = P1 ana acknowledged by a key in the call. The page is theirs until 02:32.
02:03:00  ana texts: START
          <- (silence to ana)
02:04:00  alertmanager: CheckoutErrors fires with cluster=us-1
          -> text to ana
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:09 to answer.
