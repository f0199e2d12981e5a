A provider that takes one text a minute: the rest waits in rows, and the worst severity goes before what came earlier.
start: 2026-01-07 02:00
rate: text 1/m
plan: payments down is sev1

02:00:00  alertmanager: CheckoutErrors fires on payments-api
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:10  alertmanager: DiskFull fires on batch with team=platform severity=critical
          = P2 Page opened for team platform: DiskFull, severity sev2. Why: owner 1: label team="platform" is of team platform; no rule of team platform matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team platform; clear: a summary and runbook payments-5xx.
          = P2 Paged eva (primary, schedule platform-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:20  alertmanager: PaymentsDown fires on ledger
          = P3 Page opened for team payments: PaymentsDown, severity sev1 (rule: Nobody can pay). Why: owner 1: label team="payments" is of team payments; rule 'Nobody can pay' of team payments matches; severity sev1: by the rule; verdict page: by severity sev1; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev1 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P3 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:59  (time passes)
02:01:00  (time passes)
          -> text to ana
02:01:59  (time passes)
02:02:00  (time passes)
          -> call to ana
          -> text to eva
02:02:10  (time passes)
          -> call to eva
02:02:20  (time passes)
          -> call to ana
02:04:30  (each had a turn)
