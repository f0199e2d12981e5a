An update that was promised and does not come is asked for: the comms lead, then the commander, then the team lead.
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
02:00:10  cho takes the role ic
          <- You are incident commander of incident 1. Decide, assign owners, keep responders undisturbed, see that updates go out on time.
          -> text to dora: resolved
          = I1 cho is incident commander, they said so from the command line.
          = P2 Resolved by cho: the role was taken.
02:00:20  ben takes the role tl
          <- You are technical lead of incident 1. Drive the fix: investigate, plan, assign technical work, verify that it helped.
          = I1 ben is technical lead, they said so from the command line.
          = P1 Resolved by ben: the role was taken.
02:00:30  eva takes the role comms
          <- You are comms lead of incident 1. Write the updates, inside and outside, on time; keep the summary of the impact.
          = I1 eva is comms lead, they said so from the command line.
          = P3 Resolved by eva: the role was taken.
02:10:00  (eva is reminded)
          -> text to eva: incident
          -> text to ben: incident
          = I1 Reminded eva of the update that is promised for 02:15.
          = I1 Nothing has been tried for 10m: asked ben what to do.
02:15:00  (time passes)
          -> text to eva
          -> text to cho: incident
          = I1 Update 1 did not come in time.
          = I1 Nothing has been tried for 15m: asked cho what to do.
          = P4 Page opened for team payments: Update overdue on incident 1: customers cannot pay, severity sev1. Why: incident 1 asks.
          = P4 Paged eva (eva) for step 1 (eva). They have until 02:20 to answer.
02:17:00  (time passes)
          -> call to eva
02:20:00  (time passes)
          -> text to cho
          = P4 Nobody answered step 1 (eva) in time.
          = P4 Paged cho (cho) for step 2 (cho). They have until 02:25 to answer.
02:22:00  (time passes)
          -> call to cho
02:25:00  (time passes)
          -> text to dora
          = P4 Nobody answered step 2 (cho) in time.
          = P4 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 02:30 to answer.
02:26:30  dora texts: CODE
          <- text to dora: Post it within 10 min, or this pages again: pagerd update post 1. By mistake: 86 undo.
          -> text to eva: acknowledged by other
          -> text to cho: acknowledged by other
          = I1 dora takes care of the overdue update, they said so by text.
          = P4 dora answered by text: it pages again from step 1 at 02:36 unless it is done by then.
02:27:00  (dora has ten minutes)
02:36:30  (time passes)
          -> text to eva
          = P4 The acknowledgement of dora ended without a sign of life: paging again from step 1.
          = P4 Paged eva (eva) for step 1 (eva). They have until 02:41 to answer.
02:38:30  (time passes)
          -> call to eva
02:40:00  cho posts: it is the database (stable), next in 5m
          <- Incident 1: the next update of a sev1 comes within 15m to 30m
02:40:10  cho posts: it is the database (stable), ETA unknown, next in 45m
          <- Incident 1: the next update of a sev1 comes within 15m to 30m
02:40:20  cho posts: it is the database (stable), next in 15m
          <- Update 1 of incident 1 is posted. The next update is promised for 02:55 UTC+1.
          -> text to eva: resolved
          -> text to dora: resolved
          = I1 Update 1 by cho, 25m late: it is the database. Impact stable. Next update at 02:55.
          = P4 Resolved by cho: update 1 was posted.
02:48:00  (the clock is the promise)
