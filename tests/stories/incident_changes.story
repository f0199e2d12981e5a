What was changed of the service stands on the timeline, since two hours before; a pipeline may say it twice.
start: 2026-01-07 02:00
plan: with roles

02:00:00  dora tells of a deploy of payments-api at 23:30: release 39
          <- Deploy of payments-api is noted: release 39.
02:00:10  dora tells of a config of payments-api at 00:40: half the connections
          <- Config of payments-api is noted: half the connections.
02:00:20  ci: deploy of payments-api: release 41 by ben
02:00:30  ci: canary of ledger: release 7 by ben
02:01:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:06 to answer.
02:02:00  ana declares an incident of the page (sev3)
          <- Incident 1 is declared, sev3. The next update is promised for 04:02 UTC+1.
          = P1 It is part of incident 1: while that is open, no acknowledgement of it ends.
          = P1 ana acknowledged from the command line. The page is theirs while incident 1 is open.
          = I1 ana opened an incident from the command line: CheckoutErrors: Checkout fails for 7 % of customers. Severity sev3, detected by monitoring.
          = I1 Page P1 is part of it.
          = I1 ana declared it from the command line: sev3.
          = I1 Update 0 is the declaration. The next one is promised for 04:02.
02:03:00  ana asks what changed
          <- changed at 02:00, payments-api: release 41
          <- changed at 00:40, payments-api: half the connections
02:05:00  ci: rollback of payments-api: release 40 by argo
02:05:10  ana asks what changed
          <- changed at 02:05, payments-api: release 40
          <- changed at 02:00, payments-api: release 41
          <- changed at 00:40, payments-api: half the connections
02:06:00  ben declares an incident of team payments: receipts are late (sev3)
          <- Incident 2 is declared, sev3. The next update is promised for 04:06 UTC+1.
          = I2 ben opened an incident from the command line: receipts are late. Severity sev3.
          = I2 ben declared it from the command line: sev3.
          = I2 Update 0 is the declaration. The next one is promised for 04:06.
02:06:10  ben asks what changed
          <- changed at 02:05, payments-api: release 40
          <- changed at 02:00, payments-api: release 41
          <- changed at 00:40, payments-api: half the connections
          <- related: incident 1, investigating, payments-api: CheckoutErrors: Checkout fails for 7 % of customers
