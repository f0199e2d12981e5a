Whoever leaves writes a note; whoever comes reads it at the handoff, with what is open and whose it is.
plan: around the shift
start: 2026-01-12 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:20  the text to ana is delivered
          * night page of ana for P1: text delivered
02:01:00  ana acknowledges
          <- P1 is yours until 02:31. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:31.
02:02:00  ana snoozes for 8h
          <- P1 is yours, snoozed until 10:02.
          = P1 ana snoozed the page from the command line until 10:02.
08:55:00  cho leaves a note in payments-primary: The canary is sick.
          <- refused: cho is not on call in payments-primary: its note is written by whoever has payments-primary, had it within 12 h, or leads its team
08:56:00  ana leaves a note in payments-primary: The canary is sick. Do not restart it before eu-2 is back, Dora knows.
          <- H1: Ben will read it with the handoff of payments-primary, at 09:00.
08:58:00  alertmanager: LedgerBehind fires with summary=The_ledger_is_an_hour_behind
          -> text to ana
          = P2 Page opened for team payments: LedgerBehind, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P2 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 09:03 to answer.
08:59:30  ana declares an incident of team payments: Customers cannot pay
          <- Incident 1 is declared, sev2. The next update is promised for 09:29 UTC+1.
          -> text to dora
          = I1 ana opened an incident from the command line: Customers cannot pay. Severity sev2.
          = I1 ana declared it from the command line: sev2.
          = I1 Update 0 is the declaration. The next one is promised for 09:29.
          = I1 Somebody is wanted as incident commander: asking in turn team_lead, platform_lead, secondary.
          = P3 Page opened for team payments: Incident commander wanted for incident 1: Customers cannot pay, severity sev2. Why: incident 1 asks.
          = P3 Paged dora (team_lead, dora) for step 1 (team_lead). They have until 09:04 to answer.
09:00:00  (the handoff)
          -> call to ana
          -> mail to ana: shift
          -> mail to ben: shift
          -> mail to cho: shift
09:00:10  ben reads the mail
          <- [on call] You are on call in payments-primary until 19 Jan 09:00, and 1 more
          <- You are on call in payments-primary since 09:00, until 19 Jan 09:00. Ana
          <- had it before you.
          <- You are off in payments-secondary since 09:00: Cho has it now. You are
          <- on call there again from 26 Jan 09:00.
          <- Note from Ana, 08:56, about payments-primary
          <-   The canary is sick. Do not restart it before eu-2 is back, Dora knows.
          <- What is open in Payments
          <-   P1 sev2 CheckoutErrors, since 02:00: Ana has it, snoozed until
          <-   10:02; by text: 05 ack
          <-   P2 sev2 LedgerBehind, since 08:58: NOBODY has it; by text: 54
          <-   ack
          <-   incident 1 sev2 Customers cannot pay, investigating: NOBODY has a role
          <-   1 page disturbed a night since 4 Jan 09:00: pagerd report nights
          <- Before you go off
          <-   pagerd handoff note payments-primary "what the next one must know"
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-primary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
09:00:20  ana reads the mail
          <- [on call] You are off in payments-primary: Ben has it now
          <- You are off in payments-primary since 09:00: Ben has it now. You are on
          <- call there again from 26 Jan 09:00.
          <- Still yours
          <-   P1 sev2 CheckoutErrors, since 02:00: yours, snoozed until 10:02
          <-   pagerd reassign PAGE PERSON hands one over.
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-primary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
09:01:00  ana leaves a note in payments-primary: The ledger catches up by itself.
          <- H2: told to Ben.
          -> mail to ben: shift
09:01:10  ben reads the mail
          <- [on call] Ana left you a note about payments-primary
          <- Ana left you a note about payments-primary, which they had until 09:00.
          <- Note from Ana, 09:01, about payments-primary
          <-   The ledger catches up by itself.
          <- Why you got this
          <-   The rotations of your team name you: pagerd oncall payments-primary
          <-   says who is on call.
          <-   What you are told around shifts is `shift_notices`, of you in
          <-   people.yaml or in your team's file.
09:01:30  (time passes)
          -> call to dora
09:02:00  ben texts: 54 ack
          <- text to ben: Acked, it is yours: LedgerBehind payments-api eu-1/prod. It asks again at 09:32. When fixed: 54 res. By mistake: 54 undo.
          -> text to ana: acknowledged by other
          = P2 ben acknowledged by text. The page is theirs until 09:32.
