A restart in the middle of a provider's trouble does not forget it: nobody is told anew, and nobody waits three failures.
start: 2026-01-07 02:00
backup: text

02:00:00  the text provider does not know our account
02:00:01  alertmanager: CheckoutErrors fires
          -> text to ana by the backup
          -> mail to dora: alarm
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
          = P1 sms to ana went through lab-sms-backup: lab-sms did not take it (lab-sms knows no such account).
02:01:00  pagerd crashes and starts again
02:02:00  ana acknowledges
          <- P1 is yours until 02:32. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:32.
02:10:00  alertmanager: PaymentsErrors fires
          -> text to ana by the backup
          = P2 Page opened for team payments: PaymentsErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:15 to answer.
          = P2 sms to ana went through lab-sms-backup: lab-sms did not take it (lab-sms knows no such account).
02:10:30  the text provider works again
02:12:00  alertmanager: LedgerStuck fires
          -> text to ana
          -> mail to dora: alarm
          -> call to ana
          = P3 Page opened for team payments: LedgerStuck, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P3 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:17 to answer.
02:13:00  (it is asked again)
