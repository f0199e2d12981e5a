"""The timeline: one line per thing that happened to a page, for people.

An entry is stored as its kind and plain details. The sentence is made when somebody reads it, in their own zone, so
that better words reach old entries too. An unknown kind is shown as it is: an older pagerd can read a newer one's.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.actions import sentences as of_actions
from pagerd.core.incidents import sentences as of_incidents
from pagerd.core.plain import clock_time, length, one_line


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. Instants among the details are ISO, UTC, under `until`, `..._until` or `..._at`."""

    at: datetime
    kind: str
    details: dict[str, str] = field(default_factory=dict)


SENTENCES: Mapping[str, str] = {
    # Opening
    "page.opened": "Page opened for team {team}: {alert}, severity {severity}[ (rule: {rule})][. Why: {reasons}].",
    "page.follows": "It follows page {page}, which was resolved a short while ago.",
    "page.violation": "The alert does not pass every test for paging: {reasons}. A ticket to mend it is in the queue.",
    # Escalation
    "step.paged": "Paged {people}[ ({via})] for {step}[, round {round}]. They have until {answer_until} to answer.",
    "shadows.told": "Told {people} of it too, as a shadow: nobody counts on them.",
    "step.skipped": "Skipped {step} at once: {reason}.",
    "step.timed_out": "Nobody answered {step} in time.",
    "round.started": "Every step was paged: round {round} begins with step 1.",
    "last_resort.paged": "No step is left: paged the last resort, {people}[, loudly: {loudly}][. Again at {again_at}].",
    "last_resort.empty": (
        "NOBODY of the last resort can be reached: the operators were alarmed[, and pagerd tries again at {again_at}]."
    ),
    "nobody.on_call": "Nobody is on call as {target}.",
    "person.unreachable": "Cannot reach {person}[: {reason}].",
    "contact.refused": "{medium} to {person} was refused for good[: {reason}]. It is not used again until it changes.",
    "observing.ended": "pagerd only observed since {since_at}: nobody was told of this page. From now on it sends.",
    "page.overlooked": "pagerd's own auditor found that {reason}: paging {step} again.",
    "notification.failed_over": "{medium} to {person} went through {provider}[: {reason}].",
    "late": "pagerd was {seconds} late here: it was down or stalled.",
    # Alerts
    "alert.joined": (
        "Another alert of the group fires: {alert}[, severity {severity}][ ({count} firing now)][, {muted}]."
    ),
    "alert.raised": "{alert} raised the severity from {from} to {to}: paging again from step 1.",
    "alert.graver": "{alert} has severity {to} now, not {from}; the page has {severity} already.",
    "alert.renewed": "{alert} is known to its source again.",
    "alert.resolved": "{alert} resolved[; {left} still firing].",
    "alert.stale": "{alert} is stale: its source no longer renews it, and never said it ended. It counts as firing.",
    "alert.forgotten": (
        "{alert} is stale: its source has not known it for five minutes, and never said it ended. It counts as firing."
    ),
    "page.settling": "All alerts are resolved. The page resolves at {until} unless one fires again.",
    "page.settled": "The alerts stayed resolved.",
    "page.unsettled": "{alert} fires again before the page had settled: the page goes on.",
    # Muting and hours
    "alert.muted": "{alert} is muted by {by}[: {why}][, until {until}]. The page's other alerts are not.",
    "alert.unmuted": "{alert} is no longer muted, and still fires.",
    "page.muted": "Frozen: all its alerts are muted[ by {by}][: {why}][, until {until}].",
    "page.unmuted": "No longer muted, and still firing: the page goes on.",
    "page.closed_hours": "Business hours are over: nobody is paged until {until}.",
    "page.opened_hours": "Business hours have begun: the page goes on.",
    # People
    "page.acknowledged": "{by} acknowledged[ {how}]. The page is theirs until {until}.",
    "page.help_comes": "{by} comes to help {holder}[, they said so {how}].",
    "page.undone": "{by} took their acknowledgement back[ {how}]: paging {step} again.",
    "page.acknowledged_too": "{by} acknowledged too[ {how}]; {holder} has it already.",
    "page.acknowledgement_renewed": "{by} is still at it: the page is theirs until {until}.",
    "page.acknowledgement_kept": "{by} is at it too: the page stays with {holder} until {until}.",
    "page.acknowledgement_ended": "The acknowledgement of {by} ended without a sign of life: paging again from step 1.",
    "page.reminded": "Reminded {by} quietly that their acknowledgement ends. They have until {until}.",
    "page.not_reminded": "The acknowledgement of {by} ends, and no quiet method reaches them. They have until {until}.",
    "page.holder_paged": "No sign of {by}: paged them. At {until} the page goes back to whoever is on call.",
    "page.snoozed": "{by} snoozed the page[ {how}] until {until}.",
    "page.escalated": "{by} asked for the next step[ {how}].",
    "page.reassigned": "{by} handed the page to {to}[ {how}].",
    "page.responder_added": "{by} asked {person} for help.",
    "page.note": "{by} wrote: {text}",
    "page.resolved": "Resolved[ by {by}][: {reason}].",
    "page.alerts_held": "Its alerts that still fire ({count}) open no new page until {until}.",
    "acknowledgement.refused": "An answer[ of {by}][ {how}] acknowledged nothing[: {reason}].",
    "page.incident": "It is part of incident {incident}: while that is open, no acknowledgement of it ends.",
    "page.incident_over": "Incident {incident} is over[: the page is with {by} until {until}].",
    "page.acknowledged_in_incident": "{by} acknowledged[ {how}]. The page is theirs while incident {incident} is open.",
    "page.still_carried": "{by} is still at it: the page is theirs while incident {incident} is open.",
    "page.errand_taken": "{by} answered[ {how}].",
    "page.nobody_came": "Everybody was asked, and nobody answered. Nobody is woken any more; who asks is told.",
    "page.errand_later": "{by} answered[ {how}]: it pages again from step 1 at {until} unless it is done by then.",
    # Tickets
    "ticket.opened": (
        "Ticket opened for team {team}: {alert}[, severity {severity}][. Why: {reasons}][."
        " It pages at {page_at} unless somebody takes it]."
    ),
    "ticket.alert_joined": "Another alert of the ticket fires: {alert}[ ({count} firing now)].",
    "ticket.alert_left": "{alert} was judged again and left the ticket[ for page {page}][; {left} still firing].",
    "ticket.clock_started": "{alert} has severity {severity}: the ticket pages at {page_at} unless somebody takes it.",
    "ticket.clock_stopped": "The plan does not want its alerts to page any more: it stays a ticket.",
    "ticket.alert_resolved": "{alert} resolved[; {left} still firing].",
    "ticket.taken": "{by} took the ticket.",
    "ticket.closed": "Ticket closed[ by {by}][: {reason}].",
    "ticket.reopened": (
        "Ticket reopened[ by {by}][: {reason}][: {alert} fires again, severity {severity}][. Why: {reasons}][."
        " It pages at {page_at} unless somebody takes it]."
    ),
    "ticket.note": "{by} wrote: {text}",
    "ticket.tracked": "The tracker calls it[ {ref}][ ({url})].",
    "ticket.paged": "Nobody took the ticket in time: it became page {page}.",
    # Nights
    "night.asked": "Asked {person} by {medium} how long they were up; {seen} min of work were seen.",
    "night.not_asked": "{person} was not asked how long they were up: {reason}.",
    "night.worked": "{by} says[ {how}]: {minutes} min of work in this night ({before} before)[. Why: {why}].",
    "night.disputed": (
        "{by} disputes[ {page} in] the night of {person}, {before} min: {why}[. {minutes} min would be right]."
    ),
    "rest.longer": "{person} worked on: the rest lasts until {rest_until}.",
    "rest.proposed": (
        "{person} worked {minutes} min in this night: {kind}[ until {rest_until}] is proposed[, asked of {people}][."
        " In force from {provisional_at} unless somebody says no]."
    ),
    "rest.provisional": "No lead has decided yet: the rest of {person} is in force provisionally.",
    "rest.approved": "{by} approved the rest of {person}[ {how}][: {why}].",
    "rest.declined": "{by} declined the rest of {person}[ {how}][: {why}].",
    "rest.withdrawn": "The rest of {person} is withdrawn[ by {by}][: {why}].",
    "rest.covered": "{people} covers {schedule} from {start_at} to {until}.",
    "rest.not_covered": (
        "{person} stays on call in {schedule} from {start_at} to {until}: everybody else is away, was woken, or cannot"
        " be reached."
    ),
    "night.settled": "{by} settled the dispute, {how_it_ended}: {why}. {minutes} min count ({before} before).",
    "component.set": "{by} says to customers[ {how}] that {component} is {state}.",
    # Incidents
    **of_incidents.SENTENCES,
    # Action items
    **of_actions.SENTENCES,
}
"""The sentence of each kind. `{key}` is a detail; a part in brackets goes when a detail of it is missing or empty."""

