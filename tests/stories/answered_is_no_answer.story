Sent, delivered, rung and answered are not read by a human: without a reply or a key the step ends and the next one is paged.
start: 2026-01-07 12:00

12:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 12:05 to answer.
12:00:02  the text to ana is sent
12:00:03  the text to ana is delivered
12:02:00  (time passes)
          -> call to ana
12:02:05  the call to ana rings
12:02:10  the call to ana is answered
12:05:00  (time passes)
          -> text to ben
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 12:10 to answer.
12:05:10  (nobody pressed a key)
