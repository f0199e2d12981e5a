While pagerd was down a beat may have been lost: it waits an hour of the interval anew, and the grace, but not for ever.
start: 2026-01-07 02:00

02:00:00  backup: reports
07:59:00  pagerd is gone for 40m
10:08:00  (an hour and a half after the start)
10:09:00  (time passes)
          -> text to ana
          = P1 Page opened for team payments: backup-late, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 10:14 to answer.
10:10:00  backup: reports
          = P1 backup-late resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 10:10 unless one fires again.
