Where no text reaches them the question comes by mail, and the command line takes the answer.
plan: ana has no number for texts
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> call to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:05  the call to ana rings
          * night page of ana for P1: call rang
02:00:30  ana presses the key that was told
          <- said to ana: Acknowledged. The page is yours until 02:30. Escalation stopped.
          = P1 ana acknowledged by a key in the call. The page is theirs until 02:30.
02:05:00  alertmanager: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:05 unless one fires again.
02:05:30  (time passes)
          -> mail to ana: resolved
          = P1 Resolved: all its alerts resolved.
07:00:00  (ana wakes up)
          -> mail to ana: night
          = N1 Asked ana by mail how long they were up; 0 min of work were seen.
07:00:30  ana reads the mail
          <- [pagerd] Night of Tue 6 Jan: 1 page rang you, no work was seen. How long were you up?
          <- Night of Tue 6 Jan: 1 page rang you, no work was seen. How long were you
          <- up?
          <- How to answer
          <-   Reply N62 40m (or 1h30, none) by text, to the number that pages you;
          <-   or pagerd nights worked last 40m. An answer to this mail is not read.
07:01:00  ana says that they were up for 25m
          = N1 ana says from the command line: 25 min of work in this night (0 before).
