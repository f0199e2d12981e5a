A text says what is broken, where, since when, the runbook's first action and the code; a call says it for an ear.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:10  ana reads the text
          <- sev2 CheckoutErrors: Checkout fails for 7 % of customers
          <- payments/payments-api eu-1/prod since 02:00
          <- Do: Restart the canary.
          <- Reply 51 ack, 51e = escalate
02:02:00  (time passes)
          -> call to ana
02:02:10  ana listens to the call
          <- Pagerd. Severity 2. Checkout Errors. payments api eu 1 prod. Since 0 2, 0 0.
          <- Press KEY to acknowledge. 6 to resolve. 8 to escalate. 0 to hear this again.
02:05:00  (time passes)
          -> text to ben
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:10 to answer.
02:05:10  ben reads the text
          <- sev2 ESCALATED from Ana: CheckoutErrors: Checkout fails for 7 % of customers
          <- payments/payments-api eu-1/prod since 02:00
          <- Do: Restart the canary.
          <- Reply 68 ack
02:06:00  alertmanager: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:06 unless one fires again.
02:06:30  (time passes)
          -> text to ana: resolved
          -> text to ben: resolved
          = P1 Resolved: all its alerts resolved.
02:06:40  ana reads the text
          <- sev2 RESOLVED after 6m: CheckoutErrors: Checkout fails for 7 % of customers
          <- payments/payments-api eu-1/prod since 02:00
          <- No action needed (P1)
