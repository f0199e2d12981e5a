It is night by a person's own window, in their own zone: from eleven on for eva in Lisbon, when it is midnight in Berlin.
plan: eva for ana
start: 2026-01-06 23:50

23:50:00  alertmanager: CheckoutErrors fires with cluster=eu-1
          -> text to eva
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged eva (primary, schedule payments-primary) for step 1 (primary). They have until 23:55 to answer.
23:50:05  the text to eva is sent
23:51:00  eva acknowledges
          <- P1 is yours until 23:21. Escalation stopped.
          = P1 eva acknowledged from the command line. The page is theirs until Wed 00:21.
00:00:00  alertmanager: CheckoutErrors fires with cluster=eu-2
          -> text to eva
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged eva (primary, schedule payments-primary) for step 1 (primary). They have until 00:05 to answer.
00:00:05  the text to eva is sent
          * night page of eva for P2: text sent
