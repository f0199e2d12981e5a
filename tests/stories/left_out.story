Alerts that a message leaves out are neither ended nor forgotten: nothing closes by absence, and the fallback team hears of it.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:30  ana acknowledges
          <- P1 is yours until 02:30. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:30.
02:01:00  alertmanager: leaves out 7 alerts
          -> text to eva
          = P2 Page opened for team platform: PagerdTruncatedAlerts, severity sev2. Why: pagerd raises this about itself.
          = P2 Paged eva (primary, schedule platform-primary) for step 1 (primary). They have until 02:06 to answer.
02:02:00  eva resolves the page
          <- P2 is resolved. 1 alert still fires: a new page opens at 02:02, or when it fires anew.
          = P2 Resolved by eva.
          = P2 Its alerts that still fire (1) open no new page until 03:02.
02:20:00  alertmanager: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:20 unless one fires again.
02:20:30  (it settles)
          -> text to ana: resolved
          = P1 Resolved: all its alerts resolved.
