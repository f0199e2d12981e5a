A rest that is declined is taken out of the schedules, and those who were told of it are told.
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
06:00:00  (time passes)
          -> mail to ana: rest
          -> mail to cho: rest
          = N1 No lead has decided yet: the rest of ana is in force provisionally.
          = N1 cho covers payments-primary from 06:00 to 12:00.
07:00:00  (dora wakes up)
          -> text to cho: rest
          -> text to dora: rest
07:05:00  ana approves the rest
          <- nobody decides about their own rest: ask your lead
07:06:00  ben declines the rest: no
          <- only a lead of team payments or an admin decides about the rest of ana
07:07:00  dora declines the rest: the release is today
          -> mail to ana: rest
          -> text to ana: rest
          -> mail to cho: rest
          -> text to cho: rest
          = N1 dora declined the rest of ana from the command line: the release is today.
07:10:00  alertmanager: CheckoutErrors fires with cluster=eu-2
          -> text to ana
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 07:15 to answer.
