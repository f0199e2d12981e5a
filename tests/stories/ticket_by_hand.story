A page that came from a ticket and is resolved by hand holds its alerts, and counts nothing twice when it comes again.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires with service=settlement runbook_url=none
          -> mail to ana: ticket
          = T1 Ticket opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; not actionable: there is neither an action nor a runbook; urgent: severity sev2 says page; owned: by team payments; not clear: there is no runbook link; on_violation of severity sev2: page after 10m. It pages at 02:10 unless somebody takes it.
02:10:00  (nobody takes the ticket)
          -> text to ana
          = T1 Nobody took the ticket in time: it became page P1.
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: ticket T1 was not taken in time; owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; not actionable: there is neither an action nor a runbook; urgent: severity sev2 says page; owned: by team payments; not clear: there is no runbook link; on_violation of severity sev2: page after 10m.
          = P1 The alert does not pass every test for paging: actionable: there is neither an action nor a runbook; clear: there is no runbook link. A ticket to mend it is in the queue.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:15 to answer.
02:11:00  ana resolves the page
          <- P1 is resolved. 1 alert still fires: a new page opens at 03:11, or when it fires anew.
          = P1 Resolved by ana.
          = P1 Its alerts that still fire (1) open no new page until 03:11.
03:11:00  (an hour later it still fires)
          -> text to ana
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: it still fires: page P1 was resolved by hand; owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; not actionable: there is neither an action nor a runbook; urgent: severity sev2 says page; owned: by team payments; not clear: there is no runbook link; on_violation of severity sev2: page after 10m.
          = P2 The alert does not pass every test for paging: actionable: there is neither an action nor a runbook; clear: there is no runbook link. A ticket to mend it is in the queue.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 03:16 to answer.
03:12:00  alertmanager: CheckoutErrors resolves with service=settlement runbook_url=none
          = T1 CheckoutErrors resolved; 0 still firing.
          = P2 CheckoutErrors resolved; 0 still firing.
          = P2 All alerts are resolved. The page resolves at 03:12 unless one fires again.
03:12:30  (it settles)
          -> text to ana: resolved
          = P2 Resolved: all its alerts resolved.
