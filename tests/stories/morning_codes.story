A text about the night is never an answer to a page, and the other way round: where it could be either, nothing is done.
start: 2026-01-07 05:00

05:00:00  alertmanager: CheckoutErrors fires with cluster=eu-1
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 05:05 to answer.
05:00:02  the text to ana is sent
          * night page of ana for P1: text sent
05:01:00  ana texts: CODE ack
          <- text to ana: Acked, it is yours: CheckoutErrors payments-api eu-1/prod. It asks again at 05:31. When fixed: 51 res. By mistake: 51 undo.
          = P1 ana acknowledged by text. The page is theirs until 05:31.
05:20:00  alertmanager: CheckoutErrors resolves with cluster=eu-1
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 05:20 unless one fires again.
05:20:30  (time passes)
          -> text to ana: resolved
          = P1 Resolved: all its alerts resolved.
07:00:00  (ana wakes up)
          -> text to ana: night
          = N1 Asked ana by text how long they were up; 0 min of work were seen.
07:00:10  ana texts: ack
          <- text to ana: Not understood. No page of yours is open. INC and what is broken suspects an incident.
07:00:15  ana texts: 51
          <- text to ana: NOTHING DONE: page 51 is over. If you were up for 51 minutes, reply N49 51m
07:00:20  ana texts: 2
          <- text to ana: NOTHING NOTED: 2 hours or 2 minutes? Reply N49 2h or N49 2m
07:00:40  ana texts: N99 40m
          <- text to ana: NOTHING NOTED: N99 is no question to you. To say how long you were up: pagerd nights
07:01:00  alertmanager: CheckoutErrors fires with cluster=eu-2
          -> text to ana
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 07:06 to answer.
07:01:02  ana texts: 40m
          <- text to ana: NOTHING DONE. CheckoutErrors payments-api: reply 37 ack, 37 esc, 37 res, or 37 20m to snooze
07:01:04  ana texts: none
          <- text to ana: Not acked, it goes on paging. Reply 37 esc to page the next person now, 37 ack to take it.
07:01:08  ana texts: the code of the night and ack
          <- text to ana: NOTHING NOTED. How long were you up in the night of Tue 6 Jan? Reply N49 40m, N49 1h30 or N49 none
07:01:10  ana texts: the code of the night and 25m
          <- text to ana: Noted for the night of Tue 6 Jan: 25m. Wrong? Reply N49 and the right time.
          = N1 ana says by text: 25 min of work in this night (0 before).
07:02:00  ana texts: ack
          <- text to ana: Acked, it is yours: CheckoutErrors payments-api eu-2/prod. It asks again at 07:32. When fixed: 37 res. By mistake: 37 undo.
          = P2 ana acknowledged by text. The page is theirs until 07:32.
