Without a public URL providers are asked how far messages came: what did not arrive is found out, and nights are written down.
start: 2026-01-07 02:00
public_url: none

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:03  the text to ana is sent
02:00:05  (time passes)
          * night page of ana for P1: text sent
02:00:10  (time passes)
02:00:20  the text to ana does not arrive
          -> call to ana
02:00:30  (time passes)
02:00:32  the call to ana rings
02:00:35  (time passes)
          * night page of ana for P1: text sent, call rang
02:00:40  (time passes)
02:00:58  the call to ana is not answered
02:01:00  (time passes)
          -> call to ana
02:01:20  (time passes)
02:05:00  (time passes)
          -> text to ben
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:10 to answer.
02:05:10  (ben is next)
