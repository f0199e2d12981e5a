A graver alert in a ticket starts a clock where none ran, also in one that somebody took: nobody has taken that yet.
plan: grouped by team
start: 2026-01-07 02:00

02:00:00  alertmanager: SlowReports fires with service=settlement severity=warning
          = T1 Ticket opened for team payments: SlowReports, severity sev4. Why: owner 1: label team="payments" is of team payments; rule 'All of it' of team payments matches; severity sev4: by label severity="warning"; verdict ticket: by severity sev4.
02:01:00  ana takes the ticket
          = T1 ana took the ticket.
02:02:00  alertmanager: CheckoutErrors fires with service=settlement runbook_url=none
          -> mail to ana: ticket
          = T1 Another alert of the ticket fires: CheckoutErrors (2 firing now).
          = T1 CheckoutErrors has severity sev2: the ticket pages at 02:12 unless somebody takes it.
02:03:00  alertmanager: CheckoutDown fires with service=settlement runbook_url=none
          = T1 Another alert of the ticket fires: CheckoutDown (3 firing now).
02:12:00  (nobody takes it again)
          -> text to ana
          = T1 Nobody took the ticket in time: it became page P1.
          = P1 Page opened for team payments: CheckoutErrors, severity sev2 (rule: All of it). Why: ticket T1 was not taken in time; owner 1: label team="payments" is of team payments; rule 'All of it' of team payments matches; severity sev2: by label severity="critical"; verdict page: by severity sev2; not actionable: there is neither an action nor a runbook; urgent: severity sev2 says page; owned: by team payments; not clear: there is no runbook link; on_violation of severity sev2: page after 10m.
          = P1 The alert does not pass every test for paging: actionable: there is neither an action nor a runbook; clear: there is no runbook link. A ticket to mend it is in the queue.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:17 to answer.
          = P1 Another alert of the group fires: CheckoutDown, severity sev2 (2 firing now).
02:13:00  ana acknowledges
          <- P1 is yours until 02:43. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:43.
02:13:10  alertmanager: LastStraw fires with service=settlement runbook_url=none
          -> mail to ana: more alerts
          = T1 Another alert of the ticket fires: LastStraw (4 firing now).
          = P1 Another alert of the group fires: LastStraw, severity sev2 (3 firing now).
