A pager that only observes has tickets, and tells neither teams nor the tracker of them: both have another pager's.
plan: digest and tracker
observe: yes
start: 2026-01-07 07:00

07:00:00  alertmanager: DiskFillsSlowly fires
          = T1 Ticket opened for team payments: DiskFillsSlowly, severity sev2. Why: owner 1: label team="payments" is of team payments; rule 'Later' of team payments matches; severity sev2: by label severity="critical"; verdict ticket: by the rule.
08:00:00  (no digest)
08:30:00  pagerd is started again to send
08:30:01  ben takes the ticket
          -> tracker: new taken: ben took the ticket.
          = T1 ben took the ticket.
          = T1 The tracker calls it OPS-1 (https://tracker.example.com/OPS-1).
09:00:00  (time passes)
          -> mail to platform@example.com: digest
08:00:00  (and from the next morning on it has one)
          -> mail to payments@example.com: digest
