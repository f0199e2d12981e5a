What resolves while it is silenced in Alertmanager is never told: unknown it is stale, and sleeps on until the silence ends.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:30  Alertmanager can be asked from now on
02:01:00  ben silences CheckoutErrors in Alertmanager for 30m: rolling back
02:01:30  (time passes)
          = P1 Frozen: all its alerts are muted: ben in Alertmanager: rolling back, until 02:31.
02:10:10  Alertmanager does not know CheckoutErrors any more
02:15:30  (time passes)
          = P1 CheckoutErrors is stale: its source has not known it for five minutes, and never said it ended. It counts as firing.
02:20:00  (it is stale, and nobody is called)
02:31:00  (the silence ends)
          -> text to ana
          = P1 No longer muted, and still firing: the page goes on.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:36 to answer.
02:31:30  ana reads the text
          <- sev2 STALE: CheckoutErrors: Checkout fails for 7 % of customers
          <- payments/payments-api eu-1/prod since 02:00
          <- Do: Restart the canary.
          <- Reply 51 ack, 51e = escalate
02:32:00  ana resolves the page
          <- P1 is resolved. 1 alert still fires: a new page opens at 03:32, or when it fires anew.
          = P1 Resolved by ana.
          = P1 Its alerts that still fire (1) open no new page until 03:32.
