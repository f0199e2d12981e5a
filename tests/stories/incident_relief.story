Whoever commands for long is reminded to hand over, and again after as long; a new commander begins afresh.
start: 2026-01-07 09:00
plan: with roles

09:00:00  ana declares an incident of team payments: reports are late (sev3)
          <- Incident 1 is declared, sev3. The next update is promised for 11:00 UTC+1.
          = I1 ana opened an incident from the command line: reports are late. Severity sev3.
          = I1 ana declared it from the command line: sev3.
          = I1 Update 0 is the declaration. The next one is promised for 11:00.
09:01:00  dora takes the role ic
          <- You are incident commander of incident 1. Decide, assign owners, keep responders undisturbed, see that updates go out on time.
          = I1 dora is incident commander, they said so from the command line.
10:50:00  dora posts: still late
          <- Update 1 of incident 1 is posted. The next update is promised for 14:50 UTC+1.
          = I1 Update 1 by dora: still late. Next update at 14:50.
13:00:00  (time passes)
13:01:00  (time passes)
          -> text to dora: incident
          = I1 dora commands it for 4h: reminded them to hand over.
13:01:30  dora reads the text
          <- Incident 1: you command it for 4h. Hand over: pagerd role handoff ic 1 PERSON
14:00:00  dora posts: still late
          <- Update 2 of incident 1 is posted. The next update is promised for 18:00 UTC+1.
          = I1 Update 2 by dora: still late. Next update at 18:00.
17:01:00  (time passes)
          -> text to dora: incident
          = I1 dora commands it for 8h: reminded them to hand over.
17:30:00  eva takes the role ic
          <- You are incident commander of incident 1. Decide, assign owners, keep responders undisturbed, see that updates go out on time.
          = I1 eva is incident commander from now on, they said so from the command line; dora is relieved.
17:40:00  eva posts: still late
          <- Update 3 of incident 1 is posted. The next update is promised for 20:40 UTC.
          = I1 Update 3 by eva: still late. Next update at 21:40.
21:01:00  (the clock of dora is gone)
21:30:00  (time passes)
          -> text to eva: incident
          = I1 eva commands it for 4h: reminded them to hand over.
