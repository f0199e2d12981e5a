A provider that is down is no unreachable person: the backup takes the text at once, and from the third failure on it
is asked first. The operators hear of it once, and once when a text has found that the provider works again.
start: 2026-01-07 02:00
backup: text

02:00:00  the text provider is down
02:00:01  alertmanager: CheckoutErrors fires on payments-api
          -> text to ana by the backup
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
          = P1 sms to ana went through lab-sms-backup: lab-sms did not take it (lab-sms is down).
02:02:00  alertmanager: PaymentsErrors fires on payments-api
          -> text to ana by the backup
          = P2 Page opened for team payments: PaymentsErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:07 to answer.
          = P2 sms to ana went through lab-sms-backup: lab-sms did not take it (lab-sms is down).
02:02:01  (time passes)
          -> call to ana
02:03:01  (time passes)
          -> mail to dora: alarm
02:04:00  ana acknowledges
          <- P2 is yours until 02:34. Escalation stopped.
          = P2 ana acknowledged from the command line. The page is theirs until 02:34.
02:05:01  (time passes)
          -> text to ben by the backup
          -> mail to dora: alarm
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:10 to answer.
          = P1 sms to ben went through lab-sms-backup: lab-sms did not take it (lab-sms is down).
02:05:02  dora reads the mail
          <- [pagerd] sms through lab-sms fails: lab-sms is down. Meanwhile lab-sms-backup takes what it carried
          <- sms through lab-sms fails: lab-sms is down. Meanwhile lab-sms-backup
          <- takes what it carried
          <- Why you got this
          <-   You are an operator of this pagerd.
          <-   How you are reached, and when you are on call, stands in the rotations
          <-   of your team.
02:05:10  alertmanager: SettlementLag fires on payments-api with severity=critical
          -> text to ana by the backup
          = P3 Page opened for team payments: SettlementLag, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P3 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:10 to answer.
02:05:20  ana acknowledges
          <- P3 is yours until 02:35. Escalation stopped.
          = P3 ana acknowledged from the command line. The page is theirs until 02:35.
02:05:40  ben acknowledges
          <- P3 was acknowledged by Ana 20 s ago. Nothing to do.
          = P3 ben acknowledged too from the command line; ana has it already.
02:07:01  (time passes)
          -> call to ben
02:09:00  the text provider works again
02:10:00  alertmanager: LedgerStuck fires on payments-api
          -> text to ana
          -> mail to dora: alarm
          = P4 Page opened for team payments: LedgerStuck, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P4 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:15 to answer.
02:10:01  dora reads the mail
          <- [pagerd] sms through lab-sms works again, after 4m of trouble
          <- sms through lab-sms works again, after 4m of trouble
          <- Why you got this
          <-   You are an operator of this pagerd.
          <-   How you are reached, and when you are on call, stands in the rotations
          <-   of your team.
          -> text to dora
          = P1 Nobody answered step 2 (secondary) in time.
          = P1 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 02:20 to answer.
