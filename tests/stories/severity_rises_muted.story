A silence for a severity ends for an alert that becomes graver; one that covers it still mutes it, and the end of it is heard.
start: 2026-01-07 02:00

02:00:00  ben silences severity="critical" for 4m: known
02:01:00  tools: CheckoutErrors fires
02:02:00  tools: CheckoutErrors fires with severity=sev1
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev1. Why: its severity rose from sev2 to sev1; owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev1: by label severity="sev1"; verdict page: by severity sev1; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev1 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:07 to answer.
02:03:00  ana acknowledges
          <- P1 is yours until 02:33. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:33.
02:04:00  ben silences instance="api-2" for 10m: reboot
02:05:00  tools: CheckoutErrors fires with instance=api-2
          = P1 Another alert of the group fires: CheckoutErrors, severity sev2 (2 firing now), muted by a silence.
02:14:00  (nothing is heard of it until the silence ends)
          -> mail to ana: more alerts
          = P1 CheckoutErrors is no longer muted, and still fires.
