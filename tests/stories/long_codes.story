With `reply_codes: long` every code has four signs, and is answered with in the same way.
plan: long codes
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:10  ana reads the text
          <- sev2 CheckoutErrors: Checkout fails for 7 % of customers
          <- payments/payments-api eu-1/prod since 02:00
          <- Do: Restart the canary.
          <- Reply YQN7 ack, YQN7e = escalate
02:00:20  ana texts: CODE ack
          <- text to ana: Acked, it is yours: CheckoutErrors payments-api eu-1/prod. It asks again at 02:30. When fixed: YQN7 res. By mistake: YQN7 undo.
          = P1 ana acknowledged by text. The page is theirs until 02:30.
