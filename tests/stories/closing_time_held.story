A business-hours page that somebody holds at closing time is theirs in the morning, for as long as was left.
plan: quiet
start: 2026-01-07 16:50

16:50:00  alertmanager: SettlementLag fires
          -> mail to ana
          = P1 Page opened for team payments: SettlementLag, severity sev3 (rule: Slow settlement). Why: owner 1: label team="payments" is of team payments; rule 'Slow settlement' of team payments matches; severity sev3: by the rule; verdict business_hours: by the rule; actionable: runbook payments-5xx has the first 15 minutes; urgent: the rule says business_hours; owned: by team payments; clear: a summary and runbook payments-5xx; team payments is at work: pages now.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 16:55 to answer.
16:51:00  ana acknowledges
          <- P1 is yours until 17:21. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 17:21.
17:00:00  (the day is over)
          = P1 Business hours are over: nobody is paged until Thu 09:00.
08:59:00  (nobody is reminded)
09:00:00  (and begins again)
          = P1 Business hours have begun: the page goes on.
09:21:00  (what was left of the half hour)
          -> mail to ana: reminder
          = P1 Reminded ana quietly that their acknowledgement ends. They have until 09:26.
