Nobody tells customers anything: the comms lead is reminded, then the commander, then a page asks until somebody does.
start: 2026-01-07 02:00
plan: with customers

02:00:00  ana declares an incident of team payments: db-3 is out of memory (sev1)
          <- Incident 1 is declared, sev1. The next update is promised for 02:15 UTC+1.
          -> text to dora
          -> text to ben
          -> text to eva
          -> mail to cho: incident
          = I1 ana opened an incident from the command line: db-3 is out of memory. Severity sev1.
          = I1 ana declared it from the command line: sev1.
          = I1 Update 0 is the declaration. The next one is promised for 02:15.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = I1 Somebody is wanted as technical lead: asking in turn secondary, primary, team_lead.
          = I1 Somebody is wanted as comms lead: asking in turn comms, platform_lead, team_lead, secondary.
          = I1 Told cho.
          = I1 Customers are to be told by 02:05.
          = I1 Draft 1 for customers, investigating, is proposed: Our service: we are looking into a problem. We have reports that something does not work as it should.
          = P1 Page opened for team payments: Technical lead wanted for incident 1: db-3 is out of memory, severity sev1. Why: incident 1 asks.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 1 (secondary). They have until 02:02 to answer.
          = P2 Page opened for team payments: Incident commander wanted for incident 1: db-3 is out of memory, severity sev1. Why: incident 1 asks.
          = P2 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 02:02 to answer.
          = P3 Page opened for team payments: Comms lead wanted for incident 1: db-3 is out of memory, severity sev1. Why: incident 1 asks.
          = P3 Paged eva (comms, schedule speakers) for step 1 (comms). They have until 02:02 to answer.
02:00:10  cho takes the role ic
          <- You are incident commander of incident 1. Decide, assign owners, keep responders undisturbed, see that updates go out on time.
          -> text to dora: resolved
          = I1 cho is incident commander, they said so from the command line.
          = P2 Resolved by cho: the role was taken.
02:00:20  ben takes the role tl
          <- You are technical lead of incident 1. Drive the fix: investigate, plan, assign technical work, verify that it helped.
          = I1 ben is technical lead, they said so from the command line.
          = P1 Resolved by ben: the role was taken.
02:00:30  eva takes the role comms
          <- You are comms lead of incident 1. Write the updates, inside and outside, on time; keep the summary of the impact.
          = I1 eva is comms lead, they said so from the command line.
          = P3 Resolved by eva: the role was taken.
02:02:30  (time passes)
          -> text to eva: incident
          = I1 Reminded eva that customers are to be told by 02:05.
02:04:00  (time passes)
          -> text to cho: incident
          = I1 Reminded cho that customers are to be told by 02:05.
02:05:00  (time passes)
          -> text to eva
          = I1 Customers were not told in time.
          = P4 Page opened for team payments: Customers were not told of incident 1 in time: db-3 is out of memory, severity sev1. Why: incident 1 asks.
          = P4 Paged eva (eva) for step 1 (eva). They have until 02:10 to answer.
02:06:00  eva texts: CODE
          <- text to eva: Tell customers within 10 min, or this pages again. Draft 1 waits for approval: pagerd public approve 1 1. By mistake: 94 undo.
          = I1 eva sees to it that customers are told, they said so by text.
          = P4 eva answered by text.
02:06:30  eva drafts for customers: Some payments fail.
          <- Nothing is public yet. Draft 2 waits for approval: pagerd public approve 1 2
          = I1 Draft 1 for customers is dropped: draft 2 takes its place.
          = I1 eva drafted text 2 for customers from the command line, investigating: Some payments fail.
02:07:00  eva approves draft 2
          <- Customers read draft 2 of incident 1 on the status page and in 1 mail. The next one is promised within 30 min.
          -> mail to news@lists.example.org: [Investigating] Problems with our service
          = I1 eva approved draft 2 for customers from the command line, 2m late: investigating, text e9fe460020c2. The next one is promised for 02:37.
          = P4 Resolved by eva: customers were told.
02:07:30  ana says that the impact is over
          <- Incident 1 is being watched until 03:07 UTC+1.
          = I1 ana says that the impact ended at 02:07, from the command line. Watching it.
          = I1 The watch period goes until 03:07 unless something turns red.
          = I1 Draft 3 for customers, monitoring, is proposed: Our service: it works again, and we are watching it. A change of ours has taken effect, and our service works as it should. We keep watching before we call this over.
02:08:00  ana resolves the incident: memory limit raised (against it all: seen it work)
          <- Incident 1 is resolved against customer_actions, errors, latency, queues, dependencies, hidden_failures, watch_running.
          -> mail to cho: incident
          = I1 ana resolves it against what is unmet (customer actions, errors, latency, queues, dependencies, hidden failures, watch running): seen it work.
          = I1 Resolved by ana from the command line: memory limit raised.
          = I1 It wants a second name by Thu 17:00: somebody is asked when business hours begin.
          = I1 A postmortem is drafted from what is known; cho is to finish it by Mon 17:00.
          = I1 Customers are to be told by 02:13.
          = I1 Draft 3 for customers is dropped: draft 4 takes its place.
          = I1 Draft 4 for customers, resolved, is proposed: Our service: this is over. Our service works as it should. What happened: some of it did not work as it should. We are going through what happened, and will take measures against it happening again.
02:10:30  (time passes)
          -> text to eva: incident
          = I1 Reminded eva that customers are to be told by 02:13.
02:12:00  (time passes)
          -> text to cho: incident
          = I1 Reminded cho that customers are to be told by 02:13.
02:13:00  (time passes)
          -> text to eva
          = I1 Customers were not told in time.
          = P5 Page opened for team payments: Customers were not told of incident 1 in time: db-3 is out of memory, severity sev1. Why: incident 1 asks.
          = P5 Paged eva (eva) for step 1 (eva). They have until 02:18 to answer.
02:13:10  eva texts: CODE
          <- text to eva: Tell customers within 10 min, or this pages again. Draft 4 waits for approval: pagerd public approve 1 4. By mistake: 02 undo.
          = I1 eva sees to it that customers are told, they said so by text.
          = P5 eva answered by text.
02:13:20  eva approves draft 4
          <- Customers read draft 4 of incident 1 on the status page and in 1 mail.
          -> mail to news@lists.example.org: [Resolved] Problems with our service
          = I1 eva approved draft 4 for customers from the command line, 20s late: resolved, text 98ff6d378afd.
          = P5 Resolved by eva: customers were told.
