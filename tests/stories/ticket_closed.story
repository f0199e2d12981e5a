Whoever closes a ticket stops its clock; an alert that fires anew opens another.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires with service=settlement runbook_url=none
          -> mail to ana: ticket
          = T1 Ticket opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; not actionable: there is neither an action nor a runbook; urgent: severity sev2 says page; owned: by team payments; not clear: there is no runbook link; on_violation of severity sev2: page after 10m. It pages at 02:10 unless somebody takes it.
02:05:00  ben closes the ticket
          = T1 Ticket closed by ben: it is mended.
02:10:00  (nobody is paged)
02:11:00  the plan becomes small
02:12:00  alertmanager: CheckoutErrors resolves with service=settlement runbook_url=none
02:13:00  alertmanager: CheckoutErrors fires with service=settlement runbook_url=none
          -> mail to ana: ticket
          = T1 Ticket reopened: CheckoutErrors fires again, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; not actionable: there is neither an action nor a runbook; urgent: severity sev2 says page; owned: by team payments; not clear: there is no runbook link; on_violation of severity sev2: page after 10m. It pages at 02:23 unless somebody takes it.
