An action item is asked for until somebody else has seen that it helped: two days before it is due, on the day, every week after, by mail, in the hours in which its owner works, however long ago the incident was over. Overdue for long, the lead hears of it too.
start: 2026-01-07 10:00

10:00:00  ana declares an incident of team payments: customers cannot pay (sev1)
          <- Incident 1 is declared, sev1. The next update is promised for 10:15 UTC+1.
          -> text to dora
          -> text to ben
          -> text to eva
          = I1 ana opened an incident from the command line: customers cannot pay. Severity sev1.
          = I1 ana declared it from the command line: sev1.
          = I1 Update 0 is the declaration. The next one is promised for 10:15.
          = I1 Somebody is wanted as incident commander: asking in turn team_lead, platform_lead, secondary.
          = I1 Somebody is wanted as technical lead: asking in turn secondary, primary, team_lead.
          = I1 Somebody is wanted as comms lead: asking in turn platform_lead, team_lead, secondary.
          = P1 Page opened for team payments: Technical lead wanted for incident 1: customers cannot pay, severity sev1. Why: incident 1 asks.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 1 (secondary). They have until 10:02 to answer.
          = P2 Page opened for team payments: Incident commander wanted for incident 1: customers cannot pay, severity sev1. Why: incident 1 asks.
          = P2 Paged dora (team_lead, dora) for step 1 (team_lead). They have until 10:02 to answer.
          = P3 Page opened for team payments: Comms lead wanted for incident 1: customers cannot pay, severity sev1. Why: incident 1 asks.
          = P3 Paged eva (platform_lead, eva) for step 1 (platform_lead). They have until 10:02 to answer.
10:00:30  ana resolves the incident: the pool was exhausted (against it all: the story is about what comes after)
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
10:00:35  dora waives the postmortem: the story is about what comes after
          <- The postmortem of incident 1 is waived. Incident 1 is closed.
          = I1 dora waived the postmortem from the command line: the story is about what comes after.
          = I1 Closed by dora.
10:00:37  dora countersigns the override
          <- The override of incident 1 is countersigned.
          = I1 dora countersigned the override of ana from the command line.
10:01:00  ana writes an action of incident 1: raise the size of the pool by config
          <- Action 1 of incident 1 is written down. It is due 2026-01-22. It still lacks: owner, priority, verification, impact, bar.
          = I1 ana wrote action 1 down: raise the size of the pool by config. Due 2026-01-22.
          = A1 ana wrote it down after incident 1: raise the size of the pool by config. Due 2026-01-22.
10:02:00  ana changes action: owner ben, due 2026-01-12, priority high, verified by a drill with a spike of traffic, better: a spike does not stop payments, serves recurrence
          <- Action 1 is changed. It is due 2026-01-12.
          = A1 ana gave it to ben.
          = A1 ana says that it is due 2026-01-12; it was 2026-01-22.
          = A1 ana says that its priority is high.
          = A1 ana says how it is verified: a drill with a spike of traffic.
          = A1 ana says what will be better: a spike does not stop payments.
          = A1 ana says which bar it serves: recurrence.
10:03:00  ben starts action
          <- Action 1 is begun. It is due 2026-01-12.
          = A1 ben began.
2026-01-09 09:00:00  (time passes)
          -> mail to ben: incident
          = A1 Reminded ben; it is due 2026-01-12.
2026-01-12 09:00:00  (time passes)
          -> mail to ben: incident
          = A1 Reminded ben; it is due 2026-01-12.
2026-01-19 09:00:00  (time passes)
          -> mail to ben: incident
          = A1 Reminded ben; it is due 2026-01-12.
2026-01-26 09:00:00  (time passes)
          -> mail to ben: incident
          -> mail to dora: incident
          = A1 Reminded ben, dora; it is due 2026-01-12.
2026-01-27 12:00:00  (weeks pass)
12:00:10  ben finishes action: pool size 400
          <- Action 1 is done. It is not verified yet: somebody else says what they saw (a drill with a spike of traffic).
          = A1 ben says that it is done: pool size 400. To be verified: a drill with a spike of traffic.
12:01:00  ben verifies action: it works
          <- Action 1: whoever owns it or did it cannot verify it by their own word: ask somebody else to look
2026-02-02 09:00:00  (time passes)
          -> mail to ben: incident
          -> mail to dora: incident
          = A1 Reminded ben, dora; it is due 2026-01-12.
12:00:00  (nobody looks)
12:01:00  cho verifies action: the drill of today lost no payment
          <- Action 1 is verified.
          = I1 Action 1 was verified by cho: the drill of today lost no payment.
          = A1 cho verified it: the drill of today lost no payment.
2026-02-10 12:00:00  (nothing more is said)
