A text that was sent before an outage of ours counts for what was open when it was written, not for what opened since.
start: 2026-01-07 02:00
public_url: none

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:10  the text provider is down
02:00:20  ana texts: ack
          -> mail to dora: alarm
02:01:00  ana resolves the page
          <- P1 is resolved. 1 alert still fires: a new page opens at 03:01, or when it fires anew.
          = P1 Resolved by ana.
          = P1 Its alerts that still fire (1) open no new page until 03:01.
02:03:00  alertmanager: RefundErrors fires
          = P2 Page opened for team payments: RefundErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:08 to answer.
02:03:05  (time passes)
          -> call to ana
02:03:20  (time passes)
          -> mail to dora: alarm
02:03:30  the text provider works again
          -> text to ana: answer
          -> mail to dora: alarm
02:03:45  (ana is asked which page she meant)
02:03:50  ana reads the text
          <- NOTHING DONE. RefundErrors payments-api: reply 05 ack, 05 esc, 05 res, or 05 20m to snooze
          -> text to ana
