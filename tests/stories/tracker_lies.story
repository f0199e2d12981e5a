A tracker that loses its answers is told the same again, under the same key; one event that it refuses is skipped.
plan: with a tracker
start: 2026-01-07 10:00

10:00:00  the tracker loses its answers
10:00:01  alertmanager: DiskFillsSlowly fires
          -> tracker: new opened: Ticket opened for team payments: DiskFillsSlowly, severity sev2. Why: owner 1: label team="payments" is of team payments; rule 'Later' of team payments matches; severity sev2: by label severity="critical"; verdict ticket: by the rule.
          = T1 Ticket opened for team payments: DiskFillsSlowly, severity sev2. Why: owner 1: label team="payments" is of team payments; rule 'Later' of team payments matches; severity sev2: by label severity="critical"; verdict ticket: by the rule.
10:00:20  the tracker works again
10:00:31  (time passes)
          -> tracker: new opened: Ticket opened for team payments: DiskFillsSlowly, severity sev2. Why: owner 1: label team="payments" is of team payments; rule 'Later' of team payments matches; severity sev2: by label severity="critical"; verdict ticket: by the rule.
          = T1 The tracker calls it OPS-1 (https://tracker.example.com/OPS-1).
10:00:40  (told once more)
10:01:00  the tracker will never take taken
10:01:10  ben takes the ticket
          -> mail to dora: alarm
          = T1 ben took the ticket.
10:02:00  ben closes the ticket
          -> tracker: OPS-1 closed: Ticket closed by ben: it is mended.
          = T1 Ticket closed by ben: it is mended.
