At the end of their own night whoever was rung is asked, once and in one text for all pages of the night, how long they were up; a text answers.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires with cluster=eu-1
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:01:00  ana texts: CODE ack
          <- text to ana: Acked, it is yours: CheckoutErrors payments-api eu-1/prod. It asks again at 02:31. When fixed: 51 res. By mistake: 51 undo.
          = P1 ana acknowledged by text. The page is theirs until 02:31.
02:01:02  the text to ana is sent
          * night page of ana for P1: text sent
02:05:00  alertmanager: CheckoutErrors fires with cluster=eu-2
          -> text to ana
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:10 to answer.
02:05:02  the text to ana is sent
          * night page of ana for P2: text sent
02:06:00  ana texts: CODE ack
          <- text to ana: Acked, it is yours: CheckoutErrors payments-api eu-2/prod. It asks again at 02:36. When fixed: 79 res. By mistake: 79 undo.
          = P2 ana acknowledged by text. The page is theirs until 02:36.
02:26:00  ana notes: the canary is restarted
          <- Noted on P2.
          = P2 ana wrote: the canary is restarted
          = P2 ana is still at it: the page is theirs until 02:56.
02:28:00  alertmanager: CheckoutErrors resolves with cluster=eu-1
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:28 unless one fires again.
02:28:00  alertmanager: CheckoutErrors resolves with cluster=eu-2
          = P2 CheckoutErrors resolved; 0 still firing.
          = P2 All alerts are resolved. The page resolves at 02:28 unless one fires again.
02:28:30  (time passes)
          -> text to ana: resolved for 2 of them
          = P1 Resolved: all its alerts resolved.
          = P2 Resolved: all its alerts resolved.
07:00:00  (ana wakes up)
          -> text to ana: night
          = N1 Asked ana by text how long they were up; 20 min of work were seen.
07:00:30  ana reads the text
          <- Night of Tue 6 Jan: 2 pages rang you, 20m of work were seen. How long were you up?
          <- Reply N57 40m (or 1h30, none)
07:01:00  ana texts: 40m
          <- text to ana: Noted for the night of Tue 6 Jan: 40m. Wrong? Reply N57 and the right time.
          = N1 ana says by text: 40 min of work in this night (20 before).
07:02:00  ana texts: the code of the night and 1h30, sorry
          <- text to ana: Noted for the night of Tue 6 Jan: 1h 30m. Wrong? Reply N57 and the right time.
          -> mail to ana: rest
          -> mail to cho: rest
          -> text to cho: rest
          -> mail to dora: rest
          -> text to dora: rest
          = N1 ana says by text: 90 min of work in this night (40 before).
          = N1 ana worked 90 min in this night: the morning off until 12:00 is proposed, asked of dora. In force from 07:02 unless somebody says no.
          = N1 No lead has decided yet: the rest of ana is in force provisionally.
          = N1 cho covers payments-primary from 07:02 to 12:00.
23:59:00  (nor asked again)
