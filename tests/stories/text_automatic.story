What a phone or the carrier's keywords say is no answer: nothing is done, and no machine gets a reply to reply to.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:10  ana texts: I'm driving with Do Not Disturb While Driving on. I'll see your message when I get where I'm going.
          <- (silence to ana)
02:00:20  ana texts: I am out of office until Monday
          <- (silence to ana)
02:00:30  ana texts: YES
          <- (silence to ana)
02:00:40  ana texts: INFO
          <- (silence to ana)
02:00:50  ana texts: Sent from my iPhone
          <- (silence to ana)
02:01:00  ana texts: CANCEL
          <- (silence to ana)
          -> mail to dora: alarm
02:02:00  (time passes)
          -> call to ana
02:02:30  (so it goes on)
