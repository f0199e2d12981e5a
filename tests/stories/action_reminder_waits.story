A reminder whose hour passed while pagerd was gone comes in the next hours of work, and what pagerd looks at meanwhile does not pass it over.
start: 2026-01-07 10:00
plan: with a prometheus

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
10:00:37  dora countersigns the override
          <- The override of incident 1 is countersigned.
          = I1 dora countersigned the override of ana from the command line.
10:01:00  ana writes an action of incident 1: alert on pool usage (owner ben, due 2026-01-09, verified rule: PoolFull, better: seen sooner, priority high, serves detection)
          <- Action 1 of incident 1 is written down. It is due 2026-01-09.
          = I1 ana wrote action 1 down: alert on pool usage. Owner: ben. Due 2026-01-09.
          = A1 ana wrote it down after incident 1: alert on pool usage. Owner: ben. Due 2026-01-09.
10:00:00  ben finishes action 1
          <- Action 1 is done. It is not verified yet: pagerd looks now and each day (rule: PoolFull).
          = A1 ben says that it is done. To be verified: rule: PoolFull.
          = A1 pagerd looked, and it is not so: Prometheus main has no alert rule PoolFull.
08:00:00  pagerd is gone for 12h
20:00:00  (it is Friday evening)
10:00:30  (time passes)
          = I1 Closed.
2026-01-12 09:00:00  (time passes)
          -> mail to ben: incident
          = A1 Reminded ben; it is due 2026-01-09.
12:00:00  (it is Monday)
