A page of the worst severity is never held back, and holds back nothing itself.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires with cluster=c1
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:10  alertmanager: CheckoutErrors fires with cluster=c2
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:20  alertmanager: PaymentsErrors fires with severity=sev1
          -> text to ana
          = P3 Page opened for team payments: PaymentsErrors, severity sev1. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev1: by label severity="sev1"; verdict page: by severity sev1; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev1 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P3 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:25  ana reads the text
          <- sev1 PaymentsErrors: Checkout fails for 7 % of customers
          <- payments/payments-api eu-1/prod since 02:00
          <- Do: Restart the canary.
          <- Reply 84 ack, 84e = escalate
02:01:00  (time passes)
          -> text to ana
02:01:20  ana reads the text
          <- sev2 CheckoutErrors: Checkout fails for 7 % of customers
          <- payments/payments-api c2/prod since 02:00
          <- Do: Restart the canary.
          <- Reply 75 ack, 75e = escalate
