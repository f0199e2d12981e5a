A suspicion is looked at by machine at once: whoever had it hears what was found, and makes it loud themselves.
start: 2026-01-07 02:00
plan: with checks

02:00:00  the error ratio is 0.004
02:00:01  the checkout answers 200
02:01:00  ana suspects an incident of team payments: logins are slow
          <- Incident 1 is suspected, sev2. Confirm or cancel it by 02:06 UTC+1: pagerd incident confirm 1
          -> text to ana: incident
          = I1 ana opened an incident from the command line: logins are slow. Severity sev2.
          = I1 It is a suspicion so far: it is to be declared or cancelled by 02:06.
          = I1 The checks find customer actions green (checkout answered 200).
          = I1 The checks find errors green (error ratio is 0.004).
02:02:30  the error ratio is 0.21
02:03:00  (time passes)
          -> text to ana: incident
          = I1 The checks find errors red (error ratio is 0.21, not < 0.01).
02:04:00  ana confirms the incident
          <- Incident 1 is declared, sev2. The next update is promised for 02:34 UTC+1.
          -> text to dora
          = I1 ana declared it from the command line: sev2.
          = I1 Update 0 is the declaration. The next one is promised for 02:34.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = P1 Page opened for team payments: Incident commander wanted for incident 1: logins are slow, severity sev2. Why: incident 1 asks.
          = P1 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 02:09 to answer.
02:05:00  ana cancels the incident as test
          <- Incident 1 is cancelled.
          -> text to dora: resolved
          = I1 ana cancelled it from the command line: test.
          = P1 Resolved by ana: the incident was cancelled.
02:06:00  Prometheus does not answer
02:07:00  ana suspects an incident of team payments: logins are slow again
          <- Incident 2 is suspected, sev2. Confirm or cancel it by 02:12 UTC+1: pagerd incident confirm 2
          -> text to ana: incident
          = I2 ana opened an incident from the command line: logins are slow again. Severity sev2.
          = I2 It is a suspicion so far: it is to be declared or cancelled by 02:12.
          = I2 The checks find customer actions unknown (checkout: asking https://shop.example.com/checkout: no answer within 5 s).
          = I2 The checks find errors unknown (error ratio: asking main: no answer within 5 s).
02:08:00  ana cancels the incident as false_alarm
          <- Incident 2 is cancelled.
          = I2 ana cancelled it from the command line: false alarm.
