What the person says in the morning earns a rest too, and takes one back that nobody has decided about.
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
02:10:00  alertmanager: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:10 unless one fires again.
02:10:30  (time passes)
          -> text to ana: resolved
          = P1 Resolved: all its alerts resolved.
07:00:00  (ana wakes up)
          -> text to ana: night
          = N1 Asked ana by text how long they were up; 0 min of work were seen.
07:05:00  ana texts: 90m
          <- text to ana: Noted for the night of Tue 6 Jan: 1h 30m. Wrong? Reply N66 and the right time.
          -> mail to ana: rest
          -> mail to cho: rest
          -> text to cho: rest
          -> mail to dora: rest
          -> text to dora: rest
          = N1 ana says by text: 90 min of work in this night (0 before).
          = N1 ana worked 90 min in this night: the morning off until 12:00 is proposed, asked of dora. In force from 07:05 unless somebody says no.
          = N1 No lead has decided yet: the rest of ana is in force provisionally.
          = N1 cho covers payments-primary from 07:05 to 12:00.
07:06:00  dora reads the text
          <- Ana worked 1h 30m in the night of Tue 6 Jan. Morning off until 12:00? In force until you say no.
          <- Reply N55 ok, or N55 no
07:10:00  ana texts: the code of the night and 40m, mistyped
          <- text to ana: Noted for the night of Tue 6 Jan: 40m. Wrong? Reply N66 and the right time.
          -> mail to ana: rest
          -> text to ana: rest
          -> mail to cho: rest
          -> text to cho: rest
          = N1 ana says by text: 40 min of work in this night (90 before).
          = N1 The rest of ana is withdrawn: the night has 40 min of work, which is no more than the rule allows.
07:11:00  alertmanager: CheckoutErrors fires with cluster=eu-2
          -> text to ana
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 07:16 to answer.
