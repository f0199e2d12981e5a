The tracker is told what happens to action items, in order, and what it calls them is kept; whom pagerd reminds is no news to it, and drills are nobody's work.
start: 2026-01-07 10:00
plan: with a tracker

10:00:00  ana declares an incident of team payments: customers cannot pay (sev3)
          <- Incident 1 is declared, sev3. The next update is promised for 12:00 UTC+1.
          = I1 ana opened an incident from the command line: customers cannot pay. Severity sev3.
          = I1 ana declared it from the command line: sev3.
          = I1 Update 0 is the declaration. The next one is promised for 12:00.
10:00:30  ana resolves the incident: over (against it all: the story is about what comes after)
          <- Incident 1 is resolved against not_monitoring, customer_actions.
          -> mail to dora: incident
          = I1 ana resolves it against what is unmet (not monitoring, customer actions): the story is about what comes after.
          = I1 Resolved by ana from the command line: over.
          = I1 Asked dora for a second name on the override, by Thu 17:00.
10:01:00  ana writes an action of incident 1: alert on pool usage (owner ben, due 2026-01-09, verified runbook: pools, better: seen sooner, priority high, serves detection)
          <- Action 1 of incident 1 is written down. It is due 2026-01-09.
          -> tracker: new action_opened: ana wrote it down after incident 1: alert on pool usage. Owner: ben. Due 2026-01-09.
          = I1 ana wrote action 1 down: alert on pool usage. Owner: ben. Due 2026-01-09.
          = A1 ana wrote it down after incident 1: alert on pool usage. Owner: ben. Due 2026-01-09.
          = A1 The tracker calls it OPS-1 (https://tracker.example.com/OPS-1).
10:01:30  ben starts action
          <- Action 1 is begun. It is due 2026-01-09.
          -> tracker: OPS-1 action_updated: ben began.
          = A1 ben began.
10:01:40  the tracker is down
10:02:00  cho changes action: owner cho
          <- Action 1 is changed. It is due 2026-01-09.
          = A1 cho gave it to cho; it was with ben.
10:02:10  cho changes action: due 2026-01-12
          <- Action 1 is changed. It is due 2026-01-12.
          = A1 cho says that it is due 2026-01-12; it was 2026-01-09.
10:02:20  cho finishes action: 80 per cent
          <- Action 1 is done. It is not verified yet: pagerd looks now and each day (runbook: pools).
          = A1 cho says that it is done: 80 per cent. To be verified: runbook: pools.
          = A1 pagerd looked, and it is not so: there is no runbook pools.
10:04:00  the tracker works again
10:05:30  (time passes)
          -> tracker: OPS-1 action_updated: cho gave it to cho; it was with ben.
          -> tracker: OPS-1 action_updated: cho says that it is due 2026-01-12; it was 2026-01-09.
          -> tracker: OPS-1 action_done: cho says that it is done: 80 per cent. To be verified: runbook: pools.
          -> tracker: OPS-1 action_updated: pagerd looked, and it is not so: there is no runbook pools.
09:00:00  (time passes)
          -> mail to dora: incident
          = I1 Asked dora for a second name on the override, by 17:00.
2026-01-09 09:00:00  (time passes)
          -> mail to dora: incident
          -> mail to eva: incident
          -> mail to cho: incident
          = I1 A second name on the override was due by Thu 17:00: asked dora, eva again.
          = A1 Reminded cho; it is due 2026-01-12.
2026-01-10 10:00:30  (time passes)
          = I1 Closed.
2026-01-12 09:00:00  (time passes)
          -> mail to dora: incident
          -> mail to eva: incident
          -> mail to cho: incident
          = I1 A second name on the override was due by Thu 17:00: asked dora, eva again.
          = A1 Reminded cho; it is due 2026-01-12.
12:00:00  (it is looked at each day, and told once)
12:00:10  ana drops action: pools are gone
          <- Action 1 is dropped.
          -> tracker: OPS-1 action_dropped: ana dropped it: pools are gone.
          = I1 Action 1 was dropped by ana: pools are gone.
          = A1 ana dropped it: pools are gone.
12:01:00  ana declares an incident of team payments: we play that customers cannot pay (sev3, drill)
          <- Drill incident 2 is declared, sev3. The next update is promised for 14:01 UTC+1.
          = I2 ana opened an incident from the command line: we play that customers cannot pay. Severity sev3.
          = I2 This is a drill.
          = I2 ana declared it from the command line: sev3.
          = I2 Update 0 is the declaration. The next one is promised for 14:01.
12:01:30  ana resolves the incident: over (against it all: the story is about what comes after)
          <- Drill incident 2 is resolved against not_monitoring, customer_actions.
          = I2 ana resolves it against what is unmet (not monitoring, customer actions): the story is about what comes after.
          = I2 Resolved by ana from the command line: over.
12:02:00  ana writes an action of incident 2: mend the play (owner ben)
          <- Action 2 of drill incident 2 is written down. It still lacks: due, priority, verification, impact, bar.
          = I2 ana wrote action 2 down: mend the play. Owner: ben.
          = A2 ana wrote it down after incident 2: mend the play. Owner: ben.
