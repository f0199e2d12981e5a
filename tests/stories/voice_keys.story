In a call only the key drawn for it acknowledges; 8 escalates, 6 resolves, anything else is asked again.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:02:00  (time passes)
          -> call to ana
02:02:20  ana presses 0
          <- said to ana: the script again
02:02:25  ana presses #
          <- said to ana: That key does nothing. Not acknowledged.
02:02:30  ana presses 8
          <- said to ana: The page is escalated to Ben.
          -> text to ben
          = P1 ana asked for the next step by a key in the call.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:07 to answer.
02:04:30  (time passes)
          -> call to ben
02:04:40  ben presses the key that was told
          <- said to ben: Acknowledged. The page is yours until 02:34. Escalation stopped.
          -> text to ana: acknowledged by other
          = P1 ben acknowledged by a key in the call. The page is theirs until 02:34.
02:05:00  ana presses the key that was told
          <- said to ana: The page was acknowledged by Ben 20 s ago. Nothing to do.
          = P1 ana acknowledged too by a key in the call; ben has it already.
02:06:00  ben presses 6
          <- said to ben: The page is resolved. 1 alert still fires: a new page opens at 03:06, or when it fires anew.
          -> text to ana: resolved
          = P1 Resolved by ben.
          = P1 Its alerts that still fire (1) open no new page until 03:06.
