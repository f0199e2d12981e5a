Whoever hears of a drill hears that it is one, whatever the templates say; what was written down afterwards is no news.
start: 2026-01-07 02:00
plan: with templates of its own

02:00:00  ana declares an incident of team platform: search is gone (sev3, drill)
          <- Drill incident 1 is declared, sev3. The next update is promised for 04:00 UTC+1.
          -> ops-chat: DRILL: sev3 declared: search is gone (drill incident 1) / Service: not named, team platform / Impact: not known yet / Since: not known yet / Now: investigating / IC: nobody yet | TL: nobody yet | Comms: nobody yet / Next update at 03:00 UTC
          = I1 ana opened an incident from the command line: search is gone. Severity sev3.
          = I1 This is a drill.
          = I1 ana declared it from the command line: sev3.
          = I1 Update 0 is the declaration. The next one is promised for 04:00.
02:01:00  ana posts: we pretend to look (stable), next in 2h
          <- Update 1 of drill incident 1 is posted. The next update is promised for 04:01 UTC+1.
          -> ops-chat: DRILL: Update 1 / we pretend to look / no ETA yet, next update at 03:01 UTC
          = I1 Update 1 by ana: we pretend to look. Impact stable. Next update at 04:01.
02:02:00  ana cancels the incident as test
          <- Drill incident 1 is cancelled.
          -> ops-chat: DRILL: drill incident 1 was no incident / search is gone / Why: test
          = I1 ana cancelled it from the command line: test.
02:03:00  ana declares an incident of team platform: search was slow (sev3, backfill, detected 00:15, resolved 01:40)
          <- Incident 2 is written down, sev3.
          = I2 ana opened an incident from the command line: search was slow. Severity sev3.
          = I2 ana wrote it down after it was over.
