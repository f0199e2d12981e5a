A business-hours alert by night waits, and is told in the morning if it still fires; low urgency never calls.
plan: quiet
start: 2026-01-07 02:00

02:00:00  alertmanager: SettlementLag fires
09:00:00  (the team's day begins)
          -> mail to ana
          = P1 Page opened for team payments: SettlementLag, severity sev3 (rule: Slow settlement). Why: it still fires: outside the business hours of team payments; owner 1: label team="payments" is of team payments; rule 'Slow settlement' of team payments matches; severity sev3: by the rule; verdict business_hours: by the rule; actionable: runbook payments-5xx has the first 15 minutes; urgent: the rule says business_hours; owned: by team payments; clear: a summary and runbook payments-5xx; team payments is at work: pages now.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 09:05 to answer.
09:05:00  (ana does not answer)
          -> mail to ben
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 09:10 to answer.
