To escalate pages the next step now, from a page that nobody answered and from one that somebody holds; the last is the last resort.
plan: primary alone
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:01:00  ana acknowledges
          <- P1 is yours until 02:31. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:31.
02:02:00  ana escalates
          <- P1 is escalated to Eva, Dora.
          -> text to eva
          -> text to dora
          = P1 ana asked for the next step from the command line.
          = P1 No step is left: paged the last resort, eva, dora. Again at 02:07.
02:02:10  eva reads the text
          <- sev2 LAST RESORT: CheckoutErrors: Checkout fails for 7 % of customers
          <- payments/payments-api eu-1/prod since 01:00
          <- Do: Restart the canary.
          <- Reply 57 ack
02:03:00  eva escalates
          <- P1 is escalated to Eva, Dora.
          -> text to eva
          -> text to dora
          = P1 eva asked for the next step from the command line.
          = P1 No step is left: paged the last resort, eva, dora. Again at 02:08.
