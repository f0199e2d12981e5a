Alerts of one group share a page, by labels and never by text; more of the same is told quietly to the holder, worse wakes up
step 1 again.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires with instance=api-1
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:20  alertmanager: CheckoutErrors fires with instance=api-2
          = P1 Another alert of the group fires: CheckoutErrors, severity sev2 (2 firing now).
02:01:00  ana acknowledges
          <- P1 is yours until 02:31. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:31.
02:02:00  alertmanager: CheckoutErrors fires with instance=api-3
          -> mail to ana: more alerts
          = P1 Another alert of the group fires: CheckoutErrors, severity sev2 (3 firing now).
02:03:00  alertmanager: CheckoutErrors fires with instance=api-4
          = P1 Another alert of the group fires: CheckoutErrors, severity sev2 (4 firing now).
02:04:00  alertmanager: CheckoutErrors fires with instance=api-5 cluster=us-1
          -> text to ana
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:09 to answer.
