Words that a provider takes for spam are said once more, at once, as plainly as can be: with the page and the code.
start: 2026-01-07 02:00

02:00:00  the text provider filters what it takes for spam
02:00:01  alertmanager: CheckoutErrors fires
          -> text to ana
          = P1 Page opened for team payments: CheckoutErrors, severity sev2. Why: owner 1: label team="payments" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity="critical"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx.
          = P1 Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.
02:00:05  ana reads the text
          <- pagerd page P1. Reply 06 to acknowledge. Details: pagerd pages
02:00:20  ana texts: CODE
          <- text to ana: Acked, it is yours: CheckoutErrors payments-api eu-1/prod. It asks again at 02:30. When fixed: 06 res. By mistake: 06 undo.
          = P1 ana acknowledged by text. The page is theirs until 02:30.
