"""Which messages an event of an incident makes, and what they say: from the lines that it wrote into the timeline.

What an incident says of itself is its timeline; a message is one of its lines for those who do not read it. So nothing
is announced that was not written down, and an event that writes no line which others must hear makes no message.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from pagerd.core.incidents.incident import Incident, name_of
from pagerd.core.incidents.messages import MessageKind
from pagerd.core.incidents.roles import Role
from pagerd.core.plain import length, zoned_time
from pagerd.core.plan import Plan
from pagerd.core.timeline import Entry


@dataclass(frozen=True, slots=True)
class Named:
    """A field of a message that is a person. By id, so that somebody who is erased is found here as well."""

    field: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One message as it stood when its event happened: words, people and instants, which become words when it leaves.

    `rank` is that of the severity, 1 the worst.
    """

    kind: MessageKind
    incident: int
    is_drill: bool
    team: str
    severity: str
    rank: int
    at: datetime
    words: Mapping[str, str] = field(default_factory=dict)
    people: tuple[Named, ...] = ()
    times: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Made:
    """What a line adds to what every message says."""

    words: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str | None] = field(default_factory=dict)
    times: Mapping[str, datetime | None] = field(default_factory=dict)


def announced(
    incident: Incident, entries: Iterable[Entry], plan: Plan, now: datetime, *, fix: str = ""
) -> tuple[Announcement, ...]:
    """Return the messages that an event makes, in order. `fix` is what mended it, of one that is over.

    A suspicion is quiet, and what is written down afterwards is news to nobody.
    """
    if incident.declared_at is None or not incident.is_real:
        return ()
    return tuple(
        _announcement(incident, kind, entry, make(incident, entry.details, plan, fix), now)
        for entry in entries
        if (told := _TOLD.get(entry.kind)) is not None
        for kind, make in (told,)
    )


def last_said(incident: Incident, kind: MessageKind, entries: Iterable[Entry], plan: Plan) -> Announcement:
    """Return a message of a kind as the last line of the timeline that makes one has it; without one, what is known."""
    lines = {name: make for name, (told, make) in _TOLD.items() if told is kind}
    of_kind = [entry for entry in entries if entry.kind in lines]
    said = of_kind[-1] if of_kind else Entry(incident.opened_at, next(iter(lines)), {})
    return _announcement(incident, kind, said, lines[said.kind](incident, said.details, plan, ""), said.at)


def facts_of(one: Announcement, plan: Plan, *, link: str = "") -> dict[str, str]:
    """Return the fields of a message as a template gets them: people by name, instants on the clock of the team."""
    team = plan.teams.get(one.team)
    zone = team.zone if team is not None else UTC
    facts = dict(one.words)
    facts |= {named.field: plan.name_of(named.person) for named in one.people}
    facts |= {name: zoned_time(at, zone, one.at) for name, at in one.times.items()}
    facts["link"] = link
    if one.kind is MessageKind.UPDATE:
        facts["eta"] = eta_line(facts.get("eta", ""), facts.get("next_update", ""))
    if one.kind is MessageKind.HELP:
        facts["join"] = facts.get("room") or link or f"pagerd incident show {one.incident}"
    began, ended = one.times.get("since"), one.times.get("ended")
    if one.kind is MessageKind.RESOLVED and began is not None and ended is not None:
        facts["window"] = f"{facts['since']} to {facts['ended']}, {length(ended - began)}"
    return facts


def eta_line(eta: str, next_update: str) -> str:
    """Say when it is expected to be over, or that nobody knows yet, and when there is more to say."""
    said = f"ETA {eta}" if eta else "no ETA yet"
    return f"{said}, next update at {next_update}" if next_update else said


def _announcement(incident: Incident, kind: MessageKind, entry: Entry, made: _Made, now: datetime) -> Announcement:
    words = {
        "name": name_of(incident),
        "number": str(incident.number),
        "symptom": incident.title,
        "severity": incident.severity,
        "team": incident.team,
        "status": incident.status.value,
        "service": incident.service,
        "impact": incident.impact,
        "room": incident.room.place if incident.room is not None else "",
        **made.words,
    }
    people = {role.value: incident.holder(role) for role in Role}
    people |= {"by": entry.details.get("by"), **made.people}
    cadence = incident.cadence
    times = {
        "at": entry.at,
        "since": incident.impact_started_at,
        "next_update": cadence.next_at if cadence is not None else None,
        **made.times,
    }
    return Announcement(
        kind=kind,
        incident=incident.number,
        is_drill=incident.is_drill,
        team=incident.team,
        severity=incident.severity,
        rank=incident.rank,
        at=now,
        words={name: said for name, said in words.items() if said},
        people=tuple(Named(name, person) for name, person in people.items() if person),
        times={name: at for name, at in times.items() if at is not None},
    )


Details = Mapping[str, str]
_Make = Callable[[Incident, Details, Plan, str], _Made]


def _nothing_more(incident: Incident, said: Details, plan: Plan, fix: str) -> _Made:
    del incident, said, plan, fix
    return _Made()


def _why(incident: Incident, said: Details, plan: Plan, fix: str) -> _Made:
    del incident, plan, fix
    text = said.get("text", "")
    return _Made({"why": said.get("reason", "") + (f" ({text})" if text else "")})


def _fires_again(incident: Incident, said: Details, plan: Plan, fix: str) -> _Made:
    del incident, plan, fix
    return _Made({"why": f"{said.get('alert', 'an alert')} fires again in page {said.get('page', '')}".rstrip()})


