A text that is not understood speaks of the page that nobody has yet, not of the newer one that another took.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires with cluster=eu-1
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:30  alertmanager: CheckoutErrors fires with cluster=eu-2
          = P2 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:01:00  (time passes)
          -> text to ana
02:02:00  (time passes)
          -> call to ana
02:03:00  (time passes)
          -> call to ana
02:05:00  (time passes)
          -> text to ben
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:10 to answer.
02:05:30  (time passes)
          = P2 Nobody answered step 1 (primary) in time.
          = P2 Paged ben (secondary, schedule payments-secondary) for step 2 (secondary). They have until 02:10 to answer.
02:06:00  (time passes)
          -> text to ben
02:06:10  ben texts: CODE ack
          <- text to ben: Acked, it is yours: CheckoutErrors payments-api eu-2/prod. It asks again at 02:36. When fixed: 46 res. By mistake: 46 undo.
          -> text to ana: acknowledged by other
          = P2 ben acknowledged by text. The page is theirs until 02:36.
02:06:20  ana texts: what is this
          <- text to ana: NOTHING DONE. CheckoutErrors eu-1/prod: reply 51 ack, 51 esc, 51 res, or 51 20m to snooze (2 open, ? lists them)
02:06:30  ana texts: ack
          <- text to ana: NOTHING DONE: which of 2? 51 CheckoutErrors eu-1/prod, 75 CheckoutErrors eu-2/prod. Reply CODE ack
