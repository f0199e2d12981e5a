The same group firing again within a quarter of an hour opens a page that asks first whoever had the last one.
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
02:05:30  ben acknowledges
          <- P1 is yours until 02:35. Escalation stopped.
          -> text to ana: acknowledged by other
          = P1 ben acknowledged from the command line. The page is theirs until 02:35.
02:06:00  alertmanager: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:06 unless one fires again.
02:06:30  (it settles)
          -> text to ana: resolved
          -> text to ben: resolved
          = P1 Resolved: all its alerts resolved.
02:15:00  alertmanager: CheckoutErrors fires
          -> text to ben
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 It follows page P1, which was resolved a short while ago.
          = P2 Paged ben (who had it last) for the step before step 1. They have until 02:20 to answer.
02:17:00  (time passes)
          -> call to ben
02:20:00  (ben does not answer)
          -> text to ana
          = P2 Nobody answered the step before step 1 in time.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:25 to answer.
02:22:00  (time passes)
          -> call to ana
02:25:00  (ana does not answer: ben was paged in this round already)
          -> text to dora
          = P2 Nobody answered step 1 (primary) in time.
          = P2 Skipped step 2 (secondary) at once: ben was already paged in this round.
          = P2 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 02:35 to answer.
