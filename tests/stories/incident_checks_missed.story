What nobody read was not watched: an outage of pagerd or of Prometheus lengthens the watch period.
start: 2026-01-07 02:00
plan: with checks

02:00:00  the error ratio is 0.002
02:00:01  the checkout answers 200
02:00:02  ana declares an incident of team payments: customers cannot log in (sev2)
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
02:10:00  ana says that the impact is over
          <- Incident 1 is being watched; the watch period begins when its checks were read.
          = I1 ana says that the impact ended at 02:10, from the command line. Watching it.
          = I1 The watch period stands still until customer actions, errors can be read, or somebody attests it.
          = I1 The checks find customer actions green (checkout answered 200).
          = I1 The checks find errors green (error ratio is 0.002).
          = I1 The watch period goes until 02:40 unless something turns red.
02:11:00  ana posts: it is over, next in 60m
          <- Update 1 of incident 1 is posted. The next update is promised for 03:11 UTC+1.
          = I1 Update 1 by ana: it is over. Next update at 03:11.
02:15:00  pagerd is gone for 20m
          = I1 The checks were not read from 02:15 on: the watch period goes until 03:00.
02:40:30  Prometheus does not answer
02:41:00  (time passes)
          = I1 The checks find customer actions unknown (checkout: asking https://shop.example.com/checkout: no answer within 5 s).
          = I1 The checks find errors unknown (error ratio: asking main: no answer within 5 s).
          = I1 The watch period stands still until customer actions, errors can be read, or somebody attests it.
02:50:30  Prometheus answers again
02:51:00  (time passes)
          = I1 The checks find customer actions green (checkout answered 200).
          = I1 The checks find errors green (error ratio is 0.002).
          = I1 The watch period goes until 03:10 unless something turns red.
03:06:00  (time passes)
          -> text to dora: incident
          = I1 Reminded dora of the update that is promised for 03:11.
03:10:00  (time passes)
          -> text to dora: incident
          = I1 The watch period is over, and nothing was red in it. Told dora.
03:11:00  (time passes)
          -> text to dora
          = I1 Update 2 did not come in time.
          = P2 Page opened for team payments: Update overdue on incident 1: customers cannot log in, severity sev2. Why: incident 1 asks.
          = P2 Paged dora (dora) for step 1 (dora). They have until 03:16 to answer.
03:12:00  (the watch is over)
