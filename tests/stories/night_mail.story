Mail wakes nobody and is no night work; by day nothing is.
plan: quiet
start: 2026-01-07 09:30

09:30:00  alertmanager: SettlementLag fires
          -> mail to ana
          = P1 Page opened for team payments: SettlementLag, severity sev3 (rule: Slow settlement). Why: owner 1: label team="payments" is of team payments; rule 'Slow settlement' of team payments matches; severity sev3: by the rule; verdict business_hours: by the rule; actionable: runbook payments-5xx has the first 15 minutes; urgent: the rule says business_hours; owned: by team payments; clear: a summary and runbook payments-5xx; team payments is at work: pages now.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 09:35 to answer.
09:31:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 09:36 to answer.
09:31:05  the text to ana is sent
09:32:00  ana acknowledges
          <- P2 is yours until 10:02. Escalation stopped.
          = P2 ana acknowledged from the command line. The page is theirs until 10:02.
