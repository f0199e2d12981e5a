What a severity asks begins at once: its roles, its promise, its leadership; to lower it needs a reason.
start: 2026-01-07 02:00
plan: with roles

02:00:00  ana declares an incident of team payments: the reports are down (sev3, cheat sheet no no no)
          <- Incident 1 is declared, sev3. The next update is promised for 04:00 UTC+1.
          = I1 ana opened an incident from the command line: the reports are down. Severity sev3.
          = I1 Customers blocked from core actions: no. Money, data or security at risk: no. Impact growing: no. That proposes sev3.
          = I1 ana declared it from the command line: sev3.
          = I1 Update 0 is the declaration. The next one is promised for 04:00.
02:01:00  ana raises the incident to sev1: nobody can pay
          <- Incident 1 is sev1. The next update is promised for 02:31 UTC+1.
          -> text to dora
          -> text to ben
          -> text to eva
          -> mail to cho: incident
          = I1 ana raised the severity from sev3 to sev1 from the command line: nobody can pay.
          = I1 At this severity updates come sooner: the next one is promised for 02:31.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = I1 Somebody is wanted as technical lead: asking in turn secondary, primary, team_lead.
          = I1 Somebody is wanted as comms lead: asking in turn comms, platform_lead, team_lead, secondary.
          = I1 Told cho.
          = P1 Page opened for team payments: Incident commander wanted for incident 1: the reports are down, severity sev1. Why: incident 1 asks.
          = P1 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 02:03 to answer.
          = P2 Page opened for team payments: Comms lead wanted for incident 1: the reports are down, severity sev1. Why: incident 1 asks.
          = P2 Paged eva (comms, schedule speakers) for step 1 (comms). They have until 02:03 to answer.
          = P3 Page opened for team payments: Technical lead wanted for incident 1: the reports are down, severity sev1. Why: incident 1 asks.
          = P3 Paged ben (secondary, schedule payments-secondary) for step 1 (secondary). They have until 02:03 to answer.
02:02:00  ana lowers the incident to sev2
          <- Incident 1: to lower a severity needs a reason
02:02:10  ana lowers the incident to sev4: it is nothing
          <- Incident 1: sev4 is a ticket: resolve or cancel the incident instead
02:02:20  ana lowers the incident to sev2: only the reports after all
          <- Incident 1 is sev2. The next update is promised for 02:31 UTC+1.
          -> text to ben: resolved
          -> text to eva: resolved
          = I1 ana lowered the severity from sev1 to sev2 from the command line: only the reports after all.
          = I1 ana called the search for the technical lead off: sev2 does not ask for one.
          = I1 ana called the search for the comms lead off: sev2 does not ask for one.
          = P2 Resolved by ana: sev2 does not ask for it.
          = P3 Resolved by ana: sev2 does not ask for it.
02:02:30  ana lowers the incident to sev2: only the reports after all
          <- Incident 1: it is sev2 already
