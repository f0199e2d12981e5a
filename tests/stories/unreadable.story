What cannot be read may have been firing: the fallback team is paged, once an hour, until a clean hour has passed.
start: 2026-01-07 02:00

02:00:00  alertmanager: sends an alert that cannot be read
          -> text to eva
          = P1 Page opened for team platform: PagerdUnreadableAlerts, severity sev2. Why: pagerd raises this about itself.
          = P1 Paged eva (primary, schedule platform-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:30  eva acknowledges
          <- P1 is yours until 01:30. Escalation stopped.
          = P1 eva acknowledged from the command line. The page is theirs until 02:30.
02:10:00  alertmanager: sends an alert that cannot be read
02:20:00  alertmanager: leaves out 7 alerts
          -> text to eva
          = P2 Page opened for team platform: PagerdTruncatedAlerts, severity sev2. Why: pagerd raises this about itself.
          = P2 Paged eva (primary, schedule platform-primary) for step 1 (primary). They have until 02:25 to answer.
02:20:30  eva acknowledges
          <- P2 is yours until 01:50. Escalation stopped.
          = P2 eva acknowledged from the command line. The page is theirs until 02:50.
02:25:00  alertmanager: CheckoutErrors resolves
02:30:30  (time passes)
          -> mail to eva: reminder
          = P1 Reminded eva quietly that their acknowledgement ends. They have until 02:35.
02:35:30  (time passes)
          -> text to eva: still yours
          = P1 No sign of eva: paged them. At 02:40 the page goes back to whoever is on call.
02:37:30  (time passes)
          -> call to eva: still yours
02:40:30  (time passes)
          -> text to eva
          = P1 The acknowledgement of eva ended without a sign of life: paging again from step 1.
          = P1 Paged eva (primary, schedule platform-primary) for step 1 (primary). They have until 02:45 to answer.
02:42:30  (time passes)
          -> call to eva
02:45:30  (time passes)
          -> text to dora
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged dora (secondary, schedule platform-secondary) for step 2 (secondary). They have until 02:50 to answer.
02:47:30  (time passes)
          -> call to dora
02:50:30  (time passes)
          -> text to eva
          -> mail to eva: reminder
          = P1 Nobody answered step 2 (secondary) in time.
          = P1 Skipped step 3 (team_lead) at once: eva was already paged in this round.
          = P1 Skipped step 4 (platform_lead) at once: eva was already paged in this round.
          = P1 Every step was paged: round 2 begins with step 1.
          = P1 Paged eva (primary, schedule platform-primary) for step 1 (primary), round 2. They have until 02:55 to answer.
          = P2 Reminded eva quietly that their acknowledgement ends. They have until 02:55.
02:52:30  (time passes)
          -> call to eva
02:55:30  (time passes)
          -> text to dora
          -> text to eva: still yours
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged dora (secondary, schedule platform-secondary) for step 2 (secondary), round 2. They have until 03:00 to answer.
          = P2 No sign of eva: paged them. At 03:00 the page goes back to whoever is on call.
02:57:30  (time passes)
          -> call to dora
          -> call to eva: still yours
03:00:30  (time passes)
          -> text to eva for 2 of them
          = P1 Nobody answered step 2 (secondary) in time.
          = P1 Skipped step 3 (team_lead) at once: eva was already paged in this round.
          = P1 Skipped step 4 (platform_lead) at once: eva was already paged in this round.
          = P1 Every step was paged: round 3 begins with step 1.
          = P1 Paged eva (primary, schedule platform-primary) for step 1 (primary), round 3. They have until 03:05 to answer.
          = P2 The acknowledgement of eva ended without a sign of life: paging again from step 1.
          = P2 Paged eva (primary, schedule platform-primary) for step 1 (primary). They have until 03:05 to answer.
03:01:30  (time passes)
03:02:30  (time passes)
          -> call to eva for 2 of them
03:05:30  (time passes)
          -> text to dora for 2 of them
          = P1 Nobody answered step 1 (primary) in time.
          = P1 Paged dora (secondary, schedule platform-secondary) for step 2 (secondary), round 3. They have until 03:10 to answer.
          = P2 Nobody answered step 1 (primary) in time.
          = P2 Paged dora (secondary, schedule platform-secondary) for step 2 (secondary). They have until 03:10 to answer.
03:06:30  (time passes)
03:07:30  (time passes)
          -> call to dora for 2 of them
03:10:00  (time passes)
          = P1 PagerdUnreadableAlerts resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 03:10 unless one fires again.
03:10:30  (time passes)
          -> text to eva
          -> text to eva: resolved
          -> mail to eva: resolved
          -> text to dora: resolved
          = P1 Resolved: all its alerts resolved.
          = P2 Nobody answered step 2 (secondary) in time.
          = P2 Skipped step 3 (team_lead) at once: eva was already paged in this round.
          = P2 Skipped step 4 (platform_lead) at once: eva was already paged in this round.
          = P2 Every step was paged: round 2 begins with step 1.
          = P2 Paged eva (primary, schedule platform-primary) for step 1 (primary), round 2. They have until 03:15 to answer.
03:12:00  (a clean hour since the last one)
