Whoever overrides by day has the leads asked at once; who leads the team asks the platform lead, and a drill asks nobody.
start: 2026-01-07 15:00
plan: with roles

15:00:00  dora declares an incident of team payments: the reports are late (sev3)
          <- Incident 1 is declared, sev3. The next update is promised for 17:00 UTC+1.
          = I1 dora opened an incident from the command line: the reports are late. Severity sev3.
          = I1 dora declared it from the command line: sev3.
          = I1 Update 0 is the declaration. The next one is promised for 17:00.
15:01:00  dora resolves the incident: they come (against it all: the probe is broken)
          <- Incident 1 is resolved against not_monitoring, customer_actions.
          -> mail to eva: incident
          = I1 dora resolves it against what is unmet (not monitoring, customer actions): the probe is broken.
          = I1 Resolved by dora from the command line: they come.
          = I1 Asked eva for a second name on the override, by Thu 17:00.
15:02:00  dora reopens the incident: they do not
          <- Incident 1 is open again. The next update is promised for 17:02 UTC+1.
          = I1 dora reopened it from the command line: they do not. The next update is promised for 17:02.
15:03:00  ana countersigns the override
          <- Incident 1: it is investigating and cannot be countersigned
15:04:00  ana cancels the incident as test
          <- Incident 1 is cancelled.
          = I1 ana cancelled it from the command line: test.
15:05:00  ana declares an incident of team payments: the reports are late (sev3, drill)
          <- Drill incident 2 is declared, sev3. The next update is promised for 17:05 UTC+1.
          = I2 ana opened an incident from the command line: the reports are late. Severity sev3.
          = I2 This is a drill.
          = I2 ana declared it from the command line: sev3.
          = I2 Update 0 is the declaration. The next one is promised for 17:05.
15:06:00  ana resolves the incident: it was a drill (against it all: nobody looks at drills)
          <- Drill incident 2 is resolved against not_monitoring, customer_actions.
          = I2 ana resolves it against what is unmet (not monitoring, customer actions): nobody looks at drills.
          = I2 Resolved by ana from the command line: it was a drill.
09:30:00  (nobody is asked to sign a drill)
