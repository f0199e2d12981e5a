Nobody takes a role that an incident can do without: nobody is woken for ever, and who runs the incident is told.
start: 2026-01-07 02:00
plan: with roles

02:00:00  ana declares an incident of team payments: customers cannot log in (sev1)
          <- Incident 1 is declared, sev1. The next update is promised for 02:15 UTC+1.
          -> text to dora
          -> text to ben
          -> text to eva
          -> mail to cho: incident
          = I1 ana opened an incident from the command line: customers cannot log in. Severity sev1.
          = I1 ana declared it from the command line: sev1.
          = I1 Update 0 is the declaration. The next one is promised for 02:15.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = I1 Somebody is wanted as technical lead: asking in turn secondary, primary, team_lead.
          = I1 Somebody is wanted as comms lead: asking in turn comms, platform_lead, team_lead, secondary.
          = I1 Told cho.
          = P1 Page opened for team payments: Technical lead wanted for incident 1: customers cannot log in, severity sev1. Why: incident 1 asks.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 1 (secondary). They have until 02:02 to answer.
          = P2 Page opened for team payments: Incident commander wanted for incident 1: customers cannot log in, severity sev1. Why: incident 1 asks.
          = P2 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 02:02 to answer.
          = P3 Page opened for team payments: Comms lead wanted for incident 1: customers cannot log in, severity sev1. Why: incident 1 asks.
          = P3 Paged eva (comms, schedule speakers) for step 1 (comms). They have until 02:02 to answer.
02:00:30  dora texts: CODE
          <- text to dora: You are incident commander of incident 1. pagerd incident show 1. Decide, assign owners, keep responders undisturbed, see that updates go.. By mistake: 51 undo.
          = I1 dora is incident commander, they said so by text.
          = P2 dora answered by text.
02:01:00  eva texts: CODE
          <- text to eva: You are comms lead of incident 1. pagerd incident show 1. Write the updates, inside and outside, on time; keep the summary of the impact. By mistake: 20 undo.
          = I1 eva is comms lead, they said so by text.
          = P3 eva answered by text.
02:01:30  dora tries rollback
          <- Mitigation 1 of incident 1 began. When you know what it did: pagerd incident mitigation 1 1 worked|no_effect|worse|undone
          = I1 Mitigation 1 by dora from the command line: rollback.
02:02:00  (time passes)
          -> call to ben
          -> text to ana
          = P1 Nobody answered step 1 (secondary) in time.
          = P1 Paged ana (primary, schedule payments-primary) for step 2 (primary). They have until 02:04 to answer.
02:04:00  (time passes)
          -> call to ana
          -> text to dora
          = P1 Nobody answered step 2 (primary) in time.
          = P1 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 02:06 to answer.
02:05:30  (time passes)
          = P2 Resolved by dora: it was answered.
02:06:00  (time passes)
          -> call to dora
          -> text to ben
          = P1 Nobody answered step 3 (team_lead) in time.
          = P1 Every step was paged: round 2 begins with step 1.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 1 (secondary), round 2. They have until 02:08 to answer.
          = P3 Resolved by eva: it was answered.
02:08:00  (time passes)
          -> call to ben
          -> text to ana
          = P1 Nobody answered step 1 (secondary) in time.
          = P1 Paged ana (primary, schedule payments-primary) for step 2 (primary), round 2. They have until 02:10 to answer.
02:10:00  (time passes)
          -> call to ana
          -> text to dora
          -> text to eva: incident
          = I1 Reminded eva of the update that is promised for 02:15.
          = P1 Nobody answered step 2 (primary) in time.
          = P1 Paged dora (team_lead, dora) for step 3 (team_lead), round 2. They have until 02:12 to answer.
02:12:00  (time passes)
          -> call to dora
          -> text to ben
          = P1 Nobody answered step 3 (team_lead) in time.
          = P1 Every step was paged: round 3 begins with step 1.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 1 (secondary), round 3. They have until 02:14 to answer.
02:14:00  eva posts: release 41 is rolled back, next in 30m
          <- Update 1 of incident 1 is posted. The next update is promised for 01:44 UTC.
          -> call to ben
          -> text to ana
          = I1 Update 1 by eva: release 41 is rolled back. Next update at 02:44.
          = P1 Nobody answered step 1 (secondary) in time.
          = P1 Paged ana (primary, schedule payments-primary) for step 2 (primary), round 3. They have until 02:16 to answer.
02:16:00  (time passes)
          -> call to ana
          -> text to dora
          = P1 Nobody answered step 2 (primary) in time.
          = P1 Paged dora (team_lead, dora) for step 3 (team_lead), round 3. They have until 02:18 to answer.
02:18:00  (time passes)
          -> call to dora
          -> text to dora: incident
          = I1 Everybody was asked to be technical lead, and nobody took it: told dora.
          = P1 Nobody answered step 3 (team_lead) in time.
          = P1 Everybody was asked, and nobody answered. Nobody is woken any more; who asks is told.
02:18:30  dora reads the text
          <- Incident 1: everybody was asked to be technical lead, and nobody took it. Who does it? pagerd role take tl 1. To go on without: pagerd role release tl 1
02:38:00  eva posts: it helps, next in 30m
          <- Update 2 of incident 1 is posted. The next update is promised for 02:08 UTC.
          = I1 Update 2 by eva: it helps. Next update at 03:08.
02:48:00  (the half hour is over)
          -> text to dora: incident
          = I1 Everybody was asked to be technical lead, and nobody took it: told dora.
          = P1 Everybody was asked, and nobody answered. Nobody is woken any more; who asks is told.
02:50:00  ben takes the role tl
          <- You are technical lead of incident 1. Drive the fix: investigate, plan, assign technical work, verify that it helped.
          -> text to ana: resolved
          -> text to dora: resolved
          = I1 ben is technical lead, they said so from the command line.
          = P1 Resolved by ben: the role was taken.
03:02:00  (nobody is asked any more)
