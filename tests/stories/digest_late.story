An hour that comes while pagerd is down is made up for the same day, and the mail says so. A day that is over is not.
plan: digest
start: 2026-01-07 07:00

07:00:00  (an hour before it)
07:30:00  pagerd is gone for 3h
          -> mail to payments@example.com: digest
          -> mail to platform@example.com: digest
10:30:30  somebody reads the mail to payments@example.com
          <- [digest] payments 2026-01-07: nothing waits
          <- Digest of team Payments, Wed 7 Jan 2026 10:30 (Europe/Berlin).
          <- Late: its hour was 08:00, 2h 30m ago; pagerd was not running then, or
          <- the hour was changed.
          <- Nothing waits: no open page, no ticket, nothing held.
          <- Since the last digest
          <-   Since Tue 10:30: 0 pages opened, 0 new tickets.
          <-   Nights: nobody was disturbed.
          <- Why you got this
          <-   This is the address of team Payments, under `mail` in its file.
          <-   Its hour is `digest_at`, in the team's file or pagerd.yaml;
          <-   `digest_at: none` ends it.
10:31:00  pagerd crashes and starts again
07:00:00  pagerd is gone for 18h
01:00:10  (Thursday is over: it has no digest any more)
08:00:00  (and Friday has its own)
          -> mail to payments@example.com: digest
08:00:30  somebody reads the mail to payments@example.com
          <- [digest] payments 2026-01-09: nothing waits
          <- Digest of team Payments, Fri 9 Jan 2026 08:00 (Europe/Berlin).
          <- Nothing waits: no open page, no ticket, nothing held.
          <- Since the last digest
          <-   Since Wed 10:30: 0 pages opened, 0 new tickets.
          <-   Nights: nobody was disturbed.
          <- Why you got this
          <-   This is the address of team Payments, under `mail` in its file.
          <-   Its hour is `digest_at`, in the team's file or pagerd.yaml;
          <-   `digest_at: none` ends it.
