A business-hours page that is open at closing time stops its timers until the next opening.
plan: quiet
start: 2026-01-07 16:57

16:57:00  alertmanager: SettlementLag fires
          -> mail to ana
          = P1 Page opened for team payments: SettlementLag, severity sev3 (rule: Slow settlement). Why: owner 1: label team="payments" is of team payments; rule 'Slow settlement' of team payments matches; severity sev3: by the rule; verdict business_hours: by the rule; actionable: runbook payments-5xx has the first 15 minutes; urgent: the rule says business_hours; owned: by team payments; clear: a summary and runbook payments-5xx; team payments is at work: pages now.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 17:02 to answer.
17:00:00  (time passes)
          = P1 Business hours are over: nobody is paged until Thu 09:00.
17:10:00  (the day is over)
09:00:00  (and begins again)
          -> mail to ana
          = P1 Business hours have begun: the page goes on.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 09:05 to answer.
