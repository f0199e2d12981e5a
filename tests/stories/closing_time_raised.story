A business-hours page that sleeps is woken by an alert of its own that becomes grave enough for the night.
plan: quiet
start: 2026-01-07 16:50

16:50:00  tools: SlowReports fires with severity=error
          -> mail to ana
          = P1 Page opened for team payments: SlowReports, severity sev3. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev3: by label severity="error"; verdict business_hours: by severity sev3; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev3 says business_hours; owned: by team payments; clear: a summary and runbook payments-5xx; team payments is at work: pages now.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 16:55 to answer.
16:51:00  ana acknowledges
          <- P1 is yours until 17:21. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 17:21.
17:00:00  (the day is over)
          = P1 Business hours are over: nobody is paged until Thu 09:00.
22:00:00  tools: SlowReports fires with severity=critical
          -> text to ana
          = P1 SlowReports raised the severity from sev3 to sev2: paging again from step 1.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 22:05 to answer.
22:02:00  (its steps are those of the night now)
          -> call to ana
