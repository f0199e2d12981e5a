What people do: escalate, hand over, ask for help, snooze. The first answer wins, and a wrong one is told what is right.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:01:00  ana acknowledges
          <- P1 is yours until 02:31. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:31.
02:01:10  ben acknowledges
          <- P1 was acknowledged by Ana 10 s ago. Nothing to do.
          = P1 ben acknowledged too from the command line; ana has it already.
02:02:00  ana asks secondary for help
          <- Ben is asked to help with P1.
          -> text to ben: help
          = P1 ana asked ben for help.
          = P1 ana is still at it: the page is theirs until 02:32.
02:03:00  ana snoozes for 2h
          <- P1 is yours, snoozed until 04:03.
          = P1 ana snoozed the page from the command line until 04:03.
02:04:00  ana hands it to cho
          <- P1 is handed to Cho.
          -> text to cho: reassigned
          = P1 ana handed the page to cho from the command line.
          = P1 Paged cho (handed over by ana) for the handover. They have until 02:09 to answer.
02:05:00  cho escalates
          <- P1 is escalated to Ana.
          -> text to ana
          = P1 cho asked for the next step from the command line.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:10 to answer.
02:06:00  ana hands it to nobody-at-all
          <- nobody-at-all is nobody: name a person, a schedule, or a role of team payments
