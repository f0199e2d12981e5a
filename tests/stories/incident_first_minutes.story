What shows by itself is ticked by itself; what people find out is kept, and a decided path is asked of whoever has it.
start: 2026-01-07 02:00
plan: with roles

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:01:00  ana declares an incident of the page (sev1)
          <- Incident 1 is declared, sev1. The next update is promised for 02:16 UTC+1.
          -> text to dora
          -> text to ben
          -> text to eva
          -> mail to cho: incident
          = P1 It is part of incident 1: while that is open, no acknowledgement of it ends.
          = P1 ana acknowledged from the command line. The page is theirs while incident 1 is open.
          = I1 ana opened an incident from the command line: CheckoutErrors: Checkout fails for 7 % of customers. Severity sev1, detected by monitoring.
          = I1 Page P1 is part of it.
          = I1 ana declared it from the command line: sev1.
          = I1 Update 0 is the declaration. The next one is promised for 02:16.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = I1 Somebody is wanted as technical lead: asking in turn secondary, primary, team_lead.
          = I1 Somebody is wanted as comms lead: asking in turn comms, platform_lead, team_lead, secondary.
          = I1 Told cho.
          = P2 Page opened for team payments: Comms lead wanted for incident 1: CheckoutErrors: Checkout fails for 7 % of customers, severity sev1. Why: incident 1 asks.
          = P2 Paged eva (comms, schedule speakers) for step 1 (comms). They have until 02:03 to answer.
          = P3 Page opened for team payments: Technical lead wanted for incident 1: CheckoutErrors: Checkout fails for 7 % of customers, severity sev1. Why: incident 1 asks.
          = P3 Paged ben (secondary, schedule payments-secondary) for step 1 (secondary). They have until 02:03 to answer.
          = P4 Page opened for team payments: Incident commander wanted for incident 1: CheckoutErrors: Checkout fails for 7 % of customers, severity sev1. Why: incident 1 asks.
          = P4 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 02:03 to answer.
02:01:10  ana looks at the checklists
          <- it is declared or cancelled, by 02:06: since 02:01
          <- it is decided what is tried, and who does it, by 02:16: not yet
          <- first-5-minutes: 3 open
          <- [x] acknowledge
          <- [ ] confirm-impact
          <- [x] declare: sev1
          <- [x] room: its own page
          <- [x] first-update
          <- [ ] roles
          <- [ ] notes
          <- triage: 6 open
          <- [x] symptom: CheckoutErrors: Checkout fails for 7 % of customers
          <- [ ] scope
          <- [ ] since
          <- [ ] changed
          <- [ ] dependencies
          <- [ ] options
          <- [ ] path
02:02:00  ana ticks confirm-impact: 5xx at 12 %
          <- Incident 1: confirm-impact is done.
          = I1 ana ticked from the command line: Confirm the impact: errors, latency, reports of customers (5xx at 12 %).
02:02:10  ana ticks scope
          <- Incident 1: scope is a question: Who is hit? How many, which regions, which customers
02:02:20  ana answers scope: a fifth of all payments, Europe alone
          <- Incident 1: scope is done.
          = I1 ana answered from the command line: Who is hit? a fifth of all payments, Europe alone.
02:02:40  ana knows that it began at 01:55
          <- Incident 1: since is done.
          = I1 ana answered from the command line: Since when? Since 01:55.
02:02:50  ana skips notes
          <- Incident 1: to skip notes needs a reason
02:02:51  ana skips notes: dora writes them
          <- Incident 1: notes is skipped.
          = I1 ana skipped from the command line: Begin to note what happens, and when (dora writes them).
02:03:00  dora takes the role ic
          <- You are incident commander of incident 1. Decide, assign owners, keep responders undisturbed, see that updates go out on time.
          -> call to ben
          -> call to eva
          -> text to ana
          -> text to dora
          = I1 dora is incident commander, they said so from the command line.
          = P2 Nobody answered step 1 (comms) in time.
          = P2 Skipped step 2 (platform_lead) at once: eva was already paged in this round.
          = P2 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 02:05 to answer.
          = P3 Nobody answered step 1 (secondary) in time.
          = P3 Paged ana (primary, schedule payments-primary) for step 2 (primary). They have until 02:05 to answer.
          = P4 Resolved by dora: the role was taken.
02:03:10  ben takes the role tl
          <- You are technical lead of incident 1. Drive the fix: investigate, plan, assign technical work, verify that it helped.
          -> text to ana: resolved
          = I1 ben is technical lead, they said so from the command line.
          = P3 Resolved by ben: the role was taken.
