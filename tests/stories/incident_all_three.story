At the worst severity nobody holds all three roles; raising it is never blocked by that, and opens a gap.
start: 2026-01-07 02:00
plan: with roles

02:00:00  ana declares an incident of team payments: customers cannot log in (sev2)
          <- Incident 1 is declared, sev2. The next update is promised for 02:30 UTC+1.
          -> text to dora
          = I1 ana opened an incident from the command line: customers cannot log in. Severity sev2.
          = I1 ana declared it from the command line: sev2.
          = I1 Update 0 is the declaration. The next one is promised for 02:30.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = P1 Page opened for team payments: Incident commander wanted for incident 1: customers cannot log in, severity sev2. Why: incident 1 asks.
          = P1 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 02:05 to answer.
02:00:10  ana takes the role ic
          <- You are incident commander of incident 1. Decide, assign owners, keep responders undisturbed, see that updates go out on time.
          -> text to dora: resolved
          = I1 ana is incident commander, they said so from the command line.
          = P1 Resolved by ana: the role was taken.
02:00:20  ana takes the role tl
          <- You are technical lead of incident 1. Drive the fix: investigate, plan, assign technical work, verify that it helped.
          = I1 ana is technical lead, they said so from the command line.
02:00:30  ana takes the role comms
          <- You are comms lead of incident 1. Write the updates, inside and outside, on time; keep the summary of the impact.
          = I1 ana is comms lead, they said so from the command line.
          = I1 ana holds all three roles: nobody does all of that without mistakes.
02:01:00  ben raises the incident to sev1: payments too
          <- Incident 1 is sev1. The next update is promised for 02:30 UTC+1.
          -> text to eva
          -> mail to cho: incident
          = I1 ben raised the severity from sev2 to sev1 from the command line: payments too.
          = I1 ana holds all three roles, which one person may not at this severity: a comms lead is wanted.
          = I1 Somebody is wanted as comms lead: asking in turn comms, platform_lead, team_lead, secondary.
          = I1 Told cho.
          = P2 Page opened for team payments: Comms lead wanted for incident 1: customers cannot log in, severity sev1. Why: incident 1 asks.
          = P2 Paged eva (comms, schedule speakers) for step 1 (comms). They have until 02:03 to answer.
02:01:30  eva texts: CODE
          <- text to eva: You are comms lead of incident 1. pagerd incident show 1. Write the updates, inside and outside, on time; keep the summary of the impact. By mistake: 82 undo.
          = I1 eva is comms lead from now on, they said so by text; ana is relieved.
          = P2 eva answered by text.
02:02:00  ana takes the role comms
          <- Incident 1: Ana has the two other roles, and at sev1 nobody holds all three
02:03:00  eva releases the role comms: my shift ends
          <- Nobody is comms lead of incident 1 now. Somebody else is being paged for it.
          -> text to dora
          = I1 eva is not comms lead any more: my shift ends, eva said so.
          = I1 Somebody is wanted as comms lead: asking in turn comms, platform_lead, team_lead, secondary.
          = P3 Page opened for team payments: Comms lead wanted for incident 1: customers cannot log in, severity sev1. Why: incident 1 asks.
          = P3 Skipped step 1 (comms) at once: eva cannot take it.
          = P3 Skipped step 2 (platform_lead) at once: eva cannot take it.
          = P3 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 02:05 to answer.
02:04:00  (ana, who has two of them, is not asked)
