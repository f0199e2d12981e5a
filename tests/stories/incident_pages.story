While an incident is open no acknowledgement of its pages ends; what resolves there ends no incident, and the other way round.
start: 2026-01-07 02:00
plan: with roles

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:30  ana acknowledges
          <- P1 is yours until 02:30. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:30.
02:01:00  ben declares an incident of team payments: customers cannot pay (sev3)
          <- Incident 1 is declared, sev3. The next update is promised for 04:01 UTC+1.
          = I1 ben opened an incident from the command line: customers cannot pay. Severity sev3.
          = I1 ben declared it from the command line: sev3.
          = I1 Update 0 is the declaration. The next one is promised for 04:01.
02:02:00  ben links the page to the incident
          <- P1 is part of incident 1.
          = P1 It is part of incident 1: while that is open, no acknowledgement of it ends.
          = I1 Page P1 is part of it.
02:02:10  ben declares an incident of the page
          <- P1 is part of incident 1 already
02:50:00  (no reminder comes)
02:51:00  alertmanager: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:51 unless one fires again.
02:51:30  (time passes)
          -> text to ana: resolved
          = P1 Resolved: all its alerts resolved.
02:52:00  (the incident is open still)
02:53:00  alertmanager: CheckoutErrors fires with cluster=eu-2
          -> text to ana
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:58 to answer.
02:54:00  ben declares an incident of the page (sev3)
          <- Incident 2 is declared, sev3. The next update is promised for 04:54 UTC+1.
          -> text to ana: acknowledged by other
          = P2 It is part of incident 2: while that is open, no acknowledgement of it ends.
          = P2 ben acknowledged from the command line. The page is theirs while incident 2 is open.
          = I2 ben opened an incident from the command line: CheckoutErrors: Checkout fails for 7 % of customers. Severity sev3, detected by monitoring.
          = I2 Page P2 is part of it.
          = I2 ben declared it from the command line: sev3.
          = I2 Update 0 is the declaration. The next one is promised for 04:54.
02:54:30  eva follows the incident
          <- Eva is told of updates of incident 2, by what wakes nobody.
          = I2 eva looks on.
02:55:00  ben merges incident 2 into 1
          <- Incident 2 goes on as incident 1.
          -> mail to eva: incident
          = I1 Incident 2 turned out to be this one, says ben.
          = I1 Who looked on there looks on here: eva.
          = P2 It is part of incident 1: while that is open, no acknowledgement of it ends.
          = I2 It goes on as incident 1, says ben.
02:56:00  ben merges incident 2 into 1
          <- Incident 2: it is merged and cannot be merged
03:40:00  ben resolves the incident
          <- Incident 2: it is merged and cannot be resolved
