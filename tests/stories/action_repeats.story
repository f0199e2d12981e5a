What was to be mended happens again: the very same alerts open an action item again that was to prevent them, and its owner is told; what serves another bar is only looked at.
start: 2026-01-07 10:00

10:00:00  alertmanager: PaymentsErrors fires on payments-api
          -> text to ana
          = P1 Page opened for team payments: PaymentsErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 10:05 to answer.
10:00:30  ana declares an incident of the page
          <- Incident 1 is declared, sev2. The next update is promised for 10:30 UTC+1.
          -> text to dora
          = P1 It is part of incident 1: while that is open, no acknowledgement of it ends.
          = P1 ana acknowledged from the command line. The page is theirs while incident 1 is open.
          = I1 ana opened an incident from the command line: PaymentsErrors: Checkout fails for 7 % of customers. Severity sev2, detected by monitoring.
          = I1 Page P1 is part of it.
          = I1 ana declared it from the command line: sev2.
          = I1 Update 0 is the declaration. The next one is promised for 10:30.
          = I1 Somebody is wanted as incident commander: asking in turn team_lead, platform_lead, secondary.
          = P2 Page opened for team payments: Incident commander wanted for incident 1: PaymentsErrors: Checkout fails for 7 % of customers, severity sev2. Why: incident 1 asks.
          = P2 Paged dora (team_lead, dora) for step 1 (team_lead). They have until 10:05 to answer.
10:01:00  ana writes an action of incident 1: raise the size of the pool (owner ben, due 2026-01-08, verified by a drill, better: no exhaustion, priority high, serves recurrence)
          <- Action 1 of incident 1 is written down. It is due 2026-01-08.
          = I1 ana wrote action 1 down: raise the size of the pool. Owner: ben. Due 2026-01-08.
          = A1 ana wrote it down after incident 1: raise the size of the pool. Owner: ben. Due 2026-01-08.
10:01:10  ana writes an action of incident 1: alert on pool usage (owner platform, due 2026-01-08, verified runbook: payments-5xx, better: seen sooner, priority medium, serves detection)
          <- Action 2 of incident 1 is written down. It is due 2026-01-08.
          = I1 ana wrote action 2 down: alert on pool usage. Owner: platform. Due 2026-01-08.
          = A2 ana wrote it down after incident 1: alert on pool usage. Owner: platform. Due 2026-01-08.
10:02:00  ben finishes action 1
          <- Action 1 is done. It is not verified yet: somebody else says what they saw (a drill).
          = A1 ben says that it is done. To be verified: a drill.
10:02:10  cho verifies action 1: the drill went well
          <- Action 1 is verified.
          = I1 Action 1 was verified by cho: the drill went well.
          = A1 cho verified it: the drill went well.
10:02:20  cho finishes action 2
          <- Action 2 is done. It is not verified yet: pagerd looks now and each day (runbook: payments-5xx).
          = I1 Action 2 was verified by pagerd: the runbook payments-5xx is there: Payments answer with errors.
          = A2 cho says that it is done. To be verified: runbook: payments-5xx.
          = A2 pagerd verified it: the runbook payments-5xx is there: Payments answer with errors.
10:02:30  (time passes)
          -> call to dora
10:03:00  ana resolves the incident: over (against it all: the story is about what comes after)
          <- Incident 1 is resolved against not_monitoring, customer_actions, errors, latency, queues, dependencies, hidden_failures.
          -> mail to dora: incident
          -> text to dora: resolved
          -> mail to ana: incident
          = P1 Incident 1 is over: the page is with ana until 10:33.
          = I1 ana resolves it against what is unmet (not monitoring, customer actions, errors, latency, queues, dependencies, hidden failures): the story is about what comes after.
          = I1 Resolved by ana from the command line: over.
          = I1 Asked dora for a second name on the override, by Thu 17:00.
          = I1 A postmortem is drafted from what is known; ana is to finish it by 14 Jan 17:00.
          = P2 Resolved by ana: the incident is resolved.
10:03:05  dora waives the postmortem: the story is about what comes after
          <- The postmortem of incident 1 is waived. Incident 1 is closed.
          = I1 dora waived the postmortem from the command line: the story is about what comes after.
          = I1 Closed by dora.
10:03:07  dora countersigns the override
          <- The override of incident 1 is countersigned.
          = I1 dora countersigned the override of ana from the command line.
10:04:00  alertmanager: PaymentsErrors resolves on payments-api
          = P1 PaymentsErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 10:04 unless one fires again.
10:04:30  (time passes)
          -> text to ana: resolved
          = P1 Resolved: all its alerts resolved.
2026-01-10 02:00:00  alertmanager: PaymentsErrors fires on payments-api
          -> text to ana
          = P3 Page opened for team payments: PaymentsErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P3 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:01:00  ana suspects an incident of the page
          <- Incident 2 is suspected, sev2. Confirm or cancel it by 02:06 UTC+1: pagerd incident confirm 2
          = P3 It is part of incident 2: while that is open, no acknowledgement of it ends.
          = P3 ana acknowledged from the command line. The page is theirs while incident 2 is open.
          = I2 ana opened an incident from the command line: PaymentsErrors: Checkout fails for 7 % of customers. Severity sev2, detected by monitoring.
          = I2 Page P3 is part of it.
          = I2 It is a suspicion so far: it is to be declared or cancelled by 02:06.
02:02:00  ana confirms the incident
          <- Incident 2 is declared, sev2. The next update is promised for 02:32 UTC+1.
          -> text to dora
          -> mail to eva: incident
          -> mail to ben: incident
          = I1 Action 1 is open again: the same alerts.
          = A1 It happened again: incident 2 has the same alerts. It is open again, and due 2026-02-09.
          = A2 Incident 2 has the same alerts: look whether it helped.
          = I2 ana declared it from the command line: sev2.
          = I2 Update 0 is the declaration. The next one is promised for 02:32.
          = I2 Somebody is wanted as incident commander: asking in turn team_lead, platform_lead, secondary.
          = P4 Page opened for team payments: Incident commander wanted for incident 2: PaymentsErrors: Checkout fails for 7 % of customers, severity sev2. Why: incident 2 asks.
          = P4 Paged dora (team_lead, dora) for step 1 (team_lead). They have until 02:07 to answer.
02:03:00  (that is all)
