Whoever was woken too covers nobody, and no schedule is emptied by a rest: where nobody is left the person stays, and is told so.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:02  the text to ana is sent
          * night page of ana for P1: text sent
02:01:00  ana acknowledges
          <- P1 is yours until 02:31. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:31.
02:02:00  ana asks ben for help
          <- Ben is asked to help with P1.
          -> text to ben: help
          = P1 ana asked ben for help.
          = P1 ana is still at it: the page is theirs until 02:32.
02:02:02  the text to ben is sent
          * night page of ben for P1: text sent
02:03:00  ana asks cho for help
          <- Cho is asked to help with P1.
          -> text to cho: help
          = P1 ana asked cho for help.
          = P1 ana is still at it: the page is theirs until 02:33.
02:03:02  the text to cho is sent
          * night page of cho for P1: text sent
02:04:00  (time passes)
          -> call to ben: help
02:05:00  (time passes)
          -> call to cho: help
02:25:00  ana notes: rolling back
          <- Noted on P1.
          = P1 ana wrote: rolling back
          = P1 ana is still at it: the page is theirs until 02:55.
02:50:00  ana notes: the rollback hangs
          <- Noted on P1.
          = P1 ana wrote: the rollback hangs
          = P1 ana is still at it: the page is theirs until 03:20.
03:05:00  ana notes: by hand then
          <- Noted on P1.
          -> mail to dora: rest
          = P1 ana wrote: by hand then
          = P1 ana is still at it: the page is theirs until 03:35.
          = N1 ana worked 64 min in this night: the morning off until 12:00 is proposed, asked of dora. In force from 06:00 unless somebody says no.
03:06:00  alertmanager: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 03:06 unless one fires again.
03:06:30  (time passes)
          -> text to ana: resolved
          -> text to ben: resolved
          -> text to cho: resolved
          = P1 Resolved: all its alerts resolved.
06:00:00  (nobody has answered)
          -> mail to ana: rest
          = N1 No lead has decided yet: the rest of ana is in force provisionally.
          = N1 ana stays on call in payments-primary from 06:00 to 12:00: everybody else is away, was woken, or cannot be reached.
06:00:10  ana reads the mail
          <- [pagerd] After 1h 4m of work in the night of Tue 6 Jan: Morning off until 12:00. Nobody is left to cover payments-primary. Provisional: you…
          <- After 1h 4m of work in the night of Tue 6 Jan: Morning off until 12:00.
          <- Nobody is left to cover payments-primary. Provisional: your lead has not
          <- answered yet.
