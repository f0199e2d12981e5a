Whatever an incident waits for is a row: a restart goes on from there, and says how late it was.
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
02:00:10  dora takes the role ic
          <- You are incident commander of incident 1. Decide, assign owners, keep responders undisturbed, see that updates go out on time.
          = I1 dora is incident commander, they said so from the command line.
          = P1 Resolved by dora: the role was taken.
02:01:00  pagerd crashes and starts again
02:10:00  (time passes)
          -> text to dora: incident
          = I1 Nothing has been tried for 10m: asked dora what to do.
02:15:00  (time passes)
          -> text to dora: incident
          = I1 Nothing has been tried for 15m: asked dora what to do.
02:25:00  (the reminder comes)
          -> text to dora: incident
          = I1 Reminded dora of the update that is promised for 02:30.
02:26:00  pagerd is gone for 10m
          -> text to dora
          = I1 pagerd was 6m late here: it was down or stalled.
          = I1 Update 1 did not come in time.
          = P2 Page opened for team payments: Update overdue on incident 1: customers cannot log in, severity sev2. Why: incident 1 asks.
          = P2 Paged dora (dora) for step 1 (dora). They have until 02:41 to answer.
02:36:00  dora posts: still looking (stable)
          <- Update 1 of incident 1 is posted. The next update is promised for 03:36 UTC+1.
          = I1 Update 1 by dora, 6m late: still looking. Impact stable. Next update at 03:36.
          = P2 Resolved by dora: update 1 was posted.
