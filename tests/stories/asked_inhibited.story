An inhibition has no end of its own: it must be said again and again. A dead Alertmanager mutes nothing for long.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:30  Alertmanager can be asked from now on
02:01:00  Alertmanager inhibits CheckoutErrors because of ClusterDown
02:01:30  (time passes)
          = P1 Frozen: all its alerts are muted: Alertmanager: inhibited by ClusterDown.
02:29:00  (it is said each minute)
02:29:50  Alertmanager does not answer
02:32:30  (time passes)
          -> mail to dora: alarm
          -> mail to dora: alarm
02:33:30  (time passes)
          -> text to ana
          = P1 No longer muted, and still firing: the page goes on.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:38 to answer.
02:35:00  (nothing was heard for five minutes: it goes on)
02:35:30  (time passes)
          -> call to ana
02:36:10  Alertmanager answers again
02:36:30  (time passes)
          = P1 Frozen: all its alerts are muted: Alertmanager: inhibited by ClusterDown.
02:37:00  (inhibited again)
