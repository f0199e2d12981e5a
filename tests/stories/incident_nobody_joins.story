Who is to join and does not come wakes nobody else: the commander hears of it, and it can be answered still.
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
02:01:30  eva texts: CODE
          <- text to eva: You are incident commander of incident 1. pagerd incident show 1. Decide, assign owners, keep responders undisturbed, see that updates go.. By mistake: 51 undo.
          = I1 eva is incident commander, they said so by text.
          = P2 eva answered by text.
02:02:00  dora texts: CODE
          <- text to dora: It is known that you come. pagerd incident show 1. By mistake: 20 undo.
          -> call to cho
          = I1 dora joins, they said so by text.
          = P3 dora answered by text.
02:05:00  (time passes)
          -> text to cho
          = P1 Nobody answered step 1 (cho) in time.
          = P1 Every step was paged: round 2 begins with step 1.
          = P1 Paged cho (cho) for step 1 (cho), round 2. They have until 02:10 to answer.
02:06:30  (time passes)
          = P2 Resolved by eva: it was answered.
02:07:00  (time passes)
          -> call to cho
          = P3 Resolved by dora: it was answered.
02:10:00  (time passes)
          -> text to cho
          -> text to eva: incident
          = I1 Nothing has been tried for 10m: asked eva what to do.
          = P1 Nobody answered step 1 (cho) in time.
          = P1 Every step was paged: round 3 begins with step 1.
          = P1 Paged cho (cho) for step 1 (cho), round 3. They have until 02:15 to answer.
02:12:00  (time passes)
          -> call to cho
02:15:00  (time passes)
          -> text to eva: incident
          -> text to eva: incident
          = I1 Nothing has been tried for 15m: asked eva what to do.
          = I1 cho was asked to join, and did not answer: told eva.
          = P1 Nobody answered step 1 (cho) in time.
          = P1 Everybody was asked, and nobody answered. Nobody is woken any more; who asks is told.
02:16:00  eva reads the text
          <- Incident 1: cho was asked to join, and did not answer.
02:20:00  eva tries rollback
          <- Mitigation 1 of incident 1 began. When you know what it did: pagerd incident mitigation 1 1 worked|no_effect|worse|undone
          = I1 Mitigation 1 by eva from the command line: rollback.
02:24:00  cho texts: CODE
          <- text to cho: It is known that you come. pagerd incident show 1. By mistake: 55 undo.
          = I1 cho joins, they said so by text.
          = P1 cho answered by text.
