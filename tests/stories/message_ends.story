What was declared is told how it ends, and that it goes on after all; a suspicion is quiet, whatever becomes of it.
start: 2026-01-07 02:00
plan: with one receiver

02:00:00  ana suspects an incident of team payments: a customer cannot log in
          <- Incident 1 is suspected, sev2. Confirm or cancel it by 02:05 UTC+1: pagerd incident confirm 1
          = I1 ana opened an incident from the command line: a customer cannot log in. Severity sev2.
          = I1 It is a suspicion so far: it is to be declared or cancelled by 02:05.
02:01:00  ana raises the incident to sev1
          <- Incident 1 is sev1.
          = I1 ana raised the severity from sev2 to sev1 from the command line.
02:02:00  ana cancels the incident as false_alarm
          <- Incident 1 is cancelled.
          = I1 ana cancelled it from the command line: false alarm.
02:03:00  ana suspects an incident of team payments: many cannot log in (sev3)
          <- Incident 2 is suspected, sev3. Confirm or cancel it by 02:08 UTC+1: pagerd incident confirm 2
          = I2 ana opened an incident from the command line: many cannot log in. Severity sev3.
          = I2 It is a suspicion so far: it is to be declared or cancelled by 02:08.
02:04:00  ana tries rollback: the release of 01:50
          <- Mitigation 1 of incident 2 began. When you know what it did: pagerd incident mitigation 2 1 worked|no_effect|worse|undone
          -> ops-chat: sev3 declared: many cannot log in (incident 2) / Service: not named, team payments / Impact: not known yet / Since: not known yet / Now: mitigating / IC: nobody yet | TL: nobody yet | Comms: nobody yet / Next update at 04:04 UTC+1
          = I2 ana declared it from the command line: sev3.
          = I2 Update 0 is the declaration. The next one is promised for 04:04.
          = I2 Mitigation 1 by ana from the command line: rollback (the release of 01:50).
02:04:01  (time passes)
          -> ops-chat: incident 2: mitigation 1, rollback begins / the release of 01:50
02:05:00  ana says that mitigation 1 had no effect
          <- Mitigation 1 of incident 2: no effect. It is investigating.
          -> ops-chat: incident 2: mitigation 1: no effect
          = I2 Mitigation 1: no effect, says ana.
          = I2 Nothing that was tried helped: investigating.
02:06:00  ana raises the incident to sev2: it grows
          <- Incident 2 is sev2. The next update is promised for 03:06 UTC+1.
          -> text to dora
          -> ops-chat: incident 2 is sev2 now, raised from sev3 / many cannot log in / Why: it grows / Next update at 03:06 UTC+1
          = I2 ana raised the severity from sev3 to sev2 from the command line: it grows.
          = I2 At this severity updates come sooner: the next one is promised for 03:06.
          = I2 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = P1 Page opened for team payments: Incident commander wanted for incident 2: many cannot log in, severity sev2. Why: incident 2 asks.
          = P1 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 02:11 to answer.
02:07:00  ana lowers the incident to sev3: only one region
          <- Incident 2 is sev3. The next update is promised for 03:06 UTC+1.
          -> text to dora: resolved
          -> ops-chat: incident 2 is sev3 now, lowered from sev2 / many cannot log in / Why: only one region / Next update at 03:06 UTC+1
          = I2 ana lowered the severity from sev2 to sev3 from the command line: only one region.
          = I2 ana called the search for the incident commander off: sev3 does not ask for one.
          = P1 Resolved by ana: sev3 does not ask for it.
02:08:00  ana says that the impact is over
          <- Incident 2 is being watched until 02:38 UTC+1.
          -> ops-chat: sev3 incident 2: impact ended at 02:08 UTC+1, watching / many cannot log in / Watched until 02:38 UTC+1 at least; it is not resolved before / Next update at 03:06 UTC+1
          = I2 ana says that the impact ended at 02:08, from the command line. Watching it.
          = I2 The watch period goes until 02:38 unless something turns red.
02:09:00  ana says that it is not over: it came back
          <- Incident 2 is being investigated again.
          -> mail to ana
          -> ops-chat: sev3 incident 2 is not over: investigating again / many cannot log in / Why: it came back / Next update at 03:06 UTC+1
          = I2 The watch is off.
          = I2 It is not over, says ana: it came back.
          = P2 Page opened for team payments: Incident 2: it came back, severity sev3. Why: incident 2 asks.
          = P2 Paged ana (ana) for step 1 (ana). They have until 02:14 to answer.
02:10:00  ana resolves the incident (against it all: nobody is awake)
          <- Incident 2 is resolved against not_monitoring, customer_actions.
          -> ops-chat: sev3 incident 2 is resolved: many cannot log in / Service: not named, team payments / Cause so far: not written down yet / Mended by: not written down / Impact: its beginning is not known / Resolved against what was unmet: not monitoring, customer actions
          = I2 ana resolves it against what is unmet (not monitoring, customer actions): nobody is awake.
          = I2 Resolved by ana from the command line.
          = I2 It wants a second name by Thu 17:00: somebody is asked when business hours begin.
          = P2 Resolved by ana: the incident is resolved.
02:11:00  ana reopens the incident: it is back
          <- Incident 2 is open again. The next update is promised for 04:11 UTC+1.
          -> ops-chat: sev3 incident 2 is open again / many cannot log in / Why: it is back / IC: nobody yet | TL: nobody yet | Comms: nobody yet / Next update at 04:11 UTC+1
          = I2 ana reopened it from the command line: it is back. The next update is promised for 04:11.
02:12:00  ana declares an incident of team payments: payments fail (sev3)
          <- Incident 3 is declared, sev3. The next update is promised for 04:12 UTC+1.
          -> ops-chat: sev3 declared: payments fail (incident 3) / Service: not named, team payments / Impact: not known yet / Since: not known yet / Now: investigating / IC: nobody yet | TL: nobody yet | Comms: nobody yet / Next update at 04:12 UTC+1
          = I3 ana opened an incident from the command line: payments fail. Severity sev3.
          = I3 ana declared it from the command line: sev3.
          = I3 Update 0 is the declaration. The next one is promised for 04:12.
02:13:00  ana merges incident 3 into 2
          <- Incident 3 goes on as incident 2.
          -> ops-chat: incident 3 goes on as incident 2 / payments fail
          = I2 Incident 3 turned out to be this one, says ana.
          = I3 It goes on as incident 2, says ana.
02:14:00  ana cancels the incident as no_impact: nobody noticed
          <- Incident 3: it is merged and cannot be cancelled
