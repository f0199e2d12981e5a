The page about unreadable alerts that is resolved by hand is quiet for an hour; what goes on then opens another.
start: 2026-01-07 02:00

02:00:00  alertmanager: sends an alert that cannot be read
          -> text to eva
          = P1 Page opened for team platform: PagerdUnreadableAlerts, severity sev2. Why: pagerd raises this about itself.
          = P1 Paged eva (primary, schedule platform-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:30  eva resolves the page
          <- P1 is resolved. 1 alert still fires: a new page opens at 02:00, or when it fires anew.
          = P1 Resolved by eva.
          = P1 Its alerts that still fire (1) open no new page until 03:00.
02:30:00  alertmanager: sends an alert that cannot be read
02:55:00  alertmanager: sends an alert that cannot be read
03:00:30  (an hour later it still goes on)
          -> text to eva
          = P2 Page opened for team platform: PagerdUnreadableAlerts, severity sev2. Why: it still fires: page P1 was resolved by hand; pagerd raises this about itself.
          = P2 Paged eva (primary, schedule platform-primary) for step 1 (primary). They have until 03:05 to answer.
03:01:00  eva acknowledges
          <- P2 is yours until 02:31. Escalation stopped.
          = P2 eva acknowledged from the command line. The page is theirs until 03:31.
