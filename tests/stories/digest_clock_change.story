An hour that the clocks leave out comes after the gap, and one that comes twice has one digest.
plan: digest at half past two
start: 2026-03-29 01:00

01:00:00  (the night in which Berlin has no half past two)
03:00:00  (time passes)
          -> mail to payments@example.com: digest
03:30:00  (Lisbon has its own)
          -> mail to platform@example.com: digest
02:29:00  (the next night is an ordinary one)
02:30:00  (time passes)
          -> mail to payments@example.com: digest
02:31:00  (and has one)
