A page that pagerd cannot decide about is tried once more; then the last resort is told in plain text, with its id, hourly.
plan: last resort away
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires with cluster=eu-1
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:01:00  the stored page is damaged
02:02:00  (time passes)
          -> call to ana
02:02:10  ana listens to the call
          <- pagerd page P1. Reply 51 to acknowledge. Details: pagerd pages
          <- Press KEY to acknowledge.
02:03:00  alertmanager: DiskFull fires with cluster=eu-2
          -> text to ana
          = P2 Page opened for team payments: DiskFull, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:08 to answer.
02:04:00  alertmanager: DiskFull resolves with cluster=eu-2
          = P2 DiskFull resolved; 0 still firing.
          = P2 All alerts are resolved. The page resolves at 02:04 unless one fires again.
02:04:30  (time passes)
          -> text to ana: resolved
          = P2 Resolved: all its alerts resolved.
02:05:01  (time passes)
          -> text to eva: alarm
02:05:10  eva reads the text
          <- pagerd ALARM: pagerd could not decide about page P1: look at it yourself, now. ValidationError: Object missing required field 'id'
02:07:01  (time passes)
          -> call to eva: alarm
03:05:01  (time passes)
          -> text to eva: alarm
03:05:30  (and again an hour later)
