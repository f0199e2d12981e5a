From the draft to the close: gaps are filled, what is missing is refused by code, one submits and a lead who is another accepts; the incident is closed with it, and its action item goes on.
start: 2026-01-07 10:00
plan: with roles

10:00:00  ana declares an incident of team payments: customers cannot pay (sev1)
          <- Incident 1 is declared, sev1. The next update is promised for 10:15 UTC+1.
          -> text to dora
          -> text to ben
          -> text to eva
          -> mail to cho: incident
          = I1 ana opened an incident from the command line: customers cannot pay. Severity sev1.
          = I1 ana declared it from the command line: sev1.
          = I1 Update 0 is the declaration. The next one is promised for 10:15.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = I1 Somebody is wanted as technical lead: asking in turn secondary, primary, team_lead.
          = I1 Somebody is wanted as comms lead: asking in turn comms, platform_lead, team_lead, secondary.
          = I1 Told cho.
          = P1 Page opened for team payments: Technical lead wanted for incident 1: customers cannot pay, severity sev1. Why: incident 1 asks.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 1 (secondary). They have until 10:02 to answer.
          = P2 Page opened for team payments: Incident commander wanted for incident 1: customers cannot pay, severity sev1. Why: incident 1 asks.
          = P2 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 10:02 to answer.
          = P3 Page opened for team payments: Comms lead wanted for incident 1: customers cannot pay, severity sev1. Why: incident 1 asks.
          = P3 Paged eva (comms, schedule speakers) for step 1 (comms). They have until 10:02 to answer.
10:01:00  ana resolves the incident: the pool was exhausted (against it all: the story is about what comes after)
          <- Incident 1 is resolved against not_monitoring, customer_actions, errors, latency, queues, dependencies, hidden_failures.
          -> mail to dora: incident
          -> text to ben: resolved
          -> text to dora: resolved
          -> text to eva: resolved
          -> mail to ana: incident
          = I1 ana resolves it against what is unmet (not monitoring, customer actions, errors, latency, queues, dependencies, hidden failures): the story is about what comes after.
          = I1 Resolved by ana from the command line: the pool was exhausted.
          = I1 Asked dora for a second name on the override, by Thu 17:00.
          = I1 A postmortem is drafted from what is known; ana is to finish it by Mon 17:00.
          = P1 Resolved by ana: the incident is resolved.
          = P2 Resolved by ana: the incident is resolved.
          = P3 Resolved by ana: the incident is resolved.
10:01:30  dora countersigns the override
          <- The override of incident 1 is countersigned.
          = I1 dora countersigned the override of ana from the command line.
10:02:00  ana submits the postmortem
          <- Incident 1: its postmortem cannot be reviewed yet: 11 things are unmet
10:03:00  ana fills the gaps of the postmortem
          <- Taken: the postmortem of incident 1. 2 things to be mended: `pagerd postmortem check`.
          = I1 ana wrote in the postmortem from the command line.
10:04:00  ana submits the postmortem
          <- Incident 1: its postmortem cannot be reviewed yet: 2 things are unmet
10:05:00  ana writes an action of incident 1: alert on pool usage (owner platform, verified runbook: payments-5xx, better: seen sooner, priority medium)
          <- Action 1 of incident 1 is written down. It is due 2026-01-22. It still lacks: bar.
          = I1 ana wrote action 1 down: alert on pool usage. Owner: platform. Due 2026-01-22.
          = A1 ana wrote it down after incident 1: alert on pool usage. Owner: platform. Due 2026-01-22.
10:06:00  ana fills the gaps of the postmortem
          <- Taken: the postmortem of incident 1. 1 thing to be mended: `pagerd postmortem check`.
          = I1 ana wrote in the postmortem from the command line.
10:07:00  ana submits the postmortem
          <- Incident 1: its postmortem cannot be reviewed yet: line 84: A1: it says of no quality bar that it serves it: recurrence, detection, blast_radius, rollback, runbook
10:08:00  ana changes action 1: serves detection
          <- Action 1 is changed. It is due 2026-01-22.
          = A1 ana says which bar it serves: detection.
10:09:00  ana submits the postmortem
          <- The postmortem of incident 1 is in review: its lead is told.
          -> mail to dora: incident
          = I1 ana asked for a review of the postmortem from the command line.
10:10:00  ana accepts the postmortem
          <- only a lead of team payments accepts its postmortem
10:10:10  dora sends the postmortem back: say which release it was
          <- The postmortem of incident 1 is a draft again, and its writer is told.
          -> mail to ana: incident
          = I1 dora sent the postmortem back from the command line: say which release it was.
10:11:00  ana submits the postmortem
          <- The postmortem of incident 1 is in review: its lead is told.
          -> mail to dora: incident
          = I1 ana asked for a review of the postmortem from the command line.
10:12:00  dora accepts the postmortem
          <- The postmortem of incident 1 is accepted. Incident 1 is closed.
          = I1 dora accepted the postmortem from the command line; its text has the digest 7a8c40c647d6b941.
          = I1 Closed by dora.
10:13:00  ana fills the gaps of the postmortem
          <- Incident 1: it is closed; its postmortem is written when it is resolved
10:14:00  ana reopens the incident: it fails again
          <- Incident 1: it is closed and cannot be reopened
