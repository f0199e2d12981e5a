A responder asks another team for help, and somebody comes.
start: 2026-01-07 02:00
plan: with roles

02:00:00  ana declares an incident of team payments: customers cannot pay (sev3)
          <- Incident 1 is declared, sev3. The next update is promised for 04:00 UTC+1.
          = I1 ana opened an incident from the command line: customers cannot pay. Severity sev3.
          = I1 ana declared it from the command line: sev3.
          = I1 Update 0 is the declaration. The next one is promised for 04:00.
02:01:00  ana needs help of team platform: somebody who knows the database
          <- Team platform is paged to help with incident 1.
          -> text to eva
          = I1 ana asks for help of primary, team platform: somebody who knows the database.
          = P1 Page opened for team platform: Ana needs help with incident 1: somebody who knows the database, severity sev3. Why: incident 1 asks.
          = P1 Paged eva (primary, schedule platform-primary) for step 1 (primary). They have until 02:06 to answer.
02:02:00  eva reads the text
          <- sev3 Ana needs help with incident 1: somebody who knows the database
          <- platform since 01:00
          <- Do: Answer to come. somebody who knows the database
          <- Reply 26 ack
02:03:00  eva texts: CODE
          <- text to eva: It is known that you come. pagerd incident show 1. By mistake: 26 undo.
          = I1 eva comes to help, they said so by text.
          = P1 eva answered by text.
02:08:00  (eva is there)
          = P1 Resolved by eva: it was answered.
