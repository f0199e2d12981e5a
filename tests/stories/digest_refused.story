A team's address that is refused for good is a matter for the operators; no person's mail is given up for it.
plan: digest
start: 2026-01-07 07:59

07:59:00  the mail server will never take payments@example.com
08:00:00  (the hour)
          -> mail to dora: alarm
08:01:00  dora reads the mail
          <- [pagerd] payments@example.com is refused: digest-payments-2026-01-07 did not arrive, see `mail` of the team: lab-email will never deliver t…
          <- payments@example.com is refused: digest-payments-2026-01-07 did not
          <- arrive, see `mail` of the team: lab-email will never deliver there
          <- Why you got this
          <-   You are an operator of this pagerd.
          <-   How you are reached, and when you are on call, stands in the rotations
          <-   of your team.
