A role that nobody takes climbs; an answer by mistake is taken back, and the page goes on.
start: 2026-01-07 02:00
plan: with roles

02:00:00  ana declares an incident of team payments: customers cannot log in (sev2, by customer)
          <- Incident 1 is declared, sev2. The next update is promised for 02:30 UTC+1.
          -> text to dora
          = I1 ana opened an incident from the command line: customers cannot log in. Severity sev2, detected by customer.
          = I1 ana declared it from the command line: sev2.
          = I1 Update 0 is the declaration. The next one is promised for 02:30.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = P1 Page opened for team payments: Incident commander wanted for incident 1: customers cannot log in, severity sev2. Why: incident 1 asks.
          = P1 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 02:05 to answer.
02:02:00  (time passes)
          -> call to dora
02:05:00  (time passes)
          -> text to eva
          = P1 Nobody answered step 1 (ic) in time.
          = P1 Skipped step 2 (team_lead) at once: dora was already paged in this round.
          = P1 Paged eva (platform_lead, eva) for step 3 (platform_lead). They have until 02:10 to answer.
02:05:10  dora listens to the call
          <- Pagerd. Severity 2. Incident commander wanted for incident 1 customers cannot. payments. Since 0 2, 0 0.
          <- Press KEY to acknowledge. 6 to resolve. 8 to escalate. 0 to hear this again.
02:06:00  dora presses the key that was told
          <- said to dora: Acknowledged. You are incident commander of incident 1. Decide, assign owners, keep responders undisturbed, see that updates go out on time.
          -> text to eva: acknowledged by other
          = I1 dora is incident commander, they said so by a key in the call.
          = P1 dora answered by a key in the call.
02:07:00  dora undoes
          <- P1 is not yours any more. It pages Eva.
          -> text to eva
          = I1 dora is not incident commander after all, they said so from the command line: paging goes on.
          = P1 dora took their acknowledgement back from the command line: paging step 3 (platform_lead) again.
          = P1 Paged eva (platform_lead, eva) for step 3 (platform_lead). They have until 02:12 to answer.
02:09:00  (time passes)
          -> call to eva
02:10:00  (time passes)
          -> text to ana: incident
          = I1 Nothing has been tried for 10m: asked ana what to do.
02:12:00  (time passes)
          -> text to ben
          = P1 Nobody answered step 3 (platform_lead) in time.
          = P1 Paged ben (secondary, schedule payments-secondary) for step 4 (secondary). They have until 02:17 to answer.
02:13:00  eva texts: CODE
          <- text to eva: You are incident commander of incident 1. pagerd incident show 1. Decide, assign owners, keep responders undisturbed, see that updates go.. By mistake: 79 undo.
          -> text to dora: acknowledged by other
          -> text to ben: acknowledged by other
          = I1 eva is incident commander, they said so by text.
          = P1 eva answered by text.
02:14:00  eva notes on the incident for 01:55: support got the first call
          <- Noted on incident 1.
          = I1 eva wrote: support got the first call
02:15:00  (the request is over, and eva commands)
          -> text to eva: incident
          = I1 Nothing has been tried for 15m: asked eva what to do.
02:18:00  (time passes)
          = P1 Resolved by eva: it was answered.
02:19:00  (nothing more)
