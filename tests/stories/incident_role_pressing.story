Nobody commands: at the second severity the last resort sleeps; when it turns out to be the worst, it is called until somebody does.
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
02:01:00  ana tries rollback
          <- Mitigation 1 of incident 1 began. When you know what it did: pagerd incident mitigation 1 1 worked|no_effect|worse|undone
          = I1 Mitigation 1 by ana from the command line: rollback.
02:02:00  (time passes)
          -> call to dora
02:05:00  (time passes)
          -> text to eva
          = P1 Nobody answered step 1 (ic) in time.
          = P1 Skipped step 2 (team_lead) at once: dora was already paged in this round.
          = P1 Paged eva (platform_lead, eva) for step 3 (platform_lead). They have until 02:10 to answer.
02:07:00  (time passes)
          -> call to eva
02:10:00  (time passes)
          -> text to ben
          = P1 Nobody answered step 3 (platform_lead) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 4 (secondary). They have until 02:15 to answer.
02:12:00  (time passes)
          -> call to ben
02:15:00  (time passes)
          -> text to dora
          = P1 Nobody answered step 4 (secondary) in time.
          = P1 Every step was paged: round 2 begins with step 1.
          = P1 Paged dora (ic, schedule commanders) for step 1 (ic), round 2. They have until 02:20 to answer.
02:17:00  (time passes)
          -> call to dora
02:20:00  (time passes)
          -> text to eva
          = P1 Nobody answered step 1 (ic) in time.
          = P1 Skipped step 2 (team_lead) at once: dora was already paged in this round.
          = P1 Paged eva (platform_lead, eva) for step 3 (platform_lead), round 2. They have until 02:25 to answer.
02:22:00  (time passes)
          -> call to eva
02:24:00  ana posts: release 41 is rolled back, next in 1h
          <- Update 1 of incident 1 is posted. The next update is promised for 03:24 UTC+1.
          = I1 Update 1 by ana: release 41 is rolled back. Next update at 03:24.
02:25:00  (time passes)
          -> text to ben
          = P1 Nobody answered step 3 (platform_lead) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 4 (secondary), round 2. They have until 02:30 to answer.
02:27:00  (time passes)
          -> call to ben
02:30:00  (time passes)
          -> text to dora
          = P1 Nobody answered step 4 (secondary) in time.
          = P1 Every step was paged: round 3 begins with step 1.
          = P1 Paged dora (ic, schedule commanders) for step 1 (ic), round 3. They have until 02:35 to answer.
02:32:00  (time passes)
          -> call to dora
02:35:00  (time passes)
          -> text to eva
          = P1 Nobody answered step 1 (ic) in time.
          = P1 Skipped step 2 (team_lead) at once: dora was already paged in this round.
          = P1 Paged eva (platform_lead, eva) for step 3 (platform_lead), round 3. They have until 02:40 to answer.
02:37:00  (time passes)
          -> call to eva
02:40:00  (time passes)
          -> text to ben
          = P1 Nobody answered step 3 (platform_lead) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 4 (secondary), round 3. They have until 02:45 to answer.
02:42:00  (time passes)
          -> call to ben
02:45:00  (time passes)
          -> text to ana: incident
          -> mail to dora: incident
          = I1 Everybody was asked to be incident commander, and nobody took it: told ana.
          = P1 Nobody answered step 4 (secondary) in time.
          = P1 Everybody was asked, and nobody answered. Nobody is woken any more; who asks is told.
03:01:00  (ana knows that nobody commands)
03:02:00  ana raises the incident to sev1: it is everybody
          <- Incident 1 is sev1. The next update is promised for 03:24 UTC+1.
          -> text to dora: resolved
          -> text to eva: resolved
          -> text to ben: resolved
          -> text to dora
          -> text to ben
          -> text to eva
          -> mail to cho: incident
          -> mail to dora: rest
          = I1 ana raised the severity from sev2 to sev1 from the command line: it is everybody.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = I1 Somebody is wanted as technical lead: asking in turn secondary, primary, team_lead.
          = I1 Somebody is wanted as comms lead: asking in turn comms, platform_lead, team_lead, secondary.
          = I1 Told cho.
          = P1 Resolved: somebody else is asked now.
          = N1 ana worked 62 min in this night: the morning off until 12:00 is proposed, asked of dora. In force from 06:00 unless somebody says no.
          = P2 Page opened for team payments: Incident commander wanted for incident 1: customers cannot log in, severity sev1. Why: incident 1 asks.
          = P2 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 03:04 to answer.
          = P3 Page opened for team payments: Comms lead wanted for incident 1: customers cannot log in, severity sev1. Why: incident 1 asks.
          = P3 Paged eva (comms, schedule speakers) for step 1 (comms). They have until 03:04 to answer.
          = P4 Page opened for team payments: Technical lead wanted for incident 1: customers cannot log in, severity sev1. Why: incident 1 asks.
          = P4 Paged ben (secondary, schedule payments-secondary) for step 1 (secondary). They have until 03:04 to answer.
