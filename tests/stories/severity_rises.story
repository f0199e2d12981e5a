An open alert that becomes graver is heard as a new one is: it pages again from step 1, acknowledged or not. Its page never becomes milder.
start: 2026-01-07 02:00

02:00:00  tools: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:30  ana acknowledges
          <- P1 is yours until 02:30. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:30.
02:01:00  tools: CheckoutErrors fires with severity=sev1
          -> text to ana
          = P1 CheckoutErrors raised the severity from sev2 to sev1: paging again from step 1.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:06 to answer.
02:01:30  tools: CheckoutErrors fires with severity=warning
02:01:40  tools: CheckoutErrors fires with severity=sev1
02:02:00  ana acknowledges
          <- P1 is yours until 02:32. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:32.
02:03:00  tools: CheckoutErrors fires with instance=api-2 severity=sev3
          -> mail to ana: more alerts
          = P1 Another alert of the group fires: CheckoutErrors, severity sev3 (2 firing now).
02:03:10  tools: DiskFull fires with severity=warning
          = T1 Ticket opened for team payments: DiskFull, severity sev4. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev4: by label severity="warning"; verdict ticket: by severity sev4.
02:04:00  tools: CheckoutErrors fires with instance=api-3
          = P1 Another alert of the group fires: CheckoutErrors, severity sev2 (3 firing now).
02:05:00  tools: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 2 still firing.
