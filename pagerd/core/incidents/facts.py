"""The facts of an incident that is measured: instants and counts, read from its state and its timeline.

Nothing is guessed: an instant that nobody said stays unknown, and is never taken to be that of the declaration.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pagerd.core.incidents.incident import Incident
from pagerd.core.incidents.roles import ROLE_NAMES
from pagerd.core.timeline import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A promised update: when it was to come at the latest, and when it came; None while it has not."""

    number: int
    promised_at: datetime
    posted_at: datetime | None = None

    @property
    def is_met(self) -> bool:
        """Did it come in time?"""
        return self.posted_at is not None and self.posted_at <= self.promised_at


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPage:
    """The first page of alerts that is part of an incident: since when, when somebody was told, and took it first."""

    page: str
    opened_at: datetime
    told_at: datetime | None = None
    acknowledged_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is measured of one incident.

    `asked` and `taken` say of each role when somebody was first wanted for it, and when somebody first had it.
    `severities` begins with the one that it was declared with.
    """

    incident: Incident
    page: FirstPage | None = None
    asked: Mapping[str, datetime] = field(default_factory=dict)
    taken: Mapping[str, datetime] = field(default_factory=dict)
    severities: Sequence[tuple[datetime, str]] = ()
    slots: Sequence[Slot] = ()
    public_slots: Sequence[Slot] = ()
    """Those in which customers were to hear something."""
    answered_at: datetime | None = None
    """When somebody first took what the incident asked for."""
    tried_at: datetime | None = None
    """When somebody first tried something against it."""
    unmet: str = ""
    """What was unmet when it was last resolved against that."""
    resolved: int = 0
    overridden: int = 0
    reopened: int = 0


_ROLES = {name: role for role, name in ROLE_NAMES.items()}
_SEVERITIES = frozenset({"incident.declared", "severity.raised", "severity.lowered"})


def facts_of(
    incident: Incident,
    entries: Iterable[Entry],
    slots: Iterable[Slot],
    public_slots: Iterable[Slot],
    page: FirstPage | None,
    now: datetime,
) -> Facts:
    """Read the facts of an incident.

    `slots` are those of updates that were posted, `public_slots` of what customers read; one that is overdue is added.
    """
    asked: dict[str, datetime] = {}
    taken: dict[str, datetime] = {}
    severities: list[tuple[datetime, str]] = []
    answered_at, tried_at, unmet = None, None, ""
    counts = {"incident.resolved": 0, "incident.overridden": 0, "incident.reopened": 0}
    for entry in entries:
        if entry.kind in counts:
            counts[entry.kind] += 1
            unmet = entry.details.get("unmet", unmet)
        elif entry.kind in _SEVERITIES:
            # A severity that changed before the declaration was a guess of triage, and the declaration has the last.
            severities = severities if entry.kind != "incident.declared" else []
            severities.append((entry.at, entry.details["severity"]))
        elif entry.kind == "mitigation.started":
            tried_at = tried_at or entry.at
        elif entry.kind == "role.asked":
            asked.setdefault(_ROLES[entry.details["role"]], entry.at)
        elif entry.kind == "role.taken":
            taken.setdefault(_ROLES[entry.details["role"]], entry.at)
            answered_at = answered_at or entry.at
        elif entry.kind.startswith("errand."):
            answered_at = answered_at or entry.at
    promised = [*slots]
    cadence = incident.cadence
    if cadence is not None and cadence.next_at <= now:
        promised.append(Slot(number=incident.update + 1, promised_at=cadence.next_at))
    promised_in_public, clock = [*public_slots], incident.public.clock
    if clock is not None and clock.next_at <= now:
        promised_in_public.append(Slot(number=incident.public.draft, promised_at=clock.next_at))
    return Facts(
        incident=incident,
        page=page,
        asked=asked,
        taken=taken,
        severities=tuple(severities),
        slots=tuple(promised),
        public_slots=tuple(promised_in_public),
        answered_at=answered_at,
        tried_at=tried_at,
        unmet=unmet,
        resolved=counts["incident.resolved"],
        overridden=counts["incident.overridden"],
        reopened=counts["incident.reopened"],
    )
