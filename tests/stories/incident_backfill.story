What is over is written down, and wakes nobody; a drill wakes people, and says that it is one.
start: 2026-01-07 02:00
plan: with roles

02:00:00  ana declares an incident of team payments: customers could not pay (backfill, sev1, since 00:10, detected 00:15, resolved 01:40)
          <- Incident 1 is written down, sev1.
          = I1 ana opened an incident from the command line: customers could not pay. Severity sev1.
          = I1 ana wrote it down after it was over.
02:01:00  ana notes on the incident for 00:30: we rolled back
          <- Noted on incident 1.
          = I1 ana wrote: we rolled back
02:02:00  dora declares an incident of team payments: the region is gone (sev1, drill)
          <- Drill incident 2 is declared, sev1. The next update is promised for 02:17 UTC+1.
          -> text to dora
          -> text to ben
          -> text to eva
          = I2 dora opened an incident from the command line: the region is gone. Severity sev1.
          = I2 This is a drill.
          = I2 dora declared it from the command line: sev1.
          = I2 Update 0 is the declaration. The next one is promised for 02:17.
          = I2 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = I2 Somebody is wanted as technical lead: asking in turn secondary, primary, team_lead.
          = I2 Somebody is wanted as comms lead: asking in turn comms, platform_lead, team_lead, secondary.
          = P1 Page opened for team payments: Incident commander wanted for drill incident 2: the region is gone, severity sev1. Why: incident 2 asks.
          = P1 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 02:04 to answer.
          = P2 Page opened for team payments: Comms lead wanted for drill incident 2: the region is gone, severity sev1. Why: incident 2 asks.
          = P2 Paged eva (comms, schedule speakers) for step 1 (comms). They have until 02:04 to answer.
          = P3 Page opened for team payments: Technical lead wanted for drill incident 2: the region is gone, severity sev1. Why: incident 2 asks.
          = P3 Paged ben (secondary, schedule payments-secondary) for step 1 (secondary). They have until 02:04 to answer.
02:03:00  dora reads the text
          <- sev1 Incident commander wanted for drill incident 2: the region is gone
          <- payments since 02:02
          <- Do: Answer to take the role. Decide, assign owners,..
          <- Reply 26 ack
02:03:30  dora cancels the incident as test
          <- Drill incident 2 is cancelled.
          -> text to eva: resolved
          -> text to ben: resolved
          = I2 dora cancelled it from the command line: test.
          = P1 Resolved by dora: the incident was cancelled.
          = P2 Resolved by dora: the incident was cancelled.
          = P3 Resolved by dora: the incident was cancelled.
