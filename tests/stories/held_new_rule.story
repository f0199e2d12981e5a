What waits for business hours is judged again when the plan changes: a rule that pages pages at once.
plan: quiet
start: 2026-01-07 02:00

02:00:00  alertmanager: SettlementLag fires
02:10:00  the plan becomes quiet
02:20:00  the plan becomes settlement lag pages
          -> text to ana
          = P1 Page opened for team payments: SettlementLag, severity sev3 (rule: Slow settlement). Why: judged again under the new plan; owner 1: label team="payments" is of team payments; rule 'Slow settlement' of team payments matches; severity sev3: by the rule; verdict page: by the rule; actionable: runbook payments-5xx has the first 15 minutes; urgent: the rule says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:25 to answer.
