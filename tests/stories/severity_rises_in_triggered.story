A page that nobody has yet is paged from step 1 for an alert of its own that became graver; a graver one is there already: only told.
start: 2026-01-07 02:00

02:00:00  tools: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:02:00  (time passes)
          -> call to ana
02:05:00  (ana does not answer)
          -> text to ben
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:10 to answer.
02:06:00  tools: CheckoutErrors fires with severity=sev1
          -> text to ana
          = P1 CheckoutErrors raised the severity from sev2 to sev1: paging again from step 1.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:11 to answer.
02:07:00  ana acknowledges
          <- P1 is yours until 02:37. Escalation stopped.
          -> text to ben: acknowledged by other
          = P1 ana acknowledged from the command line. The page is theirs until 02:37.
02:08:00  tools: CheckoutErrors fires with instance=api-2
          -> mail to ana: more alerts
          = P1 Another alert of the group fires: CheckoutErrors, severity sev2 (2 firing now).
02:09:00  tools: CheckoutErrors fires with instance=api-2 severity=sev1
          = P1 CheckoutErrors has severity sev1 now, not sev2; the page has sev1 already.
