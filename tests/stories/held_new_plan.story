What waits for business hours is judged again when the plan changes: by hours that begin earlier, and by a rule that pages.
plan: quiet
start: 2026-01-07 02:00

02:00:00  alertmanager: SettlementLag fires
03:00:00  the plan becomes quiet, and early
05:00:00  (the day begins at five now)
          -> mail to ana
          = P1 Page opened for team payments: SettlementLag, severity sev3 (rule: Slow settlement). Why: it still fires: outside the business hours of team payments; owner 1: label team="payments" is of team payments; rule 'Slow settlement' of team payments matches; severity sev3: by the rule; verdict business_hours: by the rule; actionable: runbook payments-5xx has the first 15 minutes; urgent: the rule says business_hours; owned: by team payments; clear: a summary and runbook payments-5xx; team payments is at work: pages now.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 05:05 to answer.
05:01:00  ana acknowledges
          <- P1 is yours until 05:31. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 05:31.
