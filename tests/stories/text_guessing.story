Five wrong codes within ten minutes, and texts from that number count for nothing until the ten minutes are over.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:10  ana texts: 00
          <- text to ana: NOTHING DONE: 00 is no code of yours. Open: 51 CheckoutErrors payments-api. Reply CODE ack
02:00:11  ana texts: 01
          <- text to ana: NOTHING DONE: 01 is no code of yours. Open: 51 CheckoutErrors payments-api. Reply CODE ack
02:00:12  ana texts: 02
          <- text to ana: NOTHING DONE: 02 is no code of yours. Open: 51 CheckoutErrors payments-api. Reply CODE ack
02:00:13  ana texts: 03
          <- text to ana: NOTHING DONE: 03 is no code of yours. Open: 51 CheckoutErrors payments-api. Reply CODE ack
02:00:14  ana texts: 04
          <- text to ana: NOTHING DONE: 04 is no code of yours. Open: 51 CheckoutErrors payments-api. Reply CODE ack
02:00:20  ana texts: CODE
          <- text to ana: NOTHING DONE: too many wrong codes. Texts count again at 02:10; use the call or pagerd ack.
02:02:00  (time passes)
          -> call to ana
02:05:00  (time passes)
          -> text to ben
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:10 to answer.
02:07:00  (time passes)
          -> call to ben
02:10:00  (time passes)
          -> text to dora
          = P1 Nobody answered step 2 (secondary) in time.
          = P1 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 02:20 to answer.
02:10:20  ana texts: CODE
          <- text to ana: Acked, it is yours: CheckoutErrors payments-api eu-1/prod. It asks again at 02:40. When fixed: 51 res. By mistake: 51 undo.
          -> text to ben: acknowledged by other
          -> text to dora: acknowledged by other
          = P1 ana acknowledged by text. The page is theirs until 02:40.
