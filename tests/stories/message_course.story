What happens to an incident is told where the files say: a room hears all of it, leads by mail how the worst begin and end.
start: 2026-01-07 02:00
plan: with receivers

02:00:00  ana declares an incident of team payments: payments API answers 5xx (sev2, since 01:55)
          <- Incident 1 is declared, sev2. The next update is promised for 02:30 UTC+1.
          -> text to dora
          -> ops-chat: sev2 declared: payments API answers 5xx (incident 1) / Service: not named, team payments / Impact: not known yet / Since: 01:55 UTC+1 / Now: investigating / IC: nobody yet | TL: nobody yet | Comms: nobody yet / Next update at 02:30 UTC+1
          = I1 ana opened an incident from the command line: payments API answers 5xx. Severity sev2.
          = I1 ana declared it from the command line: sev2.
          = I1 Update 0 is the declaration. The next one is promised for 02:30.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = P1 Page opened for team payments: Incident commander wanted for incident 1: payments API answers 5xx, severity sev2. Why: incident 1 asks.
          = P1 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 02:05 to answer.
02:00:10  dora takes the role ic
          <- You are incident commander of incident 1. Decide, assign owners, keep responders undisturbed, see that updates go out on time.
          -> ops-chat: incident 1: Dora is incident commander
          = I1 dora is incident commander, they said so from the command line.
          = P1 Resolved by dora: the role was taken.
02:01:00  ana raises the incident to sev1: checkout is down too
          <- Incident 1 is sev1. The next update is promised for 02:30 UTC+1.
          -> text to ben
          -> text to eva
          -> mail to cho: incident
          -> mail to leads@example.com: [incident] incident 1 is sev1 now, raised from sev2
          -> mail to board@example.com: [incident] incident 1 is sev1 now, raised from sev2
          -> ops-chat: incident 1 is sev1 now, raised from sev2 / payments API answers 5xx / Why: checkout is down too / Next update at 02:30 UTC+1
          = I1 ana raised the severity from sev2 to sev1 from the command line: checkout is down too.
          = I1 Somebody is wanted as technical lead: asking in turn secondary, primary, team_lead.
          = I1 Somebody is wanted as comms lead: asking in turn comms, platform_lead, team_lead, secondary.
          = I1 Told cho.
          = P2 Page opened for team payments: Technical lead wanted for incident 1: payments API answers 5xx, severity sev1. Why: incident 1 asks.
          = P2 Paged ben (secondary, schedule payments-secondary) for step 1 (secondary). They have until 02:03 to answer.
          = P3 Page opened for team payments: Comms lead wanted for incident 1: payments API answers 5xx, severity sev1. Why: incident 1 asks.
          = P3 Paged eva (comms, schedule speakers) for step 1 (comms). They have until 02:03 to answer.
02:02:00  ben takes the role tl
          <- You are technical lead of incident 1. Drive the fix: investigate, plan, assign technical work, verify that it helped.
          -> ops-chat: incident 1: Ben is technical lead
          = I1 ben is technical lead, they said so from the command line.
          = P2 Resolved by ben: the role was taken.
02:02:30  eva takes the role comms
          <- You are comms lead of incident 1. Write the updates, inside and outside, on time; keep the summary of the impact.
          -> ops-chat: incident 1: Eva is comms lead
          = I1 eva is comms lead, they said so from the command line.
          = P3 Resolved by eva: the role was taken.
02:03:00  ben tries rollback: the config of 01:50
          <- Mitigation 1 of incident 1 began. When you know what it did: pagerd incident mitigation 1 1 worked|no_effect|worse|undone
          -> ops-chat: incident 1: mitigation 1, rollback begins / the config of 01:50
          = I1 Mitigation 1 by ben from the command line: rollback (the config of 01:50).
02:05:00  ana needs help of team platform: connections pile up, a database expert
          <- Team platform is paged to help with incident 1.
          -> text to eva
          -> ops-chat: incident 1 needs help of platform / Needed: connections pile up, a database expert / Incident: payments API answers 5xx / Urgency: now, sev1 / Paged: primary of platform / Asked by Ana; IC: Dora / Join: https://pager.example.org/i/1
          = I1 ana asks for help of primary, team platform: connections pile up, a database expert.
          = P4 Page opened for team platform: Ana needs help with incident 1: connections pile up, a database expert, severity sev1. Why: incident 1 asks.
          = P4 Paged eva (primary, schedule platform-primary) for step 1 (primary). They have until 02:10 to answer.
02:07:00  (time passes)
          -> call to eva
