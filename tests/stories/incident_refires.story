What fires again was not over: it is investigated again, its commander paged, also within an hour of its end.
start: 2026-01-07 02:00
plan: with roles

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:01:00  ana declares an incident of the page (sev2)
          <- Incident 1 is declared, sev2. The next update is promised for 02:31 UTC+1.
          -> text to dora
          = P1 It is part of incident 1: while that is open, no acknowledgement of it ends.
          = P1 ana acknowledged from the command line. The page is theirs while incident 1 is open.
          = I1 ana opened an incident from the command line: CheckoutErrors: Checkout fails for 7 % of customers. Severity sev2, detected by monitoring.
          = I1 Page P1 is part of it.
          = I1 ana declared it from the command line: sev2.
          = I1 Update 0 is the declaration. The next one is promised for 02:31.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = P2 Page opened for team payments: Incident commander wanted for incident 1: CheckoutErrors: Checkout fails for 7 % of customers, severity sev2. Why: incident 1 asks.
          = P2 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 02:06 to answer.
02:01:10  dora takes the role ic
          <- You are incident commander of incident 1. Decide, assign owners, keep responders undisturbed, see that updates go out on time.
          = I1 dora is incident commander, they said so from the command line.
          = P2 Resolved by dora: the role was taken.
02:05:00  ana tries rollback
          <- Mitigation 1 of incident 1 began. When you know what it did: pagerd incident mitigation 1 1 worked|no_effect|worse|undone
          = I1 Mitigation 1 by ana from the command line: rollback.
02:06:00  alertmanager: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:06 unless one fires again.
02:06:30  (time passes)
          -> text to ana: resolved
          = P1 Resolved: all its alerts resolved.
02:10:00  ana says that the impact is over
          <- Incident 1 is being watched until 02:40 UTC+1.
          = I1 ana says that the impact ended at 02:10, from the command line. Watching it.
          = I1 The watch period goes until 02:40 unless something turns red.
02:15:00  alertmanager: CheckoutErrors fires
          -> text to ana
          -> text to dora
          = I1 The watch is off.
          = I1 CheckoutErrors fires again in page P3: it is not over, and is being investigated again.
          = I1 Page P3 is part of it.
          = P3 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P3 It follows page P1, which was resolved a short while ago.
          = P3 Paged ana (who had it last) for the step before step 1. They have until 02:20 to answer.
          = P3 It is part of incident 1: while that is open, no acknowledgement of it ends.
          = P4 Page opened for team payments: Incident 1: CheckoutErrors fires again, severity sev2. Why: incident 1 asks.
          = P4 Paged dora (dora) for step 1 (dora). They have until 02:20 to answer.
02:15:30  dora texts: CODE
          <- text to dora: Incident 1 is yours to look at. pagerd incident show 1. By mistake: 40 undo.
          = I1 dora looks at what is broken again, they said so by text.
          = P4 dora answered by text.
02:16:00  ana says that the impact is over
          <- Incident 1 is being watched until 02:46 UTC+1.
          -> text to dora: resolved
          = I1 ana says that the impact ended at 02:16, from the command line. Watching it.
          = I1 The watch period goes until 02:46 unless something turns red.
          = P4 Resolved by ana: the impact ended.
02:17:00  alertmanager: CheckoutErrors fires with pod=b
          -> text to dora
          -> call to ana
          = I1 The watch is off.
          = I1 CheckoutErrors fires again in page P3: it is not over, and is being investigated again.
          = P3 Another alert of the group fires: CheckoutErrors, severity sev2 (2 firing now).
          = P5 Page opened for team payments: Incident 1: CheckoutErrors fires again, severity sev2. Why: incident 1 asks.
          = P5 Paged dora (dora) for step 1 (dora). They have until 02:22 to answer.
02:17:30  dora texts: CODE
          <- text to dora: Incident 1 is yours to look at. pagerd incident show 1. By mistake: 82 undo.
          = I1 dora looks at what is broken again, they said so by text.
          = P5 dora answered by text.
02:18:00  alertmanager: CheckoutErrors resolves
          = P3 CheckoutErrors resolved; 1 still firing.
02:18:10  alertmanager: CheckoutErrors resolves with pod=b
          = P3 CheckoutErrors resolved; 0 still firing.
          = P3 All alerts are resolved. The page resolves at 02:18 unless one fires again.
02:18:40  (time passes)
          -> text to ana: resolved
          = P3 Resolved: all its alerts resolved.
02:21:00  ana says that the impact is over
          <- Incident 1 is being watched until 02:51 UTC+1.
          -> text to dora: resolved
          = I1 ana says that the impact ended at 02:21, from the command line. Watching it.
          = I1 The watch period goes until 02:51 unless something turns red.
          = P5 Resolved by ana: the impact ended.
02:22:00  dora resolves the incident: rolled back (against it all: it is night)
          <- Incident 1 is resolved against customer_actions, errors, latency, queues, dependencies, hidden_failures, watch_running.
          -> mail to dora: incident
          = I1 dora resolves it against what is unmet (customer actions, errors, latency, queues, dependencies, hidden failures, watch running): it is night.
          = I1 Resolved by dora from the command line: rolled back.
          = I1 It wants a second name by Thu 17:00: somebody is asked when business hours begin.
          = I1 A postmortem is drafted from what is known; dora is to finish it by 14 Jan 17:00.
02:50:00  alertmanager: CheckoutErrors fires
          -> text to ana
          -> text to dora
          = I1 Its postmortem is a draft again.
          = I1 CheckoutErrors fires again in page P7: the incident is open again. The next update is promised for 03:20.
          = I1 Page P7 is part of it.
          = P6 Page opened for team payments: Incident 1: CheckoutErrors fires again, severity sev2. Why: incident 1 asks.
          = P6 Paged dora (dora) for step 1 (dora). They have until 02:55 to answer.
          = P7 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P7 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:55 to answer.
          = P7 It is part of incident 1: while that is open, no acknowledgement of it ends.
02:51:00  dora texts: CODE
          <- text to dora: Incident 1 is yours to look at. pagerd incident show 1. By mistake: 19 undo.
          = I1 dora looks at what is broken again, they said so by text.
          = P6 dora answered by text.
02:52:00  alertmanager: CheckoutErrors resolves
          = P7 CheckoutErrors resolved; 0 still firing.
          = P7 All alerts are resolved. The page resolves at 02:52 unless one fires again.
02:52:30  (time passes)
          -> text to ana: resolved
          = P7 Resolved: all its alerts resolved.
02:53:00  ana says that the impact is over
          <- Incident 1 is being watched until 03:23 UTC+1.
          -> text to dora: resolved
          = I1 ana says that the impact ended at 02:53, from the command line. Watching it.
          = I1 The watch period goes until 03:23 unless something turns red.
          = P6 Resolved by ana: the impact ended.
02:54:00  dora resolves the incident: rolled back once more (against it all: it is night)
          <- Incident 1 is resolved against customer_actions, errors, latency, queues, dependencies, hidden_failures, watch_running.
          -> mail to dora: incident
          = I1 dora resolves it against what is unmet (customer actions, errors, latency, queues, dependencies, hidden failures, watch running): it is night.
          = I1 Resolved by dora from the command line: rolled back once more.
          = I1 It wants a second name by Thu 17:00: somebody is asked when business hours begin.
          = I1 A postmortem is drafted from what is known; dora is to finish it by 14 Jan 17:00.
04:10:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P8 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P8 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 04:15 to answer.
04:11:00  (that is another incident, if it is one)
