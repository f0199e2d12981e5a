What pagerd can look at by itself it looks at as soon as it is done, and each day: what is not so is said once, what cannot be read is unknown, and what is so is verified.
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
10:01:00  ana writes an action of incident 1: alert on pool usage (owner ben, due 2026-01-30, verified rule: PoolFull, better: seen sooner, priority high, serves detection)
          <- Action 1 of incident 1 is written down. It is due 2026-01-30.
          = I1 ana wrote action 1 down: alert on pool usage. Owner: ben. Due 2026-01-30.
          = A1 ana wrote it down after incident 1: alert on pool usage. Owner: ben. Due 2026-01-30.
10:01:10  ana writes an action of incident 1: a bigger pool (owner ben, due 2026-01-30, verified query: pool_usage < bool 0.8, better: no exhaustion, priority high, serves recurrence)
          <- Action 2 of incident 1 is written down. It is due 2026-01-30.
          = I1 ana wrote action 2 down: a bigger pool. Owner: ben. Due 2026-01-30.
          = A2 ana wrote it down after incident 1: a bigger pool. Owner: ben. Due 2026-01-30.
10:02:00  ben finishes action 1
          <- Action 1 is done. It is not verified yet: pagerd looks now and each day (rule: PoolFull).
          = A1 ben says that it is done. To be verified: rule: PoolFull.
          = A1 pagerd looked, and it is not so: Prometheus main has no alert rule PoolFull.
10:03:00  ben finishes action 2
          <- Action 2 is done. It is not verified yet: pagerd looks now and each day (query: pool_usage < bool 0.8).
          = A2 ben says that it is done. To be verified: query: pool_usage < bool 0.8.
          = A2 pagerd looked, and cannot tell: the query has no result: it is not so, or there is no data; with `bool` Prometheus says which.
10:04:00  Prometheus has the alert rule PoolFull, and cannot evaluate it
2026-01-08 11:00:00  cho verifies action 1: I saw it fire
          <- Action 1: Prometheus main has the alert rule PoolFull, and cannot evaluate it: mend that, or say that it is verified otherwise
11:01:00  Prometheus does not answer
10:02:00  (time passes)
          = A1 pagerd looked, and cannot tell: asking main: no answer within 10 s.
11:00:00  (it is asked in vain)
11:01:00  pagerd crashes and starts again
11:02:00  Prometheus answers again
11:03:00  Prometheus measures 0 for pool_usage < bool 0.8
11:04:00  Prometheus has the alert rule PoolFull
10:00:30  (time passes)
          = I1 Closed.
10:02:00  (time passes)
          = I1 Action 1 was verified by pagerd: Prometheus main has the alert rule PoolFull.
          = A1 pagerd verified it: Prometheus main has the alert rule PoolFull.
10:03:00  (time passes)
          = A2 pagerd looked, and it is not so: the query is 0 in 1 of 1 series.
11:00:00  Prometheus measures 1 for pool_usage < bool 0.8
10:03:00  (time passes)
          = I1 Action 2 was verified by pagerd: the query is 1.
          = A2 pagerd verified it: the query is 1.
11:00:00  (both are verified)
