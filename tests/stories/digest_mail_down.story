A digest that no mail server takes is tried until the evening.
plan: digest
start: 2026-01-07 07:00

07:00:00  the mail provider is down
08:00:20  (time passes)
          -> text to dora: alarm
10:20:00  (it stays down for hours)
10:20:00  the mail provider works again
10:31:50  (time passes)
          -> mail to payments@example.com: digest
          -> mail to platform@example.com: digest
          -> mail to dora: alarm
11:00:00  (both have arrived)
