Times are those of the person who reads: it is 02:00 in Berlin, and eva is in Lisbon.
plan: eva for ana
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to eva
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged eva (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:10  eva reads the text
          <- sev2 CheckoutErrors: Checkout fails for 7 % of customers
          <- payments/payments-api eu-1/prod since 01:00
          <- Do: Restart the canary.
          <- Reply 51 ack, 51e = escalate
02:02:00  (time passes)
          -> call to eva
02:02:10  eva listens to the call
          <- Pagerd. Severity 2. Checkout Errors. payments api eu 1 prod. Since 0 1, 0 0.
          <- Press KEY to acknowledge. 6 to resolve. 8 to escalate. 0 to hear this again.
02:03:00  eva texts: CODE 20m
          <- text to eva: Snoozed until 01:23, it stays yours: CheckoutErrors payments-api eu-1/prod.
          = P1 eva snoozed the page by text until 02:23.
