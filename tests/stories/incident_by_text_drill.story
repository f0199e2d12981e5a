Beside a drill a text says which of two is practice, and what is real stands first.
start: 2026-01-07 10:00
plan: with roles

10:00:00  ana declares an incident of team payments: customers cannot pay (sev2)
          <- Incident 1 is declared, sev2. The next update is promised for 10:30 UTC+1.
          -> text to dora
          = I1 ana opened an incident from the command line: customers cannot pay. Severity sev2.
          = I1 ana declared it from the command line: sev2.
          = I1 Update 0 is the declaration. The next one is promised for 10:30.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = P1 Page opened for team payments: Incident commander wanted for incident 1: customers cannot pay, severity sev2. Why: incident 1 asks.
          = P1 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 10:05 to answer.
10:01:00  ben declares an incident of team payments: the database is gone (sev3, drill)
          <- Drill incident 2 is declared, sev3. The next update is promised for 12:01 UTC+1.
          = I2 ben opened an incident from the command line: the database is gone. Severity sev3.
          = I2 This is a drill.
          = I2 ben declared it from the command line: sev3.
          = I2 Update 0 is the declaration. The next one is promised for 12:01.
10:02:00  ana texts: incs
          <- text to ana: 2 open: 1 customers cannot pay, 2 DRILL the database is gone. UPD 1 TEXT posts an update.
          -> call to dora
10:02:30  ana texts: UPD rolling back
          <- text to ana: NOTHING DONE: which of 2? 1 customers cannot pay, 2 DRILL the database is gone. Reply UPD NUMBER TEXT
