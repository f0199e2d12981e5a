Cho is asked while they sleep, and answers from the mail before the morning: no text asks them again when they wake up.
What is taken back in the night is not asked in the morning either.
start: 2026-01-07 02:00

02:00:00  ana asks cho to take the shift of 2026-01-07 12:00: a wedding
          <- cho has until Mon 2026-01-12 09:00 to answer.
          -> mail to cho: swap
02:10:00  cho refuses the swap: not this week
          <- The swap is refused; nothing changes, and Ana is told.
          -> mail to ana: swap
02:20:00  ana asks dora to take the shift of 2026-01-07 12:00: a wedding
          <- dora has until Mon 2026-01-12 09:00 to answer.
          -> mail to dora: swap
02:30:00  ana withdraws the swap
          <- The swap is withdrawn; nothing changes, and Dora is told.
          -> mail to dora: swap
07:00:00  (time passes)
          -> text to ana: swap
          -> text to dora: swap
08:00:00  (everybody is awake)
