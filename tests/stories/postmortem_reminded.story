A postmortem is due in business days: its writer is reminded the day before, on the day and on each day of work after, by mail alone; the lead hears when it is late, and waives it.
start: 2026-01-07 02:00
plan: with roles

02:00:00  ana declares an incident of team payments: customers cannot pay (sev1)
          <- Incident 1 is declared, sev1. The next update is promised for 02:15 UTC+1.
          -> text to dora
          -> text to ben
          -> text to eva
          -> mail to cho: incident
          = I1 ana opened an incident from the command line: customers cannot pay. Severity sev1.
          = I1 ana declared it from the command line: sev1.
          = I1 Update 0 is the declaration. The next one is promised for 02:15.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = I1 Somebody is wanted as technical lead: asking in turn secondary, primary, team_lead.
          = I1 Somebody is wanted as comms lead: asking in turn comms, platform_lead, team_lead, secondary.
          = I1 Told cho.
          = P1 Page opened for team payments: Technical lead wanted for incident 1: customers cannot pay, severity sev1. Why: incident 1 asks.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 1 (secondary). They have until 02:02 to answer.
          = P2 Page opened for team payments: Incident commander wanted for incident 1: customers cannot pay, severity sev1. Why: incident 1 asks.
          = P2 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 02:02 to answer.
          = P3 Page opened for team payments: Comms lead wanted for incident 1: customers cannot pay, severity sev1. Why: incident 1 asks.
          = P3 Paged eva (comms, schedule speakers) for step 1 (comms). They have until 02:02 to answer.
02:01:00  ana resolves the incident (against it all: the region is gone)
          <- Incident 1 is resolved against not_monitoring, customer_actions, errors, latency, queues, dependencies, hidden_failures.
          -> text to ben: resolved
          -> text to dora: resolved
          -> text to eva: resolved
          -> mail to ana: incident
          = I1 ana resolves it against what is unmet (not monitoring, customer actions, errors, latency, queues, dependencies, hidden failures): the region is gone.
          = I1 Resolved by ana from the command line.
          = I1 It wants a second name by Thu 17:00: somebody is asked when business hours begin.
          = I1 A postmortem is drafted from what is known; ana is to finish it by Mon 17:00.
          = P1 Resolved by ana: the incident is resolved.
          = P2 Resolved by ana: the incident is resolved.
          = P3 Resolved by ana: the incident is resolved.
02:02:00  dora countersigns the override
          <- The override of incident 1 is countersigned.
          = I1 dora countersigned the override of ana from the command line.
07:00:00  (time passes)
          -> text to ana: night
          = N1 Asked ana by text how long they were up; 1 min of work were seen.
02:00:00  (time passes)
01:00:00  (time passes)
09:00:00  (time passes)
          -> mail to ana: incident
          = I1 Reminded of the postmortem that is due by Mon 17:00.
00:50:00  (time passes)
00:40:00  (time passes)
00:30:00  (time passes)
09:00:00  (time passes)
          -> mail to ana: incident
          = I1 Reminded of the postmortem that is due by 17:00.
00:20:00  (time passes)
09:00:00  (time passes)
          -> mail to ana: incident
          -> mail to dora: incident
          = I1 The postmortem was due by Mon 17:00: reminded its writer and the lead.
00:10:00  (time passes)
09:00:00  (time passes)
          -> mail to ana: incident
          -> mail to dora: incident
          = I1 The postmortem was due by Mon 17:00: reminded its writer and the lead.
10:00:00  ana closes the incident
          <- Incident 1 cannot be closed yet: its postmortem is a draft: it is to be accepted or waived
10:00:10  ana waives the postmortem: nothing of it is left to mend
          <- only a lead of team payments waives its postmortem
10:00:20  dora waives the postmortem: nothing of it is left to mend
          <- The postmortem of incident 1 is waived. Incident 1 is closed.
          = I1 dora waived the postmortem from the command line: nothing of it is left to mend.
          = I1 Closed by dora.
10:00:30  dora waives the postmortem: twice
          <- Incident 1: it is closed; its postmortem is waived when it is resolved
