A shadow is told around their days as the others are around theirs: that they are one, beside whom, and not paged first.
Nothing goes over to them, and what changes is corrected.
plan: around the shift, gil shadows
start: 2026-01-11 08:00

08:00:00  (the first look: who is on call knows it)
09:00:00  (a day before)
          -> mail to ben: shift
          -> mail to cho: shift
          -> mail to gil: shift
09:00:10  gil reads the mail
          <- [on call] You will be a shadow in payments-primary from Mon 09:00: not paged first
          <- You will be a shadow in payments-primary from Mon 09:00 to Wed 09:00,
          <- beside Ben. You are not paged first, and nobody waits for you: what it
          <- pages comes to you as a quiet copy.
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-primary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
09:00:00  (the handoff)
          -> mail to ana: shift
          -> mail to ben: shift
          -> mail to cho: shift
          -> mail to gil: shift
09:00:10  gil reads the mail
          <- [on call] You are a shadow in payments-primary until Wed 09:00: not paged first
          <- You are a shadow in payments-primary since 09:00, until Wed 09:00,
          <- beside Ben. You are not paged first, and nobody waits for you: what it
          <- pages comes to you as a quiet copy.
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-primary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
10:00:00  alertmanager: CheckoutErrors fires
          -> text to ben
          -> mail to gil: shadow
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ben (primary, schedule payments-primary) for step 1 (primary). They have until 10:05 to answer.
          = P1 Told gil of it too, as a shadow: nobody counts on them.
10:01:00  ben acknowledges
          <- P1 is yours until 10:31. Escalation stopped.
          -> mail to gil: acknowledged by other
          = P1 ben acknowledged from the command line. The page is theirs until 10:31.
10:02:00  alertmanager: CheckoutErrors resolves
          = P1 CheckoutErrors resolved; 0 still firing.
          = P1 All alerts are resolved. The page resolves at 10:02 unless one fires again.
10:02:30  (time passes)
          -> text to ben: resolved
          -> mail to gil: resolved
          = P1 Resolved: all its alerts resolved.
11:00:00  the plan becomes around the shift, gil shadows a day less
          -> mail to gil: shift
11:00:10  gil reads the mail
          <- [on call] CHANGED: you are a shadow in payments-primary until Tue 09:00
          <- CHANGED: you are a shadow in payments-primary until Tue 09:00, not Wed
          <- 09:00.
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-primary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
09:00:00  (it is over)
          -> mail to gil: shift
09:00:10  gil reads the mail
          <- [on call] You are no shadow in payments-primary any more
          <- You are no shadow in payments-primary any more, since 09:00.
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-primary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
