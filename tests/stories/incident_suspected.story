A suspicion wakes nobody; whoever had it is asked after five minutes, and says that it is one.
start: 2026-01-07 02:00
plan: with roles

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:01:00  ana suspects an incident of the page
          <- Incident 1 is suspected, sev2. Confirm or cancel it by 02:06 UTC+1: pagerd incident confirm 1
          = P1 It is part of incident 1: while that is open, no acknowledgement of it ends.
          = P1 ana acknowledged from the command line. The page is theirs while incident 1 is open.
          = I1 ana opened an incident from the command line: CheckoutErrors: Checkout fails for 7 % of customers. Severity sev2, detected by monitoring.
          = I1 Page P1 is part of it.
          = I1 It is a suspicion so far: it is to be declared or cancelled by 02:06.
02:04:00  ana raises the incident to sev1: all of Europe
          <- Incident 1 is sev1.
          = I1 ana raised the severity from sev2 to sev1 from the command line: all of Europe.
02:06:00  (time passes)
          -> text to ana
          = I1 Nobody has said yet whether it is an incident.
          = P2 Page opened for team payments: Incident 1 is not classified: CheckoutErrors: Checkout fails for 7 % of customers, severity sev1. Why: incident 1 asks.
          = P2 Paged ana (ana) for step 1 (ana). They have until 02:11 to answer.
02:06:30  ana texts: CODE
          <- text to ana: Confirm or cancel it within 10 min, or this pages again: pagerd incident confirm 1. By mistake: 17 undo.
          = I1 ana looks at whether it is an incident, they said so by text.
          = P2 ana answered by text: it pages again from step 1 at 02:16 unless it is done by then.
02:08:00  ana confirms the incident
          <- Incident 1 is declared, sev1. The next update is promised for 02:23 UTC+1.
          -> text to dora
          -> text to ben
          -> text to eva
          -> mail to cho: incident
          = I1 ana declared it from the command line: sev1.
          = I1 Update 0 is the declaration. The next one is promised for 02:23.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = I1 Somebody is wanted as technical lead: asking in turn secondary, primary, team_lead.
          = I1 Somebody is wanted as comms lead: asking in turn comms, platform_lead, team_lead, secondary.
          = I1 Told cho.
          = P2 Resolved by ana: the incident was declared.
          = P3 Page opened for team payments: Comms lead wanted for incident 1: CheckoutErrors: Checkout fails for 7 % of customers, severity sev1. Why: incident 1 asks.
          = P3 Paged eva (comms, schedule speakers) for step 1 (comms). They have until 02:10 to answer.
          = P4 Page opened for team payments: Technical lead wanted for incident 1: CheckoutErrors: Checkout fails for 7 % of customers, severity sev1. Why: incident 1 asks.
          = P4 Paged ben (secondary, schedule payments-secondary) for step 1 (secondary). They have until 02:10 to answer.
          = P5 Page opened for team payments: Incident commander wanted for incident 1: CheckoutErrors: Checkout fails for 7 % of customers, severity sev1. Why: incident 1 asks.
          = P5 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 02:10 to answer.
02:08:10  ana confirms the incident
          <- Incident 1: it is investigating and cannot be declared
02:09:00  ana cancels the incident as false_alarm: the probe was broken
          <- Incident 1 is cancelled.
          -> text to eva: resolved
          -> text to ben: resolved
          -> text to dora: resolved
          = P1 Incident 1 is over: the page is with ana until 02:39.
          = I1 ana cancelled it from the command line: false alarm (the probe was broken).
          = P3 Resolved by ana: the incident was cancelled.
          = P4 Resolved by ana: the incident was cancelled.
          = P5 Resolved by ana: the incident was cancelled.
02:39:00  (time passes)
          -> mail to ana: reminder
          = P1 Reminded ana quietly that their acknowledgement ends. They have until 02:44.
02:44:00  (time passes)
          -> text to ana: still yours
          = P1 No sign of ana: paged them. At 02:49 the page goes back to whoever is on call.
02:45:00  (the page goes on as a page)
