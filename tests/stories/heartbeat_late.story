A job that must report every six hours, and half an hour late at most, pages when it does not; its next beat ends that.
start: 2026-01-07 02:00

02:00:00  (it was never heard of: nobody expects it yet)
02:00:01  backup: reports
08:00:00  backup: reports
14:29:00  (it may be late)
14:30:00  (it is late)
          -> text to ana
          = P1 Page opened for team payments: backup-late, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 14:35 to answer.
14:31:00  ana reads the text
          <- sev2 backup-late: The backup of the ledger did not report: nothing heard for 6h 30m, expected every 6h
          <- payments since 14:30
          <- Do: Restart the canary.
          <- Reply 52 ack
14:32:00  ana acknowledges
          <- P1 is yours until 15:02. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 15:02.
14:40:00  backup: reports
          = P1 backup-late resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 14:40 unless one fires again.
14:40:30  (it settles)
          -> text to ana: resolved
          = P1 Resolved: all its alerts resolved.
21:10:00  (time passes)
          -> text to ana
          = P2 Page opened for team payments: backup-late, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 21:15 to answer.
21:11:00  (late again: a new page)
