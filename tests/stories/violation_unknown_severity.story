An alert without a severity label counts as the second severity, fails the urgent test, and pages when nobody takes its ticket.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires with severity=none service=settlement
          -> mail to ana: ticket
          = T1 Ticket opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; there is no severity label: counts as sev2; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; not urgent: neither a rule nor a severity that we know says how urgent it is; owned: by team payments; clear: a summary and runbook payments-5xx; on_violation of an unknown severity: page after 10m. It pages at 02:10 unless somebody takes it.
02:10:00  (no severity at all counts as the second, and waits ten minutes)
          -> text to ana
          = T1 Nobody took the ticket in time: it became page P1.
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: ticket T1 was not taken in time; owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; there is no severity label: counts as sev2; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; not urgent: neither a rule nor a severity that we know says how urgent it is; owned: by team payments; clear: a summary and runbook payments-5xx; on_violation of an unknown severity: page after 10m.
          = P1 The alert does not pass every test for paging: urgent: neither a rule nor a severity that we know says how urgent it is. A ticket to mend it is in the queue.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:15 to answer.
