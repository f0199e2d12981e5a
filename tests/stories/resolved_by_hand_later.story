What fires anew within the hour of a page closed by hand opens a new page that says so, also when it follows no more.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:02:00  ana resolves the page
          <- P1 is resolved. 1 alert still fires: a new page opens at 03:02, or when it fires anew.
          = P1 Resolved by ana.
          = P1 Its alerts that still fire (1) open no new page until 03:02.
02:10:00  alertmanager: CheckoutErrors resolves
02:42:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: it fires although Ana resolved page P1 by hand 40m ago; owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:47 to answer.