HOW = {
    "sms": "by text",
    "voice": "by a key in the call",
    "email": "by mail",
    "link": "through the link",
    "cli": "from the command line",
    "api": "through the API",
    "web": "on the web",
}
"""By which way a person acted, in words."""

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_PLACE = re.compile(r"\{(\w+)\}")


def sentence(entry: Entry, zone: ZoneInfo) -> str:
    """Say an entry to a person in this zone. Never raises: what has no words here is shown as kind and details."""
    words = _words(entry, zone)
    template = SENTENCES.get(entry.kind)
    if template is None:
        return _as_it_is(entry.kind, words)
    # Each placeholder is filled in one pass over our own text, so that a detail with braces in it stays a detail.
    parts = _OPTIONAL.split(template)
    said = []
    for index, part in enumerate(parts):
        missing = [key for key in _PLACE.findall(part) if not words.get(key)]
        if not missing:
            said.append(_PLACE.sub(lambda found: words[found[1]], part))
        elif index % 2 == 0:
            return _as_it_is(entry.kind, words)
    return "".join(said)


def _words(entry: Entry, zone: ZoneInfo) -> dict[str, str]:
    words = {key: _word(key, value, zone, entry.at) for key, value in entry.details.items()}
    via = entry.details.get("via", "")
    if via:
        words["how"] = HOW.get(via, f"via {words['via']}")
    step = words.get("step", "")
    if step[:1].isdigit():
        words["step"] = f"step {step}"
    elif step == "last resort":
        words["step"] = "the last resort"
    if words.get("round") == "1":
        words["round"] = ""
    return words


def _word(key: str, value: str, zone: ZoneInfo, seen_from: datetime) -> str:
    if key == "until" or key.endswith(("_at", "_until")):
        try:
            return clock_time(datetime.fromisoformat(value), zone, seen_from)
        except ValueError:
            return one_line(value)
    if key == "seconds":
        try:
            return length(timedelta(seconds=float(value)))
        except (ValueError, OverflowError):
            return one_line(value)
    return one_line(value)


def _as_it_is(kind: str, words: Mapping[str, str]) -> str:
    details = ", ".join(f"{key} {value}" for key, value in words.items() if value and key != "how")
    return f"{one_line(kind)}: {details}" if details else one_line(kind)