02:03:20  eva takes the role comms
          <- You are comms lead of incident 1. Write the updates, inside and outside, on time; keep the summary of the impact.
          -> text to dora: resolved
          = I1 eva is comms lead, they said so from the command line.
          = P2 Resolved by eva: the role was taken.
02:03:30  ana ticks coffee
          <- Incident 1: there is no step 'coffee'; there are acknowledge, changed, confirm-impact, declare, dependencies, first-update, notes, options, path, roles, room, scope and 2 more
02:04:00  ana supposes: the connection pool is exhausted
          <- Hypothesis 1 of incident 1 is noted. When you know more: pagerd incident judge 1 1 supported|refuted WHY
          = I1 Hypothesis 1 by ana: the connection pool is exhausted.
02:04:30  ben finds hypothesis 2 refuted: it is half empty
          <- Incident 1: there is no hypothesis 2
02:05:00  ben finds hypothesis 1 refuted: it is half empty
          <- Hypothesis 1 of incident 1 is refuted.
          = I1 Hypothesis 1 is refuted, says ben: it is half empty.
02:06:00  dora answers path: roll release 41 back (ben does it)
          <- Incident 1: path is done.
          = I1 dora decided from the command line: roll release 41 back. ben does it.
02:06:10  ana looks at the checklists
          <- it is declared or cancelled, by 02:06: since 02:01
          <- it is decided what is tried, and who does it, by 02:16: since 02:06
          <- first-5-minutes: 0 open
          <- [x] acknowledge
          <- [x] confirm-impact: 5xx at 12 %, says ana
          <- [x] declare: sev1
          <- [x] room: its own page
          <- [x] first-update
          <- [x] roles
          <- [-] notes: dora writes them, says ana
          <- triage: 3 open
          <- [x] symptom: CheckoutErrors: Checkout fails for 7 % of customers
          <- [x] scope: a fifth of all payments, Europe alone, says ana
          <- [x] since: 01:55, says ana
          <- [ ] changed
          <- [ ] dependencies
          <- [ ] options
          <- [x] path: roll release 41 back (ben), says dora
02:11:00  (time passes)
          -> text to eva: incident
          -> text to ben: incident
          = I1 Reminded eva of the update that is promised for 02:16.
          = I1 Nothing has been tried for 10m: asked ben what to do.
02:11:30  ben reads the text
          <- Incident 1: nothing has been tried for 10m. You were to do it: roll release 41 back. When you begin: pagerd incident mitigate 1
02:14:00  eva posts: we roll back (stable)
          <- Update 1 of incident 1 is posted. The next update is promised for 01:44 UTC.
          = I1 Update 1 by eva: we roll back. Impact stable. Next update at 02:44.
02:16:00  (time passes)
          -> text to ben: incident
          = I1 Nothing has been tried for 15m: asked ben what to do.
02:17:00  ben tries rollback: release 41
          <- Mitigation 1 of incident 1 began. When you know what it did: pagerd incident mitigation 1 1 worked|no_effect|worse|undone
          = I1 Mitigation 1 by ben from the command line: rollback (release 41).
02:20:00  ben says that mitigation 1 had no effect
          <- Mitigation 1 of incident 1: no effect. It is investigating.
          = I1 Mitigation 1: no effect, says ben.
          = I1 Nothing that was tried helped: investigating.
02:30:00  (time passes)
          -> text to ben: incident
          = I1 Nothing has been tried for 10m: asked ben what to do.
02:35:00  (time passes)
          -> text to dora: incident
          = I1 Nothing has been tried for 15m: asked dora what to do.
02:35:30  dora reads the text
          <- Incident 1: nothing has been tried for 15m. Decide what is tried, and who does it: pagerd checklist answer 1 path
02:36:00  dora answers path: turn the new checkout off (ana does it)
          <- Incident 1: path is done.
          = I1 dora decided from the command line: turn the new checkout off. ana does it.
02:36:30  ana looks at the checklists
          <- it is declared or cancelled, by 02:06: since 02:01
          <- it is decided what is tried, and who does it, by 02:16: since 02:17
          <- first-5-minutes: 0 open
          <- [x] acknowledge
          <- [x] confirm-impact: 5xx at 12 %, says ana
          <- [x] declare: sev1
          <- [x] room: its own page
          <- [x] first-update
          <- [x] roles
          <- [-] notes: dora writes them, says ana
          <- triage: 3 open
          <- [x] symptom: CheckoutErrors: Checkout fails for 7 % of customers
          <- [x] scope: a fifth of all payments, Europe alone, says ana
          <- [x] since: 01:55, says ana
          <- [ ] changed
          <- [ ] dependencies
          <- [ ] options
          <- [x] path: turn the new checkout off (ana), says dora
