A ticket whose rule groups otherwise now is judged again: its alerts go into tickets of their own, and none is counted twice.
plan: grouped by team
start: 2026-01-07 02:00

02:00:00  alertmanager: SlowReports fires with severity=warning
          = T1 Ticket opened for team payments: SlowReports, severity sev4. Why: owner 1: label team="payments" is of team payments; rule 'All of it' of team payments matches; severity sev4: by label severity="warning"; verdict ticket: by severity sev4.
02:01:00  alertmanager: DiskFills fires with severity=warning
          = T1 Another alert of the ticket fires: DiskFills (2 firing now).
02:02:00  the plan becomes grouped by alertname
          = T1 DiskFills was judged again and left the ticket; 1 still firing.
          = T1 SlowReports was judged again and left the ticket; 0 still firing.
          = T2 Ticket opened for team payments: SlowReports, severity sev4. Why: owner 1: label team="payments" is of team payments; rule 'All of it' of team payments matches; severity sev4: by label severity="warning"; verdict ticket: by severity sev4.
          = T3 Ticket opened for team payments: DiskFills, severity sev4. Why: owner 1: label team="payments" is of team payments; rule 'All of it' of team payments matches; severity sev4: by label severity="warning"; verdict ticket: by severity sev4.
02:17:00  (what is empty closes)
          = T1 Ticket closed: nothing of it fired for 15 min.
02:20:00  alertmanager: SlowReports resolves with severity=warning
          = T2 SlowReports resolved; 0 still firing.
