Verdicts that wake nobody: a ticket, told to nobody and kept, and a drop that somebody wrote down.
plan: dropping
start: 2026-01-07 02:00

02:00:00  alertmanager: DiskFillsSlowly fires
          = T1 Ticket opened for team payments: DiskFillsSlowly, severity sev2. Why: owner 1: label team="payments" is of team payments; rule 'Later' of team payments matches; severity sev2: by label severity="critical"; verdict ticket: by the rule.
02:01:00  alertmanager: Chatter fires
02:30:00  alertmanager: DiskFillsSlowly resolves
          = T1 DiskFillsSlowly resolved; 0 still firing.
02:45:00  (quiet for a quarter of an hour: the ticket closes)
          = T1 Ticket closed: nothing of it fired for 15 min.
