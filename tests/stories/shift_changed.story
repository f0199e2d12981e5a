What was told and is not true any more is corrected: by an override, by taking it back, by a change of the files.
plan: around the shift
start: 2026-01-11 08:00

09:00:00  (a day before)
12:00:00  dora puts cho in for ben in payments-primary from 2026-01-12 09:00 for 1d
          -> mail to ben: shift
          -> mail to cho: shift
12:00:10  ben reads the mail
          <- [on call] CHANGED: you are on call in payments-primary from Tue 09:00 until 19 Jan 09:00
          <- CHANGED: you will be on call in payments-primary from Tue 09:00 to 19
          <- Jan 09:00, not from Mon 09:00 to 19 Jan 09:00.
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-primary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
12:00:20  cho reads the mail
          <- [on call] You will be on call in payments-primary from Mon 09:00
          <- You will be on call in payments-primary from Mon 09:00 to Tue 09:00,
          <- after Ana.
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-primary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
12:30:00  dora takes the override back
          -> mail to ben: shift
          -> mail to cho: shift
12:30:10  ben reads the mail
          <- [on call] CHANGED: you are on call in payments-primary from Mon 09:00 until 19 Jan 09:00
          <- CHANGED: you will be on call in payments-primary from Mon 09:00 to 19
          <- Jan 09:00, not from Tue 09:00 to 19 Jan 09:00.
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-primary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
12:30:20  cho reads the mail
          <- [on call] CHANGED: you are not on call in payments-primary from Mon 09:00
          <- CHANGED: you are not on call in payments-primary from Mon 09:00 to Tue
          <- 09:00: Ben has it then.
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-primary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
13:00:00  the plan becomes around the shift, cho for ben
          -> mail to ben: shift
          -> mail to cho: shift
13:00:10  ben reads the mail
          <- [on call] CHANGED: you are not on call in payments-primary from Mon 09:00
          <- CHANGED: you are not on call in payments-primary from Mon 09:00 to 19
          <- Jan 09:00: Cho has it then.
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-primary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
13:00:20  cho reads the mail
          <- [on call] You will be on call in payments-primary from Mon 09:00
          <- You will be on call in payments-primary from Mon 09:00 to 19 Jan 09:00,
          <- after Ana.
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-primary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
09:00:00  (the handoff)
          -> mail to ana: shift
          -> mail to ben: shift
          -> mail to cho: shift
10:00:00  dora puts ben in for cho in payments-primary from 2026-01-12 10:00 for 2h
          -> mail to ben: shift
          -> mail to cho: shift
10:00:10  cho reads the mail
          <- [on call] You are off in payments-primary: Ben has it now
          <- You are off in payments-primary since 10:00: Ben has it now. You are on
          <- call there again from 12:00.
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-primary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
10:00:20  ben reads the mail
          <- [on call] You are on call in payments-primary until 12:00
          <- You are on call in payments-primary since 10:00, until 12:00. Cho had it
          <- before you.
          <- What is open in Payments
          <-   No page is open, and no incident.
          <-   No night was disturbed since 4 Jan 10:00.
          <- Before you go off
          <-   pagerd handoff note payments-primary "what the next one must know"
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-primary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
12:00:00  (cho has it again)
          -> mail to ben: shift
          -> mail to cho: shift
