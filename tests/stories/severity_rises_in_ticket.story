A ticket's alert that becomes graver is judged again: it pages, and leaves the ticket; so is one that waits for business hours.
plan: quiet
start: 2026-01-07 02:00

02:00:00  tools: DiskFull fires with severity=warning
          = T1 Ticket opened for team payments: DiskFull, severity sev4. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev4: by label severity="warning"; verdict ticket: by severity sev4.
02:05:00  tools: DiskFull fires with severity=critical
          -> text to ana
          = T1 DiskFull was judged again and left the ticket for page P1; 0 still firing.
          = P1 Page opened for team payments: DiskFull, severity sev2. Why: its severity rose from sev4 to sev2; owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:10 to answer.
02:06:00  ana acknowledges
          <- P1 is yours until 02:36. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:36.
02:10:00  tools: SlowReports fires with severity=error
02:15:00  tools: SlowReports fires with severity=critical
          -> text to ana
          = P2 Page opened for team payments: SlowReports, severity sev2. Why: its severity rose from sev3 to sev2; owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:20 to answer.
