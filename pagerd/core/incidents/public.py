"""What customers are told of an incident: texts that somebody approved, and the state of what they use.

Nothing here was ever internal: a title, an impact or a name of the incident itself reaches no text unless a person
wrote it there. What pagerd proposes is made of the names of components, of instants, and of what a draft before said.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class PublicKind(StrEnum):
    """How it stands, in the words of status pages."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"


class ComponentState(StrEnum):
    """How a component is, the best first."""

    OPERATIONAL = "operational"
    MAINTENANCE = "maintenance"
    DEGRADED = "degraded"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"


STATE_WORDS: Mapping[str, str] = {
    ComponentState.OPERATIONAL: "Operational",
    ComponentState.MAINTENANCE: "Under maintenance",
    ComponentState.DEGRADED: "Degraded performance",
    ComponentState.PARTIAL_OUTAGE: "Partial outage",
    ComponentState.MAJOR_OUTAGE: "Major outage",
}
"""Each state as customers read it."""

_ORDER = {state: rank for rank, state in enumerate(ComponentState)}


def worst(states: Iterable[str]) -> ComponentState:
    """Return the worst of some states; where there are none, all is well."""
    return max((ComponentState(one) for one in states), key=_ORDER.__getitem__, default=ComponentState.OPERATIONAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """Something that customers use, by the name that they know; `services` are ours behind it."""

    id: str
    name: str
    services: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRules:
    """How customers are told. `mail` are addresses or mailing lists, `url` is where the status page is read.

    With `two_people` nobody approves what they drafted themselves. `unsubscribe` is where a list lets go of its
    readers; pagerd only says so in the mail.
    """

    title: str = "Status"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    url: str = ""
    two_people: bool = False
    components: tuple[Component, ...] = ()
    mail: tuple[str, ...] = ()
    unsubscribe: str = ""

    @property
    def is_used(self) -> bool:
        """Are there customers to tell? Without a component or an address nobody waits for a notice."""
        return bool(self.components or self.mail)

    def component(self, wanted: str) -> Component | None:
        """Return a component by its id."""
        return next((one for one in self.components if one.id == wanted), None)

    def behind(self, service: str) -> tuple[Component, ...]:
        """Return the components that a service is behind."""
        return tuple(one for one in self.components if service and service in one.services)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicText:
    """What customers would read: exactly this is approved, or nothing.

    `next_in` is how long after its publication the next one is promised; None only of the last. `components` are the
    states that it sets.
    """

    kind: PublicKind
    title: str
    text: str
    next_in: timedelta | None = None
    components: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Name exactly this text: another word is another digest."""
        said = [self.kind.value, self.title, self.text, str(self.next_in or "")]
        said += [f"{name}={state}" for name, state in sorted(self.components.items())]
        return hashlib.sha256("\0".join(said).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A draft that waits for its approval. `by` is empty where pagerd proposed it."""

    number: int
    said: PublicText
    by: str
    at: datetime

    @property
    def is_proposal(self) -> bool:
        """Did pagerd make it, and not a person?"""
        return not self.by


REMINDED_BEFORE = ((timedelta(minutes=5), 0.5), (timedelta(minutes=2), 0.2))
"""How long before a notice is due the comms lead is reminded, and the commander; of a short time at most this part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicClock:
    """When customers must hear something next. `is_overdue`: they did not, and a page asks for it."""

    next_at: datetime
    since: datetime
    reminders: int = 0
    is_overdue: bool = False

    @property
    def due(self) -> datetime | None:
        """When somebody must be told; None while a page does it."""
        if self.is_overdue:
            return None
        if self.reminders == len(REMINDED_BEFORE):
            return self.next_at
        at_most, part = REMINDED_BEFORE[self.reminders]
        return self.next_at - min(at_most, (self.next_at - self.since) * part)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSide:
    """How an incident stands with customers. `draft` is the number of the newest draft, `published` how many went out.

    `kind` is that of the last one that did, `symptom` and `impact` what the last draft said of it in customers' words.
    `missed` counts the times that customers were not told when they should have been. `components` are the states that
    this incident set.
    """

    draft: int = 0
    pending: Pending | None = None
    published: int = 0
    kind: PublicKind | None = None
    title: str = ""
    symptom: str = ""
    impact: str = ""
    clock: PublicClock | None = None
    missed: int = 0
    components: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Do customers read of it, and not yet that it is over?"""
        return self.kind is not None and self.kind is not PublicKind.RESOLVED


def slug_of(incident_id: str, opened_at: datetime) -> str:
    """Name an incident for the public. Our own numbers would tell how many drills and false alarms there were."""
    return hashlib.sha256(f"{incident_id} {opened_at.isoformat()}".encode()).hexdigest()[:10]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRecord:
    """One draft as it is kept, and what became of it: `pending`, `published`, `rejected` or `dropped`.

    `drafted_by` is empty where pagerd proposed it. `slug` names its incident in public. `slot_at` is when customers
    should have heard it; None where nothing was promised. `mails` counts those that carry it.
    """

    incident: int
    slug: str
    number: int
    kind: str
    title: str
    text: str
    next_in: int | None = None
    """Seconds."""
    components: Mapping[str, str] = field(default_factory=dict)
    digest: str
    drafted_by: str
    drafted_at: datetime
    status: str = "pending"
    ended_by: str = ""
    ended_at: datetime | None = None
    why: str = ""
    slot_at: datetime | None = None
    next_at: datetime | None = None
    mails: int = 0
    is_first: bool = False
    """Of what was published of its incident."""

    @property
    def id(self) -> str:
        """Name it among all."""
        return text_id(self.incident, self.number)


def text_id(incident: int, draft: int) -> str:
    """Return the id of a draft."""
    return f"i-{incident}-p{draft}"
