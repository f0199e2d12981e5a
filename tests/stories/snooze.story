A snooze is an acknowledgement with another end, which no act but another snooze moves earlier; at its end the holder is asked.
start: 2026-01-07 02:00

02:00:00  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:01:00  ana snoozes for 2h
          <- P1 is yours, snoozed until 04:01.
          = P1 ana snoozed the page from the command line until 04:01.
02:10:00  ana notes: waiting for the bank
          <- Noted on P1.
          = P1 ana wrote: waiting for the bank
          = P1 ana is still at it: the page is theirs until 04:01.
02:11:00  ana acknowledges
          <- You have P1 already. It stays yours until 04:01.
          = P1 ana is still at it: the page is theirs until 04:01.
02:12:00  ana snoozes for 48h
          <- a page can be snoozed for 1m to 24h, not for 2d
02:13:00  ana snoozes for 20m
          <- P1 is yours, snoozed until 02:33.
          = P1 ana snoozed the page from the command line until 02:33.
02:33:00  (time passes)
          -> mail to ana: reminder
          = P1 Reminded ana quietly that their acknowledgement ends. They have until 02:38.
02:34:00  ana reads the mail
          <- [sev2] payments/payments-api: CheckoutErrors (P1)
          <- Your acknowledgement ends. Say that you still have it, or whoever is on
          <- call is paged again.
          <- sev2 (High): CheckoutErrors
          <- payments/payments-api eu-1/prod
          <- Checkout fails for 7 % of customers
          <- Since: Wed 7 Jan 2026 02:00 (Europe/Berlin), 33m ago
          <- What to do first
          <-   Restart the canary.
          <- How to answer
          <-   By text, to the number that pages you: 51 ack.
          <-   Or from the command line: pagerd ack P1
          <-   An answer to this mail is not read. Without a confirmation from pagerd
          <-   nothing is acknowledged.
          <- Why you got this
          <-   You acknowledged this page.
          <-   How you are reached, and when you are on call, stands in the rotations
          <-   of your team.
02:35:00  ana acknowledges
          <- You have P1 already. It stays yours until 03:05.
          = P1 ana is still at it: the page is theirs until 03:05.
