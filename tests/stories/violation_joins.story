An alert that fails a test and joins a page that is open is to be mended like every other: there is a ticket for it.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires with severity=sev1
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev1. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev1: by label severity="sev1"; verdict page: by severity sev1; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev1 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:30  ana acknowledges
          <- P1 is yours until 02:30. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:30.
02:01:00  alertmanager: CheckoutErrors fires with severity=sev1 instance=api-2 runbook_url=runbooks/none.md
          -> mail to ana: more alerts
          = P1 Another alert of the group fires: CheckoutErrors, severity sev1 (2 firing now).
          = T1 Ticket opened for team payments: CheckoutErrors, severity sev1. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev1: by label severity="sev1"; verdict page: by severity sev1; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev1 says page; owned: by team payments; not clear: the runbook link is neither a file in runbooks/ nor an http(s) URL: runbooks/none.md; on_violation of severity sev1: page.
