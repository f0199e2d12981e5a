Without a public URL texts are fetched: while their provider is down a call offers no answer by text, which would come too late.
start: 2026-01-07 02:00
public_url: none

02:00:00  the text provider is down
02:00:01  alertmanager: CheckoutErrors fires
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:06  (time passes)
          -> call to ana
02:00:21  (time passes)
          -> mail to dora: alarm
02:01:10  (time passes)
          -> mail to dora: alarm
02:02:30  ana listens to the call
          <- Pagerd. Severity 2. Checkout Errors. payments api eu 1 prod. Since 0 2, 0 0.
          <- No key can be taken in this call. Answer with pagerd ack.
02:05:01  (time passes)
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:10 to answer.
02:05:02  the text provider works again
02:05:06  (time passes)
          -> text to ben
          -> mail to dora: alarm
02:07:01  (time passes)
          -> call to ben
02:10:01  (time passes)
          -> text to dora
          = P1 Nobody answered step 2 (secondary) in time.
          = P1 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 02:20 to answer.
02:10:02  (time passes)
02:12:01  (time passes)
          -> call to dora
02:12:30  (time passes)
02:12:31  dora listens to the call
          <- Pagerd. Severity 2. Escalated from Ana. Checkout Errors. payments api eu 1 prod. Since 0 2, 0 0.
          <- No key can be taken in this call. Answer by text: 7 9 ack.
