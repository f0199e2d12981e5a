A tracker that is configured later hears of the tickets that are open then, each once; of closed ones it hears nothing.
plan: dropping
start: 2026-01-07 10:00

10:00:00  alertmanager: DiskFillsSlowly fires
          = T1 Ticket opened for team payments: DiskFillsSlowly, severity sev2. Why: owner 1: label team="payments" is of team payments; rule 'Later' of team payments matches; severity sev2: by label severity="critical"; verdict ticket: by the rule.
10:01:00  ben takes the ticket
          = T1 ben took the ticket.
10:02:00  the plan becomes with a tracker
          -> tracker: new opened: Ticket opened for team payments: DiskFillsSlowly, severity sev2. Why: owner 1: label team="payments" is of team payments; rule 'Later' of team payments matches; severity sev2: by label severity="critical"; verdict ticket: by the rule. ben took the ticket.
          = T1 The tracker calls it OPS-1 (https://tracker.example.com/OPS-1).
10:03:00  pagerd crashes and starts again
10:04:00  ben closes the ticket
          -> tracker: OPS-1 closed: Ticket closed by ben: it is mended.
          = T1 Ticket closed by ben: it is mended.
10:05:00  the plan becomes dropping
10:06:00  the plan becomes with a tracker
