A triggered page that waits for nothing, and one whose messages are gone: the step is paged again from its beginning.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires with cluster=eu-1
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:02:00  (time passes)
          -> call to ana
02:05:00  (ana does not answer)
          -> text to ben
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:10 to answer.
02:06:00  the stored page loses its due time
02:06:15  the auditor looks
          <- no_due_time
          -> text to ben
          -> text to dora: alarm
          -> mail to dora: alarm
          = P1 pagerd's own auditor found that it waited for nothing: paging step 2 (secondary) again.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:11 to answer.
02:06:30  the auditor looks
          <- the auditor is content
02:07:00  the stored page loses its messages
02:07:15  the auditor looks
          <- nobody_told
          -> text to dora: alarm
          -> mail to dora: alarm
02:11:15  (time passes)
          -> text to dora
          = P1 Nobody answered step 2 (secondary) in time.
          = P1 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 02:21 to answer.
02:11:20  the auditor looks
          <- the auditor is content
02:12:00  the stored page loses its messages
02:12:15  the auditor looks
          <- nobody_told
          -> text to dora
          = P1 pagerd's own auditor found that nobody was being told of it: paging step 3 (team_lead) again.
          = P1 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 02:22 to answer.
02:12:30  the auditor looks
          <- the auditor is content
02:14:15  (time passes)
          -> call to dora
02:20:00  (time passes)
