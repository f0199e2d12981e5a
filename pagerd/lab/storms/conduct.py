"""Checks what is stored of incidents after every transaction that changed one: their rules, seen from outside.

As in `checks`, the statements are these checkers' own, and incidents are read as plain JSON.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from pagerd.core.incidents.incident import DECLARED, IncidentStatus, Mode
from pagerd.core.incidents.roles import Role
from pagerd.lab.storms import company
from pagerd.lab.storms.faults import Fault
from pagerd.lab.storms.findings import Findings
from pagerd.lab.storms.machine import NOTED_EVERY_SECONDS, Machine
from pagerd.lab.storms.readings import Readings
from pagerd.stores.base import Connection

_NEWS = (
    "SELECT seq, object_id, at, plan, event, body FROM history"
    " WHERE seq > $1 AND object_id >= 'i-' AND object_id < 'i.' ORDER BY seq"
)
_INCIDENT = "SELECT body FROM incidents WHERE id = $1"
_UPDATES = "SELECT number FROM incident_updates WHERE incident = $1 ORDER BY number"
_ASKED = (
    "SELECT i.errand FROM incident_pages i JOIN pages p ON p.id = i.page_id"
    " WHERE i.incident = $1 AND p.status <> 'resolved'"
)
_PUBLISHED = "SELECT number FROM public_texts WHERE incident = $1 AND published_at IS NOT NULL ORDER BY number"
_ACTIONS = "SELECT body FROM actions WHERE incident = $1 AND status <> 'dropped'"

_RED, _UNKNOWN = "red", "unknown"
_GOOD = frozenset({"green", "attested", "not_applicable"})

_WORST = 1
_MACHINE = frozenset(
    {"TimerFired", "ChecksRead", "ChecksMissed", "Refired", "NobodyCame", "IncidentOpened", "PageLinked"}
)
"""Events that no person lets happen, or whose person stands elsewhere."""

_EPOCH = datetime.fromtimestamp(0, UTC)

_LIVED_TWICE = timedelta(seconds=2 * NOTED_EVERY_SECONDS)
"""What a start may not know of the run before it, and the time that it takes."""

_COMPLETE = ("title", "owner", "due", "priority", "verification", "impact", "bars")

_OF_ROLES = frozenset({"RoleTaken", "RoleReleased", "RoleGivenBack", "IncidentOpened"})


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry of the history of an incident."""

    at: int
    plan: str
    event: str
    body: Mapping[str, Any]


@dataclass(slots=True)
class Watched:
    """What the checker itself knows of a watch: how each criterion stands, and how long it was green without red.

    Time in which a machine's criterion is not known is neither: it does not count, and takes nothing away.
    """

    at: int = 0
    green: timedelta = timedelta(0)
    known: dict[str, str] = field(default_factory=dict)

    def goes_on(self, at: int, read: frozenset[str]) -> None:
        """Let time pass until then; `read` are the criteria that a machine reads."""
        is_red = _RED in self.known.values()
        if not is_red and all(self.known.get(one, _UNKNOWN) != _UNKNOWN for one in read):
            self.green += _at(at) - _at(self.at)
        self.at = at

    def finds(self, criterion: str, state: str) -> None:
        """Take what was found of a criterion. What follows red begins as much anew as red does."""
        if _RED in (state, self.known.get(criterion)):
            self.green = timedelta(0)
        self.known[criterion] = state


