Where two people are asked for, nobody approves what they drafted; a drill and a suspicion reach no customer at all.
start: 2026-01-07 02:00
plan: with customers, two people

02:00:00  ana declares an incident of team payments: a game day (sev2, drill)
          <- Drill incident 1 is declared, sev2. The next update is promised for 02:30 UTC+1.
          -> text to dora
          = I1 ana opened an incident from the command line: a game day. Severity sev2.
          = I1 This is a drill.
          = I1 ana declared it from the command line: sev2.
          = I1 Update 0 is the declaration. The next one is promised for 02:30.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = P1 Page opened for team payments: Incident commander wanted for drill incident 1: a game day, severity sev2. Why: incident 1 asks.
          = P1 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 02:05 to answer.
02:00:10  eva drafts for customers: Nothing works.
          <- Drill incident 1: a drill reaches no customer
02:00:20  ana cancels the incident as test
          <- Drill incident 1 is cancelled.
          -> text to dora: resolved
          = I1 ana cancelled it from the command line: test.
          = P1 Resolved by ana: the incident was cancelled.
02:01:00  ana suspects an incident of team payments: something is slow
          <- Incident 2 is suspected, sev2. Confirm or cancel it by 02:06 UTC+1: pagerd incident confirm 2
          = I2 ana opened an incident from the command line: something is slow. Severity sev2.
          = I2 It is a suspicion so far: it is to be declared or cancelled by 02:06.
02:01:10  eva drafts for customers: Something is slow.
          <- Incident 2: a suspicion reaches no customer: confirm it first
02:02:00  ana confirms the incident
          <- Incident 2 is declared, sev2. The next update is promised for 02:32 UTC+1.
          -> text to dora
          = I2 ana declared it from the command line: sev2.
          = I2 Update 0 is the declaration. The next one is promised for 02:32.
          = I2 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = I2 Customers are to be told by 02:17.
          = I2 Draft 1 for customers, investigating, is proposed: Our service: we are looking into a problem. We have reports that something does not work as it should.
          = P2 Page opened for team payments: Incident commander wanted for incident 2: something is slow, severity sev2. Why: incident 2 asks.
          = P2 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 02:07 to answer.
02:02:05  dora takes the role ic
          <- You are incident commander of incident 2. Decide, assign owners, keep responders undisturbed, see that updates go out on time.
          = I2 dora is incident commander, they said so from the command line.
          = P2 Resolved by dora: the role was taken.
02:02:10  eva drafts for customers: Some pages are slow.
          <- Nothing is public yet. Draft 2 waits for approval: pagerd public approve 2 2
          = I2 Draft 1 for customers is dropped: draft 2 takes its place.
          = I2 eva drafted text 2 for customers from the command line, investigating: Some pages are slow.
02:02:20  eva approves draft 2
          <- Incident 2: whoever drafted a text does not approve it too: `two_people` asks for both
02:02:30  dora rejects draft 2: say which
          <- Draft 2 of incident 2 is rejected. Another one: pagerd public draft 2
          = I2 dora rejected draft 2 for customers from the command line: say which.
02:02:40  eva drafts for customers: (reports degraded): Reports are slow.
          <- Nothing is public yet. Draft 3 waits for approval: pagerd public approve 2 3
          = I2 eva drafted text 3 for customers from the command line, investigating: Reports are slow.
02:02:50  dora approves draft 3
          <- Customers read draft 3 of incident 2 on the status page and in 1 mail. The next one is promised within 60 min.
          -> mail to news@lists.example.org: [Investigating] Problems with Reports
          = I2 dora approved draft 3 for customers from the command line: investigating, text 178cac86a7c8. It sets reports degraded. The next one is promised for 03:02.
02:03:00  dora says that customers see reports as maintenance
          <- Customers read of Reports: degraded performance. An incident still says worse: degraded performance.
          = S1 dora says to customers from the command line that reports is maintenance.
02:03:10  ana says that customers see reports as operational
          <- Ana may not say what customers read: `approvers` of pagerd.yaml says who may
02:03:20  dora says that customers see shop as operational
          <- there is no component 'shop'; components are checkout, reports
02:03:30  eva drafts for customers: (shop degraded): The shop is slow.
          <- Incident 2: there is no component shop; components are checkout, reports
02:03:40  eva drafts for customers: (next in 2m): Very soon more.
          <- Incident 2: the next public update comes within 5m to 1d
02:04:00  ana cancels the incident as false_alarm
          <- Incident 2 is cancelled.
          = I2 ana cancelled it from the command line: false alarm.
          = I2 Customers are to be told by 02:19.
          = I2 Draft 4 for customers, resolved, is proposed: This is over: we found no lasting problem with Reports.
02:05:00  dora approves draft 4
          <- Customers read draft 4 of incident 2 on the status page and in 1 mail.
          -> mail to news@lists.example.org: [Resolved] Problems with Reports
          = I2 dora approved draft 4 for customers from the command line: resolved, text 7b0c9ca06e00. It sets reports operational.
02:05:10  customers read the page
          <- Under maintenance: Reports
          <- Checkout: operational
          <- Reports: maintenance
          <- resolved: Problems with Reports
          <- resolved: This is over: we found no lasting problem with Reports.
          <- investigating: Reports are slow.
02:05:20  dora says that customers see reports as operational
          <- Customers read of Reports: operational.
          = S1 dora says to customers from the command line that reports is operational.
02:05:30  customers read the page
          <- All systems operational
          <- Checkout: operational
          <- Reports: operational
          <- resolved: Problems with Reports
          <- resolved: This is over: we found no lasting problem with Reports.
          <- investigating: Reports are slow.
03:30:00  (time passes)
