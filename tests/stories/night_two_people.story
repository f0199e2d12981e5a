One row per person and page, with the evidence there is; whoever was only told by mail has none.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:02  the text to ana is sent
          * night page of ana for P1: text sent
02:02:00  (time passes)
          -> call to ana
02:02:03  the call to ana rings
          * night page of ana for P1: text sent, call rang
02:02:20  the call to ana is not answered
          -> call to ana
02:02:25  the call to ana rings
          * night page of ana for P1: text sent, call rang, call rang
02:05:00  (time passes)
          -> text to ben
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:10 to answer.
02:05:02  the text to ben is delivered
          * night page of ben for P1: text delivered
02:05:30  ben acknowledges
          <- P1 is yours until 02:35. Escalation stopped.
          -> text to ana: acknowledged by other
          = P1 ben acknowledged from the command line. The page is theirs until 02:35.
