A contact that refuses for good is not used again until it changes; the next method goes at once, and the operators are told.
start: 2026-01-07 02:00

02:00:00  (ana had sent STOP)
02:00:01  the text provider will never reach ana
02:00:02  alertmanager: CheckoutErrors fires
          -> mail to dora: alarm
          -> call to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
          = P1 sms to ana was refused for good: lab-sms will never deliver there. It is not used again until it changes.
