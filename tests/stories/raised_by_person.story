What a person noticed pages without any test, and ends by hand.
start: 2026-01-07 02:00

02:00:00  cho pages payments: Three customers report that they were charged twice
          <- P1 pages Ana.
          -> text to ana
          = P1 Page opened for team payments: Three customers report that they were charged twice, severity sev2. Why: raised by cho from the command line.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:01:00  ana acknowledges
          <- P1 is yours until 02:31. Escalation stopped.
          = P1 ana acknowledged from the command line. The page is theirs until 02:31.
02:02:00  ana resolves the page
          <- P1 is resolved.
          = P1 Resolved by ana.
