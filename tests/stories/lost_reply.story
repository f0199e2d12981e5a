A reply whose callback got lost, as during a restart, is fetched after a minute and counts.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:20  ana texts while nobody listens: Ack CODE
02:01:00  (time passes)
          -> text to ana: answer
          = P1 ana acknowledged by text. The page is theirs until 02:31.
02:01:40  (time passes)
