A maintenance window is a silence in the files: its team's page freezes when it begins and goes on at step 1 when it ends; another team's does not care.
plan: window
start: 2026-01-07 02:06

02:06:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:11 to answer.
02:08:00  (time passes)
          -> call to ana
02:09:00  alertmanager: NodeDown fires on kubernetes with team=platform action=Drain_it.
          -> text to eva
          = P2 Page opened for team platform: NodeDown, severity sev2. Why: owner 1: label team="platform" is of team platform; no rule of team platform matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: an action says what to do; urgent: severity sev2 says page; owned: by team platform; clear: a summary and runbook payments-5xx.
          = P2 Paged eva (primary, schedule platform-primary) for step 1 (primary). They have until 02:14 to answer.
02:10:00  (the window begins)
          = P1 Frozen: all its alerts are muted: ana: the database moves, until 03:00.
02:10:30  alertmanager: SlowQueries fires
02:11:00  (nobody of payments is called; platform's page is called for)
          -> call to eva
02:11:30  eva acknowledges
          <- P2 is yours until 01:41. Escalation stopped.
          = P2 eva acknowledged from the command line. The page is theirs until 02:41.
02:30:00  alertmanager: NodeDown resolves on kubernetes with team=platform action=Drain_it.
          = P2 NodeDown resolved; 0 still firing.
          = P2 All alerts are resolved. The page resolves at 02:30 unless one fires again.
02:30:30  (time passes)
          -> text to eva: resolved
          = P2 Resolved: all its alerts resolved.
03:00:00  (the window ends)
          -> text to ana for 2 of them
          = P1 No longer muted, and still firing: the page goes on.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 03:05 to answer.
          = P3 Page opened for team payments: SlowQueries, severity sev2. Why: its silence ended; owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P3 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 03:05 to answer.
