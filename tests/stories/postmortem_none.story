A milder severity asks for no postmortem: the incident can be reopened for three days, and is closed then. Somebody may want one all the same.
start: 2026-01-07 12:00
plan: with roles

12:00:00  ana declares an incident of team payments: reports are late (sev3)
          <- Incident 1 is declared, sev3. The next update is promised for 14:00 UTC+1.
          = I1 ana opened an incident from the command line: reports are late. Severity sev3.
          = I1 ana declared it from the command line: sev3.
          = I1 Update 0 is the declaration. The next one is promised for 14:00.
12:10:00  ana resolves the incident (against it all: it was one report)
          <- Incident 1 is resolved against not_monitoring, customer_actions.
          -> mail to dora: incident
          = I1 ana resolves it against what is unmet (not monitoring, customer actions): it was one report.
          = I1 Resolved by ana from the command line.
          = I1 Asked dora for a second name on the override, by Thu 17:00.
12:11:00  dora countersigns the override
          <- The override of incident 1 is countersigned.
          = I1 dora countersigned the override of ana from the command line.
12:20:00  ana submits the postmortem
          <- incident 1 has no postmortem: pagerd postmortem draft 1
12:30:00  ana wants a postmortem
          <- The postmortem of incident 1 is drafted. Ana is to finish it by Wed 14 Jan 2026 17:00 (Europe/Berlin).
          -> mail to ana: incident
          = I1 ana wants a postmortem of it from the command line.
          = I1 A postmortem is drafted from what is known; ana is to finish it by 14 Jan 17:00.
12:30:10  ana wants a postmortem
          <- Incident 1: it has a postmortem already
12:40:00  ana reopens the incident: it is late again
          <- Incident 1 is open again. The next update is promised for 14:40 UTC+1.
          = I1 Its postmortem is a draft again.
          = I1 ana reopened it from the command line: it is late again. The next update is promised for 14:40.
12:50:00  ana wants a postmortem
          <- Incident 1: it is investigating; a postmortem is drafted when it is resolved
12:51:00  ana resolves the incident (against it all: it was one report)
          <- Incident 1 is resolved against not_monitoring, customer_actions.
          -> mail to dora: incident
          -> mail to ana: incident
          = I1 ana resolves it against what is unmet (not monitoring, customer actions): it was one report.
          = I1 Resolved by ana from the command line.
          = I1 Asked dora for a second name on the override, by Thu 17:00.
          = I1 A postmortem is drafted from what is known; ana is to finish it by 14 Jan 17:00.
12:51:30  dora countersigns the override
          <- The override of incident 1 is countersigned.
          = I1 dora countersigned the override of ana from the command line.
12:52:00  dora waives the postmortem: one report is no story
          <- The postmortem of incident 1 is waived. Incident 1 is closed.
          = I1 dora waived the postmortem from the command line: one report is no story.
          = I1 Closed by dora.
13:00:00  ana declares an incident of team payments: reports are late again (sev3)
          <- Incident 2 is declared, sev3. The next update is promised for 15:00 UTC+1.
          = I2 ana opened an incident from the command line: reports are late again. Severity sev3.
          = I2 ana declared it from the command line: sev3.
          = I2 Update 0 is the declaration. The next one is promised for 15:00.
13:10:00  ana resolves the incident (against it all: it was one report)
          <- Incident 2 is resolved against not_monitoring, customer_actions.
          -> mail to dora: incident
          = I2 ana resolves it against what is unmet (not monitoring, customer actions): it was one report.
          = I2 Resolved by ana from the command line.
          = I2 Asked dora for a second name on the override, by Thu 17:00.
13:10:30  dora countersigns the override
          <- The override of incident 2 is countersigned.
          = I2 dora countersigned the override of ana from the command line.
13:09:00  (time passes)
13:08:00  (time passes)
13:07:00  (time passes)
13:10:00  (time passes)
          = I2 Closed.
13:11:00  ana reopens the incident: too late
          <- Incident 2: it is closed and cannot be reopened
13:12:00  ana closes the incident
          <- Incident 2: it is closed; what is resolved can be closed
