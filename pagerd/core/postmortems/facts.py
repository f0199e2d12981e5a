"""The facts of a postmortem: what each section says that is known, each line with the entries that it comes from.

Nothing here guesses. The same events give the same lines, so that writing them anew changes only what is new.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from pagerd.core.incidents.figures import WORDS as INSTANTS
from pagerd.core.incidents.figures import Figure, figures
from pagerd.core.incidents.incident import TRIGGERS, Detection
from pagerd.core.incidents.mitigation import Outcome
from pagerd.core.incidents.roles import ROLE_NAMES, Role
from pagerd.core.plain import length
from pagerd.core.postmortems.action_lines import action_lines
from pagerd.core.postmortems.document import Facts
from pagerd.core.postmortems.known import Event, Known, cited, several
from pagerd.core.postmortems.words import plain

TIMELINE_MAX = 1000
"""Lines of the timeline in the text; the whole of it is in the store."""

LIST_MAX = 20

SWIFT = timedelta(minutes=5)
"""What is found or taken up within this went well; a commander who comes later did not."""

TRIED_WITHIN = timedelta(minutes=10)

_BADLY = (
    "step.timed_out",
    "round.started",
    "last_resort.paged",
    "last_resort.empty",
    "nobody.on_call",
    "person.unreachable",
    "late",
    "triage.overdue",
    "role.gap",
    "role.alone",
    "update.missed",
    "mitigation.prompted",
    "watch.failed",
    "incident.overridden",
    "incident.reopened",
)
"""What of the timeline speaks for itself."""

_LEFT_OUT = (
    "postmortem.",
    "incident.action_",
    "incident.closed",
    "incident.stays_resolved",
    "update.reminded",
)
"""What is about the postmortem, or only pagerd's own bustle."""


def facts_of(known: Known) -> Facts:
    """Return the lines of each region of which something is known."""
    found: Mapping[str, tuple[str, ...]] = {
        "summary": _summary(known),
        "impact": _impact(known),
        "timeline": _timeline(known),
        "times": tuple(_figure(known, one) for one in figures(known.incident, _first_sign(known))),
        "root_cause": _root_cause(known),
        "factors": _factors(known),
        "went_well": _went_well(known),
        "went_badly": several(known, _went_badly(known), LIST_MAX),
        "actions": action_lines(known.actions),
    }
    return {name: lines for name, lines in found.items() if lines}


def _summary(known: Known) -> tuple[str, ...]:
    incident = known.incident
    changes = [known.sentence(one) for one in known.of("severity.raised", "severity.lowered")]
    cites = [one.cite for one in known.of("severity.raised", "severity.lowered")]
    severity = " ".join((f"**Severity:** {plain(incident.severity)}.", *changes))
    last = known.last("incident.resolved", "incident.reopened", "incident.closed")
    against = known.last("incident.overridden")
    status = f"**Current status:** {incident.status}"
    if against is not None and incident.override is not None:
        status += f", against what was unmet ({plain(', '.join(incident.override.unmet))})"
    of_end = (last.cite if last is not None else known.opening, against.cite if against is not None else "")
    return (
        cited(f"**Duration:** {_duration(known)}.", known.opening, _cite_of(known, "impact_ended_at")),
        cited(severity, known.opening, *cites),
        cited(f"{status}.", *of_end),
    )


def _duration(known: Known) -> str:
    incident = known.incident
    began, ended = incident.impact_started_at, incident.impact_ended_at
    if ended is None:
        return f"the end of the impact is not known; it began at {known.wall(began)}"
    if began is None:
        return f"the impact ended at {known.wall(ended)}; when it began is not known"
    if ended < began:
        return f"the impact began at {known.wall(began)} and ended before that, at {known.wall(ended)}: one is wrong"
    return f"{known.wall(began)} to {known.wall(ended)}, {length(ended - began)} of impact"


def _impact(known: Known) -> tuple[str, ...]:
    incident = known.incident
    lines = []
    if incident.impact:
        lines.append(cited(f"Said when it was opened: {plain(incident.impact)}", known.opening))
    if incident.service:
        lines.append(cited(f"Service: {plain(incident.service)}", known.opening))
    if incident.triggers:
        held = "; ".join(TRIGGERS.get(one, one) for one in incident.triggers)
        lines.append(cited(f"Declared because {plain(held)}", known.opening))
    trends = [one for one in known.of("update.posted") if one.entry.details.get("trend")]
    lines += [
        cited(f"{known.wall(one.entry.at)} {plain(one.entry.details['trend'])}, said update {_number(one)}", one.cite)
        for one in trends[:LIST_MAX]
    ]
    return tuple(lines)


def _timeline(known: Known) -> tuple[str, ...]:
    zone = cited(f"All times are those of {known.zone}.", known.opening)
    events = (one for one in known.events if not one.entry.kind.startswith(_LEFT_OUT))
    return (zone, *several(known, events, TIMELINE_MAX))


