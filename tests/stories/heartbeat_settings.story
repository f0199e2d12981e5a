A longer interval, or settings that take it for no heartbeat any more, end its alert.
start: 2026-01-07 02:00

02:00:00  backup: reports
08:30:00  (it is late)
          -> text to ana
          = P1 Page opened for team payments: backup-late, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 08:35 to answer.
08:31:00  the settings want backup to report every 8h
          = P1 backup-late resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 08:31 unless one fires again.
08:31:30  (it settles)
          -> text to ana: resolved
          = P1 Resolved: all its alerts resolved.
10:30:00  (late again)
          -> text to ana
          = P2 Page opened for team payments: backup-late, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 10:35 to answer.
10:31:00  the settings take backup for no heartbeat any more
          = P2 backup-late resolved; 0 still firing.
          = P2 All alerts are resolved. The page resolves at 10:31 unless one fires again.
10:31:30  (it settles)
          -> text to ana: resolved
          = P2 Resolved: all its alerts resolved.
