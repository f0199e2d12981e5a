A source that was heard of and falls silent pages the fallback team; its next sign of life ends that.
start: 2026-01-07 02:00

02:00:00  watched: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:01:00  ana resolves the page
          <- P1 is resolved. 1 alert still fires: a new page opens at 03:01, or when it fires anew.
          = P1 Resolved by ana.
          = P1 Its alerts that still fire (1) open no new page until 03:01.
02:30:00  (half an hour of silence)
          -> text to eva
          = P2 Page opened for team platform: PagerdSourceSilent, severity sev2. Why: pagerd raises this about itself.
          = P2 Paged eva (primary, schedule platform-primary) for step 1 (primary). They have until 02:35 to answer.
02:31:00  watched: CheckoutErrors fires
          = P2 PagerdSourceSilent resolved; 0 still firing.
          = P2 All alerts are resolved. The page resolves at 02:31 unless one fires again.
02:31:30  (it settles)
          -> text to eva: resolved
          = P2 Resolved: all its alerts resolved.
