The watch period is green without a break; red starts it anew, and an incident that is not over goes back.
start: 2026-01-07 02:00
plan: with roles

02:00:00  ana declares an incident of team payments: customers cannot log in (sev2)
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
02:01:00  ana tries failover: to eu-2
          <- Incident 1: failover cannot be taken back: say why nothing reversible is tried first
02:01:10  ana tries failover: to eu-2 (because there is nothing to roll back)
          <- Mitigation 1 of incident 1 began. When you know what it did: pagerd incident mitigation 1 1 worked|no_effect|worse|undone
          = I1 Mitigation 1 by ana from the command line: failover (to eu-2). Why nothing reversible first: there is nothing to roll back.
02:02:00  ana says that mitigation 1 had no effect
          <- Mitigation 1 of incident 1: no effect. It is investigating.
          = I1 Mitigation 1: no effect, says ana.
          = I1 Nothing that was tried helped: investigating.
02:02:10  ana says that mitigation 1 worked
          <- Mitigation 1 of incident 1 is over: no_effect
02:05:00  ana tries rollback
          <- Mitigation 2 of incident 1 began. When you know what it did: pagerd incident mitigation 1 2 worked|no_effect|worse|undone
          = I1 Mitigation 2 by ana from the command line: rollback.
02:10:00  ana says that the impact is over
          <- Incident 1 is being watched until 02:40 UTC+1.
          = I1 ana says that the impact ended at 02:10, from the command line. Watching it.
          = I1 The watch period goes until 02:40 unless something turns red.
02:20:00  ana finds errors red
          <- Noted. Still unmet: customer_actions, errors, latency, queues, dependencies, hidden_failures, the watch period has 30m to go.
          -> text to dora
          = I1 errors: red, by ana.
          = I1 errors is red: the watch period starts anew when it is green.
          = P2 Page opened for team payments: Incident 1: errors is red, the watch period starts anew, severity sev2. Why: incident 1 asks.
          = P2 Paged dora (dora) for step 1 (dora). They have until 02:25 to answer.
02:22:00  (time passes)
          -> call to dora
02:25:00  dora texts: CODE
          <- text to dora: Incident 1 is yours to look at. pagerd incident show 1. By mistake: 07 undo.
          -> text to dora: incident
          = I1 dora looks at what is broken again, they said so by text.
          = I1 Reminded dora of the update that is promised for 02:30.
          = P2 dora answered by text.
02:30:00  ana finds errors attested: the graph is flat again
          <- Noted. Still unmet: customer_actions, latency, queues, dependencies, hidden_failures, the watch period has 30m to go.
          -> text to dora: resolved
          -> text to dora
          = I1 errors: attested (the graph is flat again), by ana.
          = I1 The watch period goes until 03:00 unless something turns red.
          = I1 Update 1 did not come in time.
          = P2 Resolved by ana: nothing is red any more.
          = P3 Page opened for team payments: Update overdue on incident 1: customers cannot log in, severity sev2. Why: incident 1 asks.
          = P3 Paged dora (dora) for step 1 (dora). They have until 02:35 to answer.
02:32:00  (time passes)
          -> call to dora
02:35:00  (time passes)
          -> text to eva
          = P3 Nobody answered step 1 (dora) in time.
          = P3 Skipped step 2 (team_lead) at once: dora was already paged in this round.
          = P3 Paged eva (platform_lead, eva) for step 3 (platform_lead). They have until 02:40 to answer.
02:37:00  (time passes)
          -> call to eva
02:40:00  ben says that it is not over: logins of new customers fail
          <- Incident 1 is being investigated again.
          -> text to dora
          = I1 The watch is off.
          = I1 It is not over, says ben: logins of new customers fail.
          = P3 Nobody answered step 3 (platform_lead) in time.
          = P3 Every step was paged: round 2 begins with step 1.
          = P3 Paged dora (dora) for step 1 (dora), round 2. They have until 02:45 to answer.
          = P4 Page opened for team payments: Incident 1: logins of new customers fail, severity sev2. Why: incident 1 asks.
          = P4 Paged dora (dora) for step 1 (dora). They have until 02:45 to answer.
02:41:00  ana says that the impact is over since 02:35
          <- Incident 1 is being watched until 03:11 UTC+1.
          -> text to dora: resolved
          -> text to dora
          = I1 ana says that the impact ended at 02:35, from the command line. Watching it.
          = I1 The watch period goes until 03:11 unless something turns red.
          = P4 Resolved by ana: the impact ended.
02:42:00  (time passes)
          -> call to dora
02:45:00  (time passes)
          -> text to eva
          = P3 Nobody answered step 1 (dora) in time.
          = P3 Skipped step 2 (team_lead) at once: dora was already paged in this round.
          = P3 Paged eva (platform_lead, eva) for step 3 (platform_lead), round 2. They have until 02:50 to answer.
02:47:00  (time passes)
          -> call to eva
02:50:00  dora resolves the incident
          <- Incident 1 cannot be resolved yet: 7 things are unmet
          -> text to dora
          = P3 Nobody answered step 3 (platform_lead) in time.
          = P3 Every step was paged: round 3 begins with step 1.
          = P3 Paged dora (dora) for step 1 (dora), round 3. They have until 02:55 to answer.
02:51:00  dora resolves the incident: enough (against it all: the probe itself is broken)
          <- Incident 1 is resolved against customer_actions, errors, latency, queues, dependencies, hidden_failures, watch_running.
          -> text to eva: resolved
          -> mail to dora: incident
          = I1 dora resolves it against what is unmet (customer actions, errors, latency, queues, dependencies, hidden failures, watch running): the probe itself is broken.
          = I1 Resolved by dora from the command line: enough.
          = I1 It wants a second name by Thu 17:00: somebody is asked when business hours begin.
          = I1 A postmortem is drafted from what is known; dora is to finish it by 14 Jan 17:00.
          = P3 Resolved by dora: the incident is resolved.
02:52:00  dora reopens the incident: it fails again
          <- Incident 1 is open again. The next update is promised for 03:22 UTC+1.
          = I1 Its postmortem is a draft again.
          = I1 dora reopened it from the command line: it fails again. The next update is promised for 03:22.
02:53:00  dora posts: looking again (worsening)
          <- Update 2 of incident 1 is posted. The next update is promised for 03:53 UTC+1.
          = I1 Update 2 by dora: looking again. Impact worsening. Next update at 03:53.
02:54:00  (its clocks run again)
