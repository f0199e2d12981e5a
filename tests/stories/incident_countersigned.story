An override wants a second name by the next business day: leads are asked by day, and nobody signs for themselves.
start: 2026-01-09 02:00
plan: with roles

02:00:00  ana declares an incident of team payments: the reports are late (sev3)
          <- Incident 1 is declared, sev3. The next update is promised for 04:00 UTC+1.
          = I1 ana opened an incident from the command line: the reports are late. Severity sev3.
          = I1 ana declared it from the command line: sev3.
          = I1 Update 0 is the declaration. The next one is promised for 04:00.
02:10:00  ana resolves the incident: they come (against it all: nobody is here who could look)
          <- Incident 1 is resolved against not_monitoring, customer_actions.
          = I1 ana resolves it against what is unmet (not monitoring, customer actions): nobody is here who could look.
          = I1 Resolved by ana from the command line: they come.
          = I1 It wants a second name by Mon 17:00: somebody is asked when business hours begin.
02:11:00  ana countersigns the override
          <- Incident 1: whoever overrode the criteria cannot be the second person
02:12:00  ben countersigns the override
          <- a lead of team payments, an approver or an admin countersigns it
07:00:00  (time passes)
          -> text to ana: night
          = N1 Asked ana by text how long they were up; 10 min of work were seen.
09:00:00  (time passes)
          -> mail to dora: incident
          = I1 Asked dora for a second name on the override, by Mon 17:00.
09:30:00  (it is Friday, and nobody signs)
09:20:00  (it is Saturday)
09:10:00  (it is Sunday)
02:10:00  (time passes)
          = I1 Closed.
09:00:00  (time passes)
          -> mail to dora: incident
          = I1 Asked dora for a second name on the override, by 17:00.
09:05:00  (it is Monday)
09:00:00  (time passes)
          -> mail to dora: incident
          -> mail to eva: incident
          = I1 A second name on the override was due by Mon 17:00: asked dora, eva again.
09:04:00  (it is Tuesday: overdue)
09:04:30  dora countersigns the override
          <- The override of incident 1 is countersigned.
          = I1 dora countersigned the override of ana from the command line.
09:04:40  eva countersigns the override
          <- Incident 1: dora has countersigned it already
09:03:00  (it is Wednesday)
