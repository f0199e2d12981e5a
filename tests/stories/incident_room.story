A bridge is lent to one incident and comes back when it is over; where none is free, that is said.
start: 2026-01-07 02:00
plan: with a room

02:00:00  ana declares an incident of team payments: customers cannot pay (sev2)
          <- Incident 1 is declared, sev2. The next update is promised for 02:30 UTC+1.
          -> text to dora
          = I1 ana opened an incident from the command line: customers cannot pay. Severity sev2.
          = I1 The room: https://meet.example.com/red.
          = I1 ana declared it from the command line: sev2.
          = I1 Update 0 is the declaration. The next one is promised for 02:30.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = P1 Page opened for team payments: Incident commander wanted for incident 1: customers cannot pay, severity sev2. Why: incident 1 asks.
          = P1 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 02:05 to answer.
02:00:10  dora texts: CODE
          <- text to dora: You are incident commander of incident 1. https://meet.example.com/red pagerd incident show 1. Decide, assign owners, keep responders und.. By mistake: 51 undo.
          = I1 dora is incident commander, they said so by text.
          = P1 dora answered by text.
02:01:00  ana declares an incident of team payments: receipts are late (sev3)
          <- Incident 2 is declared, sev3. The next update is promised for 04:01 UTC+1.
          = I2 ana opened an incident from the command line: receipts are late. Severity sev3.
          = I2 The room: https://meet.example.com/blue.
          = I2 ana declared it from the command line: sev3.
          = I2 Update 0 is the declaration. The next one is promised for 04:01.
02:02:00  ana declares an incident of team payments: refunds are late (sev3)
          <- Incident 3 is declared, sev3. The next update is promised for 04:02 UTC+1.
          = I3 ana opened an incident from the command line: refunds are late. Severity sev3.
          = I3 No bridge is free: all 2 are with other incidents. Its own page is the room.
          = I3 ana declared it from the command line: sev3.
          = I3 Update 0 is the declaration. The next one is promised for 04:02.
02:02:30  ana says that people meet at +49 30 1234 pin 77
          <- The room of incident 3 is +49 30 1234 pin 77.
          = I3 The room: +49 30 1234 pin 77, says ana.
02:03:00  ana merges incident 2 into 1
          <- Incident 2 goes on as incident 1.
          = I1 Incident 2 turned out to be this one, says ana.
          = I2 It goes on as incident 1, says ana.
02:04:00  ana declares an incident of team payments: reports are late (sev3)
          <- Incident 4 is declared, sev3. The next update is promised for 04:04 UTC+1.
          = I4 ana opened an incident from the command line: reports are late. Severity sev3.
          = I4 The room: https://meet.example.com/blue.
          = I4 ana declared it from the command line: sev3.
          = I4 Update 0 is the declaration. The next one is promised for 04:04.
