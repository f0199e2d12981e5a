Around a handoff each is told by mail what it means for them: a day before, at the start, at the end; once, whatever dies.
plan: around the shift
start: 2026-01-11 08:00

08:00:00  (the first look: who is on call knows it)
09:00:00  (a day before)
          -> mail to ben: shift
          -> mail to cho: shift
09:00:10  ben reads the mail
          <- [on call] You will be on call in payments-primary from Mon 09:00
          <- You will be on call in payments-primary from Mon 09:00 to 19 Jan 09:00,
          <- after Ana.
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-primary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
09:00:20  cho reads the mail
          <- [on call] You will be on call in payments-secondary from Mon 09:00
          <- You will be on call in payments-secondary from Mon 09:00 to 19 Jan
          <- 09:00, after Ben.
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-secondary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
09:01:00  pagerd crashes and starts again
09:00:00  (the handoff)
          -> mail to ana: shift
          -> mail to ben: shift
          -> mail to cho: shift
09:00:10  ana reads the mail
          <- [on call] You are off in payments-primary: Ben has it now
          <- You are off in payments-primary since 09:00: Ben has it now. You are on
          <- call there again from 26 Jan 09:00.
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-primary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
09:00:20  ben reads the mail
          <- [on call] You are on call in payments-primary until 19 Jan 09:00, and 1 more
          <- You are on call in payments-primary since 09:00, until 19 Jan 09:00. Ana
          <- had it before you.
          <- You are off in payments-secondary since 09:00: Cho has it now. You are
          <- on call there again from 26 Jan 09:00.
          <- What is open in Payments
          <-   No page is open, and no incident.
          <-   No night was disturbed since 4 Jan 09:00.
          <- Before you go off
          <-   pagerd handoff note payments-primary "what the next one must know"
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-primary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
09:00:30  cho reads the mail
          <- [on call] You are on call in payments-secondary until 19 Jan 09:00
          <- You are on call in payments-secondary since 09:00, until 19 Jan 09:00.
          <- Ben had it before you.
          <- What is open in Payments
          <-   No page is open, and no incident.
          <-   No night was disturbed since 4 Jan 09:00.
          <- Before you go off
          <-   pagerd handoff note payments-secondary "what the next one must know"
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-secondary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
09:01:00  pagerd crashes and starts again
