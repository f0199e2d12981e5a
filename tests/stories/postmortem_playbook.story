The playbook's own example: 33 minutes of impact, and resolved not before the watch period is over.
start: 2026-02-02 10:02
plan: with roles

10:02:00  alertmanager: CheckoutErrors fires
          -> text to ben
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ben (primary, schedule payments-primary) for step 1 (primary). They have until 10:07 to answer.
10:03:00  ana declares an incident of the page (sev1, since 10:02)
          <- Incident 1 is declared, sev1. The next update is promised for 10:18 UTC+1.
          -> text to dora
          -> text to cho
          -> text to eva
          -> mail to cho: incident
          -> text to ben: acknowledged by other
          = P1 It is part of incident 1: while that is open, no acknowledgement of it ends.
          = P1 ana acknowledged from the command line. The page is theirs while incident 1 is open.
          = I1 ana opened an incident from the command line: CheckoutErrors: Checkout fails for 7 % of customers. Severity sev1, detected by monitoring.
          = I1 Page P1 is part of it.
          = I1 ana declared it from the command line: sev1.
          = I1 Update 0 is the declaration. The next one is promised for 10:18.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = I1 Somebody is wanted as technical lead: asking in turn secondary, primary, team_lead.
          = I1 Somebody is wanted as comms lead: asking in turn comms, platform_lead, team_lead, secondary.
          = I1 Told cho.
          = P2 Page opened for team payments: Comms lead wanted for incident 1: CheckoutErrors: Checkout fails for 7 % of customers, severity sev1. Why: incident 1 asks.
          = P2 Paged eva (comms, schedule speakers) for step 1 (comms). They have until 10:05 to answer.
          = P3 Page opened for team payments: Technical lead wanted for incident 1: CheckoutErrors: Checkout fails for 7 % of customers, severity sev1. Why: incident 1 asks.
          = P3 Paged cho (secondary, schedule payments-secondary) for step 1 (secondary). They have until 10:05 to answer.
          = P4 Page opened for team payments: Incident commander wanted for incident 1: CheckoutErrors: Checkout fails for 7 % of customers, severity sev1. Why: incident 1 asks.
          = P4 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 10:05 to answer.
10:04:00  eva takes the role comms
          <- You are comms lead of incident 1. Write the updates, inside and outside, on time; keep the summary of the impact.
          = I1 eva is comms lead, they said so from the command line.
          = P2 Resolved by eva: the role was taken.
10:04:10  ben takes the role tl
          <- You are technical lead of incident 1. Drive the fix: investigate, plan, assign technical work, verify that it helped.
          -> text to cho: resolved
          = I1 ben is technical lead, they said so from the command line.
          = P3 Resolved by ben: the role was taken.
10:05:00  dora takes the role ic
          <- You are incident commander of incident 1. Decide, assign owners, keep responders undisturbed, see that updates go out on time.
          = I1 dora is incident commander, they said so from the command line.
          = P4 Resolved by dora: the role was taken.
10:12:00  ana tries rollback: the config change of 09:40
          <- Mitigation 1 of incident 1 began. When you know what it did: pagerd incident mitigation 1 1 worked|no_effect|worse|undone
          = I1 Mitigation 1 by ana from the command line: rollback (the config change of 09:40).
10:13:00  (time passes)
          -> text to eva: incident
          = I1 Reminded eva of the update that is promised for 10:18.
10:17:00  eva posts: a fifth of all payments fail, we roll back (worsening), next in 20m
          <- Update 1 of incident 1 is posted. The next update is promised for 09:37 UTC.
          = I1 Update 1 by eva: a fifth of all payments fail, we roll back. Impact worsening. Next update at 10:37.
10:20:00  ana notes on the incident: errors are at their baseline
          <- Noted on incident 1.
          = I1 ana wrote: errors are at their baseline
10:20:10  ana says that mitigation 1 worked
          <- Mitigation 1 of incident 1: worked. It is mitigating.
          = I1 Mitigation 1: worked, says ana.
10:32:00  (time passes)
          -> text to eva: incident
          = I1 Reminded eva of the update that is promised for 10:37.
10:35:00  ana says that the impact is over
          <- Incident 1 is being watched until 11:35 UTC+1.
          = I1 ana says that the impact ended at 10:35, from the command line. Watching it.
          = I1 The watch period goes until 11:35 unless something turns red.
