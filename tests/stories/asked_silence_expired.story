A silence that is ended early in Alertmanager ends here within a minute; one that is prolonged holds on.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:30  Alertmanager can be asked from now on
02:01:00  ben silences CheckoutErrors in Alertmanager for 10m: rolling back
02:01:30  (time passes)
          = P1 Frozen: all its alerts are muted: ben in Alertmanager: rolling back, until 02:11.
02:05:00  ben silences CheckoutErrors in Alertmanager for 30m: it takes longer
02:20:00  (the first end is past, and nobody is called)
02:20:10  Alertmanager suppresses CheckoutErrors no more
02:20:30  (within a minute)
          -> text to ana
          = P1 No longer muted, and still firing: the page goes on.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:25 to answer.
02:21:00  ana acknowledges
          <- P1 is yours until 02:51. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:51.
