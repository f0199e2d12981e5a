Another hour in the files holds for the same day, once: neither is a digest lost nor sent twice.
plan: digest
start: 2026-01-07 07:50

07:50:00  the plan becomes digest at half past nine
08:01:00  (nothing at eight)
09:00:00  the plan becomes digest
          -> mail to payments@example.com: digest
          -> mail to platform@example.com: digest
09:01:00  the plan becomes digest at half past nine
11:00:00  (both had theirs today)
