A source that leases and stops renewing makes its alert stale: said on the page, still escalating, and over only after as long
as the source says.
start: 2026-01-07 02:00

02:00:00  leased: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:02:00  (time passes)
          -> call to ana
02:04:00  (no renewal came)
          = P1 CheckoutErrors is stale: its source no longer renews it, and never said it ended. It counts as firing.
02:04:30  ana acknowledges
          <- P1 is yours until 02:34. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:34.
02:05:00  leased: CheckoutErrors fires
          = P1 CheckoutErrors is known to its source again.
02:09:00  (no renewal came)
          = P1 CheckoutErrors is stale: its source no longer renews it, and never said it ended. It counts as firing.
02:34:30  (time passes)
          -> mail to ana: reminder
          = P1 Reminded ana quietly that their acknowledgement ends. They have until 02:39.
02:39:30  (time passes)
          -> text to ana: still yours
          = P1 No sign of ana: paged them. At 02:44 the page goes back to whoever is on call.
02:41:30  (time passes)
          -> call to ana: still yours
02:44:30  (time passes)
          -> text to ana
          = P1 The acknowledgement of ana ended without a sign of life: paging again from step 1.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:49 to answer.
02:46:30  (time passes)
          -> call to ana
02:49:30  (time passes)
          -> text to ben
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:54 to answer.
02:51:30  (time passes)
          -> call to ben
02:54:30  (time passes)
          -> text to dora
          = P1 Nobody answered step 2 (secondary) in time.
          = P1 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 03:04 to answer.
02:56:30  (time passes)
          -> call to dora
03:04:30  (time passes)
          -> text to eva
          = P1 Nobody answered step 3 (team_lead) in time.
          = P1 Paged eva (platform_lead, eva) for step 4 (platform_lead). They have until 03:14 to answer.
03:06:30  (time passes)
          -> call to eva
03:09:00  (time passes)
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 03:09 unless one fires again.
03:09:30  (time passes)
          -> text to ana: resolved
          -> mail to ana: resolved
          -> text to ben: resolved
          -> text to dora: resolved
          -> text to eva: resolved
          = P1 Resolved: all its alerts resolved.
03:10:00  (an hour later it counts as over)
