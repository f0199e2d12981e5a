A provider that takes everything and carries nothing: its report says that our account is suspended. The call goes at
once, and no page is entrusted to it again: a test page finds out, and only when that arrives the operators hear so.
start: 2026-01-07 02:00
backup: text

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:04  the text to ana comes back: our account is suspended
          -> mail to dora: alarm
          -> call to ana
02:00:20  ana acknowledges
          <- P1 is yours until 02:30. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:30.
02:02:00  alertmanager: PaymentsErrors fires
          -> text to ana by the backup
          = P2 Page opened for team payments: PaymentsErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:07 to answer.
02:02:30  ana acknowledges
          <- P2 is yours until 02:32. Escalation stopped.
          = P2 ana acknowledged from the command line. The page is theirs until 02:32.
02:03:00  dora tests ben by text at night
          -> text to ben: test
02:03:10  the text to ben comes back: our account is suspended
02:04:00  alertmanager: LedgerStuck fires
          -> text to ana by the backup
          = P3 Page opened for team payments: LedgerStuck, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P3 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:09 to answer.
02:04:10  ana acknowledges
          <- P3 is yours until 02:34. Escalation stopped.
          = P3 ana acknowledged from the command line. The page is theirs until 02:34.
02:06:00  dora tests ben by text at night
          -> text to ben: test
02:06:10  the text to ben is delivered
          -> mail to dora: alarm
02:07:00  alertmanager: RefundsStuck fires
          -> text to ana
          = P4 Page opened for team payments: RefundsStuck, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P4 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:12 to answer.
02:07:10  (it goes by the first again)
