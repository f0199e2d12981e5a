Who joins is paged besides the roles; a role whose name an escalation policy has is asked for by that policy.
start: 2026-01-07 02:00
plan: with joiners

02:00:00  ana declares an incident of team payments: customers cannot pay (sev2)
          <- Incident 1 is declared, sev2. The next update is promised for 02:30 UTC+1.
          -> text to eva
          -> text to cho
          -> text to dora
          = I1 ana opened an incident from the command line: customers cannot pay. Severity sev2.
          = I1 ana declared it from the command line: sev2.
          = I1 Update 0 is the declaration. The next one is promised for 02:30.
          = I1 Somebody is wanted as incident commander: asking in turn eva.
          = I1 Paged cho, team_lead to join.
          = P1 Page opened for team payments: Incident 1, sev2: customers cannot pay, severity sev2. Why: incident 1 asks.
          = P1 Paged cho (cho) for step 1 (cho). They have until 02:05 to answer.
          = P2 Page opened for team payments: Incident commander wanted for incident 1: customers cannot pay, severity sev2. Why: incident 1 asks.
          = P2 Paged eva (eva) for step 1 (eva). They have until 02:03 to answer.
          = P3 Page opened for team payments: Incident 1, sev2: customers cannot pay, severity sev2. Why: incident 1 asks.
          = P3 Paged dora (team_lead, dora) for step 1 (team_lead). They have until 02:05 to answer.
02:01:00  cho texts: CODE
          <- text to cho: It is known that you come. pagerd incident show 1. By mistake: 55 undo.
          = I1 cho joins, they said so by text.
          = P1 cho answered by text.
02:01:30  eva texts: CODE
          <- text to eva: You are incident commander of incident 1. pagerd incident show 1. Decide, assign owners, keep responders undisturbed, see that updates go.. By mistake: 51 undo.
          = I1 eva is incident commander, they said so by text.
          = P2 eva answered by text.
02:02:00  ana raises the incident to sev1: all of Europe
          <- Incident 1 is sev1. The next update is promised for 02:30 UTC+1.
          -> text to ben
          -> text to eva
          -> mail to cho: incident
          -> call to dora
          = I1 ana raised the severity from sev2 to sev1 from the command line: all of Europe.
          = I1 Somebody is wanted as technical lead: asking in turn secondary, primary, team_lead.
          = I1 Somebody is wanted as comms lead: asking in turn comms, platform_lead, team_lead, secondary.
          = I1 Told cho.
          = P4 Page opened for team payments: Comms lead wanted for incident 1: customers cannot pay, severity sev1. Why: incident 1 asks.
          = P4 Paged eva (comms, schedule speakers) for step 1 (comms). They have until 02:04 to answer.
          = P5 Page opened for team payments: Technical lead wanted for incident 1: customers cannot pay, severity sev1. Why: incident 1 asks.
          = P5 Paged ben (secondary, schedule payments-secondary) for step 1 (secondary). They have until 02:04 to answer.
02:02:30  eva texts: CODE res
          <- text to eva: P4 is what incident 1 asks for, and cannot be resolved by hand: take it, or escalate it
02:04:00  (time passes)
          -> call to ben
          -> call to eva
          -> text to ana
          -> text to dora
          = P4 Nobody answered step 1 (comms) in time.
          = P4 Skipped step 2 (platform_lead) at once: eva was already paged in this round.
          = P4 Paged dora (team_lead, dora) for step 3 (team_lead). They have until 02:06 to answer.
          = P5 Nobody answered step 1 (secondary) in time.
          = P5 Paged ana (primary, schedule payments-primary) for step 2 (primary). They have until 02:06 to answer.
02:05:00  ana hands the role ic to ben
          <- Ben is asked to be incident commander of incident 1; until then Eva is.
          -> text to ben
          -> text to dora
          = I1 ana offers the role of incident commander to ben from the command line.
          = I1 Somebody is wanted as incident commander: asking in turn ben, eva.
          = P3 Nobody answered step 1 (team_lead) in time.
          = P3 Every step was paged: round 2 begins with step 1.
          = P3 Paged dora (team_lead, dora) for step 1 (team_lead), round 2. They have until 02:10 to answer.
          = P6 Page opened for team payments: Incident commander wanted for incident 1: customers cannot pay, severity sev1. Why: incident 1 asks.
          = P6 Paged ben (ben) for step 1 (ben). They have until 02:07 to answer.
02:05:30  eva acknowledges
          <- You are incident commander of incident 1. pagerd incident show 1. Decide, assign owners, keep responders undisturbed, see that updates go out on time.
          -> text to ben: acknowledged by other
          = I1 eva stays incident commander, they said so from the command line.
          = P6 eva answered from the command line.
02:06:00  ana cancels the incident as no_impact
          <- Incident 1 is cancelled.
          -> text to cho: resolved
          -> text to eva: resolved for 2 of them
          -> text to dora: resolved for 2 of them
          -> text to ben: resolved for 2 of them
          = I1 ana cancelled it from the command line: no impact.
          = P1 Resolved by ana: the incident was cancelled.
          = P2 Resolved by ana: the incident was cancelled.
          = P3 Resolved by ana: the incident was cancelled.
          = P4 Resolved by ana: the incident was cancelled.
          = P5 Resolved by ana: the incident was cancelled.
          = P6 Resolved by ana: the incident was cancelled.
