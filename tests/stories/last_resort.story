When every step of every round went by, the last resort is paged every five minutes until somebody answers.
plan: one round
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:02:00  (time passes)
          -> call to ana
02:05:00  (time passes)
          -> text to ben
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:10 to answer.
02:07:00  (time passes)
          -> call to ben
02:10:00  (time passes)
          -> text to dora
          = P1 Nobody answered step 2 (secondary) in time.
          = P1 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 02:20 to answer.
02:12:00  (time passes)
          -> call to dora
02:20:00  (time passes)
          -> text to eva
          = P1 Nobody answered step 3 (team_lead) in time.
          = P1 Paged eva (platform_lead, eva) for step 4 (platform_lead). They have until 02:30 to answer.
02:22:00  (time passes)
          -> call to eva
02:30:00  (time passes)
          -> text to eva
          -> text to dora
          = P1 Nobody answered step 4 (platform_lead) in time.
          = P1 No step is left: paged the last resort, eva, dora. Again at 02:35.
02:32:00  (time passes)
          -> call to eva
          -> call to dora
02:35:00  (time passes)
          -> text to eva
          -> text to dora
          = P1 Nobody answered the last resort in time.
          = P1 No step is left: paged the last resort, eva, dora. Again at 02:40.
02:37:00  (time passes)
          -> call to eva
          -> call to dora
02:40:00  (time passes)
          -> text to eva
          -> text to dora
          = P1 Nobody answered the last resort in time.
          = P1 No step is left: paged the last resort, eva, dora. Again at 02:45.
02:42:00  (nobody answers anything)
          -> call to eva
          -> call to dora
02:42:30  eva acknowledges
          <- P1 is yours until 02:12. Escalation stopped.
          -> text to ana: acknowledged by other
          -> text to ben: acknowledged by other
          -> text to dora: acknowledged by other
          = P1 eva acknowledged from the command line. The page is theirs until 03:12.