02:10:00  eva posts: the pool is exhausted (stable)
          <- Update 1 of incident 1 is posted. The next update is promised for 01:40 UTC.
          -> text to dora
          -> ops-chat: sev1 incident 1, update 1: mitigating / Known at 02:10 UTC+1: the pool is exhausted / Impact: stable / Then: no ETA yet, next update at 02:40 UTC+1
          = I1 Update 1 by eva: the pool is exhausted. Impact stable. Next update at 02:40.
          = P4 Nobody answered step 1 (primary) in time.
          = P4 Skipped step 2 (primary) at once: eva was already paged in this round.
          = P4 Paged dora (secondary, schedule platform-secondary) for step 3 (secondary). They have until 02:15 to answer.
02:12:00  eva posts: the rollback is through (improving), ETA 02:30
          <- Update 2 of incident 1 is posted. The next update is promised for 01:42 UTC.
          -> call to dora
          -> ops-chat: sev1 incident 1, update 2: mitigating / Known at 02:12 UTC+1: the rollback is through / Impact: improving / Then: ETA 02:30, next update at 02:42 UTC+1
          = I1 Update 2 by eva: the rollback is through. Impact improving. ETA: 02:30. Next update at 02:42.
02:14:00  ben says that mitigation 1 worked
          <- Mitigation 1 of incident 1: worked. It is mitigating.
          -> ops-chat: incident 1: mitigation 1: worked
          = I1 Mitigation 1: worked, says ben.
02:15:00  dora says that the impact is over since 02:13
          <- Incident 1 is being watched until 03:15 UTC+1.
          -> text to eva
          -> ops-chat: sev1 incident 1: impact ended at 02:13 UTC+1, watching / payments API answers 5xx / Watched until 03:15 UTC+1 at least; it is not resolved before / Next update at 02:42 UTC+1
          = I1 dora says that the impact ended at 02:13, from the command line. Watching it.
          = I1 The watch period goes until 03:15 unless something turns red.
          = P4 Nobody answered step 3 (secondary) in time.
          = P4 Skipped step 4 (team_lead) at once: eva was already paged in this round.
          = P4 Skipped step 5 (platform_lead) at once: eva was already paged in this round.
          = P4 Every step was paged: round 2 begins with step 1.
          = P4 Paged eva (primary, schedule platform-primary) for step 1 (primary), round 2. They have until 02:20 to answer.
02:16:00  eva hands the role comms to cho
          <- Cho is asked to be comms lead of incident 1; until then you are.
          -> text to cho
          = I1 eva offers the role of comms lead to cho from the command line.
          = I1 Somebody is wanted as comms lead: asking in turn cho, comms, platform_lead, team_lead, secondary.
          = P5 Page opened for team payments: Comms lead wanted for incident 1: payments API answers 5xx, severity sev1. Why: incident 1 asks.
          = P5 Paged cho (cho) for step 1 (cho). They have until 02:18 to answer.
02:17:00  cho takes the role comms
          <- You are comms lead of incident 1. Write the updates, inside and outside, on time; keep the summary of the impact.
          -> call to eva
          -> ops-chat: incident 1: Cho is comms lead / Before: Eva
          = I1 cho is comms lead from now on, they said so from the command line; eva is relieved.
          = P5 Resolved by cho: the role was taken.
02:20:00  dora resolves the incident: a config change lowered the pool (against it all: seen by all of us)
          <- Incident 1 is resolved against customer_actions, errors, latency, queues, dependencies, hidden_failures, watch_running.
          -> text to eva: resolved
          -> mail to dora: incident
          -> mail to leads@example.com: [incident] sev1 incident 1 is resolved: payments API answers 5xx
          -> mail to board@example.com: [incident] sev1 incident 1 is resolved: payments API answers 5xx
          -> ops-chat: sev1 incident 1 is resolved: payments API answers 5xx / Service: not named, team payments / Cause so far: a config change lowered the pool / Mended by: rollback: the config of 01:50 / Impact: 01:55 UTC+1 to 02:13 UTC+1, 18m / Resolved against what was unmet: customer actions, errors, latency, queues, dependencies, hidden failures, watch running / Next: a postmortem within 3 business days, and its action items
          = I1 dora resolves it against what is unmet (customer actions, errors, latency, queues, dependencies, hidden failures, watch running): seen by all of us.
          = I1 Resolved by dora from the command line: a config change lowered the pool.
          = I1 It wants a second name by Thu 17:00: somebody is asked when business hours begin.
          = I1 A postmortem is drafted from what is known; dora is to finish it by Mon 17:00.
          = P4 Resolved by dora: the incident is resolved.
