A job that is paused on purpose is silenced like any alert: when the silence ends and it is still late, it pages.
start: 2026-01-07 02:00

02:00:00  backup: reports
08:00:00  dora silences heartbeat="backup" for 2h: the ledger moves to another machine
08:30:00  (it is late, and nobody is told)
10:00:00  (the silence ends)
          -> text to ana
          = P1 Page opened for team payments: backup-late, severity sev2. Why: its silence ended; owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 10:05 to answer.
10:01:00  backup: reports
          = P1 backup-late resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 10:01 unless one fires again.
10:01:30  (it settles)
          -> text to ana: resolved
          = P1 Resolved: all its alerts resolved.
