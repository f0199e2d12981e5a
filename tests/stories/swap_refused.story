What nobody accepts changes nothing, and whoever asked is told: refused with a reason, withdrawn, and expired when the
first shift begins. What would put somebody on two levels at once is not even asked.
start: 2026-01-10 15:00

15:00:00  ana asks ben to take the shift of 2026-01-10 16:00
          <- ben is on call in payments-secondary at Sat 2026-01-10 15:00 UTC+1: nobody stands on two levels at once
15:01:00  ana asks dora to take the shift of 2026-01-10 16:00: my train is late
          <- dora has until Mon 2026-01-12 09:00 to answer.
          -> mail to dora: swap
          -> text to dora: swap
15:02:00  ana asks dora to take the shift of 2026-01-10 16:00
          <- dora was asked for just that already: X1 waits for an answer
15:03:00  dora refuses the swap: I am at the airport
          <- The swap is refused; nothing changes, and Ana is told.
          -> mail to ana: swap
          -> text to ana: swap
15:04:00  dora accepts the swap
          <- the swap is refused already
15:05:00  ben asks dora to take the shift of 2026-01-12 12:00
          <- dora has until Mon 2026-01-12 09:00 to answer.
          -> mail to dora: swap
          -> text to dora: swap
15:06:00  ben withdraws the swap
          <- The swap is withdrawn; nothing changes, and Dora is told.
          -> mail to dora: swap
          -> text to dora: swap
15:07:00  ben asks dora to take the shift of 2026-01-12 12:00
          <- dora has until Mon 2026-01-12 09:00 to answer.
          -> mail to dora: swap
          -> text to dora: swap
2026-01-12 08:59:59  (nobody has answered)
09:00:00  (time passes)
          -> mail to ben: swap
          -> text to ben: swap
09:00:01  (the shift has begun)
09:01:00  dora accepts the swap
          <- the swap is expired already
09:02:00  somebody looks who is on call at 2026-01-12 12:00
          <- payments-primary: ben
          <- payments-secondary: cho