def _figure(known: Known, figure: Figure) -> str:
    lasted = length(figure.length) if figure.length is not None else "not known"
    if not figure.is_valid:
        lasted = "not counted, because these instants contradict others"
    bounds = f"from {known.wall(figure.start.at)} ({figure.start.what}) to {known.wall(figure.end.at)}"
    names = {words: name for name, words in INSTANTS.items()}
    cites = [_cite_of(known, names.get(bound.what, "detected_at")) for bound in (figure.start, figure.end)]
    return cited(f"**{figure.name}:** {lasted}, {bounds} ({figure.end.what}).", *cites)


def _cite_of(known: Known, instant: str) -> str:
    """Return the entry that says when something happened."""
    if instant == "declared_at":
        event = known.last("incident.declared")
    elif instant == "resolved_at":
        event = known.last("incident.resolved")
    elif instant in ("mitigated_at", "impact_ended_at"):
        # Where nobody said that the impact was over, it was when the incident was resolved.
        event = known.last("incident.monitoring") or known.last("incident.resolved")
    else:
        event = None
    return event.cite if event is not None else known.opening


def _root_cause(known: Known) -> tuple[str, ...]:
    lines = []
    resolved = known.last("incident.resolved")
    if resolved is not None and resolved.entry.details.get("text"):
        lines.append(cited(f"Said when it was resolved: {plain(resolved.entry.details['text'])}", resolved.cite))
    lines += [cited(known.sentence(one), one.cite) for one in _ended(known, Outcome.WORKED)]
    return tuple(lines[:LIST_MAX])


def _factors(known: Known) -> tuple[str, ...]:
    """Return what was seen that may belong to a category; which one it is, people say."""
    incident = known.incident
    lines = []
    if incident.detection not in (None, Detection.MONITORING):
        how = incident.detection.value.replace("_", " ")
        lines.append(cited(f"It was noticed through {how}, and not by monitoring.", known.opening))
    lines += [cited(known.sentence(one), one.cite) for one in known.of("page.violation")]
    lines += [
        cited(known.sentence(one), one.cite)
        for outcome in (Outcome.NO_EFFECT, Outcome.WORSE)
        for one in _ended(known, outcome)
    ]
    return tuple(dict.fromkeys(lines))[:LIST_MAX]


def _went_well(known: Known) -> tuple[str, ...]:
    incident = known.incident
    lines = []
    detected, declared = figures(incident, _first_sign(known))[:2]
    if detected.length is not None and detected.length <= SWIFT:
        within = f"within {length(detected.length)}" if detected.length else "at once"
        lines.append(cited(f"It was detected {within}.", known.opening))
    if declared.length is not None and declared.length <= SWIFT:
        when = f"{length(declared.length)} after the first sign" if declared.length else "at the first sign"
        lines.append(cited(f"It was declared {when}.", _cite_of(known, "declared_at")))
    commander = _first_commander(known)
    if commander is not None and incident.declared_at is not None:
        waited = commander.entry.at - incident.declared_at
        if waited <= SWIFT:
            # Who took the command of a suspicion had it when it was declared.
            when = f"after {length(waited)}" if waited > timedelta(0) else "from the start"
            lines.append(cited(f"A commander was there {when}.", commander.cite))
    tried = next(known.of("mitigation.started"), None)
    if tried is not None and incident.declared_at is not None:
        waited = tried.entry.at - incident.declared_at
        if waited <= TRIED_WITHIN:
            when = f"{length(waited)} after it was declared" if waited else "as it was declared"
            lines.append(cited(f"Something was tried {when}.", tried.cite))
    posted = list(known.of("update.posted"))
    if posted and not any(known.of("update.missed")):
        which = f"All {len(posted)} updates" if len(posted) > 1 else "The update"
        lines.append(cited(f"{which} came in time.", posted[0].cite, posted[-1].cite))
    return tuple(lines)


def _went_badly(known: Known) -> list[Event]:
    found = list(known.of(*_BADLY))
    commander, declared = _first_commander(known), known.incident.declared_at
    if commander is not None and declared is not None and commander.entry.at - declared > SWIFT:
        found.append(commander)
    found += (one for outcome in (Outcome.NO_EFFECT, Outcome.WORSE) for one in _ended(known, outcome))
    return sorted(found, key=lambda one: one.entry.at)


def _first_commander(known: Known) -> Event | None:
    taken = known.of("role.taken", "role.handed_over")
    return next((one for one in taken if one.entry.details.get("role") == ROLE_NAMES[Role.IC]), None)


def _ended(known: Known, outcome: Outcome) -> list[Event]:
    words = outcome.value.replace("_", " ")
    return [one for one in known.of("mitigation.ended") if one.entry.details.get("outcome") == words]


def _first_sign(known: Known) -> datetime:
    first = known.first_page_at
    return min(first, known.incident.detected_at) if first is not None else known.incident.detected_at


def _number(event: Event) -> str:
    return plain(event.entry.details.get("number", "?"))
