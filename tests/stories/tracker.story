What happens to a ticket is told to the tracker, in order; what it calls the ticket is shown, and is no news to it.
plan: with a tracker
start: 2026-01-07 10:00

10:00:00  alertmanager: DiskFillsSlowly fires
          -> tracker: new opened: Ticket opened for team payments: DiskFillsSlowly, severity sev2. Why: owner 1: label team="payments" is of team payments; rule 'Later' of team payments matches; severity sev2: by label severity="critical"; verdict ticket: by the rule.
          = T1 Ticket opened for team payments: DiskFillsSlowly, severity sev2. Why: owner 1: label team="payments" is of team payments; rule 'Later' of team payments matches; severity sev2: by label severity="critical"; verdict ticket: by the rule.
          = T1 The tracker calls it OPS-1 (https://tracker.example.com/OPS-1).
10:01:00  ben takes the ticket
          -> tracker: OPS-1 taken: ben took the ticket.
          = T1 ben took the ticket.
10:02:00  ben notes on the ticket: cleaned up by hand
          -> tracker: OPS-1 noted: ben wrote: cleaned up by hand
          = T1 ben wrote: cleaned up by hand
10:10:00  alertmanager: DiskFillsSlowly resolves
          -> tracker: OPS-1 updated: DiskFillsSlowly resolved; 0 still firing.
          = T1 DiskFillsSlowly resolved; 0 still firing.
10:25:00  (quiet: it closes)
          -> tracker: OPS-1 closed: Ticket closed: nothing of it fired for 15 min.
          = T1 Ticket closed: nothing of it fired for 15 min.
11:00:00  alertmanager: DiskFillsSlowly fires
          -> tracker: OPS-1 reopened: Ticket reopened: DiskFillsSlowly fires again, severity sev2. Why: owner 1: label team="payments" is of team payments; rule 'Later' of team payments matches; severity sev2: by label severity="critical"; verdict ticket: by the rule.
          = T1 Ticket reopened: DiskFillsSlowly fires again, severity sev2. Why: owner 1: label team="payments" is of team payments; rule 'Later' of team payments matches; severity sev2: by label severity="critical"; verdict ticket: by the rule.
