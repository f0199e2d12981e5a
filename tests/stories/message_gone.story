A webhook that is gone is tried for a day, and its messages are given up then.
start: 2026-01-07 02:00
plan: with one receiver

02:00:00  ops-chat does not know its webhook any more
02:00:10  ana declares an incident of team platform: search is slow (sev3)
          <- Incident 1 is declared, sev3. The next update is promised for 04:00 UTC+1.
          = I1 ana opened an incident from the command line: search is slow. Severity sev3.
          = I1 ana declared it from the command line: sev3.
          = I1 Update 0 is the declaration. The next one is promised for 04:00.
02:00:20  ana cancels the incident as test
          <- Incident 1 is cancelled.
          = I1 ana cancelled it from the command line: test.
