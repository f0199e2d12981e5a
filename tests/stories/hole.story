A hole never swallows a page: the step is skipped at once, said, and alarmed.
plan: without primary
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> mail to dora: alarm
          -> text to ben
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Nobody is on call as primary.
          = P1 Skipped step 1 (primary) at once: nobody is on call there.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:05 to answer.
