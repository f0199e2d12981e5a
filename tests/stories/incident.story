A real alert pages, turns out to be more than a page, and is carried from the declaration to its end.
start: 2026-01-07 02:00
plan: with roles

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:01:00  ana acknowledges
          <- P1 is yours until 02:31. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:31.
02:02:00  ana declares an incident of the page (sev1, cheat sheet yes no unknown)
          <- Incident 1 is declared, sev1. The cheat sheet proposed sev2. The next update is promised for 02:17 UTC+1.
          -> text to dora
          -> text to ben
          -> text to eva
          -> mail to cho: incident
          = P1 It is part of incident 1: while that is open, no acknowledgement of it ends.
          = I1 ana opened an incident from the command line: CheckoutErrors: Checkout fails for 7 % of customers. Severity sev1, detected by monitoring.
          = I1 Customers blocked from core actions: yes. Money, data or security at risk: no. Impact growing: not known. That proposes sev2; sev1 was chosen.
          = I1 Page P1 is part of it.
          = I1 ana declared it from the command line: sev1.
          = I1 Update 0 is the declaration. The next one is promised for 02:17.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = I1 Somebody is wanted as technical lead: asking in turn secondary, primary, team_lead.
          = I1 Somebody is wanted as comms lead: asking in turn comms, platform_lead, team_lead, secondary.
          = I1 Told cho.
          = P2 Page opened for team payments: Incident commander wanted for incident 1: CheckoutErrors: Checkout fails for 7 % of customers, severity sev1. Why: incident 1 asks.
          = P2 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 02:04 to answer.
          = P3 Page opened for team payments: Technical lead wanted for incident 1: CheckoutErrors: Checkout fails for 7 % of customers, severity sev1. Why: incident 1 asks.
          = P3 Paged ben (secondary, schedule payments-secondary) for step 1 (secondary). They have until 02:04 to answer.
          = P4 Page opened for team payments: Comms lead wanted for incident 1: CheckoutErrors: Checkout fails for 7 % of customers, severity sev1. Why: incident 1 asks.
          = P4 Paged eva (comms, schedule speakers) for step 1 (comms). They have until 02:04 to answer.
02:02:30  dora texts: CODE
          <- text to dora: You are incident commander of incident 1. pagerd incident show 1. Decide, assign owners, keep responders undisturbed, see that updates go.. By mistake: 20 undo.
          = I1 dora is incident commander, they said so by text.
          = P2 dora answered by text.
02:03:00  ben texts: CODE
          <- text to ben: You are technical lead of incident 1. pagerd incident show 1. Drive the fix: investigate, plan, assign technical work, verify that it hel.. By mistake: 76 undo.
          = I1 ben is technical lead, they said so by text.
          = P3 ben answered by text.
02:03:40  eva texts: CODE
          <- text to eva: You are comms lead of incident 1. pagerd incident show 1. Write the updates, inside and outside, on time; keep the summary of the impact. By mistake: 17 undo.
          = I1 eva is comms lead, they said so by text.
          = P4 eva answered by text.
02:07:30  (time passes)
          = P2 Resolved by dora: it was answered.
02:08:00  (time passes)
          = P3 Resolved by ben: it was answered.
02:08:40  (time passes)
          = P4 Resolved by eva: it was answered.
02:10:00  ana tries rollback: release 41 in prod
          <- Mitigation 1 of incident 1 began. When you know what it did: pagerd incident mitigation 1 1 worked|no_effect|worse|undone
          = I1 Mitigation 1 by ana from the command line: rollback (release 41 in prod).
02:12:00  (time passes)
          -> text to eva: incident
          = I1 Reminded eva of the update that is promised for 02:17.
02:13:00  eva reads the text
          <- Incident 1: update 1 is due in 5m. pagerd update post 1
02:16:00  eva posts: rolling back release 41 (improving), next in 30m
          <- Update 1 of incident 1 is posted. The next update is promised for 01:46 UTC.
          = I1 Update 1 by eva: rolling back release 41. Impact improving. Next update at 02:46.
02:25:00  ana says that mitigation 1 worked
          <- Mitigation 1 of incident 1: worked. It is mitigating.
          = I1 Mitigation 1: worked, says ana.
02:26:00  ana says that the impact is over since 02:24
          <- Incident 1 is being watched until 03:26 UTC+1.
          = I1 ana says that the impact ended at 02:24, from the command line. Watching it.
          = I1 The watch period goes until 03:26 unless something turns red.
02:30:00  dora resolves the incident
          <- Incident 1 cannot be resolved yet: 7 things are unmet
02:31:00  dora finds customer_actions attested: ten test payments went through
          <- Noted. Still unmet: errors, latency, queues, dependencies, hidden_failures, the watch period has 55m to go.
          = I1 customer actions: attested (ten test payments went through), by dora.
02:31:10  dora finds errors attested: the graph is flat
          <- Noted. Still unmet: latency, queues, dependencies, hidden_failures, the watch period has 54m to go.
          = I1 errors: attested (the graph is flat), by dora.
02:31:20  dora finds latency attested: the graph is flat
          <- Noted. Still unmet: queues, dependencies, hidden_failures, the watch period has 54m to go.
          = I1 latency: attested (the graph is flat), by dora.
02:31:30  dora finds queues not_applicable: there are none
          <- Noted. Still unmet: dependencies, hidden_failures, the watch period has 54m to go.
          = I1 queues: not applicable (there are none), by dora.
02:31:40  dora finds dependencies attested: the graph is flat
          <- Noted. Still unmet: hidden_failures, the watch period has 54m to go.
          = I1 dependencies: attested (the graph is flat), by dora.
02:31:50  dora finds hidden_failures attested: looked at the logs of settlement
          <- Noted. Still unmet: the watch period has 54m to go.
          = I1 hidden failures: attested (looked at the logs of settlement), by dora.
02:40:00  eva posts: errors are at their baseline, watching (improving)
          <- Update 2 of incident 1 is posted. The next update is promised for 02:10 UTC.
          = I1 Update 2 by eva: errors are at their baseline, watching. Impact improving. Next update at 03:10.
03:05:00  (time passes)
          -> text to eva: incident
          = I1 Reminded eva of the update that is promised for 03:10.
03:09:00  eva posts: still fine (stable)
          <- Update 3 of incident 1 is posted. The next update is promised for 02:39 UTC.
          -> mail to dora: rest
          -> mail to eva: rest
          -> mail to dora: rest
          = I1 Update 3 by eva: still fine. Impact stable. Next update at 03:39.
          = N1 eva worked 66 min in this night: the morning off until 13:00 is proposed, asked of dora. In force from 07:00 unless somebody says no.
          = N2 dora worked 67 min in this night: the morning off until 12:00 is proposed, asked of eva. In force from 06:00 unless somebody says no.
          = N3 ben worked 66 min in this night: the morning off until 12:00 is proposed, asked of dora. In force from 06:00 unless somebody says no.
03:26:00  (time passes)
          -> text to dora: incident
          = I1 The watch period is over, and nothing was red in it. Told dora.
03:30:00  dora resolves the incident: release 41 rolled back
          <- Incident 1 is resolved.
          -> mail to dora: incident
          = P1 Incident 1 is over: the page is with ana until 04:00.
          = I1 Resolved by dora from the command line: release 41 rolled back.
          = I1 A postmortem is drafted from what is known; dora is to finish it by Mon 17:00.
03:40:00  alertmanager: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 03:40 unless one fires again.
03:40:30  (time passes)
          -> text to ana: resolved
          = P1 Resolved: all its alerts resolved.
03:41:00  (it is over)
