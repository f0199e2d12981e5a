Handing a page over asks one person, by name of whoever did it; when they stay silent it goes on at step 1.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:01:00  ana acknowledges
          <- P1 is yours until 02:31. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:31.
02:02:00  ana hands it to cho
          <- P1 is handed to Cho.
          -> text to cho: reassigned
          = P1 ana handed the page to cho from the command line.
          = P1 Paged cho (handed over by ana) for the handover. They have until 02:07 to answer.
02:02:10  cho reads the text
          <- sev2 handed to you by Ana: CheckoutErrors: Checkout fails for 7 % of customers
          <- payments/payments-api eu-1/prod since 02:00
          <- Do: Restart the canary.
          <- Reply 57 ack
02:04:00  (time passes)
          -> call to cho: reassigned
02:04:10  cho listens to the call
          <- Pagerd. Severity 2. Handed to you by Ana. Checkout Errors. payments api eu 1 prod. Since 0 2, 0 0.
          <- Press KEY to acknowledge. 6 to resolve. 8 to escalate. 0 to hear this again.
02:07:00  (time passes)
          -> text to ana
          = P1 Nobody answered the handover in time.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:12 to answer.
02:07:30  (cho does not answer)
