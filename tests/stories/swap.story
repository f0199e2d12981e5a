Ana and cho swap a week: cho is mailed at once and texted when they wake, and accepts by text. Then both shifts have
the other one, and the secondary, a copy of the primary, gives way. Only they decide, and only once.
plan: copied secondary
start: 2026-01-07 02:00

02:00:00  ana asks cho to take the shift of 2026-01-07 12:00 for the one of 2026-01-20 12:00: a wedding
          <- cho has until Mon 2026-01-12 09:00 to answer.
          -> mail to cho: swap
02:05:00  cho reads the mail
          <- [pagerd] Ana asks you to take payments-primary Wed 7 Jan 02:00 to Mon 12 Jan 09:00 for your Mon 19 Jan 09:00 to Mon 26 Jan 09:00? a wedding
          <- Ana asks you to take payments-primary Wed 7 Jan 02:00 to Mon 12 Jan
          <- 09:00 for your Mon 19 Jan 09:00 to Mon 26 Jan 09:00? a wedding
          <- How to answer
          <-   Reply N51 ok, or N51 no by text, to the number that pages you; or
          <-   pagerd swap list; or on your page, https://pager.example.org/me. An
          <-   answer to this mail is not read.
02:06:00  ben accepts the swap
          <- only cho answers the swap
02:07:00  ana accepts the swap
          <- only cho answers the swap
07:00:00  (time passes)
          -> text to cho: swap
07:30:00  (cho wakes up)
07:31:00  cho reads the text
          <- Ana asks you to take payments-primary Wed 7 Jan 02:00 to Mon 12 Jan 09:00 for your Mon 19 Jan 09:00 to Mon 26 Jan 09:00? a wedding
          <- Reply N51 ok, or N51 no
07:32:00  cho texts: the code of the swap and perhaps
          <- text to cho: NOTHING DECIDED about swap X1. Reply N51 ok, or N51 no
07:33:00  cho texts: the code of the swap and ok
          <- text to cho: Swapped. payments-primary: Cho Wed 7 Jan 07:33 to Mon 12 Jan 09:00, Ana Mon 19 Jan 09:00 to Mon 26 Jan 09:00.
          -> mail to ana: swap
          -> text to ana: swap
07:34:00  ana reads the text
          <- Cho accepts: payments-primary: Cho Wed 7 Jan 07:33 to Mon 12 Jan 09:00, Ana Mon 19 Jan 09:00 to Mon 26 Jan 09:00.
07:35:00  cho texts: the code of the swap and no
          <- text to cho: NOTHING DECIDED: X1 is accepted already
07:36:00  ana withdraws the swap
          <- the swap is accepted already
07:37:00  somebody looks who is on call at 2026-01-07 07:00
          <- payments-primary: ana
          <- payments-secondary: ben
07:38:00  somebody looks who is on call at 2026-01-07 08:00
          <- payments-primary: cho
          <- payments-secondary: ben
07:39:00  somebody looks who is on call at 2026-01-20 08:00
          <- payments-primary: ana
          <- payments-secondary: ben
07:40:00  alertmanager: CheckoutErrors fires
          -> text to cho
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged cho (primary, schedule payments-primary) for step 1 (primary). They have until 07:45 to answer.