def _update(incident: Incident, said: Details, plan: Plan, fix: str) -> _Made:
    del incident, plan, fix
    words = {name: said.get(name, "") for name in ("know", "doing", "trend", "eta")}
    return _Made({"update": said.get("number", ""), **words})


def _help(incident: Incident, said: Details, plan: Plan, fix: str) -> _Made:
    del plan, fix
    area, target = said.get("team", ""), said.get("people", "")
    words = {"area": area, "need": said.get("text", ""), "urgency": f"now, {incident.severity}"}
    return _Made({**words, "whom": f"{target} of {area}"})


def _all_hands(incident: Incident, said: Details, plan: Plan, fix: str) -> _Made:
    del plan, fix
    words = {"area": "all hands", "need": "everybody who can", "urgency": f"now, {incident.severity}"}
    return _Made({**words, "whom": said.get("people", "")})


def _resolved(incident: Incident, said: Details, plan: Plan, fix: str) -> _Made:
    days = plan.incident_policy(incident.severity, incident.rank).postmortem_days
    against = incident.override.against if incident.override is not None else ""
    words = {
        "cause": said.get("text", ""),
        "fix": fix,
        "against": against,
        "follow_up": f"a postmortem within {days} business days, and its action items" if days is not None else "",
    }
    return _Made(words, times={"ended": incident.impact_ended_at})


def _raised(incident: Incident, said: Details, plan: Plan, fix: str) -> _Made:
    del incident, plan, fix
    return _Made({"before": said.get("from", ""), "why": said.get("reason", ""), "direction": "raised"})


def _lowered(incident: Incident, said: Details, plan: Plan, fix: str) -> _Made:
    made = _raised(incident, said, plan, fix)
    return _Made({**made.words, "direction": "lowered"})


def _role_taken(incident: Incident, said: Details, plan: Plan, fix: str) -> _Made:
    del incident, plan, fix
    return _Made({"role": said.get("role", "")}, {"holder": said.get("by"), "before": said.get("holder")})


def _role_left(incident: Incident, said: Details, plan: Plan, fix: str) -> _Made:
    del incident, plan, fix
    return _Made({"role": said.get("role", "")}, {"before": said.get("holder") or said.get("by")})


def _mitigation(incident: Incident, said: Details, plan: Plan, fix: str) -> _Made:
    del incident, plan, fix
    kind = said.get("mitigation", "")
    words = {"mitigation": said.get("number", "") + (f", {kind}" if kind else ""), "what": said.get("text", "")}
    return _Made({**words, "outcome": said.get("outcome", "")})


def _monitoring(incident: Incident, said: Details, plan: Plan, fix: str) -> _Made:
    del said, plan, fix
    watch = incident.watch
    return _Made(times={"ended": incident.impact_ended_at, "watch_until": watch.until if watch is not None else None})


def _watch(incident: Incident, said: Details, plan: Plan, fix: str) -> _Made:
    del plan, fix
    watch = incident.watch
    times = {"watch_until": watch.until if watch is not None else None}
    return _Made({"criterion": said.get("criterion", "")}, times=times)


def _countersigned(incident: Incident, said: Details, plan: Plan, fix: str) -> _Made:
    del plan, fix
    against = incident.override.against if incident.override is not None else ""
    return _Made({"against": against}, {"overrode": said.get("to")})


def _closed(incident: Incident, said: Details, plan: Plan, fix: str) -> _Made:
    del said, plan, fix
    return _Made({"postmortem": incident.review.state.value if incident.review is not None else ""})


def _merged(incident: Incident, said: Details, plan: Plan, fix: str) -> _Made:
    del incident, plan, fix
    return _Made({"into": f"incident {said.get('incident', '')}"})


_TOLD: Final[Mapping[str, tuple[MessageKind, _Make]]] = {
    "incident.declared": (MessageKind.DECLARED, _nothing_more),
    "update.posted": (MessageKind.UPDATE, _update),
    "incident.help_asked": (MessageKind.HELP, _help),
    "incident.all_hands": (MessageKind.HELP, _all_hands),
    "severity.raised": (MessageKind.SEVERITY, _raised),
    "severity.lowered": (MessageKind.SEVERITY, _lowered),
    "role.taken": (MessageKind.ROLE, _role_taken),
    "role.handed_over": (MessageKind.ROLE, _role_taken),
    "role.given_back": (MessageKind.ROLE, _role_left),
    "role.released": (MessageKind.ROLE, _role_left),
    "mitigation.started": (MessageKind.MITIGATION, _mitigation),
    "mitigation.ended": (MessageKind.MITIGATION, _mitigation),
    "incident.monitoring": (MessageKind.MONITORING, _monitoring),
    "watch.failed": (MessageKind.WATCH, _watch),
    "incident.unsolved": (MessageKind.UNSOLVED, _why),
    "incident.refired": (MessageKind.UNSOLVED, _fires_again),
    "incident.resolved": (MessageKind.RESOLVED, _resolved),
    "incident.reopened": (MessageKind.REOPENED, _why),
    "incident.came_back": (MessageKind.REOPENED, _fires_again),
    "incident.cancelled": (MessageKind.CANCELLED, _why),
    "incident.merged": (MessageKind.MERGED, _merged),
    "override.countersigned": (MessageKind.COUNTERSIGNED, _countersigned),
    "incident.closed": (MessageKind.CLOSED, _closed),
}
"""The lines that others hear of."""

TOLD: Final = frozenset(_TOLD)
"""Their kinds."""
