Negations, automatic replies and carrier words never acknowledge; a text not understood says what would be right.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:10  ana texts: I am driving, auto reply
          <- (silence to ana)
02:00:20  ana texts: not ack CODE
          <- text to ana: Not acked, it goes on paging. Reply 51 esc to page the next person now, 51 ack to take it.
02:00:30  ana texts: what is this
          <- text to ana: NOTHING DONE. CheckoutErrors payments-api: reply 51 ack, 51 esc, 51 res, or 51 20m to snooze
02:00:40  ana texts: HELP
          <- (silence to ana)
02:02:00  (time passes)
          -> call to ana
02:05:00  (so the secondary is paged)
          -> text to ben
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:10 to answer.