03:03:00  ana posts: it is everybody, next in 30m
          <- Update 2 of incident 1 is posted. The next update is promised for 03:33 UTC+1.
          = I1 Update 2 by ana: it is everybody. Next update at 03:33.
03:04:00  (time passes)
          -> call to dora
          -> call to ben
          -> call to eva
          -> text to eva
          -> text to ana
          -> text to dora
          = P2 Nobody answered step 1 (ic) in time.
          = P2 Skipped step 2 (team_lead) at once: dora was already paged in this round.
          = P2 Paged eva (platform_lead, eva) for step 3 (platform_lead). They have until 03:06 to answer.
          = P3 Nobody answered step 1 (comms) in time.
          = P3 Skipped step 2 (platform_lead) at once: eva was already paged in this round.
          = P3 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 03:06 to answer.
          = P4 Nobody answered step 1 (secondary) in time.
          = P4 Paged ana (primary, schedule payments-primary) for step 2 (primary). They have until 03:06 to answer.
03:06:00  (time passes)
          -> call to eva
          -> call to ana
          -> call to dora
          -> text to ben for 2 of them
          -> text to dora
          = P2 Nobody answered step 3 (platform_lead) in time.
          = P2 Paged ben (secondary, schedule payments-secondary) for step 4 (secondary). They have until 03:08 to answer.
          = P3 Nobody answered step 3 (team_lead) in time.
          = P3 Paged ben (secondary, schedule payments-secondary) for step 4 (secondary). They have until 03:08 to answer.
          = P4 Nobody answered step 2 (primary) in time.
          = P4 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 03:08 to answer.
03:08:00  (time passes)
          -> call to ben for 2 of them
          -> call to dora
          -> text to dora
          -> text to ben
          -> text to eva
          = P2 Nobody answered step 4 (secondary) in time.
          = P2 Every step was paged: round 2 begins with step 1.
          = P2 Paged dora (ic, schedule commanders) for step 1 (ic), round 2. They have until 03:10 to answer.
          = P3 Nobody answered step 4 (secondary) in time.
          = P3 Every step was paged: round 2 begins with step 1.
          = P3 Paged eva (comms, schedule speakers) for step 1 (comms), round 2. They have until 03:10 to answer.
          = P4 Nobody answered step 3 (team_lead) in time.
          = P4 Every step was paged: round 2 begins with step 1.
          = P4 Paged ben (secondary, schedule payments-secondary) for step 1 (secondary), round 2. They have until 03:10 to answer.
03:10:00  (time passes)
          -> call to dora
          -> call to ben
          -> call to eva
          -> text to eva
          -> text to ana
          -> text to dora
          = P2 Nobody answered step 1 (ic) in time.
          = P2 Skipped step 2 (team_lead) at once: dora was already paged in this round.
          = P2 Paged eva (platform_lead, eva) for step 3 (platform_lead), round 2. They have until 03:12 to answer.
          = P3 Nobody answered step 1 (comms) in time.
          = P3 Skipped step 2 (platform_lead) at once: eva was already paged in this round.
          = P3 Paged dora (team_lead, dora) for step 3 (team_lead), round 2. They have until 03:12 to answer.
          = P4 Nobody answered step 1 (secondary) in time.
          = P4 Paged ana (primary, schedule payments-primary) for step 2 (primary), round 2. They have until 03:12 to answer.
03:12:00  (time passes)
          -> call to eva
          -> call to ana
          -> call to dora
          -> text to ben for 2 of them
          -> text to dora
          = P2 Nobody answered step 3 (platform_lead) in time.
          = P2 Paged ben (secondary, schedule payments-secondary) for step 4 (secondary), round 2. They have until 03:14 to answer.
          = P3 Nobody answered step 3 (team_lead) in time.
          = P3 Paged ben (secondary, schedule payments-secondary) for step 4 (secondary), round 2. They have until 03:14 to answer.
          = P4 Nobody answered step 2 (primary) in time.
          = P4 Paged dora (team_lead, dora) for step 3 (team_lead), round 2. They have until 03:14 to answer.
03:14:00  (time passes)
          -> call to ben for 2 of them
          -> call to dora
          -> text to dora
          -> text to ben
          -> text to eva
          = P2 Nobody answered step 4 (secondary) in time.
          = P2 Every step was paged: round 3 begins with step 1.
          = P2 Paged dora (ic, schedule commanders) for step 1 (ic), round 3. They have until 03:16 to answer.
          = P3 Nobody answered step 4 (secondary) in time.
          = P3 Every step was paged: round 3 begins with step 1.
          = P3 Paged eva (comms, schedule speakers) for step 1 (comms), round 3. They have until 03:16 to answer.
          = P4 Nobody answered step 3 (team_lead) in time.
          = P4 Every step was paged: round 3 begins with step 1.
          = P4 Paged ben (secondary, schedule payments-secondary) for step 1 (secondary), round 3. They have until 03:16 to answer.
