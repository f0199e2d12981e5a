Nobody is asked while a page of theirs is open, but when it is over; whoever slept is asked too, in the morning of their own zone.
start: 2026-01-07 06:50

06:50:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 06:55 to answer.
06:50:02  the text to ana is sent
          * night page of ana for P1: text sent
06:52:00  (time passes)
          -> call to ana
06:55:00  (time passes)
          -> text to ben
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 07:00 to answer.
06:55:02  the text to ben is sent
          * night page of ben for P1: text sent
06:56:00  ben acknowledges
          <- P1 is yours until 07:26. Escalation stopped.
          -> text to ana: acknowledged by other
          = P1 ben acknowledged from the command line. The page is theirs until 07:26.
07:00:00  (ana wakes up: her page is with ben)
          -> text to ana: night
          = N1 Asked ana by text how long they were up; 0 min of work were seen.
07:10:00  ben notes: still looking
          <- Noted on P1.
          = P1 ben wrote: still looking
          = P1 ben is still at it: the page is theirs until 07:40.
07:15:00  alertmanager: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 07:15 unless one fires again.
07:15:30  (time passes)
          -> text to ana: resolved
          -> text to ben: resolved
          = P1 Resolved: all its alerts resolved.
07:30:00  (time passes)
          -> text to ben: night
          = N2 Asked ben by text how long they were up; 0 min of work were seen.
07:40:00  ana texts: none
          <- text to ana: Noted for the night of Tue 6 Jan: none. Wrong? Reply N87 and the right time.
          = N1 ana says by text: 0 min of work in this night (0 before).
07:41:00  ben texts: 4
          <- text to ben: NOTHING NOTED: 4 hours or 4 minutes? Reply N04 4h or N04 4m
07:42:00  ben texts: 4m
          <- text to ben: Noted for the night of Tue 6 Jan: 4m. Wrong? Reply N04 and the right time.
          = N2 ben says by text: 4 min of work in this night (0 before).
