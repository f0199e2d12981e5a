When an acknowledgement has ended, whoever is on call by then is paged from step 1: here ben, whose turn began meanwhile.
plan: handoff by night
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:01:00  ana acknowledges
          <- P1 is yours until 02:31. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:31.
02:31:00  (time passes)
          -> mail to ana: reminder
          = P1 Reminded ana quietly that their acknowledgement ends. They have until 02:36.
02:36:00  (time passes)
          -> text to ana: still yours
          = P1 No sign of ana: paged them. At 02:41 the page goes back to whoever is on call.
02:38:00  (time passes)
          -> call to ana: still yours
02:41:00  (time passes)
          -> text to ben
          = P1 The acknowledgement of ana ended without a sign of life: paging again from step 1.
          = P1 Paged ben (primary, schedule payments-primary) for step 1 (primary). They have until 02:46 to answer.
02:41:30  (ana fell asleep)
