An incident is suspected, declared and kept up to date by text: the answer says its number and what is due; what is unclear is asked.
start: 2026-01-07 02:00
plan: with roles

02:00:00  ana texts: incs
          <- text to ana: No incident is open. INC and what is broken suspects one.
02:00:10  ana texts: UPD all is well
          <- text to ana: NOTHING DONE: no incident is declared. INC and what is broken suspects one.
02:00:20  ana texts: INC
          <- text to ana: NOTHING DONE: say what is broken and where, such as INC customers cannot pay.
02:00:30  ana texts: INC customers cannot log in
          <- text to ana: Incident 1 is suspected, sev2, team payments. DECLARE 1 makes it loud; say so by 02:05.
          = I1 ana opened an incident by text: customers cannot log in. Severity sev2.
          = I1 It is a suspicion so far: it is to be declared or cancelled by 02:05.
02:01:00  ana texts: UPD it is only a suspicion
          <- text to ana: NOTHING DONE: incident 1 is only suspected. DECLARE 1 makes it loud, then it has updates.
02:01:30  ana texts: declare 1 as sev1
          <- text to ana: Incident 1 is declared, sev1. The next update is promised for 02:16 UTC+1.
          -> text to dora
          -> text to ben
          -> text to eva
          -> mail to cho: incident
          = I1 ana declared it by text: sev1.
          = I1 Update 0 is the declaration. The next one is promised for 02:16.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = I1 Somebody is wanted as technical lead: asking in turn secondary, primary, team_lead.
          = I1 Somebody is wanted as comms lead: asking in turn comms, platform_lead, team_lead, secondary.
          = I1 Told cho.
          = P1 Page opened for team payments: Incident commander wanted for incident 1: customers cannot log in, severity sev1. Why: incident 1 asks.
          = P1 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 02:03 to answer.
          = P2 Page opened for team payments: Technical lead wanted for incident 1: customers cannot log in, severity sev1. Why: incident 1 asks.
          = P2 Paged ben (secondary, schedule payments-secondary) for step 1 (secondary). They have until 02:03 to answer.
          = P3 Page opened for team payments: Comms lead wanted for incident 1: customers cannot log in, severity sev1. Why: incident 1 asks.
          = P3 Paged eva (comms, schedule speakers) for step 1 (comms). They have until 02:03 to answer.
02:02:00  dora takes the role ic
          <- You are incident commander of incident 1. Decide, assign owners, keep responders undisturbed, see that updates go out on time.
          = I1 dora is incident commander, they said so from the command line.
          = P1 Resolved by dora: the role was taken.
02:03:00  ana texts: UPDATE the release of 01:40 is rolled back, logins come back
          <- text to ana: Update 1 of incident 1 is posted. The next update is promised for 02:33 UTC+1.
          = I1 Update 1 by ana: the release of 01:40 is rolled back, logins come back. Next update at 02:33.
02:03:30  ana texts: UPD
          <- text to ana: NOTHING DONE: say what is known: UPD 1 rolling back, payments recover. It is due by 02:33.
          -> call to ben
          -> call to eva
          -> text to ana
          -> text to dora
          = P2 Nobody answered step 1 (secondary) in time.
          = P2 Paged ana (primary, schedule payments-primary) for step 2 (primary). They have until 02:05 to answer.
          = P3 Nobody answered step 1 (comms) in time.
          = P3 Skipped step 2 (platform_lead) at once: eva was already paged in this round.
          = P3 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 02:05 to answer.
02:04:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P4 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P4 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:09 to answer.
02:04:10  ana texts: CODE inc nobody can pay
          <- text to ana: Incident 2 is suspected, sev2, team payments. The page is part of it. DECLARE 2 makes it loud; say so by 02:09.
          = P4 It is part of incident 2: while that is open, no acknowledgement of it ends.
          = P4 ana acknowledged by text. The page is theirs while incident 2 is open.
          = I2 ana opened an incident by text: nobody can pay. Severity sev2, detected by monitoring.
          = I2 Page P4 is part of it.
          = I2 It is a suspicion so far: it is to be declared or cancelled by 02:09.
02:04:30  ana texts: UPD rolling that back, too
          <- text to ana: Update 2 of incident 1 is posted. The next update is promised for 02:34 UTC+1.
          = I1 Update 2 by ana: rolling that back, too. Next update at 02:34.
02:04:40  ana texts: declare
          <- text to ana: Incident 2 is declared, sev2. The next update is promised for 02:34 UTC+1.
          -> text to dora
          = I2 ana declared it by text: sev2.
          = I2 Update 0 is the declaration. The next one is promised for 02:34.
          = I2 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = P5 Page opened for team payments: Incident commander wanted for incident 2: nobody can pay, severity sev2. Why: incident 2 asks.
          = P5 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 02:09 to answer.
02:05:00  ana texts: update rolling that back, too
          <- text to ana: NOTHING DONE: which of 2? 2 nobody can pay, 1 customers cannot log in. Reply UPD NUMBER TEXT
02:05:30  ana texts: UPD 2: rolling that back, too
          <- text to ana: Update 1 of incident 2 is posted. The next update is promised for 03:05 UTC+1.
          -> call to ana
          -> call to dora
          -> text to dora
          -> text to ben
          = P2 Nobody answered step 2 (primary) in time.
          = P2 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 02:07 to answer.
          = P3 Nobody answered step 3 (team_lead) in time.
          = P3 Paged ben (secondary, schedule payments-secondary) for step 4 (secondary). They have until 02:07 to answer.
          = I2 Update 1 by ana: rolling that back, too. Next update at 03:05.
02:06:00  ana texts: UPD 9 it is over
          <- text to ana: NOTHING DONE: which of 2? 2 nobody can pay, 1 customers cannot log in. Reply UPD NUMBER TEXT
02:06:30  ana texts: resolved?
          <- text to ana: NOTHING DONE. CheckoutErrors payments-api: reply 09 ack, 09 esc, 09 res, or 09 20m to snooze (2 open, ? lists them)
02:06:40  (time passes)
          -> call to dora
02:07:00  ana texts: INC?
          <- text to ana: 2 open: 2 nobody can pay, 1 customers cannot log in. UPD 2 TEXT posts an update.
