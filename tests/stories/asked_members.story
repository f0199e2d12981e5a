Forgotten is only what no member knows that answers; who does not answer says nothing, and closes nothing.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:30  Alertmanager can be asked from now on
02:01:00  ana acknowledges
          <- P1 is yours until 02:31. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:31.
02:01:10  am-1 does not know CheckoutErrors any more
02:10:00  (am-2 knows it)
02:10:10  am-2 does not answer
02:12:10  Alertmanager does not answer
02:12:30  (time passes)
          -> mail to dora: alarm
02:14:30  (time passes)
          -> mail to dora: alarm
02:17:10  am-1 answers again
02:21:00  (what was unknown before the hole is counted anew)
02:22:30  (time passes)
          = P1 CheckoutErrors is stale: its source has not known it for five minutes, and never said it ended. It counts as firing.
02:23:00  (five minutes without a hole)
02:23:10  am-2 answers again
02:23:30  (time passes)
          = P1 CheckoutErrors is known to its source again.
02:24:00  (it knows the alert)
