Whoever says no acknowledges nothing, and hears what is so now and how to hand on the page they meant.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires with cluster=eu-1
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:10  ana texts: can't take it
          <- text to ana: Not acked, it goes on paging. Reply 51 esc to page the next person now, 51 ack to take it.
02:01:00  alertmanager: CheckoutErrors fires with cluster=eu-2
          -> text to ana
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:06 to answer.
02:01:10  ana texts: not CODE
          <- text to ana: Not acked, it goes on paging. Reply 31 esc to page the next person now, 31 ack to take it.
02:01:20  ana texts: I can’t
          <- text to ana: Nothing acked, 2 open: 31 CheckoutErrors eu-2/prod, 51 CheckoutErrors eu-1/prod. Reply CODE esc to page the next person
02:02:00  ana texts: CODE ack
          <- text to ana: Acked, it is yours: CheckoutErrors payments-api eu-2/prod. It asks again at 02:32. When fixed: 31 res. By mistake: 31 undo.
          -> call to ana
          = P2 ana acknowledged by text. The page is theirs until 02:32.
02:02:10  ana texts: sorry, cannot do CODE
          <- text to ana: It is still yours: CheckoutErrors payments-api eu-2/prod. Reply 31 esc to page the next person now.
02:02:20  ana texts: CODE what is this
          <- text to ana: NOTHING DONE. CheckoutErrors eu-2/prod: reply 31 ack, 31 esc, 31 res, or 31 20m to snooze (2 open, ? lists them)
