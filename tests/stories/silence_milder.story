An alert of the same severity that joined a held page under a silence is told quietly to the holder when the silence ends.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:30  ana acknowledges
          <- P1 is yours until 02:30. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:30.
02:01:00  ben asks what a silence of instance="api-9" would mute
          <- it would mute 0 now
02:01:10  ben asks what a silence of service="payments-api" would mute
          <- it would mute 1 now: CheckoutErrors
02:01:30  ben silences instance="api-9" for 10m: reboot
02:02:00  alertmanager: CheckoutErrors fires with instance=api-9
          = P1 Another alert of the group fires: CheckoutErrors, severity sev2 (2 firing now), muted by a silence.
02:05:00  ben ends the silence
          -> mail to ana: more alerts
          = P1 CheckoutErrors is no longer muted, and still fires.
