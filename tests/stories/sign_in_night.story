A stranger types Ana's name by night: it is mailed, and nobody is woken. After a page woke her, her code comes by text.
Guessing is told to the operators.
start: 2026-01-07 02:00

02:00:00  somebody asks to sign in as ana by text
          -> mail to ana: sign in
02:01:00  they type a wrong code 5 times
          <- not signed in, 4 more tries
          <- not signed in, 3 more tries
          <- not signed in, 2 more tries
          <- not signed in, 1 more tries
          <- not signed in, ask anew
02:02:00  somebody asks to sign in as ana by text
          -> mail to ana: sign in
02:03:00  they type a wrong code 5 times
          <- not signed in, 4 more tries
          <- not signed in, 3 more tries
          <- not signed in, 2 more tries
          <- not signed in, 1 more tries
          <- not signed in, ask anew
          -> mail to dora: alarm
02:10:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:15 to answer.
02:10:30  the text to ana is delivered
          * night page of ana for P1: text delivered
02:12:00  ana acknowledges
          <- P1 is yours until 02:42. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:42.
02:13:00  somebody asks to sign in as ana by text
          -> text to ana: sign in
02:13:20  they type the code of the last text
          <- signed in as ana, whose code came by sms
