A team's morning mail: what is open, new, to mend and held, and what the night was like. Times are the team's own.
plan: digest
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:20  the text to ana is delivered
          * night page of ana for P1: text delivered
02:01:00  ana acknowledges
          <- P1 is yours until 02:31. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:31.
02:02:00  alertmanager: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:02 unless one fires again.
02:02:30  (time passes)
          -> text to ana: resolved
          = P1 Resolved: all its alerts resolved.
02:10:00  alertmanager: DiskFillsSlowly fires
          = T1 Ticket opened for team payments: DiskFillsSlowly, severity sev2. Why: owner 1: label team="payments" is of team payments; rule 'Later' of team payments matches; severity sev2: by label severity="critical"; verdict ticket: by the rule.
02:20:00  alertmanager: OddName fires with service=settlement severity=error summary={{_$labels.x_}} runbook_url=none
          = T2 Ticket opened for team payments: OddName, severity sev3. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev3: by label severity="error"; verdict business_hours: by severity sev3; not actionable: there is neither an action nor a runbook; urgent: severity sev3 says business_hours; owned: by team payments; not clear: there is no runbook link; the summary has an unresolved template: {{ $labels.x }}; on_violation of severity sev3: ticket.
02:30:00  alertmanager: SettlementLag fires on settlement
07:00:00  (time passes)
          -> text to ana: night
          = N1 Asked ana by text how long they were up; 0 min of work were seen.
07:59:00  alertmanager: SlowApi fires
          -> text to ana
          = P2 Page opened for team payments: SlowApi, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 08:04 to answer.
08:00:00  (payments has its hour)
          -> mail to payments@example.com: digest
08:00:30  somebody reads the mail to payments@example.com
          <- [digest] payments 2026-01-07: 2 tickets, 2 new, 1 to mend, 1 page open
          <- Digest of team Payments, Wed 7 Jan 2026 08:00 (Europe/Berlin).
          <- Pages that are open
          <-   P2 sev2 SlowApi: NOBODY HAS IT, open since 07:59
          <- Tickets
          <-   NEW T1 sev2 DiskFillsSlowly, payments-api: 5h 50m old, still
          <-   firing
          <-   NEW T2 sev3 OddName, settlement: 5h 40m old, still firing
          <-   pagerd tickets take, note, close: with the ticket's id.
          <- Alerts to mend
          <-   OddName, T2:
          <-   - not actionable: there is neither an action nor a runbook
          <-   - not clear: there is no runbook link; the summary has an unresolved
          <-   template: {{ $labels.x }}
          <-   To be actionable: write `action:` into the paging rule, or name a
          <-   runbook that answers the first 15 minutes (`runbook:` of the rule or
          <-   the service).
          <-   To be clear: in the alert rule: a `summary` of one sentence whose
          <-   templates resolve, and a `runbook_url` that is a file of runbooks/ or
          <-   a web address.
          <- Waiting for business hours
          <-   SettlementLag, settlement: told at 09:00 if it fires on
          <- Since the last digest
          <-   Since Tue 08:00: 2 pages opened, 2 new tickets.
          <-   Nights: 1 page disturbed somebody's night, 1 time in all: see pagerd
          <-   report nights.
          <- Audit anchor
          <-   Anchor 2, Wed 7 Jan 2026 08:00 (Europe/Berlin):
          <-   HASH
          <-   Keep this mail: pagerd audit verify --anchor HASH says whether what
          <-   was anchored is still there unchanged.
          <- Why you got this
          <-   This is the address of team Payments, under `mail` in its file.
          <-   Its hour is `digest_at`, in the team's file or pagerd.yaml;
          <-   `digest_at: none` ends it.
08:01:00  alertmanager: SlowApi resolves
          = P2 SlowApi resolved; 0 still firing.
          = P2 All alerts are resolved. The page resolves at 08:01 unless one fires again.
08:01:30  (time passes)
          -> text to ana: resolved
          = P2 Resolved: all its alerts resolved.
08:02:00  alertmanager: SettlementLag resolves on settlement
09:00:00  (platform has its own, in Lisbon)
          -> mail to platform@example.com: digest
09:00:30  somebody reads the mail to platform@example.com
          <- [digest] platform 2026-01-07: nothing waits
          <- Digest of team Platform, Wed 7 Jan 2026 08:00 (Europe/Lisbon).
          <- Nothing waits: no open page, no ticket, nothing held.
          <- Since the last digest
          <-   Since Tue 08:00: 0 pages opened, 0 new tickets.
          <-   Nights: nobody was disturbed.
          <- Audit anchor
          <-   Anchor 3, Wed 7 Jan 2026 08:00 (Europe/Lisbon):
          <-   HASH
          <-   Keep this mail: pagerd audit verify --anchor HASH says whether what
          <-   was anchored is still there unchanged.
          <- Why you got this
          <-   This is the address of team Platform, under `mail` in its file.
          <-   Its hour is `digest_at`, in the team's file or pagerd.yaml;
          <-   `digest_at: none` ends it.
12:00:00  ben takes the ticket
          = T2 ben took the ticket.
08:00:00  (the next morning)
          -> mail to payments@example.com: digest
08:00:30  somebody reads the mail to payments@example.com
          <- [digest] payments 2026-01-08: 2 tickets, 0 new, 1 to mend
          <- Digest of team Payments, Thu 8 Jan 2026 08:00 (Europe/Berlin).
          <- Tickets
          <-   T1 sev2 DiskFillsSlowly, payments-api: 1d 5h old, still firing
          <-   T2 sev3 OddName, settlement: 1d 5h old, still firing, taken by
          <-   Ben
          <-   pagerd tickets take, note, close: with the ticket's id.
          <- Alerts to mend
          <-   OddName, T2:
          <-   - not actionable: there is neither an action nor a runbook
          <-   - not clear: there is no runbook link; the summary has an unresolved
          <-   template: {{ $labels.x }}
          <-   To be actionable: write `action:` into the paging rule, or name a
          <-   runbook that answers the first 15 minutes (`runbook:` of the rule or
          <-   the service).
          <-   To be clear: in the alert rule: a `summary` of one sentence whose
          <-   templates resolve, and a `runbook_url` that is a file of runbooks/ or
          <-   a web address.
          <- Since the last digest
          <-   Since Wed 08:00: 0 pages opened, 0 new tickets.
          <-   Nights: nobody was disturbed.
          <- Audit anchor
          <-   Anchor 4, Wed 7 Jan 2026 12:00 (Europe/Berlin):
          <-   HASH
          <-   Keep this mail: pagerd audit verify --anchor HASH says whether what
          <-   was anchored is still there unchanged.
          <- Why you got this
          <-   This is the address of team Payments, under `mail` in its file.
          <-   Its hour is `digest_at`, in the team's file or pagerd.yaml;
          <-   `digest_at: none` ends it.
