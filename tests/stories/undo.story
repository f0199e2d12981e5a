Undo takes one's own acknowledgement back within five minutes, and takes up the step that it interrupted.
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
02:05:30  ben texts: CODE
          <- text to ben: Acked, it is yours: CheckoutErrors payments-api eu-1/prod. It asks again at 02:35. When fixed: 29 res. By mistake: 29 undo.
          -> text to ana: acknowledged by other
          = P1 ben acknowledged by text. The page is theirs until 02:35.
02:06:00  ana texts: undo
          <- text to ana: NOTHING DONE: no open page is yours, so there is no ack to undo.
02:06:10  ben texts: undo
          <- text to ben: Undone, it is not yours. Paging again Ben: CheckoutErrors payments-api eu-1/prod.
          -> text to ben
          = P1 ben took their acknowledgement back by text: paging step 2 (secondary) again.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:11 to answer.
02:07:00  ben texts: CODE ack
          <- text to ben: Acked, it is yours: CheckoutErrors payments-api eu-1/prod. It asks again at 02:37. When fixed: 29 res. By mistake: 29 undo.
          -> text to ana: acknowledged by other
          = P1 ben acknowledged by text. The page is theirs until 02:37.
02:08:00  ben snoozes for 2h
          <- P1 is yours, snoozed until 04:08.
          = P1 ben snoozed the page from the command line until 04:08.
02:12:00  ben undoes
          <- P1 is not yours any more. It pages Ben.
          -> text to ben
          = P1 ben took their acknowledgement back from the command line: paging step 2 (secondary) again.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:17 to answer.
02:13:00  ben acknowledges
          <- P1 is yours until 02:43. Escalation stopped.
          -> text to ana: acknowledged by other
          = P1 ben acknowledged from the command line. The page is theirs until 02:43.
02:18:10  ben texts: CODE undo
          <- text to ben: NOTHING DONE, no fresh ack of yours to undo: CheckoutErrors payments-api eu-1/prod. Reply 29 esc to page the next person now.
02:18:20  ben undoes
          <- P1 is yours for longer than 5m: to hand it on, escalate it
