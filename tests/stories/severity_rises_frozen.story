A frozen page goes on for an alert whose new severity no silence covers; one that is covered still is heard when the silence ends.
start: 2026-01-07 02:00

02:00:00  tools: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:30  ben silences severity="critical" for 1h: known
          = P1 Frozen: all its alerts are muted: ben: known, until 03:00.
02:01:00  tools: CheckoutErrors fires with severity=sev1
          -> text to ana
          = P1 No longer muted, and still firing: the page goes on.
          = P1 CheckoutErrors raised the severity from sev2 to sev1: paging again from step 1.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:06 to answer.
02:01:30  ana acknowledges
          <- P1 is yours until 02:31. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:31.
02:02:00  tools: DiskFull fires with instance=db-1 severity=page
          -> text to ana
          = P2 Page opened for team payments: DiskFull, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="page"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:07 to answer.
02:03:00  ben silences instance="db-1" for 10m: reboot
          = P2 Frozen: all its alerts are muted: ben: reboot, until 02:13.
02:04:00  tools: DiskFull fires with instance=db-1 severity=sev1
02:05:00  (its page is frozen, and stays so)
02:13:00  (the silence ends)
          -> text to ana
          = P2 No longer muted, and still firing: the page goes on.
          = P2 DiskFull raised the severity from sev2 to sev1: paging again from step 1.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:18 to answer.
