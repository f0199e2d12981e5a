"""What the timeline of an incident says, by the kind of its entries."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Beginning
    "incident.opened": (
        "{by} opened an incident[ {how}]: {title}. Severity {severity}[, detected by {detection}][; {triggers}]."
    ),
    "incident.cheat_sheet": (
        "Customers blocked from core actions: {core_blocked}. Money, data or security at risk: {at_risk}."
        " Impact growing: {growing}[. That proposes {proposed}][; {chosen} was chosen]."
    ),
    "incident.drill": "This is a drill.",
    "incident.backfilled": "{by} wrote it down after it was over.",
    "incident.triage": "It is a suspicion so far: it is to be declared or cancelled by {until}.",
    "triage.overdue": "Nobody has said yet whether it is an incident.",
    "incident.declared": "{by} declared it[ {how}]: {severity}.",
    "incident.leadership_told": "Told {people}.",
    "incident.joiners_asked": "Paged {people} to join.",
    "incident.page_linked": "Page {page} is part of it.",
    # Severity
    "severity.raised": "{by} raised the severity from {from} to {severity}[ {how}][: {reason}].",
    "severity.lowered": "{by} lowered the severity from {from} to {severity}[ {how}][: {reason}].",
    # Roles
    "role.asked": "Somebody is wanted as {role}: asking in turn {people}.",
    "role.unanswered": "Everybody was asked to be {role}, and nobody took it: told {person}.",
    "role.offered": "{by} offers the role of {role} to {to}[ {how}].",
    "role.taken": "{by} is {role}[, they said so {how}].",
    "role.handed_over": "{by} is {role} from now on[, they said so {how}]; {holder} is relieved.",
    "role.kept": "{by} stays {role}[, they said so {how}].",
    "role.given_back": "{by} is not {role} after all[, they said so {how}]: paging goes on.",
    "role.released": "{holder} is not {role} any more[: {reason}][, {by} said so].",
    "role.called_off": "{by} called the search for the {role} off[: {reason}].",
    "role.alone": "{person} holds all three roles: nobody does all of that without mistakes.",
    "role.gap": "{person} holds all three roles, which one person may not at this severity: a {role} is wanted.",
    "incident.help_asked": "{by} asks for help of {people}, team {team}: {text}.",
    "errand.help": "{by} comes to help[, they said so {how}].",
    "errand.help_unanswered": "{people} was asked for help, and nobody answered: told {person}.",
    "errand.help_unreached": "There is nobody to page for {people} to help, nor after them: told {person}.",
    "errand.join_unreached": "There is nobody to page for {people} to join: told {person}.",
    "errand.join_unanswered": "{people} was asked to join, and did not answer: told {person}.",
    "errand.join": "{by} joins[, they said so {how}].",
    "errand.update": "{by} takes care of the overdue update[, they said so {how}].",
    "errand.triage": "{by} looks at whether it is an incident[, they said so {how}].",
    "errand.watch": "{by} looks at what is broken again[, they said so {how}].",
    # Updates
    "update.first": "Update {number} is the declaration. The next one is promised for {next_at}.",
    "update.reminded": "Reminded {person} of the update that is promised for {next_at}.",
    "update.missed": "Update {number} did not come in time.",
    "update.posted": (
        "Update {number} by {by}[, {late} late]: {know}.[ Now: {doing}.][ Impact {trend}.][ ETA: {eta}.]"
        "[ Next update at {next_at}.]"
    ),
    "update.sooner": "At this severity updates come sooner: the next one is promised for {next_at}.",
    "incident.note": "{by} wrote: {text}",
    # Customers
    "public.due": "Customers are to be told by {next_at}.",
    "public.proposed": "Draft {number} for customers, {stands}, is proposed: {text}",
    "public.drafted": "{by} drafted text {number} for customers[ {how}], {stands}: {text}",
    "public.dropped": "Draft {number} for customers is dropped: {reason}.",
    "public.rejected": "{by} rejected draft {number} for customers[ {how}][: {reason}].",
    "public.approved": (
        "{by} approved draft {number} for customers[ {how}][, {late} late]: {stands}, text {digest}."
        "[ It sets {components}.][ The next one is promised for {next_at}.]"
    ),
    "public.overridden": "{by} lets it promise something ({words}): {reason}.",
    "public.reminded": "Reminded {person} that customers are to be told by {next_at}.",
    "public.missed": "Customers were not told in time.",
    "public.over": "Nobody has told customers anything, and nobody needs to any more.",
    "errand.public": "{by} sees to it that customers are told[, they said so {how}].",
    # Who comes together, and who looks on
    "room.opened": "The room: {place}[, says {by}].",
    "room.none_free": "No bridge is free: all {count} are with other incidents. Its own page is the room.",
    "incident.all_hands": "{by} called all hands[ {how}]: {people}.",
    "incident.followed": "{person} looks on[, says {by}].",
    "incident.followed_along": "Who looked on there looks on here: {people}.",
    "incident.unfollowed": "{person} looks on no more[, says {by}].",
    "question.asked": "Question {number} by {by}, for {person}: {text}",
    "question.answered": "Answer to question {number} by {by}: {text}.",
    "role.relief": "{person} commands it for {held}: reminded them to hand over.",
    # Triage
    "checklist.done": "{by} ticked[ {how}]: {step}[ ({text})].",
    "checklist.answered": "{by} answered[ {how}]: {step}?[ Since {since_at}.][ {text}.]",
    "checklist.skipped": "{by} skipped[ {how}]: {step} ({reason}).",
    "triage.path": "{by} decided[ {how}]: {text}. {owner} does it.",
    "hypothesis.stated": "Hypothesis {number} by {by}: {text}.",
    "hypothesis.judged": "Hypothesis {number} is {verdict}[, says {by}]: {reason}.",
    "change.seen": "{service}, {change}: {text}[, by {by}][, says {source}][ ({link})].",
    # Repair
    "mitigation.started": (
        "Mitigation {number} by {by}[ {how}]: {mitigation}[ ({text})][. Why nothing reversible first: {reason}]."
    ),
    "mitigation.prompted": "Nothing has been tried for {waited}: asked {person} what to do.",
    "mitigation.ended": "Mitigation {number}: {outcome}[ ({text})][, says {by}].",
    "incident.investigating": "Nothing that was tried helped: investigating.",
    "incident.unsolved": "It is not over[, says {by}][: {reason}].",
    # Watching
    "incident.monitoring": "{by} says that the impact ended at {impact_ended_at}[, {how}]. Watching it.",
    "watch.began": "The watch period goes until {until} unless something turns red.",
    "watch.failed": "{criterion} is red: the watch period starts anew when it is green.",
    "watch.held": "The watch period stands still until {criterion} can be read, or somebody attests it.",
    "watch.missed": "The checks were not read from {since_at} on: the watch period goes until {until}.",
    "watch.left": "The watch is off.",
    "watch.over": "The watch period is over, and nothing was red in it. Told {person}.",
    "criterion.read": "{criterion}: {state}[ ({reason})][, by {by}].",
    "criterion.checked": "The checks find {criterion} {state}[ ({reason})].",
    # Postmortem
    "postmortem.wanted": "{by} wants a postmortem of it[ {how}].",
    "postmortem.drafted": "A postmortem is drafted from what is known; {person} is to finish it by {due_at}.",
    "postmortem.written": "{by} wrote in the postmortem[ {how}].",
    "postmortem.facts": "{by} let the facts be written anew in the postmortem[ {how}].",
    "postmortem.submitted": "{by} asked for a review of the postmortem[ {how}].",
    "postmortem.returned": "{by} sent the postmortem back[ {how}]: {reason}.",
    "postmortem.accepted": "{by} accepted the postmortem[ {how}][, {late}][; its text has the digest {digest}].",
    "postmortem.waived": "{by} waived the postmortem[ {how}]: {reason}.",
    "postmortem.reminded": "Reminded of the postmortem that is due by {due_at}.",
    "postmortem.overdue": "The postmortem was due by {due_at}: reminded its writer and the lead.",
    "postmortem.reset": "Its postmortem is a draft again.",
    # Ends
    "incident.overridden": "{by} resolves it against what is unmet ({unmet}): {reason}.",
    "override.unsigned": "It wants a second name by {until}: somebody is asked when business hours begin.",
    "override.asked": "Asked {people} for a second name on the override, by {until}.",
    "override.overdue": "A second name on the override was due by {until}: asked {people} again.",
    "override.countersigned": "{by} countersigned the override of {to}[ {how}].",
    "incident.resolved": "Resolved by {by}[ {how}][: {text}].",
    "incident.reopened": "{by} reopened it[ {how}]: {reason}. The next update is promised for {next_at}.",
    "incident.refired": "{alert} fires again in page {page}: it is not over, and is being investigated again.",
    "incident.came_back": (
        "{alert} fires again in page {page}: the incident is open again. The next update is promised for {next_at}."
    ),
    "incident.cancelled": "{by} cancelled it[ {how}]: {reason}[ ({text})].",
    "incident.merged": "It goes on as incident {incident}[, says {by}].",
    "incident.closed": "Closed[ by {by}][ {how}].",
    "incident.stays_resolved": "It is not closed yet: {reason}.",
    "incident.took_in": "Incident {incident} turned out to be this one[, says {by}].",
    # Action items
    "incident.action_added": "{by} wrote action {number} down: {title}[. Owner: {owner}][. Due {day}].",
    "incident.action_over": "Action {number} was {outcome} by {by}: {reason}.",
    "incident.action_reopened": "Action {number} is open again[: {reason}].",
}
"""As in `core/timeline.py`: `{key}` is a detail; a part in brackets goes when a detail of it is missing or empty."""
