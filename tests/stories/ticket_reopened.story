A group that fires again within three days reopens its ticket, with all that was noted; later it opens another.
plan: dropping
start: 2026-01-09 16:00

16:00:00  alertmanager: DiskFillsSlowly fires
          = T1 Ticket opened for team payments: DiskFillsSlowly, severity sev2. Why: owner 1: label team="payments" is of team payments; rule 'Later' of team payments matches; severity sev2: by label severity="critical"; verdict ticket: by the rule.
16:10:00  ben takes the ticket
          = T1 ben took the ticket.
16:11:00  ben notes on the ticket: the nightly export leaves its files, cleaned up by hand
          = T1 ben wrote: the nightly export leaves its files, cleaned up by hand
16:20:00  alertmanager: DiskFillsSlowly resolves
          = T1 DiskFillsSlowly resolved; 0 still firing.
16:35:00  (quiet for a quarter of an hour: the ticket closes)
          = T1 Ticket closed: nothing of it fired for 15 min.
16:40:00  ana notes on the ticket: the export should clean up after itself
          = T1 ana wrote: the export should clean up after itself
02:00:00  alertmanager: DiskFillsSlowly fires
          = T1 Ticket reopened: DiskFillsSlowly fires again, severity sev2. Why: owner 1: label team="payments" is of team payments; rule 'Later' of team payments matches; severity sev2: by label severity="critical"; verdict ticket: by the rule.
02:20:00  alertmanager: DiskFillsSlowly resolves
          = T1 DiskFillsSlowly resolved; 0 still firing.
02:35:00  (it closes again)
          = T1 Ticket closed: nothing of it fired for 15 min.
02:34:00  (a day)
02:33:00  (two days)
02:32:00  (nearly three days)
02:36:00  alertmanager: DiskFillsSlowly fires
          = T2 Ticket opened for team payments: DiskFillsSlowly, severity sev2. Why: owner 1: label team="payments" is of team payments; rule 'Later' of team payments matches; severity sev2: by label severity="critical"; verdict ticket: by the rule.