03:16:00  (time passes)
          -> call to dora
          -> call to ben
          -> call to eva
          -> text to eva
          -> text to ana
          -> text to dora
          = P2 Nobody answered step 1 (ic) in time.
          = P2 Skipped step 2 (team_lead) at once: dora was already paged in this round.
          = P2 Paged eva (platform_lead, eva) for step 3 (platform_lead), round 3. They have until 03:18 to answer.
          = P3 Nobody answered step 1 (comms) in time.
          = P3 Skipped step 2 (platform_lead) at once: eva was already paged in this round.
          = P3 Paged dora (team_lead, dora) for step 3 (team_lead), round 3. They have until 03:18 to answer.
          = P4 Nobody answered step 1 (secondary) in time.
          = P4 Paged ana (primary, schedule payments-primary) for step 2 (primary), round 3. They have until 03:18 to answer.
03:18:00  (time passes)
          -> call to eva
          -> call to ana
          -> call to dora
          -> text to ben for 2 of them
          -> text to dora
          = P2 Nobody answered step 3 (platform_lead) in time.
          = P2 Paged ben (secondary, schedule payments-secondary) for step 4 (secondary), round 3. They have until 03:20 to answer.
          = P3 Nobody answered step 3 (team_lead) in time.
          = P3 Paged ben (secondary, schedule payments-secondary) for step 4 (secondary), round 3. They have until 03:20 to answer.
          = P4 Nobody answered step 2 (primary) in time.
          = P4 Paged dora (team_lead, dora) for step 3 (team_lead), round 3. They have until 03:20 to answer.
03:20:00  (time passes)
          -> call to ben for 2 of them
          -> call to dora
          -> text to eva
          -> text to dora
          -> text to ana: incident
          -> mail to dora: incident
          -> text to ana: incident
          -> mail to dora: incident
          = I1 Everybody was asked to be technical lead, and nobody took it: told ana.
          = I1 Everybody was asked to be comms lead, and nobody took it: told ana.
          = P2 Nobody answered step 4 (secondary) in time.
          = P2 No step is left: paged the last resort, eva, dora. Again at 03:25.
          = P3 Nobody answered step 4 (secondary) in time.
          = P3 Everybody was asked, and nobody answered. Nobody is woken any more; who asks is told.
          = P4 Nobody answered step 3 (team_lead) in time.
          = P4 Everybody was asked, and nobody answered. Nobody is woken any more; who asks is told.
03:22:00  (time passes)
          -> call to eva
          -> call to dora
03:25:00  (time passes)
          -> text to eva
          -> text to dora
          = P2 Nobody answered the last resort in time.
          = P2 No step is left: paged the last resort, eva, dora. Again at 03:30.
03:27:00  (time passes)
          -> call to eva
          -> call to dora
03:28:00  cho takes the role ic
          <- You are incident commander of incident 1. Decide, assign owners, keep responders undisturbed, see that updates go out on time.
          -> text to dora: resolved
          -> text to eva: resolved
          -> text to ben: resolved
          -> text to cho: incident
          = I1 cho is incident commander, they said so from the command line.
          = I1 Reminded cho of the update that is promised for 03:33.
          = P2 Resolved by cho: the role was taken.
03:29:00  cho posts: the region is gone, next in 30m
          <- Update 3 of incident 1 is posted. The next update is promised for 03:59 UTC+1.
          = I1 Update 3 by cho: the region is gone. Next update at 03:59.
03:30:00  cho lowers the incident to sev2: half of it is back
          <- Incident 1 is sev2. The next update is promised for 03:59 UTC+1.
          -> text to ben: resolved for 2 of them
          -> text to ana: resolved
          -> text to dora: resolved for 2 of them
          -> text to eva: resolved
          = I1 cho lowered the severity from sev1 to sev2 from the command line: half of it is back.
          = I1 cho called the search for the technical lead off: sev2 does not ask for one.
          = I1 cho called the search for the comms lead off: sev2 does not ask for one.
          = P3 Resolved by cho: sev2 does not ask for it.
          = P4 Resolved by cho: sev2 does not ask for it.
03:31:00  cho releases the role ic
          <- Nobody is incident commander of incident 1 now. Somebody else is being paged for it.
          -> text to dora
          = I1 cho is not incident commander any more, cho said so.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = P5 Page opened for team payments: Incident commander wanted for incident 1: customers cannot log in, severity sev2. Why: incident 1 asks.
          = P5 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 03:36 to answer.
03:32:00  (it is asked for as the second severity does)
