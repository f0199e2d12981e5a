A page walks primary, secondary, team lead and platform lead; each step has its time to answer, and each person their own
notification rules: here a text, and a call two minutes later.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:02:00  (time passes)
          -> call to ana
02:05:00  (ana does not answer)
          -> text to ben
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:10 to answer.
02:07:00  (time passes)
          -> call to ben
02:10:00  (ben does not answer)
          -> text to dora
          = P1 Nobody answered step 2 (secondary) in time.
          = P1 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 02:20 to answer.
02:12:00  (time passes)
          -> call to dora
02:12:30  (dora does not answer the text)
02:13:00  dora acknowledges
          <- P1 is yours until 02:43. Escalation stopped.
          -> text to ana: acknowledged by other
          -> text to ben: acknowledged by other
          = P1 dora acknowledged from the command line. The page is theirs until 02:43.
