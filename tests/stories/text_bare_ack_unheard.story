A bare ack is about no page of which nothing has left yet: whoever writes it answers something else.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires with cluster=eu-1
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:30  ana texts: ack CODE
          <- text to ana: Acked, it is yours: CheckoutErrors payments-api eu-1/prod. It asks again at 02:30. When fixed: 51 res. By mistake: 51 undo.
          = P1 ana acknowledged by text. The page is theirs until 02:30.
02:00:35  ana resolves the page
          <- P1 is resolved. 1 alert still fires: a new page opens at 03:00, or when it fires anew.
          = P1 Resolved by ana.
          = P1 Its alerts that still fire (1) open no new page until 03:00.
02:00:40  alertmanager: CheckoutErrors fires with cluster=us-1
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:50  ana texts: ack
          <- text to ana: NOTHING DONE. CheckoutErrors payments-api: reply 30 ack, 30 esc, 30 res, or 30 20m to snooze
02:01:00  (time passes)
          -> text to ana
02:01:05  ana texts: ack
          <- text to ana: Acked, it is yours: CheckoutErrors payments-api us-1/prod. It asks again at 02:31. When fixed: 30 res. By mistake: 30 undo.
          = P2 ana acknowledged by text. The page is theirs until 02:31.
