Where nobody is on call who is to join, the commander hears just that, and not that somebody did not answer.
start: 2026-01-07 02:00
plan: with joiners to come

02:00:00  ana declares an incident of team payments: customers cannot pay (sev2)
          <- Incident 1 is declared, sev2. The next update is promised for 02:30 UTC+1.
          -> text to eva
          -> mail to dora: alarm
          -> text to ana: incident
          = I1 ana opened an incident from the command line: customers cannot pay. Severity sev2.
          = I1 ana declared it from the command line: sev2.
          = I1 Update 0 is the declaration. The next one is promised for 02:30.
          = I1 Somebody is wanted as incident commander: asking in turn eva.
          = I1 Paged support to join.
          = I1 There is nobody to page for support to join: told ana.
          = P1 Page opened for team payments: Incident 1, sev2: customers cannot pay, severity sev2. Why: incident 1 asks.
          = P1 Nobody is on call as support.
          = P1 Skipped step 1 (support) at once: nobody is on call there.
          = P1 Every step was paged: round 2 begins with step 1.
          = P1 Nobody is on call as support.
          = P1 Skipped step 1 (support) at once: nobody is on call there.
          = P1 Every step was paged: round 3 begins with step 1.
          = P1 Nobody is on call as support.
          = P1 Skipped step 1 (support) at once: nobody is on call there.
          = P1 Everybody was asked, and nobody answered. Nobody is woken any more; who asks is told.
          = P2 Page opened for team payments: Incident commander wanted for incident 1: customers cannot pay, severity sev2. Why: incident 1 asks.
          = P2 Paged eva (eva) for step 1 (eva). They have until 02:03 to answer.
02:01:30  eva texts: CODE
          <- text to eva: You are incident commander of incident 1. pagerd incident show 1. Decide, assign owners, keep responders undisturbed, see that updates go.. By mistake: 51 undo.
          = I1 eva is incident commander, they said so by text.
          = P2 eva answered by text.
02:06:30  (time passes)
          = P2 Resolved by eva: it was answered.
02:10:00  (time passes)
          -> text to eva: incident
          = I1 Nothing has been tried for 10m: asked eva what to do.
02:15:00  (time passes)
          -> text to eva: incident
          = I1 Nothing has been tried for 15m: asked eva what to do.
02:20:00  eva tries rollback
          <- Mitigation 1 of incident 1 began. When you know what it did: pagerd incident mitigation 1 1 worked|no_effect|worse|undone
          = I1 Mitigation 1 by eva from the command line: rollback.