class Conduct:
    """Knows each incident as it was, and says what may not have become of it."""

    def __init__(self, machine: Machine, findings: Findings, readings: Readings) -> None:
        self._machine = machine
        self._findings = findings
        self._readings = readings
        self._seq = 0
        self._states: dict[str, Mapping[str, Any]] = {}
        self._watched: dict[str, Watched] = {}
        self._approved: dict[str, set[int]] = {}

    async def look(self, c: Connection) -> None:
        """Look at every incident that changed."""
        changed: dict[str, list[Happened]] = {}
        for seq, object_id, at, plan, event, body in await c.execute(_NEWS, self._seq):
            assert isinstance(seq, int)
            assert isinstance(at, int)
            self._seq = seq
            happened = Happened(at, str(plan), str(event), json.loads(str(body)))
            changed.setdefault(str(object_id), []).append(happened)
        for object_id, events in changed.items():
            rows = await c.execute(_INCIDENT, object_id)
            after = json.loads(str(rows[0][0]))
            self._people(object_id, events)
            self._roles(object_id, after, events)
            self._times(object_id, after)
            self._watches(object_id, after, events)
            await self._asks(c, object_id, after, events)
            await self._updates(c, object_id, after, events)
            await self._customers(c, object_id, after, events)
            await self._closes(c, object_id, after)
            self._states[object_id] = after

    def _people(self, name: str, events: Sequence[Happened]) -> None:
        """R3: each act has its person, and the files that it was done under."""
        for one in events:
            if not one.plan or (one.event not in _MACHINE and one.body.get("by") not in company.PEOPLE):
                self._findings.breaks("R3", f"{one.event} of {name} names {one.body.get('by')!r}, plan {one.plan!r}")

    def _roles(self, name: str, after: Mapping[str, Any], events: Sequence[Happened]) -> None:
        """R1: nobody holds all three at the worst severity, unless somebody is asked; R11: none moves by itself."""
        holders = {role: (after["roles"].get(role) or {}).get("holder") for role in Role}
        is_declared = after["status"] in DECLARED
        alone = len(set(holders.values())) == 1 and None not in holders.values()
        is_asked = any((after["roles"].get(role) or {}).get("is_asked") for role in Role)
        if is_declared and after["rank"] == _WORST and alone and not is_asked:
            self._findings.breaks("R1", f"{holders[Role.IC]} holds all three roles of {name}, and nobody else is asked")
        before = self._states.get(name)
        was = {role: ((before or after)["roles"].get(role) or {}).get("holder") for role in Role}
        by = {one.event for one in events}
        if was != holders and not by & _OF_ROLES:
            self._findings.breaks("R11", f"the roles of {name} went from {was} to {holders} by {sorted(by)}")

    async def _asks(self, c: Connection, name: str, after: Mapping[str, Any], events: Sequence[Happened]) -> None:
        """R2: what the severity wants of people is asked of them by a page, from the moment that it is one."""
        before = self._states.get(name)
        is_new = before is None or before["status"] not in DECLARED
        # In between somebody may call the search for a role off.
        if after["status"] not in DECLARED or not (is_new or any(one.event == "SeverityChanged" for one in events)):
            return
        plan = self._machine.process.engine.plan if self._machine.process is not None else self._machine.files
        asked = {str(row[0]) for row in await c.execute(_ASKED, after["number"])}
        for role in plan.incident_policy(after["severity"], after["rank"]).roles:
            standing = after["roles"].get(role) or {}
            if standing.get("holder") is None and not (standing.get("is_asked") and role in asked):
                self._findings.breaks("R2", f"{name} has no {role}, and nobody is asked")

    async def _updates(self, c: Connection, name: str, after: Mapping[str, Any], events: Sequence[Happened]) -> None:
        """R4: numbers without gaps, and each promises the next one within what the severity allows."""
        numbers = [row[0] for row in await c.execute(_UPDATES, after["number"])]
        if numbers != list(range(after["update"] + 1)):
            self._findings.breaks("R4", f"{name} is at update {after['update']}, and has {numbers}")
        posted = [one for one in events if one.event == "UpdatePosted"]
        if not posted or after["cadence"] is None:
            return
        every = company.policy_of(after["severity"]).update_every
        promised = _instant(after["cadence"]["next_at"]) - _instant_of(posted[-1].at)
        if every is not None and not every.least <= promised <= every.most:
            self._findings.breaks("R4", f"{name} promises its next update in {promised}")

    async def _customers(self, c: Connection, name: str, after: Mapping[str, Any], events: Sequence[Happened]) -> None:
        """R5: customers read what an approver approved, and nothing else; R10: of a drill they read nothing."""
        approved = self._approved.setdefault(name, set())
        for one in events:
            if one.event == "PublicApproved":
                approved.add(one.body["draft"])
                if one.body["by"] not in company.APPROVERS:
                    self._findings.breaks("R5", f"draft {one.body['draft']} of {name} was approved by {one.body['by']}")
        published = {row[0] for row in await c.execute(_PUBLISHED, after["number"])}
        if after["mode"] == Mode.DRILL and (published or after["public"]["clock"]):
            self._findings.breaks("R10", f"customers are told of the drill {name}: drafts {published}")
        if published != approved:
            self._findings.breaks("R5", f"customers read drafts {published} of {name}, and {approved} were approved")

    async def _closes(self, c: Connection, name: str, after: Mapping[str, Any]) -> None:
        """R9: what is closed has action items that say all that they must, and a postmortem that was decided."""
        before = self._states.get(name)
        if after["status"] != IncidentStatus.CLOSED or (before is not None and before["status"] == after["status"]):
            return
        review = after["review"]
        if review is not None and review["state"] not in ("accepted", "waived"):
            self._findings.breaks("R9", f"{name} is closed, and its postmortem is {review['state']}")
        for (body,) in await c.execute(_ACTIONS, after["number"]):
            terms = json.loads(str(body))["terms"]
            lacks = [one for one in _COMPLETE if not terms[one]]
            if lacks:
                self._findings.breaks("R9", f"{name} is closed, and action {terms['title']!r} has no {lacks}")

    def _watches(self, name: str, after: Mapping[str, Any], events: Sequence[Happened]) -> None:
        """R6: a watch that is over, and what was resolved without an override, was green for its whole period."""
        watched = self._watched.setdefault(name, Watched())
        policy = company.policy_of(after["severity"])
        read = frozenset(company.CHECKED) & {*policy.criteria}
        was_over = _is_over(self._states.get(name))
        for one in events:
            watched.goes_on(one.at, read)
            match one.event:
                case "ImpactStopped":
                    # What was found before is no word about the end.
                    watched.green, watched.known = timedelta(0), {}
                case "CriterionRead":
                    watched.finds(one.body["criterion"], one.body["state"])
                case "ChecksRead":
                    for found in one.body["found"]:
                        self._was_so(name, found)
                        watched.finds(found["criterion"], found["state"])
                case "ChecksMissed" if not was_over:
                    unread = _at(one.at) - (_instant(one.body["since"]) - _EPOCH)
                    watched.green -= min(unread, watched.green)
                case "Resolved" if after["override"] is None:
                    lacks = {criterion for criterion in policy.criteria if watched.known.get(criterion) not in _GOOD}
                    if lacks:
                        self._findings.breaks("R6", f"{name} was resolved, and {sorted(lacks)} are not met")
                    if not was_over and watched.green < policy.watch:
                        self._findings.breaks("R6", f"{name} was resolved after {watched.green} of green")
                case _:
                    pass
        if _is_over(after) and not was_over and watched.green < policy.watch:
            self._findings.breaks("R6", f"the watch of {name} is over after {watched.green} of green")

    def _was_so(self, name: str, found: Mapping[str, Any]) -> None:
        """What pagerd read of a criterion is among the last answers to the one check of it."""
        answers = [one.value for one in self._readings.lately(found["criterion"])]
        if found["state"] not in answers:
            self._findings.breaks("R6", f"{found} was read for {name}, and the last answers were {answers}")

    def _times(self, name: str, after: Mapping[str, Any]) -> None:
        """R7: what is known happened in its order; a start with the clock set back goes on a few seconds before."""
        slack = _LIVED_TWICE if Fault.CLOCK_BACK in self._machine.weather.on else timedelta(0)
        orders = (
            ("impact_started_at", "detected_at", "declared_at", "mitigated_at", "resolved_at"),
            ("impact_started_at", "impact_ended_at", "resolved_at"),
        )
        for order in orders:
            known = [(one, _instant(after[one])) for one in order if after[one]]
            for (first, at), (then, later) in pairwise(known):
                if at > later + slack:
                    self._findings.breaks("R7", f"{name}: {first} {at} is after {then} {later}")


def _is_over(incident: Mapping[str, Any] | None) -> bool:
    """Does it say that its watch period is over?"""
    watch = incident["watch"] if incident is not None else None
    return watch is not None and bool(watch["is_over"])


def _instant(said: str) -> datetime:
    return datetime.fromisoformat(said)


def _instant_of(micros: int) -> datetime:
    return _EPOCH + _at(micros)


def _at(micros: int) -> timedelta:
    return timedelta(microseconds=micros)
