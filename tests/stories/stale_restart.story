While pagerd was down nobody could renew: after its start a lease runs as long anew, and only then the alert is stale.
start: 2026-01-07 02:00

02:00:00  leased: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:30  ana acknowledges
          <- P1 is yours until 02:30. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:30.
02:03:59  pagerd crashes and starts again
02:07:58  (its lease was over four minutes ago, had pagerd listened)
02:07:59  (four minutes after the start)
          = P1 CheckoutErrors is stale: its source no longer renews it, and never said it ended. It counts as firing.
