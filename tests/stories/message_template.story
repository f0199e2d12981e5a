A template that breaks keeps nobody from hearing: it is told plainly, and the operators hear of the template.
start: 2026-01-07 02:00
plan: with a broken template

02:00:00  ana declares an incident of team platform: search is slow (sev3)
          <- Incident 1 is declared, sev3. The next update is promised for 04:00 UTC+1.
          -> ops-chat: sev3 declared: search is slow (incident 1) / Service: not named, team platform / Impact: not known yet / Since: not known yet / Now: investigating / IC: nobody yet | TL: nobody yet | Comms: nobody yet / Next update at 03:00 UTC
          = I1 ana opened an incident from the command line: search is slow. Severity sev3.
          = I1 ana declared it from the command line: sev3.
          = I1 Update 0 is the declaration. The next one is promised for 04:00.
02:01:00  ana posts: an index is rebuilt (stable), next in 2h
          <- Update 1 of incident 1 is posted. The next update is promised for 04:01 UTC+1.
          -> mail to dora: alarm
          -> ops-chat: Incident 1: a numbered update / Name: incident 1 / Number: 1 / Symptom: search is slow / Severity: sev3 / Team: platform / Status: investigating / At: 01:01 UTC / Next update: 03:01 UTC / By: Ana / Link: https://pager.example.org/i/1 / Update: 1 / Know: an index is rebuilt / Trend: stable / Eta: no ETA yet, next update at 03:01 UTC
          = I1 Update 1 by ana: an index is rebuilt. Impact stable. Next update at 04:01.
