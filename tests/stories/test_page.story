A text to ana is refused for good. A test page by text goes out all the same; her answer makes the contact usable again,
and none of it wakes anybody else or stands in the night ledger.
start: 2026-01-07 02:00

02:00:00  the text provider will never reach ana
02:00:01  alertmanager: CheckoutErrors fires
          -> mail to dora: alarm
          -> call to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
          = P1 sms to ana was refused for good: lab-sms will never deliver there. It is not used again until it changes.
02:01:00  ana acknowledges
          <- P1 is yours until 02:31. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:31.
02:02:00  dora tests ana by text
          <- it is 02:02 for Ana, who sleeps now: wait, test by email, or say --at-night
02:02:01  dora tests ana by text at night
02:02:02  (it is refused once more)
02:03:00  the text provider reaches ana again
02:03:00  dora tests ana by text at night
          <- Ana was sent a test page by sms 59 s ago: look what became of that one first
02:03:10  dora tests ana by text at night
          -> text to ana: test
02:03:20  ana reads the text
          <- TEST page from pagerd for Ana
          <- Reply 58 ack
02:03:30  ana texts: CODE ack
          <- text to ana: Thank you: this test page reached you by text. Nothing is broken.
02:03:40  ana texts: CODE ack
          <- text to ana: Thank you: this test page reached you by text. Nothing is broken.
02:10:00  alertmanager: PaymentsErrors fires
          -> text to ana
          = P2 Page opened for team payments: PaymentsErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:15 to answer.
02:10:01  (her texts go again)
