Whoever's turn is changed by somebody else hears of it at once, however far ahead it is, and again before it begins.
plan: around the shift
start: 2026-01-11 08:00

08:30:00  dora puts cho in for ben in payments-primary from 2026-02-03 09:00 for 1d
          -> mail to ben: shift
          -> mail to cho: shift
08:30:10  ben reads the mail
          <- [on call] Dora took you off in payments-primary from 3 Feb 09:00 to 4 Feb 09:00
          <- Dora took you off in payments-primary from 3 Feb 09:00 to 4 Feb 09:00:
          <- Cho has it then.
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-primary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
08:30:20  cho reads the mail
          <- [on call] Dora put you on call in payments-primary from 3 Feb 09:00 to 4 Feb 09:00
          <- Dora put you on call in payments-primary from 3 Feb 09:00 to 4 Feb
          <- 09:00, in the place of Ben.
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-primary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
08:31:00  ben puts ana in for ben in payments-primary from 2026-02-04 09:00 for 1d
          -> mail to ana: shift
08:31:10  ana reads the mail
          <- [on call] Ben put you on call in payments-primary from 4 Feb 09:00 to 5 Feb 09:00
          <- Ben put you on call in payments-primary from 4 Feb 09:00 to 5 Feb 09:00,
          <- in the place of Ben.
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-primary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
08:40:00  ben takes the override back
          -> mail to ana: shift
08:41:00  pagerd crashes and starts again
09:00:00  (time passes)
          -> mail to ben: shift
          -> mail to cho: shift
2026-01-12 09:00:00  (time passes)
          -> mail to ana: shift
          -> mail to ben: shift
          -> mail to cho: shift
2026-01-18 09:00:00  (time passes)
          -> mail to ana: shift
          -> mail to cho: shift
2026-01-19 09:00:00  (time passes)
          -> mail to ana: shift
          -> mail to ben: shift
          -> mail to cho: shift
2026-01-25 09:00:00  (time passes)
          -> mail to ana: shift
          -> mail to ben: shift
2026-01-26 09:00:00  (time passes)
          -> mail to ana: shift
          -> mail to ben: shift
          -> mail to cho: shift
2026-02-01 09:00:00  (time passes)
          -> mail to ben: shift
          -> mail to cho: shift
2026-02-02 09:00:00  (time passes)
          -> mail to ana: shift
          -> mail to ben: shift
          -> mail to cho: shift
10:00:00  (a day before)
