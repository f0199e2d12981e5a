Customers are told within five minutes of the worst: pagerd proposes the text, and only an approver puts it in public.
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
02:01:00  ana approves draft 1
          <- Ana may not approve what customers read: `approvers` of pagerd.yaml says who
02:01:10  eva approves draft 1 by a token
          <- a text for customers is approved by a person who signs in, or on pagerd's host: not by a token
02:01:20  customers read the page
          <- All systems operational
          <- Checkout: operational
          <- Reports: operational
02:01:30  eva drafts for customers: (checkout partial_outage, symptom card payments fail, next in 20m)
          <- Nothing is public yet. Draft 2 waits for approval: pagerd public approve 1 2
          = I1 Draft 1 for customers is dropped: draft 2 takes its place.
          = I1 eva drafted text 2 for customers from the command line, investigating: Checkout: we are looking into a problem. We have reports that card payments fail.
02:02:00  eva approves draft 1
          <- Incident 1: draft 1 does not wait for approval, draft 2 waits
02:02:10  eva approves draft 2
          <- Customers read draft 2 of incident 1 on the status page and in 1 mail. The next one is promised within 20 min.
          -> mail to news@lists.example.org: [Investigating] Problems with Checkout
          = I1 eva approved draft 2 for customers from the command line: investigating, text cf6a2aaf0f0a. It sets checkout partial outage. The next one is promised for 02:22.
02:02:20  customers read the page
          <- Partial outage: Checkout
          <- Checkout: partial_outage
          <- Reports: operational
          <- investigating: Problems with Checkout
          <- investigating: Checkout: we are looking into a problem. / We have reports that card payments fail.
02:03:00  ana tries rollback: release 41
          <- Mitigation 1 of incident 1 began. When you know what it did: pagerd incident mitigation 1 1 worked|no_effect|worse|undone
          = I1 Mitigation 1 by ana from the command line: rollback (release 41).
          = I1 Draft 3 for customers, identified, is proposed: Checkout: we know the cause and are working on it. We have found why card payments fail, and are working to end it.
02:03:30  dora approves draft 3 on the web
          <- Customers read draft 3 of incident 1 on the status page and in 1 mail. The next one is promised within 30 min.
          -> mail to news@lists.example.org: [Identified] Problems with Checkout
          = I1 dora approved draft 3 for customers on the web: identified, text 24f6aee4aa10. The next one is promised for 02:33.
02:04:00  ana posts: release 41 is rolled back, next in 30m
          <- Update 1 of incident 1 is posted. The next update is promised for 02:34 UTC+1.
          = I1 Update 1 by ana: release 41 is rolled back. Next update at 02:34.
02:10:00  ana says that the impact is over since 02:08
          <- Incident 1 is being watched until 03:10 UTC+1.
          = I1 ana says that the impact ended at 02:08, from the command line. Watching it.
          = I1 The watch period goes until 03:10 unless something turns red.
          = I1 Draft 4 for customers, monitoring, is proposed: Checkout: it works again, and we are watching it. A change of ours has taken effect, and Checkout works as it should. We keep watching before we call this over.
02:10:30  eva drafts for customers: This will be fixed by noon.
          <- Nothing is public yet. Draft 5 waits for approval: pagerd public approve 1 5
          = I1 Draft 4 for customers is dropped: draft 5 takes its place.
          = I1 eva drafted text 5 for customers from the command line, monitoring: This will be fixed by noon.
02:10:40  eva approves draft 5
          <- Incident 1: it promises something (will be fixed by): change it, or say why it may
02:10:50  eva approves draft 5 (because the release is announced for noon)
          <- Customers read draft 5 of incident 1 on the status page and in 1 mail. The next one is promised within 30 min.
          -> mail to news@lists.example.org: [Monitoring] Problems with Checkout
          = I1 eva approved draft 5 for customers from the command line: monitoring, text fd65f0989173. The next one is promised for 02:40.
          = I1 eva lets it promise something (will be fixed by): the release is announced for noon.
02:11:00  eva drafts for customers as resolved: It is all over.
          <- Nothing is public yet. Draft 6 waits for approval: pagerd public approve 1 6
          = I1 eva drafted text 6 for customers from the command line, resolved: It is all over.
02:11:10  eva approves draft 6
          <- Incident 1: customers hear that it is over when it is resolved, and not before
02:11:20  eva rejects draft 6: not yet
          <- Draft 6 of incident 1 is rejected. Another one: pagerd public draft 1
          = I1 eva rejected draft 6 for customers from the command line: not yet.
02:12:00  ana resolves the incident: memory limit raised (against it all: seen it work)
          <- Incident 1 is resolved against customer_actions, errors, latency, queues, dependencies, hidden_failures, watch_running.
          -> mail to cho: incident
          = I1 ana resolves it against what is unmet (customer actions, errors, latency, queues, dependencies, hidden failures, watch running): seen it work.
          = I1 Resolved by ana from the command line: memory limit raised.
          = I1 It wants a second name by Thu 17:00: somebody is asked when business hours begin.
          = I1 A postmortem is drafted from what is known; cho is to finish it by Mon 17:00.
          = I1 Customers are to be told by 02:17.
          = I1 Draft 7 for customers, resolved, is proposed: Checkout: this is over. Checkout works as it should. What happened: card payments fail. We are going through what happened, and will take measures against it happening again.
02:13:00  eva approves draft 7
          <- Customers read draft 7 of incident 1 on the status page and in 1 mail.
          -> mail to news@lists.example.org: [Resolved] Problems with Checkout
          = I1 eva approved draft 7 for customers from the command line: resolved, text bc18e8fc0830. It sets checkout operational.
02:13:10  customers read the page
          <- All systems operational
          <- Checkout: operational
          <- Reports: operational
          <- resolved: Problems with Checkout
          <- resolved: Checkout: this is over. / Checkout works as it should. What happened: card payments fail. / We are going through what happened, and will take measures against it happening again.
          <- monitoring: This will be fixed by noon.
          <- identified: Checkout: we know the cause and are working on it. / We have found why card payments fail, and are working to end it.
          <- investigating: Checkout: we are looking into a problem. / We have reports that card payments fail.
03:12:00  (time passes)
