Whoever took a role and passes its page on does not have it any more; a snooze ends when it was said to, incident or not.
start: 2026-01-07 02:00
plan: with roles

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:30  ana declares an incident of the page (sev2)
          <- Incident 1 is declared, sev2. The next update is promised for 02:30 UTC+1.
          -> text to dora
          = P1 It is part of incident 1: while that is open, no acknowledgement of it ends.
          = P1 ana acknowledged from the command line. The page is theirs while incident 1 is open.
          = I1 ana opened an incident from the command line: CheckoutErrors: Checkout fails for 7 % of customers. Severity sev2, detected by monitoring.
          = I1 Page P1 is part of it.
          = I1 ana declared it from the command line: sev2.
          = I1 Update 0 is the declaration. The next one is promised for 02:30.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = P2 Page opened for team payments: Incident commander wanted for incident 1: CheckoutErrors: Checkout fails for 7 % of customers, severity sev2. Why: incident 1 asks.
          = P2 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 02:05 to answer.
02:01:00  dora texts: CODE
          <- text to dora: You are incident commander of incident 1. pagerd incident show 1. Decide, assign owners, keep responders undisturbed, see that updates go.. By mistake: 75 undo.
          = I1 dora is incident commander, they said so by text.
          = P2 dora answered by text.
02:02:00  dora escalates
          <- P2 is escalated to Eva.
          -> text to eva
          = I1 dora is not incident commander after all, they said so from the command line: paging goes on.
          = P2 dora asked for the next step from the command line.
          = P2 Skipped step 2 (team_lead) at once: dora was already paged in this round.
          = P2 Paged eva (platform_lead, eva) for step 3 (platform_lead). They have until 02:07 to answer.
02:02:20  dora hands it to cho
          <- P2 is handed to Cho.
          -> text to cho: reassigned
          = P2 dora handed the page to cho from the command line.
          = P2 Paged cho (handed over by dora) for the handover. They have until 02:07 to answer.
02:03:00  cho texts: CODE
          <- text to cho: You are incident commander of incident 1. pagerd incident show 1. Decide, assign owners, keep responders undisturbed, see that updates go.. By mistake: 51 undo.
          -> text to dora: acknowledged by other
          -> text to eva: acknowledged by other
          = I1 cho is incident commander, they said so by text.
          = P2 cho answered by text.
02:08:00  (time passes)
          = P2 Resolved by cho: it was answered.
02:09:00  ana snoozes for 20m
          <- P1 is yours, snoozed until 02:29.
          = P1 ana snoozed the page from the command line until 02:29.
02:10:00  ana tries rollback
          <- Mitigation 1 of incident 1 began. When you know what it did: pagerd incident mitigation 1 1 worked|no_effect|worse|undone
          = I1 Mitigation 1 by ana from the command line: rollback.
02:20:00  cho posts: rolled back, and it helps (improving)
          <- Update 1 of incident 1 is posted. The next update is promised for 03:20 UTC+1.
          = I1 Update 1 by cho: rolled back, and it helps. Impact improving. Next update at 03:20.
02:29:00  (time passes)
          -> mail to ana: reminder
          = P1 Reminded ana quietly that their acknowledgement ends. They have until 02:34.
02:29:30  ana acknowledges
          <- You have P1 already. It stays yours while its incident is open.
          = P1 ana is still at it: the page is theirs while incident 1 is open.
03:10:00  (the incident is open, and nobody asks ana again)
