All hands are called once somebody has confirmed whom that wakes; whoever looks on is told of updates, and asks whoever speaks.
start: 2026-01-07 02:00
plan: with a room

02:00:00  ana declares an incident of team payments: customers cannot pay (sev2)
          <- Incident 1 is declared, sev2. The next update is promised for 02:30 UTC+1.
          -> text to dora
          = I1 ana opened an incident from the command line: customers cannot pay. Severity sev2.
          = I1 The room: https://meet.example.com/red.
          = I1 ana declared it from the command line: sev2.
          = I1 Update 0 is the declaration. The next one is promised for 02:30.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = P1 Page opened for team payments: Incident commander wanted for incident 1: customers cannot pay, severity sev2. Why: incident 1 asks.
          = P1 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 02:05 to answer.
02:00:10  dora texts: CODE
          <- text to dora: You are incident commander of incident 1. https://meet.example.com/red pagerd incident show 1. Decide, assign owners, keep responders und.. By mistake: 51 undo.
          = I1 dora is incident commander, they said so by text.
          = P1 dora answered by text.
02:01:00  dora would call all hands
          <- Nobody is paged yet. It would page Cho, Eva: confirm it with --yes.
02:01:10  dora calls all hands
          <- All hands are called to incident 1: Cho, Eva.
          -> text to cho
          -> text to eva
          = I1 dora called all hands from the command line: cho, team_lead, eva.
          = P2 Page opened for team payments: All hands for incident 1, sev2: customers cannot pay, severity sev2. Why: incident 1 asks.
          = P2 Paged eva (eva) for step 1 (eva). They have until 02:06 to answer.
          = P3 Page opened for team payments: All hands for incident 1, sev2: customers cannot pay, severity sev2. Why: incident 1 asks.
          = P3 Paged cho (cho) for step 1 (cho). They have until 02:06 to answer.
02:01:20  dora calls all hands
          <- Incident 1: all hands were called 10s ago
02:01:30  cho texts: CODE
          <- text to cho: It is known that you come. https://meet.example.com/red pagerd incident show 1. By mistake: 78 undo.
          = I1 cho joins, they said so by text.
          = P3 cho answered by text.
02:01:40  eva texts: CODE
          <- text to eva: It is known that you come. https://meet.example.com/red pagerd incident show 1. By mistake: 44 undo.
          = I1 eva joins, they said so by text.
          = P2 eva answered by text.
02:02:00  ben follows the incident
          <- Ben is told of updates of incident 1, by what wakes nobody.
          = I1 ben looks on.
02:02:10  ben follows the incident
          <- Incident 1: Ben follows it already
02:03:00  ben asks: are customers in Japan hit, too?
          <- Incident 1: question 1 is asked. The answer comes to you quietly.
          -> text to dora: incident
          = I1 Question 1 by ben, for dora: are customers in Japan hit, too?
02:03:10  (time passes)
02:03:30  dora reads the text
          <- Incident 1, Ben asks: are customers in Japan hit, too? pagerd incident reply 1 1
02:04:00  dora replies to question 2: no
          <- Incident 1: there is no question 2
02:04:10  dora replies to question 1: no, Europe alone
          <- Question 1 of incident 1 is answered.
          -> mail to ben: incident
          = I1 Answer to question 1 by dora: no, Europe alone.
02:04:20  ben reads the mail
          <- [pagerd] Incident 1, to your question (are customers in Japan hit, too?): no, Europe alone
          <- Incident 1, to your question (are customers in Japan hit, too?): no,
          <- Europe alone
02:05:00  dora posts: we roll back (improving)
          <- Update 1 of incident 1 is posted. The next update is promised for 03:05 UTC+1.
          -> mail to ben: incident
          = I1 Update 1 by dora: we roll back. Impact improving. Next update at 03:05.
02:05:10  ben reads the mail
          <- [pagerd] Incident 1: update 1: we roll back. Impact improving.
          <- Incident 1: update 1: we roll back. Impact improving.
          = P1 Resolved by dora: it was answered.
02:06:00  ben unfollows the incident
          <- Ben is not told of incident 1 any more.
          = I1 ben looks on no more.
02:06:10  (time passes)
02:06:30  (time passes)
          = P3 Resolved by cho: it was answered.
02:06:40  (time passes)
          = P2 Resolved by eva: it was answered.
02:07:00  dora posts: it is rolled back (improving)
          <- Update 2 of incident 1 is posted. The next update is promised for 03:07 UTC+1.
          = I1 Update 2 by dora: it is rolled back. Impact improving. Next update at 03:07.
