A tracker that is down holds up nobody and misses nothing: what waits comes in order, updates as the last one.
plan: with a tracker
start: 2026-01-07 10:00

10:00:00  the tracker is down
10:00:01  alertmanager: DiskFillsSlowly fires
          = T1 Ticket opened for team payments: DiskFillsSlowly, severity sev2. Why: owner 1: label team="payments" is of team payments; rule 'Later' of team payments matches; severity sev2: by label severity="critical"; verdict ticket: by the rule.
10:00:05  alertmanager: DiskFillsSlowly fires with cluster=eu-2
          = T2 Ticket opened for team payments: DiskFillsSlowly, severity sev2. Why: owner 1: label team="payments" is of team payments; rule 'Later' of team payments matches; severity sev2: by label severity="critical"; verdict ticket: by the rule.
10:00:06  alertmanager: DiskFillsSlowly resolves
          = T1 DiskFillsSlowly resolved; 0 still firing.
10:00:08  alertmanager: DiskFillsSlowly fires
          = T1 Another alert of the ticket fires: DiskFillsSlowly (1 firing now).
10:00:10  ben takes the ticket
          = T2 ben took the ticket.
10:01:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 10:06 to answer.
10:02:00  ana acknowledges
          <- P1 is yours until 10:32. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 10:32.
10:03:00  alertmanager: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 10:03 unless one fires again.
10:03:30  (time passes)
          -> text to ana: resolved
          = P1 Resolved: all its alerts resolved.
10:07:31  (time passes)
          -> mail to dora: alarm
10:20:00  (the operators hear of it)
10:21:00  dora reads the mail
          <- [pagerd] the tracker takes no tickets, they wait: the tracker did not answer within 10 s
          <- the tracker takes no tickets, they wait: the tracker did not answer
          <- within 10 s
          <- Why you got this
          <-   You are an operator of this pagerd.
          <-   How you are reached, and when you are on call, stands in the rotations
          <-   of your team.
10:22:00  the tracker works again
10:31:31  (time passes)
          -> tracker: new opened: Ticket opened for team payments: DiskFillsSlowly, severity sev2. Why: owner 1: label team="payments" is of team payments; rule 'Later' of team payments matches; severity sev2: by label severity="critical"; verdict ticket: by the rule.
          -> tracker: OPS-1 updated: Another alert of the ticket fires: DiskFillsSlowly (1 firing now).
          = T1 The tracker calls it OPS-1 (https://tracker.example.com/OPS-1).
10:31:35  (time passes)
          -> tracker: new opened: Ticket opened for team payments: DiskFillsSlowly, severity sev2. Why: owner 1: label team="payments" is of team payments; rule 'Later' of team payments matches; severity sev2: by label severity="critical"; verdict ticket: by the rule.
          -> tracker: OPS-2 taken: ben took the ticket.
          = T2 The tracker calls it OPS-2 (https://tracker.example.com/OPS-2).
10:40:00  (it has all of it)
