What waits for the tracker outlives a crash; without a tracker in the files nothing waits for it.
plan: with a tracker
start: 2026-01-07 10:00

10:00:00  the tracker is down
10:00:01  alertmanager: DiskFillsSlowly fires
          = T1 Ticket opened for team payments: DiskFillsSlowly, severity sev2. Why: owner 1: label team="payments" is of team payments; rule 'Later' of team payments matches; severity sev2: by label severity="critical"; verdict ticket: by the rule.
10:00:02  pagerd crashes and starts again
10:00:03  the tracker works again
10:00:31  (time passes)
          -> tracker: new opened: Ticket opened for team payments: DiskFillsSlowly, severity sev2. Why: owner 1: label team="payments" is of team payments; rule 'Later' of team payments matches; severity sev2: by label severity="critical"; verdict ticket: by the rule.
          = T1 The tracker calls it OPS-1 (https://tracker.example.com/OPS-1).
10:01:00  (it is there)
10:02:00  the tracker is down
10:02:01  ben takes the ticket
          = T1 ben took the ticket.
10:02:02  the plan becomes dropping
10:02:03  the tracker works again
10:30:00  (nobody asks for it any more)
