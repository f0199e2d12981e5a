Whoever closed a ticket too early opens it again; what of it fires and fails a test has its clock again.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires with service=settlement runbook_url=none
          -> mail to ana: ticket
          = T1 Ticket opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; not actionable: there is neither an action nor a runbook; urgent: severity sev2 says page; owned: by team payments; not clear: there is no runbook link; on_violation of severity sev2: page after 10m. It pages at 02:10 unless somebody takes it.
02:05:00  ben closes the ticket
          = T1 Ticket closed by ben: it is mended.
02:06:00  ana reopens the ticket: the runbook is still missing
          -> mail to ana: ticket
          = T1 Ticket reopened by ana: the runbook is still missing. It pages at 02:16 unless somebody takes it.
02:07:00  ana reopens the ticket: once more
          <- ticket T1 is open, not closed
02:16:00  (nobody takes it)
          -> text to ana
          = T1 Nobody took the ticket in time: it became page P1.
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: ticket T1 was not taken in time; owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; not actionable: there is neither an action nor a runbook; urgent: severity sev2 says page; owned: by team payments; not clear: there is no runbook link; on_violation of severity sev2: page after 10m.
          = P1 The alert does not pass every test for paging: actionable: there is neither an action nor a runbook; clear: there is no runbook link. A ticket to mend it is in the queue.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:21 to answer.
