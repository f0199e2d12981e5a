Machines read the criteria each minute: the watch begins when they are green, red starts it anew, unknown holds it.
start: 2026-01-07 02:00
plan: with checks

02:00:00  the error ratio is 0.002
02:00:01  the checkout answers 503
02:00:02  ana declares an incident of team payments: customers cannot log in (sev2)
          <- Incident 1 is declared, sev2. The next update is promised for 02:30 UTC+1.
          -> text to dora
          = I1 ana opened an incident from the command line: customers cannot log in. Severity sev2.
          = I1 ana declared it from the command line: sev2.
          = I1 Update 0 is the declaration. The next one is promised for 02:30.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = P1 Page opened for team payments: Incident commander wanted for incident 1: customers cannot log in, severity sev2. Why: incident 1 asks.
          = P1 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 02:05 to answer.
02:00:10  dora takes the role ic
          <- You are incident commander of incident 1. Decide, assign owners, keep responders undisturbed, see that updates go out on time.
          = I1 dora is incident commander, they said so from the command line.
          = P1 Resolved by dora: the role was taken.
02:05:00  ana tries rollback
          <- Mitigation 1 of incident 1 began. When you know what it did: pagerd incident mitigation 1 1 worked|no_effect|worse|undone
          = I1 Mitigation 1 by ana from the command line: rollback.
02:10:00  ana says that the impact is over
          <- Incident 1 is being watched; the watch period begins when its checks were read.
          -> text to dora
          = I1 ana says that the impact ended at 02:10, from the command line. Watching it.
          = I1 The watch period stands still until customer actions, errors can be read, or somebody attests it.
          = I1 The checks find customer actions red (checkout answered 503, not 200).
          = I1 The checks find errors green (error ratio is 0.002).
          = I1 customer actions is red: the watch period starts anew when it is green.
          = P2 Page opened for team payments: Incident 1: customer actions is red, the watch period starts anew, severity sev2. Why: incident 1 asks.
          = P2 Paged dora (dora) for step 1 (dora). They have until 02:15 to answer.
02:12:00  (time passes)
          -> call to dora
02:12:30  the checkout answers 200
02:13:00  (time passes)
          -> text to dora: resolved
          = I1 The checks find customer actions green (checkout answered 200).
          = I1 The watch period goes until 02:43 unless something turns red.
          = P2 Resolved: nothing is red any more.
02:20:00  ana posts: the rollback is out, next in 60m
          <- Update 1 of incident 1 is posted. The next update is promised for 03:20 UTC+1.
          = I1 Update 1 by ana: the rollback is out. Next update at 03:20.
02:20:30  the error ratio is 0.052
02:21:00  (time passes)
          -> text to dora
          = I1 The checks find errors red (error ratio is 0.052, not < 0.01).
          = I1 errors is red: the watch period starts anew when it is green.
          = P3 Page opened for team payments: Incident 1: errors is red, the watch period starts anew, severity sev2. Why: incident 1 asks.
          = P3 Paged dora (dora) for step 1 (dora). They have until 02:26 to answer.
02:21:30  dora texts: CODE
          <- text to dora: Incident 1 is yours to look at. pagerd incident show 1. By mistake: 39 undo.
          = I1 dora looks at what is broken again, they said so by text.
          = P3 dora answered by text.
02:22:00  ana finds errors attested: the graph is flat again
          <- Incident 1: a check reads errors and finds it red (error ratio is 0.052, not < 0.01): mend it, or say not_applicable and why
02:23:30  the error ratio is 0.003
02:24:00  (time passes)
          -> text to dora: resolved
          = I1 The checks find errors green (error ratio is 0.003).
          = I1 The watch period goes until 02:54 unless something turns red.
          = P3 Resolved: nothing is red any more.
02:30:30  the error ratio has no data
02:31:00  (time passes)
          = I1 The checks find errors unknown (error ratio: Prometheus has no data).
          = I1 The watch period stands still until errors can be read, or somebody attests it.
02:41:10  dora finds errors attested: the logs show none
          <- Noted. Still unmet: latency, queues, dependencies, hidden_failures, the watch period has 23m to go.
          = I1 errors: attested (the logs show none), by dora.
          = I1 The watch period goes until 03:04 unless something turns red.
02:43:30  the error ratio is 0.001
02:44:00  ana finds latency attested: p99 is as yesterday
          <- Noted. Still unmet: queues, dependencies, hidden_failures, the watch period has 20m to go.
          = I1 latency: attested (p99 is as yesterday), by ana.
02:44:10  ana finds queues not_applicable: there are none
          <- Noted. Still unmet: dependencies, hidden_failures, the watch period has 20m to go.
          = I1 queues: not applicable (there are none), by ana.
02:44:20  ana finds dependencies attested: the bank says so
          <- Noted. Still unmet: hidden_failures, the watch period has 19m to go.
          = I1 dependencies: attested (the bank says so), by ana.
02:44:30  ana finds hidden_failures attested: looked at the ledger
          <- Noted. Still unmet: the watch period has 19m to go.
          = I1 hidden failures: attested (looked at the ledger), by ana.
02:45:00  dora resolves the incident
          <- Incident 1 cannot be resolved yet: the watch period has 19m to go
02:50:30  the checkout answers 404
02:51:00  (time passes)
          -> text to dora
          = I1 The checks find customer actions red (checkout answered 404, not 200).
          = I1 customer actions is red: the watch period starts anew when it is green.
          = P4 Page opened for team payments: Incident 1: customer actions is red, the watch period starts anew, severity sev2. Why: incident 1 asks.
          = P4 Paged dora (dora) for step 1 (dora). They have until 02:56 to answer.
02:51:30  the checkout answers 200
02:52:00  (time passes)
          -> text to dora: resolved
          = I1 The checks find customer actions green (checkout answered 200).
          = I1 The watch period goes until 03:22 unless something turns red.
          = P4 Resolved: nothing is red any more.
03:15:00  (time passes)
          -> text to dora: incident
          = I1 Reminded dora of the update that is promised for 03:20.
03:20:00  (time passes)
          -> text to dora
          = I1 Update 2 did not come in time.
          = P5 Page opened for team payments: Update overdue on incident 1: customers cannot log in, severity sev2. Why: incident 1 asks.
          = P5 Paged dora (dora) for step 1 (dora). They have until 03:25 to answer.
03:22:00  (time passes)
          -> call to dora
          -> text to dora: incident
          = I1 The watch period is over, and nothing was red in it. Told dora.
03:25:00  dora resolves the incident: rolled back release 41
          <- Incident 1 is resolved.
          -> mail to dora: incident
          -> mail to eva: rest
          = I1 Resolved by dora from the command line: rolled back release 41.
          = I1 A postmortem is drafted from what is known; dora is to finish it by 14 Jan 17:00.
          = P5 Resolved by dora: the incident is resolved.
          = N1 dora worked 85 min in this night: the morning off until 12:00 is proposed, asked of eva. In force from 06:00 unless somebody says no.
03:30:00  (nobody reads them any more)
