A holder who had to be reminded can be relieved; one who answers the reminder keeps the page.
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
02:32:00  ana texts: CODE
          <- text to ana: Still yours: CheckoutErrors payments-api eu-1/prod. It asks again at 03:02.
          = P1 ana is still at it: the page is theirs until 03:02.
03:02:00  (time passes)
          -> mail to ana: reminder
          = P1 Reminded ana quietly that their acknowledgement ends. They have until 03:07.
03:03:00  ben acknowledges
          <- P1 is yours until 03:33. Escalation stopped.
          -> text to ana: acknowledged by other
          -> mail to ana: acknowledged by other
          = P1 ben acknowledged from the command line. The page is theirs until 03:33.
