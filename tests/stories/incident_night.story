Work in an incident counts in each person's own night, though no phone rang: from the first act to the last, and of who holds a role until they lay it down.
start: 2026-01-07 00:30
plan: with roles

00:30:00  ana declares an incident of team payments: customers cannot log in (sev2)
          <- Incident 1 is declared, sev2. The next update is promised for 01:00 UTC+1.
          -> text to dora
          = I1 ana opened an incident from the command line: customers cannot log in. Severity sev2.
          = I1 ana declared it from the command line: sev2.
          = I1 Update 0 is the declaration. The next one is promised for 01:00.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = P1 Page opened for team payments: Incident commander wanted for incident 1: customers cannot log in, severity sev2. Why: incident 1 asks.
          = P1 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 00:35 to answer.
00:31:00  ana takes the role ic
          <- You are incident commander of incident 1. Decide, assign owners, keep responders undisturbed, see that updates go out on time.
          -> text to dora: resolved
          = I1 ana is incident commander, they said so from the command line.
          = P1 Resolved by ana: the role was taken.
00:40:00  (time passes)
          -> text to ana: incident
          = I1 Nothing has been tried for 10m: asked ana what to do.
00:45:00  ben tries rollback: release 41
          <- Mitigation 1 of incident 1 began. When you know what it did: pagerd incident mitigation 1 1 worked|no_effect|worse|undone
          = I1 Mitigation 1 by ben from the command line: rollback (release 41).
00:55:00  ana posts: rolling back, next in 60m
          <- Update 1 of incident 1 is posted. The next update is promised for 01:55 UTC+1.
          = I1 Update 1 by ana: rolling back. Next update at 01:55.
01:35:00  ben notes on the incident: the old release is starting
          <- Noted on incident 1.
          -> mail to dora: rest
          = I1 ben wrote: the old release is starting
          = N1 ana worked 65 min in this night: the morning off until 12:00 is proposed, asked of dora. In force from 06:00 unless somebody says no.
01:50:00  ana posts: logins work again (improving), next in 60m
          <- Update 2 of incident 1 is posted. The next update is promised for 02:50 UTC+1.
          = I1 Update 2 by ana: logins work again. Impact improving. Next update at 02:50.
01:51:00  cho takes the role ic
          <- You are incident commander of incident 1. Decide, assign owners, keep responders undisturbed, see that updates go out on time.
          = I1 cho is incident commander from now on, they said so from the command line; ana is relieved.
02:30:00  ben says that the impact is over
          <- Incident 1 is being watched until 03:00 UTC+1.
          -> mail to dora: rest
          = I1 ben says that the impact ended at 02:30, from the command line. Watching it.
          = I1 The watch period goes until 03:00 unless something turns red.
          = N2 ben worked 105 min in this night: the morning off until 12:00 is proposed, asked of dora. In force from 06:00 unless somebody says no.
02:45:00  cho posts: watching (stable), next in 60m
          <- Update 3 of incident 1 is posted. The next update is promised for 03:45 UTC+1.
          = I1 Update 3 by cho: watching. Impact stable. Next update at 03:45.
03:00:00  (time passes)
          -> text to cho: incident
          = I1 The watch period is over, and nothing was red in it. Told cho.
03:20:00  cho resolves the incident (against it all: the night is long enough)
          <- Incident 1 is resolved against customer_actions, errors, latency, queues, dependencies, hidden_failures.
          -> mail to cho: incident
          -> mail to dora: rest
          = I1 cho resolves it against what is unmet (customer actions, errors, latency, queues, dependencies, hidden failures): the night is long enough.
          = I1 Resolved by cho from the command line.
          = I1 It wants a second name by Thu 17:00: somebody is asked when business hours begin.
          = I1 A postmortem is drafted from what is known; cho is to finish it by 14 Jan 17:00.
          = N3 cho worked 89 min in this night: the morning off until 12:00 is proposed, asked of dora. In force from 06:00 unless somebody says no.
06:00:00  (nobody has answered)
          -> mail to ana: rest
          -> mail to ben: rest
          -> mail to cho: rest
          = N1 No lead has decided yet: the rest of ana is in force provisionally.
          = N1 ana stays on call in payments-primary from 06:00 to 12:00: everybody else is away, was woken, or cannot be reached.
          = N2 No lead has decided yet: the rest of ben is in force provisionally.
          = N2 ben stays on call in payments-secondary from 06:00 to 12:00: everybody else is away, was woken, or cannot be reached.
          = N3 No lead has decided yet: the rest of cho is in force provisionally.
07:00:00  (ana and ben wake up)
          -> text to dora: rest
          -> text to dora: rest
          -> text to dora: rest
09:00:00  (time passes)
          -> mail to dora: incident
          = I1 Asked dora for a second name on the override, by Thu 17:00.
12:00:00  (the morning off is over)
          -> text to ana: night
          -> text to ben: night
          -> text to cho: night
          = N1 Asked ana by text how long they were up; 81 min of work were seen.
          = N2 Asked ben by text how long they were up; 105 min of work were seen.
          = N3 Asked cho by text how long they were up; 89 min of work were seen.
12:00:30  ana reads the text
          <- Night of Tue 6 Jan: 1h 21m of work were seen (incident 1). How long were you up?
          <- Reply N99 40m (or 1h30, none)