10:36:00  dora finds customer_actions attested: ten test payments went through
          <- Noted. Still unmet: errors, latency, queues, dependencies, hidden_failures, the watch period has 59m to go.
          = I1 customer actions: attested (ten test payments went through), by dora.
10:36:10  dora finds errors attested: 0.1 %
          <- Noted. Still unmet: latency, queues, dependencies, hidden_failures, the watch period has 58m to go.
          = I1 errors: attested (0.1 %), by dora.
10:36:20  dora finds latency attested: 80 ms
          <- Noted. Still unmet: queues, dependencies, hidden_failures, the watch period has 58m to go.
          = I1 latency: attested (80 ms), by dora.
10:36:30  dora finds queues not_applicable: there are none
          <- Noted. Still unmet: dependencies, hidden_failures, the watch period has 58m to go.
          = I1 queues: not applicable (there are none), by dora.
10:36:40  dora finds dependencies attested: the database has free connections
          <- Noted. Still unmet: hidden_failures, the watch period has 58m to go.
          = I1 dependencies: attested (the database has free connections), by dora.
10:36:50  dora finds hidden_failures attested: the ledger balances
          <- Noted. Still unmet: the watch period has 58m to go.
          = I1 hidden failures: attested (the ledger balances), by dora.
10:36:55  eva posts: payments work again, we watch it (improving)
          <- Update 2 of incident 1 is posted. The next update is promised for 10:06 UTC.
          = I1 Update 2 by eva: payments work again, we watch it. Impact improving. Next update at 11:06.
10:50:00  dora resolves the incident: a config change had lowered the connections
          <- Incident 1 cannot be resolved yet: the watch period has 45m to go
11:01:55  (time passes)
          -> text to eva: incident
          = I1 Reminded eva of the update that is promised for 11:06.
11:05:00  eva posts: still well, we watch it (stable)
          <- Update 3 of incident 1 is posted. The next update is promised for 10:35 UTC.
          = I1 Update 3 by eva: still well, we watch it. Impact stable. Next update at 11:35.
11:30:00  (time passes)
          -> text to eva: incident
          = I1 Reminded eva of the update that is promised for 11:35.
11:34:00  eva posts: still well, we watch it (stable)
          <- Update 4 of incident 1 is posted. The next update is promised for 11:04 UTC.
          = I1 Update 4 by eva: still well, we watch it. Impact stable. Next update at 12:04.
11:35:00  (time passes)
          -> text to dora: incident
          = I1 The watch period is over, and nothing was red in it. Told dora.
11:36:00  dora resolves the incident: a config change had lowered the connections
          <- Incident 1 is resolved.
          -> mail to dora: incident
          = P1 Incident 1 is over: the page is with ana until 12:06.
          = I1 Resolved by dora from the command line: a config change had lowered the connections.
          = I1 A postmortem is drafted from what is known; dora is to finish it by Thu 17:00.
