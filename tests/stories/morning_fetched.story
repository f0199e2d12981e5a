Where nobody can reach this pagerd the answer is fetched, within a minute, and answered by a text.
public_url: none
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:02  the text to ana is sent
02:00:05  (time passes)
          * night page of ana for P1: text sent
02:01:00  ana acknowledges
          <- P1 is yours until 02:31. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:31.
02:20:00  alertmanager: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:20 unless one fires again.
02:20:30  (time passes)
          -> text to ana: resolved
          = P1 Resolved: all its alerts resolved.
07:00:00  (ana wakes up)
          -> text to ana: night
          = N1 Asked ana by text how long they were up; 0 min of work were seen.
07:03:00  ana texts: 40m
07:03:05  (time passes)
          -> text to ana: answer
          = N1 ana says by text: 40 min of work in this night (0 before).
07:04:30  ana reads the text
          <- Noted for the night of Tue 6 Jan: 40m. Wrong? Reply N06 and the right time.
