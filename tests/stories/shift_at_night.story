Whoever wants it is told by text at the instant itself, in their night.
plan: around the shift, at night too
start: 2026-01-06 08:00

08:00:00  (ben has it at half past two)
21:59:00  (time passes)
          -> text to ben: shift
          -> mail to cho: shift
02:30:00  (the handoff)
          -> mail to ana: shift
          -> text to ben: shift
02:30:10  ben reads the text
          <- pagerd: You are on call in payments-primary until Thu 02:30
21:59:00  (time passes)
          -> mail to ana: shift
02:30:00  (a day later)
          -> text to ben: shift
          -> mail to cho: shift
02:30:10  ben reads the text
          <- pagerd: You are off in payments-primary: Cho has it now
