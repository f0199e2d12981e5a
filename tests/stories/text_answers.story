A text with its code acknowledges; the same text delivered twice does its work once; a stranger hears nothing.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:10  mallory texts: ack 47
          <- (silence to mallory)
02:00:20  ana texts: Ack CODE!
          <- text to ana: Acked, it is yours: CheckoutErrors payments-api eu-1/prod. It asks again at 02:30. When fixed: 51 res. By mistake: 51 undo.
          = P1 ana acknowledged by text. The page is theirs until 02:30.
02:00:21  ana's text Ack CODE! is delivered to us twice
          <- text to ana: Acked, it is yours: CheckoutErrors payments-api eu-1/prod. It asks again at 02:30. When fixed: 51 res. By mistake: 51 undo.
02:01:00  ana texts: CODE 20m
          <- text to ana: Snoozed until 02:21, it stays yours: CheckoutErrors payments-api eu-1/prod.
          = P1 ana snoozed the page by text until 02:21.
02:02:00  ana texts: CODEr
          <- text to ana: Resolved: CheckoutErrors payments-api eu-1/prod. 1 alert still firing, held until 03:02.
          = P1 Resolved by ana.
          = P1 Its alerts that still fire (1) open no new page until 03:02.
02:03:00  ana texts: CODE
          <- text to ana: Already resolved by Ana 1m ago: CheckoutErrors payments-api eu-1/prod. No action needed.
