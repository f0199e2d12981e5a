What waits to be told outlives a crash, and comes in order.
start: 2026-01-07 02:00
plan: with one receiver

02:00:00  ops-chat is down
02:00:10  ana declares an incident of team platform: search is slow (sev3)
          <- Incident 1 is declared, sev3. The next update is promised for 04:00 UTC+1.
          = I1 ana opened an incident from the command line: search is slow. Severity sev3.
          = I1 ana declared it from the command line: sev3.
          = I1 Update 0 is the declaration. The next one is promised for 04:00.
02:00:20  ana posts: an index is rebuilt (stable), next in 2h
          <- Update 1 of incident 1 is posted. The next update is promised for 04:00 UTC+1.
          = I1 Update 1 by ana: an index is rebuilt. Impact stable. Next update at 04:00.
02:00:25  pagerd crashes and starts again
02:00:26  ops-chat works again
02:00:40  (time passes)
          -> ops-chat: sev3 declared: search is slow (incident 1) / Service: not named, team platform / Impact: not known yet / Since: not known yet / Now: investigating / IC: nobody yet | TL: nobody yet | Comms: nobody yet / Next update at 03:00 UTC
02:00:41  (time passes)
          -> ops-chat: sev3 incident 1, update 1: investigating / Known at 01:00 UTC: an index is rebuilt / Impact: stable / Then: no ETA yet, next update at 03:00 UTC
02:05:00  (it hears of both)
