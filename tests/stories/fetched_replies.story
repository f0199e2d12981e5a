Without a public URL replies are fetched: a text acknowledges within seconds, its answer is a text, a second look does nothing twice.
start: 2026-01-07 02:00
public_url: none

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:10  ana reads the text
          <- sev2 CheckoutErrors: Checkout fails for 7 % of customers
          <- payments/payments-api eu-1/prod since 02:00
          <- Do: Restart the canary.
          <- Reply 36 ack, 36e = escalate
02:00:20  mallory texts: ack 47
02:00:30  ana texts: Ack CODE!
          -> text to ana: answer
          = P1 ana acknowledged by text. The page is theirs until 02:30.
02:00:40  (ana waits)
02:00:41  ana reads the text
          <- Acked, it is yours: CheckoutErrors payments-api eu-1/prod. It asks again at 02:30. When fixed: 36 res. By mistake: 36 undo.
02:01:00  ana texts: hello there
          -> text to ana: answer
02:01:10  (ana waits)
02:01:11  ana reads the text
          <- NOTHING DONE. CheckoutErrors payments-api: reply 36 ack, 36 esc, 36 res, or 36 20m to snooze
02:02:00  pagerd crashes and starts again
02:02:30  (nothing is read twice)
