A silence stops no clock of a ticket, but nothing muted pages: a clock that ran out meanwhile pages when the silence ends.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires with service=settlement runbook_url=none
          -> mail to ana: ticket
          = T1 Ticket opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; not actionable: there is neither an action nor a runbook; urgent: severity sev2 says page; owned: by team payments; not clear: there is no runbook link; on_violation of severity sev2: page after 10m. It pages at 02:10 unless somebody takes it.
02:05:00  ben silences service="settlement" for 30m: deploy
02:10:00  (the clock runs out, and nobody is paged)
02:35:00  (the silence ends)
          -> text to ana
          = T1 Nobody took the ticket in time: it became page P1.
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: ticket T1 was not taken in time; owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; not actionable: there is neither an action nor a runbook; urgent: severity sev2 says page; owned: by team payments; not clear: there is no runbook link; on_violation of severity sev2: page after 10m.
          = P1 The alert does not pass every test for paging: actionable: there is neither an action nor a runbook; clear: there is no runbook link. A ticket to mend it is in the queue.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:40 to answer.
02:36:00  ana acknowledges
          <- P1 is yours until 03:06. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 03:06.
02:37:00  alertmanager: CheckoutErrors resolves with service=settlement runbook_url=none
          = T1 CheckoutErrors resolved; 0 still firing.
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:37 unless one fires again.
02:37:30  (it settles)
          -> text to ana: resolved
          = P1 Resolved: all its alerts resolved.
