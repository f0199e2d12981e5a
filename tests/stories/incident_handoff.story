A role is handed over when the other has taken it, and not before.
start: 2026-01-07 02:00
plan: with roles

02:00:00  ana declares an incident of team payments: customers cannot log in (sev2)
          <- Incident 1 is declared, sev2. The next update is promised for 02:30 UTC+1.
          -> text to dora
          = I1 ana opened an incident from the command line: customers cannot log in. Severity sev2.
          = I1 ana declared it from the command line: sev2.
          = I1 Update 0 is the declaration. The next one is promised for 02:30.
          = I1 Somebody is wanted as incident commander: asking in turn ic, team_lead, platform_lead, secondary.
          = P1 Page opened for team payments: Incident commander wanted for incident 1: customers cannot log in, severity sev2. Why: incident 1 asks.
          = P1 Paged dora (ic, schedule commanders) for step 1 (ic). They have until 02:05 to answer.
02:00:10  ana hands the role ic to ben
          <- Incident 1: nobody is incident commander: `pagerd role request` pages for somebody
02:00:20  dora takes the role ic
          <- You are incident commander of incident 1. Decide, assign owners, keep responders undisturbed, see that updates go out on time.
          = I1 dora is incident commander, they said so from the command line.
          = P1 Resolved by dora: the role was taken.
02:01:00  dora hands the role ic to cho
          <- Cho is asked to be incident commander of incident 1; until then you are.
          -> text to cho
          = I1 dora offers the role of incident commander to cho from the command line.
          = I1 Somebody is wanted as incident commander: asking in turn cho, ic, team_lead, platform_lead, secondary.
          = P2 Page opened for team payments: Incident commander wanted for incident 1: customers cannot log in, severity sev2. Why: incident 1 asks.
          = P2 Paged cho (cho) for step 1 (cho). They have until 02:06 to answer.
02:03:00  (time passes)
          -> call to cho
02:06:00  (time passes)
          -> text to dora
          = P2 Nobody answered step 1 (cho) in time.
          = P2 Paged dora (ic, schedule commanders) for step 2 (ic). They have until 02:11 to answer.
02:06:10  (cho does not answer, and dora is still commander)
02:07:00  cho texts: CODE
          <- text to cho: You are incident commander of incident 1. pagerd incident show 1. Decide, assign owners, keep responders undisturbed, see that updates go.. By mistake: 84 undo.
          -> text to dora: acknowledged by other
          = I1 cho is incident commander from now on, they said so by text; dora is relieved.
          = P2 cho answered by text.
02:08:00  cho releases the role tl
          <- Incident 1: nobody is technical lead, and nobody is asked to be
02:09:00  cho hands the role ic to cho
          <- Incident 1: cho is incident commander already
02:10:00  (time passes)
          -> text to cho: incident
          = I1 Nothing has been tried for 10m: asked cho what to do.
02:12:00  (time passes)
          = P2 Resolved by cho: it was answered.
02:13:00  (cho commands)
