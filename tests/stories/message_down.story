A room that is down holds up nobody, and then hears all of it in order; the operators are told after some minutes.
start: 2026-01-07 02:00
plan: with receivers

02:00:00  ops-chat is down
02:00:10  ana declares an incident of team platform: search is slow (sev3)
          <- Incident 1 is declared, sev3. The next update is promised for 04:00 UTC+1.
          -> platform-chat: sev3 declared: search is slow (incident 1) / Service: not named, team platform / Impact: not known yet / Since: not known yet / Now: investigating / IC: nobody yet | TL: nobody yet | Comms: nobody yet / Next update at 03:00 UTC
          = I1 ana opened an incident from the command line: search is slow. Severity sev3.
          = I1 ana declared it from the command line: sev3.
          = I1 Update 0 is the declaration. The next one is promised for 04:00.
02:01:00  ana posts: an index is rebuilt (stable), next in 2h
          <- Update 1 of incident 1 is posted. The next update is promised for 04:01 UTC+1.
          -> platform-chat: sev3 incident 1, update 1: investigating / Known at 01:01 UTC: an index is rebuilt / Impact: stable / Then: no ETA yet, next update at 03:01 UTC
          = I1 Update 1 by ana: an index is rebuilt. Impact stable. Next update at 04:01.
02:02:40  (time passes)
          -> mail to dora: alarm
02:06:00  ops-chat works again
02:06:40  (time passes)
          -> ops-chat: sev3 declared: search is slow (incident 1) / Service: not named, team platform / Impact: not known yet / Since: not known yet / Now: investigating / IC: nobody yet | TL: nobody yet | Comms: nobody yet / Next update at 03:00 UTC
02:06:41  (time passes)
          -> ops-chat: sev3 incident 1, update 1: investigating / Known at 01:01 UTC: an index is rebuilt / Impact: stable / Then: no ETA yet, next update at 03:01 UTC
02:10:20  (time passes)
02:10:21  (time passes)
02:20:00  (the room is asked again)
02:21:00  ops-chat takes no more just now
02:21:10  ana posts: half of it is done (improving), next in 2h
          <- Update 2 of incident 1 is posted. The next update is promised for 04:21 UTC+1.
          -> platform-chat: sev3 incident 1, update 2: investigating / Known at 01:21 UTC: half of it is done / Impact: improving / Then: no ETA yet, next update at 03:21 UTC
          = I1 Update 2 by ana: half of it is done. Impact improving. Next update at 04:21.
02:21:20  ops-chat works again
02:22:10  (time passes)
          -> ops-chat: sev3 incident 1, update 2: investigating / Known at 01:21 UTC: half of it is done / Impact: improving / Then: no ETA yet, next update at 03:21 UTC
02:25:00  (it heard nothing for a minute, as it had asked)
02:26:00  ops-chat loses its answers
02:26:10  ana posts: all of it is done (improving), next in 2h
          <- Update 3 of incident 1 is posted. The next update is promised for 04:26 UTC+1.
          -> ops-chat: sev3 incident 1, update 3: investigating / Known at 01:26 UTC: all of it is done / Impact: improving / Then: no ETA yet, next update at 03:26 UTC
          -> platform-chat: sev3 incident 1, update 3: investigating / Known at 01:26 UTC: all of it is done / Impact: improving / Then: no ETA yet, next update at 03:26 UTC
          = I1 Update 3 by ana: all of it is done. Impact improving. Next update at 04:26.
02:26:15  ops-chat works again
02:26:20  (time passes)
          -> ops-chat: sev3 incident 1, update 3: investigating / Known at 01:26 UTC: all of it is done / Impact: improving / Then: no ETA yet, next update at 03:26 UTC
02:30:00  (what was perhaps taken is told once more)
02:31:00  ops-chat will never take cancelled
02:31:10  ana cancels the incident as no_impact
          <- Incident 1 is cancelled.
          -> mail to dora: alarm
          -> platform-chat: incident 1 was no incident / search is slow / Why: no impact
          = I1 ana cancelled it from the command line: no impact.
