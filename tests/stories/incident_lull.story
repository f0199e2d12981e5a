Stabilize first: while nothing is tried, the technical lead is asked whether to roll back, then the commander who decides.
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
02:00:10  dora takes the role ic
          <- You are incident commander of incident 1. Decide, assign owners, keep responders undisturbed, see that updates go out on time.
          = I1 dora is incident commander, they said so from the command line.
          = P2 Resolved by dora: the role was taken.
02:00:20  ben takes the role tl
          <- You are technical lead of incident 1. Drive the fix: investigate, plan, assign technical work, verify that it helped.
          = I1 ben is technical lead, they said so from the command line.
          = P1 Resolved by ben: the role was taken.
02:00:30  eva takes the role comms
          <- You are comms lead of incident 1. Write the updates, inside and outside, on time; keep the summary of the impact.
          = I1 eva is comms lead, they said so from the command line.
          = P3 Resolved by eva: the role was taken.
02:10:00  (time passes)
          -> text to eva: incident
          -> text to ben: incident
          = I1 Reminded eva of the update that is promised for 02:15.
          = I1 Nothing has been tried for 10m: asked ben what to do.
02:10:30  ben reads the text
          <- Incident 1: nothing has been tried for 10m. Roll the latest change back? pagerd incident mitigate 1 rollback
02:14:00  eva posts: we look for it (stable)
          <- Update 1 of incident 1 is posted. The next update is promised for 01:44 UTC.
          = I1 Update 1 by eva: we look for it. Impact stable. Next update at 02:44.
02:15:00  (time passes)
          -> text to dora: incident
          = I1 Nothing has been tried for 15m: asked dora what to do.
02:15:30  dora reads the text
          <- Incident 1: nothing has been tried for 15m. Decide what is tried, and who does it: pagerd checklist answer 1 path
02:20:00  ben tries scale: twice the workers
          <- Mitigation 1 of incident 1 began. When you know what it did: pagerd incident mitigation 1 1 worked|no_effect|worse|undone
          = I1 Mitigation 1 by ben from the command line: scale (twice the workers).
02:30:00  ben says that mitigation 1 made it worse
          <- Mitigation 1 of incident 1: worse. It is investigating.
          = I1 Mitigation 1: worse, says ben.
          = I1 Nothing that was tried helped: investigating.
02:39:00  (time passes)
          -> text to eva: incident
          = I1 Reminded eva of the update that is promised for 02:44.
02:40:00  (time passes)
          -> text to ben: incident
          = I1 Nothing has been tried for 10m: asked ben what to do.
02:43:00  (the question comes again)
