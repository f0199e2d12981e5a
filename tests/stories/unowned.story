What nobody owns is the fallback team's, as a ticket that pages when its severity says so.
start: 2026-01-07 02:00

02:00:00  alertmanager: Mystery fires with team=none service=unheard-of
          -> mail to eva: ticket
          = T1 Ticket opened for team platform: Mystery, severity sev2. Why: no owner: team platform answers for what nobody owns; no rule of team platform matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; not owned: no team of the config answers for it; clear: a summary and runbook payments-5xx; on_violation of severity sev2: page after 10m. It pages at 02:10 unless somebody takes it.
02:10:00  (nobody takes the ticket)
          -> text to eva
          = T1 Nobody took the ticket in time: it became page P1.
          = P1 Page opened for team platform: Mystery, severity sev2. Why: ticket T1 was not taken in time; no owner: team platform answers for what nobody owns; no rule of team platform matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; not owned: no team of the config answers for it; clear: a summary and runbook payments-5xx; on_violation of severity sev2: page after 10m.
          = P1 The alert does not pass every test for paging: owned: no team of the config answers for it. A ticket to mend it is in the queue.
          = P1 Paged eva (primary, schedule platform-primary) for step 1 (primary). They have until 02:15 to answer.
