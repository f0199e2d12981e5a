A window belongs to the day it starts on: the night of Friday is cho's until Saturday 07:00, and the next one is not.
plan: nights are cho's
start: 2026-01-10 06:59

06:59:00  alertmanager: CheckoutErrors fires with cluster=eu-1
          -> text to cho
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged cho (primary, schedule payments-primary) for step 1 (primary). They have until 07:04 to answer.
06:59:10  cho resolves the page
          <- P1 is resolved. 1 alert still fires: a new page opens at 07:59, or when it fires anew.
          = P1 Resolved by cho.
          = P1 Its alerts that still fire (1) open no new page until 07:59.
06:59:20  alertmanager: CheckoutErrors resolves with cluster=eu-1
07:00:00  alertmanager: CheckoutErrors fires with cluster=eu-2
          -> text to ana
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 07:05 to answer.
07:00:10  ana resolves the page
          <- P2 is resolved. 1 alert still fires: a new page opens at 08:00, or when it fires anew.
          = P2 Resolved by ana.
          = P2 Its alerts that still fire (1) open no new page until 08:00.
07:00:20  alertmanager: CheckoutErrors resolves with cluster=eu-2
23:00:00  alertmanager: CheckoutErrors fires with cluster=eu-3
          -> text to ana
          = P3 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P3 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 23:05 to answer.
