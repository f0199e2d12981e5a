The gravest alerts page at once even when they fail a test; the page says so, and a ticket is there to mend the alert.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires with severity=sev1 service=settlement runbook_url=none
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev1. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev1: by label severity="sev1"; verdict page: by severity sev1; not actionable: there is neither an action nor a runbook; urgent: severity sev1 says page; owned: by team payments; not clear: there is no runbook link; on_violation of severity sev1: page.
          = P1 The alert does not pass every test for paging: actionable: there is neither an action nor a runbook; clear: there is no runbook link. A ticket to mend it is in the queue.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
          = T1 Ticket opened for team payments: CheckoutErrors, severity sev1. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev1: by label severity="sev1"; verdict page: by severity sev1; not actionable: there is neither an action nor a runbook; urgent: severity sev1 says page; owned: by team payments; not clear: there is no runbook link; on_violation of severity sev1: page.
02:01:00  ana acknowledges
          <- P1 is yours until 02:31. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:31.
02:10:00  alertmanager: CheckoutErrors resolves with severity=sev1 service=settlement runbook_url=none
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:10 unless one fires again.
          = T1 CheckoutErrors resolved; 0 still firing.
02:10:30  (time passes)
          -> text to ana: resolved
          = P1 Resolved: all its alerts resolved.
02:25:00  (time passes)
02:30:00  (the ticket stays until the alert is mended)
