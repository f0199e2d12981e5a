A provider that wants fewer messages is not in trouble: what it sent back waits for as long as it asks for, and goes out
however often that was. The call does not wait for it.
start: 2026-01-07 02:00

02:00:00  the text provider takes no more just now
02:00:01  alertmanager: CheckoutErrors fires
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:21  (time passes)
          -> call to ana
02:02:50  the text provider works again
02:03:01  (time passes)
          -> text to ana
02:03:10  (ana has both)
