A team without an address: its digest goes to the fallback team's; without that to the operators, when there is work.
plan: digest, payments has no mail
start: 2026-01-07 07:00

07:00:00  alertmanager: DiskFillsSlowly fires
          = T1 Ticket opened for team payments: DiskFillsSlowly, severity sev2. Why: owner 1: label team="payments" is of team payments; rule 'Later' of team payments matches; severity sev2: by label severity="critical"; verdict ticket: by the rule.
08:00:00  (to the fallback team)
          -> mail to platform@example.com: digest
09:00:00  (time passes)
          -> mail to platform@example.com: digest
12:00:00  the plan becomes digest, nobody has mail
08:00:00  (to the operators; platform has nothing that waits)
          -> mail to dora: digest
08:00:30  dora reads the mail
          <- [digest] payments 2026-01-08: 1 ticket, 0 new
          <- Digest of team Payments, Thu 8 Jan 2026 08:00 (Europe/Berlin).
          <- Tickets
          <-   T1 sev2 DiskFillsSlowly, payments-api: 1d 1h old, still firing
          <-   pagerd tickets take, note, close: with the ticket's id.
          <- Since the last digest
          <-   Since Wed 08:00: 0 pages opened, 0 new tickets.
          <-   Nights: nobody was disturbed.
          <- Audit anchor
          <-   Anchor 1, Wed 7 Jan 2026 08:00 (Europe/Berlin):
          <-   HASH
          <-   Keep this mail: pagerd audit verify --anchor HASH says whether what
          <-   was anchored is still there unchanged.
          <- Why you got this
          <-   Team Payments has no address of its own: write `mail` into its file.
          <-   Its hour is `digest_at`, in the team's file or pagerd.yaml;
          <-   `digest_at: none` ends it.
09:00:00  (nobody hears that nothing waits for platform)
