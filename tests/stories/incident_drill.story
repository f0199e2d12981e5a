A drill pages like a real incident and says that it is none; leadership hears nothing, and afterwards it is held against what its severity asks.
start: 2026-01-07 10:00
plan: with roles

10:00:00  ana declares an incident of team payments: the payments database is gone (sev2, drill)
          <- Drill incident 1 is declared, sev2. The next update is promised for 10:30 UTC+1.
          -> text to dora
          = I1 ana opened an incident from the command line: the payments database is gone. Severity sev2.
          = I1 This is a drill.
          = I1 ana declared it from the command line: sev2.
          = I1 Update 0 is the declaration. The next one is promised for 10:30.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = P1 Page opened for team payments: Incident commander wanted for drill incident 1: the payments database is gone, severity sev2. Why: incident 1 asks.
          = P1 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 10:05 to answer.
10:01:00  dora texts: CODE
          <- text to dora: You are incident commander of drill incident 1. pagerd incident show 1. Decide, assign owners, keep responders undisturbed, see that upda.. By mistake: 51 undo.
          = I1 dora is incident commander, they said so by text.
          = P1 dora answered by text.
10:06:00  (time passes)
          = P1 Resolved by dora: it was answered.
10:08:00  ben tries failover: the replica (because nothing to roll back)
          <- Mitigation 1 of drill incident 1 began. When you know what it did: pagerd incident mitigation 1 1 worked|no_effect|worse|undone
          = I1 Mitigation 1 by ben from the command line: failover (the replica). Why nothing reversible first: nothing to roll back.
10:20:00  ana scores the drill
          <- 1 of 4, not over
          <- passed: something was tried to stop the bleeding, after 8m
          <- open: each promised update came in time, 0 of 0
          <- open: each step of the checklists was done, or skipped with a reason, 6 of 14, left: Confirm the impact: errors, latency, reports of customers; Begin to note what happens, and when and 6 more
          <- open: it was resolved when all criteria were met and the watch was over, it is mitigating
10:25:00  (time passes)
          -> text to dora: incident
          = I1 Reminded dora of the update that is promised for 10:30.
10:30:00  (time passes)
          -> text to dora
          = I1 Update 1 did not come in time.
          = P2 Page opened for team payments: Update overdue on drill incident 1: the payments database is gone, severity sev2. Why: incident 1 asks.
          = P2 Paged dora (dora) for step 1 (dora). They have until 10:35 to answer.
10:32:00  (time passes)
          -> call to dora
10:35:00  dora posts: the replica is taking over, next in 60m
          <- Update 1 of drill incident 1 is posted. The next update is promised for 11:35 UTC+1.
          = I1 Update 1 by dora, 5m late: the replica is taking over. Next update at 11:35.
          = P2 Resolved by dora: update 1 was posted.
10:40:00  ben says that the impact is over
          <- Drill incident 1 is being watched until 11:10 UTC+1.
          = I1 ben says that the impact ended at 10:40, from the command line. Watching it.
          = I1 The watch period goes until 11:10 unless something turns red.
10:50:00  dora resolves the incident (against it all: enough for a drill)
          <- Drill incident 1 is resolved against customer_actions, errors, latency, queues, dependencies, hidden_failures, watch_running.
          = I1 dora resolves it against what is unmet (customer actions, errors, latency, queues, dependencies, hidden failures, watch running): enough for a drill.
          = I1 Resolved by dora from the command line.
10:51:00  ana scores the drill
          <- 1 of 4
          <- passed: something was tried to stop the bleeding, after 8m
          <- failed: each promised update came in time, 1 of 2
          <- failed: each step of the checklists was done, or skipped with a reason, 6 of 14, left: Confirm the impact: errors, latency, reports of customers; Begin to note what happens, and when and 6 more
          <- failed: it was resolved when all criteria were met and the watch was over, resolved against 7 unmet things: customer actions, errors, latency, queues, dependencies, hidden failures, watch running
