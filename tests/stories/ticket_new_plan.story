A ticket is judged again when the plan changes: its clock starts when the plan wants it to, and stops when it does not any more.
plan: violations are tickets
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires with service=settlement runbook_url=none
          = T1 Ticket opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; not actionable: there is neither an action nor a runbook; urgent: severity sev2 says page; owned: by team payments; not clear: there is no runbook link; on_violation of severity sev2: ticket.
02:30:00  the plan becomes violations page in 2 minutes
          -> mail to ana: ticket
          = T1 CheckoutErrors has severity sev2: the ticket pages at 02:32 unless somebody takes it.
02:31:00  the plan becomes violations are tickets
02:32:00  (the clock runs out)
          = T1 The plan does not want its alerts to page any more: it stays a ticket.
02:40:00  the plan becomes violations page in 2 minutes
          -> mail to ana: ticket
          = T1 CheckoutErrors has severity sev2: the ticket pages at 02:42 unless somebody takes it.
02:41:00  the plan becomes violations page in 2 minutes
02:42:00  (nobody takes the ticket)
          -> text to ana
          = T1 Nobody took the ticket in time: it became page P1.
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: ticket T1 was not taken in time; owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; not actionable: there is neither an action nor a runbook; urgent: severity sev2 says page; owned: by team payments; not clear: there is no runbook link; on_violation of severity sev2: page after 2m.
          = P1 The alert does not pass every test for paging: actionable: there is neither an action nor a runbook; clear: there is no runbook link. A ticket to mend it is in the queue.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:47 to answer.
