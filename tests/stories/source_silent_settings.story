Silence is counted by the settings of now, and a restart is nobody's silence; who is not watched any more raises no alarm.
start: 2026-01-07 02:00

02:00:00  alertmanager: DiskFull fires with severity=warning
          = T1 Ticket opened for team payments: DiskFull, severity sev4. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev4: by label severity="warning"; verdict ticket: by severity sev4.
02:00:10  watched: DiskFull resolves
02:20:00  pagerd is gone for 40m
03:00:10  (the source could not reach us: nobody is paged)
03:10:00  watched: DiskFull resolves
03:20:00  the settings want watched to be silent for 5m at most
          -> text to eva
          = P1 Page opened for team platform: PagerdSourceSilent, severity sev2. Why: pagerd raises this about itself.
          = P1 Paged eva (primary, schedule platform-primary) for step 1 (primary). They have until 03:25 to answer.
03:20:30  eva acknowledges
          <- P1 is yours until 02:50. Escalation stopped.
          = P1 eva acknowledged from the command line. The page is theirs until 03:50.
03:21:00  watched is not watched any more
          = P1 PagerdSourceSilent resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 03:21 unless one fires again.
03:21:30  (it settles)
          -> text to eva: resolved
          = P1 Resolved: all its alerts resolved.
03:30:00  the settings want alertmanager to be silent for 2h at most
