A helper is asked by name and the page stays with its holder, who hears that the helper comes. What a helper writes keeps it there.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:01:00  ana asks secondary for help
          <- Ben is asked to help with P1.
          -> text to ben: help
          = P1 ana asked ben for help.
02:01:10  ana acknowledges
          <- P1 is yours until 02:31. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:31.
02:01:20  ben reads the text
          <- sev2 Ana asks for your help: CheckoutErrors: Checkout fails for 7 % of custom..
          <- payments/payments-api eu-1/prod since 02:00
          <- Do: Restart the canary.
          <- Reply 79 ack
02:03:00  (time passes)
          -> call to ben: help
02:03:10  ben listens to the call
          <- Pagerd. Severity 2. Ana asks for your help. Checkout Errors. payments api eu 1 prod. Since 0 2, 0 0.
          <- Press KEY to acknowledge. 6 to resolve. 8 to escalate. 0 to hear this again.
02:03:20  ben texts: CODE
          <- text to ben: Ana is told that you come to help: CheckoutErrors payments-api eu-1/prod.
          -> text to ana: help comes
          = P1 ben comes to help ana, they said so by text.
02:03:30  ana reads the text
          <- sev2 Ben comes to help: CheckoutErrors: Checkout fails for 7 % of customers
          <- payments/payments-api eu-1/prod since 02:00
          <- It stays yours (P1)
02:04:00  ben acknowledges
          <- P1 was acknowledged by Ana 2 min ago. Nothing to do.
          = P1 ben acknowledged too from the command line; ana has it already.
02:05:00  ben notes: the card processor is down
          <- Noted on P1.
          = P1 ben wrote: the card processor is down
          = P1 ben is at it too: the page stays with ana until 02:35.
02:06:00  ana asks nobody for help
          <- nobody is nobody: name a person, a schedule, or a role of team payments
02:35:00  (time passes)
          -> mail to ana: reminder
          = P1 Reminded ana quietly that their acknowledgement ends. They have until 02:40.
02:35:30  (a reminder, counted from the helper's note)
