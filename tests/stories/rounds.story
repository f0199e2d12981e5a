Repeat means further rounds of all steps; then the last resort is paged every five minutes, and told that nobody answered.
plan: two rounds
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:02:00  (time passes)
          -> call to ana
02:05:00  (time passes)
          -> text to ben
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:10 to answer.
02:07:00  (time passes)
          -> call to ben
02:10:00  (time passes)
          -> text to ana
          = P1 Nobody answered step 2 (secondary) in time.
          = P1 Every step was paged: round 2 begins with step 1.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary), round 2. They have until 02:15 to answer.
02:12:00  (time passes)
          -> call to ana
02:15:00  (time passes)
          -> text to ben
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary), round 2. They have until 02:20 to answer.
02:17:00  (time passes)
          -> call to ben
02:20:00  (time passes)
          -> text to eva
          -> text to dora
          = P1 Nobody answered step 2 (secondary) in time.
          = P1 No step is left: paged the last resort, eva, dora. Again at 02:25.
02:20:05  eva reads the text
          <- sev2 LAST RESORT: CheckoutErrors: Checkout fails for 7 % of customers
          <- payments/payments-api eu-1/prod since 01:00
          <- Do: Restart the canary.
          <- Reply 76 ack
02:22:00  (time passes)
          -> call to eva
          -> call to dora
02:22:05  eva listens to the call
          <- Pagerd. Severity 2. Last resort. Checkout Errors. payments api eu 1 prod. Since 0 1, 0 0.
          <- Press KEY to acknowledge. 6 to resolve. 8 to escalate. 0 to hear this again.
02:25:00  (eva and dora sleep on)
          -> text to eva
          -> text to dora
          = P1 Nobody answered the last resort in time.
          = P1 No step is left: paged the last resort, eva, dora. Again at 02:30.
02:26:00  dora acknowledges
          <- P1 is yours until 02:56. Escalation stopped.
          -> text to ana: acknowledged by other
          -> text to ben: acknowledged by other
          -> text to eva: acknowledged by other
          = P1 dora acknowledged from the command line. The page is theirs until 02:56.
