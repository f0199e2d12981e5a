A bare ack works when exactly one page of that person is open; else it asks which one.
start: 2026-01-07 02:00

02:00:00  ana texts: ack
          <- text to ana: Not understood. No page of yours is open. INC and what is broken suspects an incident.
02:00:01  alertmanager: CheckoutErrors fires with cluster=eu-1
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:10  ana texts: ok
          <- text to ana: Acked, it is yours: CheckoutErrors payments-api eu-1/prod. It asks again at 02:30. When fixed: 06 res. By mistake: 06 undo.
          = P1 ana acknowledged by text. The page is theirs until 02:30.
02:01:00  alertmanager: CheckoutErrors fires with cluster=us-1
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:06 to answer.
02:01:01  (time passes)
          -> text to ana
02:01:10  alertmanager: CheckoutErrors fires with cluster=ap-1
          = P3 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P3 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:06 to answer.
02:01:20  ana texts: ack
          <- text to ana: NOTHING DONE: which of 3? 82 CheckoutErrors ap-1/prod, 04 CheckoutErrors us-1/prod, 06 CheckoutErrors eu-1/prod. Reply CODE ack
02:01:30  ana texts: ?
          <- text to ana: 3 open: 82 CheckoutErrors ap-1/prod, 04 CheckoutErrors us-1/prod, 06 CheckoutErrors eu-1/prod. Reply CODE ack
02:01:40  ana texts: ack 00
          <- text to ana: NOTHING DONE: 00 is no code of yours. Open: 82 CheckoutErrors ap-1/prod, 04 CheckoutErrors us-1/prod, 06 CheckoutErrors eu-1/prod. Reply CODE ack
