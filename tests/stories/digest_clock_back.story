An hour that comes twice has one digest.
plan: digest at half past two
start: 2026-10-25 01:00

01:00:00  (the night in which Berlin has half past two twice)
02:30:00  (time passes)
          -> mail to payments@example.com: digest
03:00:00  (it is over)
03:30:00  (time passes)
          -> mail to platform@example.com: digest
03:31:00  (Lisbon is an hour behind)
02:29:00  (the next night)
02:30:00  (time passes)
          -> mail to payments@example.com: digest
02:31:00  (has one)
