A heartbeat that is expected from the start is late without ever having been heard of; restarts do not put that off.
start: 2026-01-07 02:00

02:00:00  the settings expect backup from the start
05:00:00  pagerd crashes and starts again
08:30:00  (it never came)
          -> text to ana
          = P1 Page opened for team payments: backup-late, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 08:35 to answer.
08:31:00  ana reads the text
          <- sev2 backup-late: The backup of the ledger did not report: never heard of, expected every 6h
          <- payments since 08:30
          <- Do: Restart the canary.
          <- Reply 46 ack
