The Watchdog of one Prometheus is a heartbeat: it never pages by firing; its absence pages, whatever else is heard.
start: 2026-01-07 02:00

02:00:00  alertmanager: Watchdog fires with cluster=eu
          = T1 Ticket opened for team payments: Watchdog, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict ticket: a heartbeat never pages by firing, only by its absence.
02:01:00  alertmanager: Watchdog fires with cluster=eu
02:02:00  alertmanager: Watchdog fires with cluster=us
          = T2 Ticket opened for team payments: Watchdog, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict ticket: a heartbeat never pages by firing, only by its absence.
02:05:00  alertmanager: Watchdog resolves with cluster=eu
          = T1 Watchdog resolved; 0 still firing.
02:06:00  (no Watchdog of eu for five minutes)
          -> text to eva
          = P1 Page opened for team platform: prometheus-eu-late, severity sev2. Why: owner 1: label team="platform" is of team platform; no rule of team platform matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: an action says what to do; urgent: severity sev2 says page; owned: by team platform; clear: a summary and runbook payments-5xx.
          = P1 Paged eva (primary, schedule platform-primary) for step 1 (primary). They have until 02:11 to answer.
02:07:00  alertmanager: Watchdog fires with cluster=eu
          = T1 Another alert of the ticket fires: Watchdog (1 firing now).
          = P1 prometheus-eu-late resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 02:07 unless one fires again.
02:07:30  (it settles)
          -> text to eva: resolved
          = P1 Resolved: all its alerts resolved.
