Any act of the holder renews the acknowledgement.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:01:00  ana acknowledges
          <- P1 is yours until 02:31. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:31.
02:25:00  ana notes: rolled back, watching
          <- Noted on P1.
          = P1 ana wrote: rolled back, watching
          = P1 ana is still at it: the page is theirs until 02:55.
02:50:00  (it is still hers)
02:55:00  (time passes)
          -> mail to ana: reminder
          = P1 Reminded ana quietly that their acknowledgement ends. They have until 03:00.
02:56:00  (now the reminder)