11:37:00  ana reads the facts of the postmortem: summary
          <- - **Duration:** 2026-02-02 10:02:00 to 2026-02-02 10:35:00, 33m of impact. [I1#1, I1#11]
          <- - **Severity:** sev1. [I1#1]
          <- - **Current status:** resolved. [I1#24]
11:37:10  ana reads the facts of the postmortem: times
          <- - **Time to detect (MTTD):** 0s, from 2026-02-02 10:02:00 (the impact began) to 2026-02-02 10:02:00 (it was detected). [I1#1]
          <- - **Time to declare:** 1m, from 2026-02-02 10:02:00 (the first page or report) to 2026-02-02 10:03:00 (it was declared). [I1#1]
          <- - **Time to mitigate (MTTM):** 33m, from 2026-02-02 10:02:00 (the impact began) to 2026-02-02 10:35:00 (it was mitigated). [I1#1, I1#11]
          <- - **Time to restore (MTTR):** 33m, from 2026-02-02 10:02:00 (the impact began) to 2026-02-02 10:35:00 (the impact ended). [I1#1, I1#11]
          <- - **Time to resolve, with the watch:** 1h 34m, from 2026-02-02 10:02:00 (the impact began) to 2026-02-02 11:36:00 (it was resolved). [I1#1, I1#24]
11:37:20  ana reads the facts of the postmortem: root cause
          <- - Said when it was resolved: a config change had lowered the connections [I1#24]
          <- - Mitigation 1: worked, says ana. [I1#9]
11:37:30  ana reads the facts of the postmortem: went well
          <- - It was detected at once. [I1#1]
          <- - It was declared 1m after the first sign. [I1#1]
          <- - A commander was there after 2m. [I1#4]
          <- - Something was tried 9m after it was declared. [I1#5]
          <- - All 4 updates came in time. [I1#7, I1#22]
11:37:40  ana reads the facts of the postmortem: went badly
11:37:50  ana reads the facts of the postmortem: timeline
          <- - All times are those of Europe/Berlin. [I1#1]
          <- - 2026-02-02 10:02:00 Page opened for team payments: CheckoutErrors, severity sev2. [P1#1]
          <- - 2026-02-02 10:02:00 Paged ben (primary, schedule payments-primary) for step 1 (primary). They have until 10:07 to answer. [P1#1]
          <- - 2026-02-02 10:03:00 ana opened an incident from the command line: CheckoutErrors: Checkout fails for 7 % of customers. Severity sev1, detected by monitoring. [I1#1]
          <- - 2026-02-02 10:03:00 Page P1 is part of it. [I1#1]
          <- - 2026-02-02 10:03:00 ana declared it from the command line: sev1. [I1#1]
          <- - 2026-02-02 10:03:00 Update 0 is the declaration. The next one is promised for 10:18. [I1#1]
          <- - 2026-02-02 10:03:00 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary. [I1#1]
          <- - 2026-02-02 10:03:00 Somebody is wanted as technical lead: asking in turn secondary, primary, team_lead. [I1#1]
          <- - 2026-02-02 10:03:00 Somebody is wanted as comms lead: asking in turn comms, platform_lead, team_lead, secondary. [I1#1]
          <- - 2026-02-02 10:03:00 Told cho. [I1#1]
          <- - 2026-02-02 10:03:00 It is part of incident 1: while that is open, no acknowledgement of it ends. [P1#2]
          <- - 2026-02-02 10:03:00 ana acknowledged from the command line. The page is theirs while incident 1 is open. [P1#3]
          <- - 2026-02-02 10:04:00 eva is comms lead, they said so from the command line. [I1#2]
          <- - 2026-02-02 10:04:10 ben is technical lead, they said so from the command line. [I1#3]
          <- - 2026-02-02 10:05:00 dora is incident commander, they said so from the command line. [I1#4]
          <- - 2026-02-02 10:12:00 Mitigation 1 by ana from the command line: rollback (the config change of 09:40). [I1#5]
          <- - 2026-02-02 10:17:00 Update 1 by eva: a fifth of all payments fail, we roll back. Impact worsening. Next update at 10:37. [I1#7]
          <- - 2026-02-02 10:20:00 ana wrote: errors are at their baseline [I1#8]
          <- - 2026-02-02 10:20:10 Mitigation 1: worked, says ana. [I1#9]
          <- - 2026-02-02 10:35:00 ana says that the impact ended at 10:35, from the command line. Watching it. [I1#11]
          <- - 2026-02-02 10:35:00 The watch period goes until 11:35 unless something turns red. [I1#11]
          <- - 2026-02-02 10:36:00 customer actions: attested (ten test payments went through), by dora. [I1#12]
          <- - 2026-02-02 10:36:10 errors: attested (0.1 %), by dora. [I1#13]
          <- - 2026-02-02 10:36:20 latency: attested (80 ms), by dora. [I1#14]
          <- - 2026-02-02 10:36:30 queues: not applicable (there are none), by dora. [I1#15]
          <- - 2026-02-02 10:36:40 dependencies: attested (the database has free connections), by dora. [I1#16]
          <- - 2026-02-02 10:36:50 hidden failures: attested (the ledger balances), by dora. [I1#17]
          <- - 2026-02-02 10:36:55 Update 2 by eva: payments work again, we watch it. Impact improving. Next update at 11:06. [I1#18]
          <- - 2026-02-02 11:05:00 Update 3 by eva: still well, we watch it. Impact stable. Next update at 11:35. [I1#20]
          <- - 2026-02-02 11:34:00 Update 4 by eva: still well, we watch it. Impact stable. Next update at 12:04. [I1#22]
          <- - 2026-02-02 11:35:00 The watch period is over, and nothing was red in it. Told dora. [I1#23]
          <- - 2026-02-02 11:36:00 Resolved by dora from the command line: a config change had lowered the connections. [I1#24]
          <- - 2026-02-02 11:36:00 Incident 1 is over: the page is with ana until 12:06. [P1#4]
