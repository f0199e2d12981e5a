A text never comes in the reader's night: what is due in it is told before it begins, or in the morning.
plan: around the shift, by night
start: 2026-01-06 08:00

08:00:00  (ben has it at half past two)
21:59:00  (two hours before would be in his night)
          -> text to ben: shift
          -> mail to cho: shift
21:59:10  ben reads the text
          <- pagerd: You will be on call in payments-primary from Wed 02:30
02:30:00  (time passes)
          -> mail to ana: shift
07:00:00  (he wakes up)
          -> text to ben: shift
07:00:10  ben reads the text
          <- pagerd: You are on call in payments-primary until Thu 02:30
21:59:00  (time passes)
          -> mail to ana: shift
02:30:00  (time passes)
          -> mail to cho: shift
07:00:00  (he was off at half past two)
          -> text to ben: shift
07:00:10  ben reads the text
          <- pagerd: You are off in payments-primary: Cho has it now
