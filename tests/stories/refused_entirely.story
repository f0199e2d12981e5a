When nothing of a person is left the step does not wait for them.
start: 2026-01-07 02:00

02:00:00  the text provider will never reach ana
02:00:00  the call provider will never reach ana
02:00:00  the mail provider will never reach ana
02:00:01  alertmanager: CheckoutErrors fires
          -> mail to dora: alarm
          -> mail to dora: alarm
          -> mail to dora: alarm
          -> text to ben
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
          = P1 sms to ana was refused for good: lab-sms will never deliver there. It is not used again until it changes.
          = P1 voice to ana was refused for good: lab-voice will never deliver there. It is not used again until it changes.
          = P1 email to ana was refused for good: lab-email will never deliver there. It is not used again until it changes.
          = P1 Cannot reach ana: no usable contact method is left.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:05 to answer.
02:01:00  (ben has it)
