What came and went while pagerd was gone is not told; what is true now is, once, with since when.
plan: around the shift
start: 2026-01-11 08:00

08:30:00  pagerd is gone for 29h
          -> mail to ben: shift
          -> mail to cho: shift
          -> mail to ana: shift
13:30:10  ben reads the mail
          <- [on call] You are on call in payments-primary until 19 Jan 09:00, and 1 more
          <- You are on call in payments-primary since 09:00, until 19 Jan 09:00. Ana
          <- had it before you.
          <- You are off in payments-secondary since 09:00: Cho has it now. You are
          <- on call there again from 26 Jan 09:00.
          <- What is open in Payments
          <-   No page is open, and no incident.
          <-   No night was disturbed since 4 Jan 13:30.
          <- Before you go off
          <-   pagerd handoff note payments-primary "what the next one must know"
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-primary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
13:40:00  (there is nothing more)
2026-01-18 09:00:00  (time passes)
          -> mail to ana: shift
          -> mail to cho: shift
08:00:00  pagerd is gone for 200h
          -> mail to ana: shift
          -> mail to ben: shift
          -> mail to cho: shift
2026-01-27 16:00:10  ben reads the mail
          <- [on call] You are on call in payments-secondary until Mon 09:00, and 1 more
          <- You are on call in payments-secondary since Mon 09:00, until Mon 09:00.
          <- Ana had it before you.
          <- You are off in payments-primary since 19 Jan 09:00: Ana has it now. You
          <- are on call there again from Mon 09:00.
          <- What is open in Payments
          <-   No page is open, and no incident.
          <-   No night was disturbed since 19 Jan 16:00.
          <- Before you go off
          <-   pagerd handoff note payments-secondary "what the next one must know"
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-secondary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
