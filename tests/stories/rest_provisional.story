More than an hour of work by night proposes the next morning off: nobody is woken for it, from six on it is in force, and the next in turn behind the secondary is on call.
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
          = P1 Resolved: all its alerts resolved.
06:00:00  (nobody has answered)
          -> mail to ana: rest
          -> mail to cho: rest
          = N1 No lead has decided yet: the rest of ana is in force provisionally.
          = N1 cho covers payments-primary from 06:00 to 12:00.
07:00:00  (dora and cho wake up)
          -> text to cho: rest
          -> text to dora: rest
07:00:10  dora reads the text
          <- Ana worked 1h 4m in the night of Tue 6 Jan. Morning off until 12:00? In force until you say no.
          <- Reply N04 ok, or N04 no
07:00:20  cho reads the mail
          <- [pagerd] You are on call for Ana, who rests after a night: payments-primary 06:00 to 12:00.
          <- You are on call for Ana, who rests after a night: payments-primary 06:00
          <- to 12:00.
07:00:30  ana reads the mail
          <- [pagerd] After 1h 4m of work in the night of Tue 6 Jan: Morning off until 12:00. Cho covers payments-primary. Provisional: your lead has no…
          <- After 1h 4m of work in the night of Tue 6 Jan: Morning off until 12:00.
          <- Cho covers payments-primary. Provisional: your lead has not answered
          <- yet.
07:10:00  alertmanager: CheckoutErrors fires with cluster=eu-2
          -> text to cho
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged cho (primary, schedule payments-primary) for step 1 (primary). They have until 07:15 to answer.
07:10:20  cho acknowledges
          <- P2 is yours until 07:40. Escalation stopped.
          = P2 cho acknowledged from the command line. The page is theirs until 07:40.
07:11:00  alertmanager: CheckoutErrors resolves with cluster=eu-2
          = P2 CheckoutErrors resolved; 0 still firing.
          = P2 All alerts are resolved. The page resolves at 07:11 unless one fires again.
07:11:30  (time passes)
          -> text to cho: resolved
          = P2 Resolved: all its alerts resolved.
07:20:00  dora texts: the code of the night and thanks
          <- text to dora: NOTHING DECIDED about the rest of Ana. Reply N04 ok, or N04 no
07:21:00  dora texts: the code of the night and ok
          <- text to dora: Rest of Ana: approved. Cho covers payments-primary.
          -> mail to ana: rest
          = N1 dora approved the rest of ana by text.
07:22:00  dora texts: the code of the night and no
          <- text to dora: NOTHING DECIDED: this rest is approved already by dora: it cannot become declined
12:00:00  (the morning off is over, and ana is asked)
          -> text to ana: night
          = N1 Asked ana by text how long they were up; 64 min of work were seen.
12:30:00  alertmanager: CheckoutErrors fires with cluster=eu-3
          -> text to ana
          = P3 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P3 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 12:35 to answer.
