In the night in which an hour is missing a step still has its five minutes, and a handoff at 02:30 is at 03:00.
plan: handoff by night
start: 2026-03-29 01:57

01:57:00  alertmanager: CheckoutErrors fires with cluster=eu-1
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 03:02 to answer.
01:57:10  ana reads the text
          <- sev2 CheckoutErrors: Checkout fails for 7 % of customers
          <- payments/payments-api eu-1/prod since 01:57
          <- Do: Restart the canary.
          <- Reply 51 ack, 51e = escalate
01:59:00  (time passes)
          -> call to ana
03:00:00  alertmanager: CheckoutErrors fires with cluster=eu-2
          -> text to ben
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ben (primary, schedule payments-primary) for step 1 (primary). They have until 03:05 to answer.
03:02:00  (time passes)
          -> call to ben
          -> text to dora
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Skipped step 2 (secondary) at once: ana was already paged in this round.
          = P1 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 03:12 to answer.
03:02:30  (five minutes after 01:57)
