"""An incident: something that people declared, with a severity, roles and clocks. Its state, and when it is due.

All fields are plain values that a JSON codec can write and read back. What grows (updates, mitigations, readings) is
rows of its own, and the timeline is its history; here stands only what the next decision needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from pagerd.core.incidents.public import PublicSide
from pagerd.core.incidents.roles import Standing
from pagerd.core.incidents.room import Room
from pagerd.core.incidents.severity import CheatSheet
from pagerd.core.postmortems.review import Review


class IncidentStatus(StrEnum):
    """The playbook's own words; the last three are ends."""

    TRIAGE = "triage"
    INVESTIGATING = "investigating"
    MITIGATING = "mitigating"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    MERGED = "merged"


OPEN = (IncidentStatus.TRIAGE, IncidentStatus.INVESTIGATING, IncidentStatus.MITIGATING, IncidentStatus.MONITORING)
"""While it is one of these, people work on it."""

DECLARED = OPEN[1:]
"""Open, and no longer a mere suspicion."""


class Mode(StrEnum):
    """A drill counts nowhere and reaches no customer; a backfilled incident is written down after it was over."""

    LIVE = "live"
    DRILL = "drill"
    BACKFILL = "backfill"


class Detection(StrEnum):
    """How it was found out."""

    MONITORING = "monitoring"
    CUSTOMER = "customer"
    SUPPORT_TICKET = "support_ticket"
    SOCIAL_MEDIA = "social_media"


class Trigger(StrEnum):
    """The five reasons to declare: any of them is enough."""

    ERRORS_OR_LATENCY = "errors_or_latency"
    CORE_JOURNEY = "core_journey"
    DATA_AT_RISK = "data_at_risk"
    SECURITY = "security"
    GROWING_OR_UNCLEAR = "growing_or_unclear"


TRIGGERS: Mapping[str, str] = {
    Trigger.ERRORS_OR_LATENCY: "customers see errors or slowness that stays",
    Trigger.CORE_JOURNEY: "a core journey is blocked: login, checkout, payments, API",
    Trigger.DATA_AT_RISK: "data may be lost or corrupted",
    Trigger.SECURITY: "a security incident is suspected or under way",
    Trigger.GROWING_OR_UNCLEAR: "the impact grows, or is unclear but serious",
}


class CancelReason(StrEnum):
    """Why it was no incident."""

    FALSE_ALARM = "false_alarm"
    NO_IMPACT = "no_impact"
    PLANNED_WORK = "planned_work"
    TEST = "test"
    OTHER = "other"


TRIAGE_LASTS = timedelta(minutes=5)
"""How long a suspicion may be one: triage is classification, not debugging."""

NAG_BEFORE = timedelta(minutes=5)
"""How long before a promised update its writer is reminded."""


PROMPTS = (timedelta(minutes=10), timedelta(minutes=15))
"""How long nothing may be tried before somebody is asked whether to roll back, and who decides what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lull:
    """Since when nothing is being tried against a grave incident, and how often that was said."""

    since: datetime
    prompts: int = 0

    @property
    def due(self) -> datetime | None:
        """When it must be said next; None when it was said often enough."""
        return self.since + PROMPTS[self.prompts] if self.prompts < len(PROMPTS) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedPath:
    """What it was decided to try, who does it, and who decided so when."""

    text: str
    owner: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """The next update that was promised. `is_overdue`: it was missed, and a page asks for it."""

    next_at: datetime
    was_reminded: bool = False
    is_overdue: bool = False

    @property
    def due(self) -> datetime | None:
        """When somebody must be told; None while a page does it."""
        if self.is_overdue:
            return None
        return self.next_at if self.was_reminded else self.next_at - NAG_BEFORE


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """The watch period: since when all has been green without a break, and until when it must stay so.

    While it is held, because a check cannot be read, it stands still: both move on by that time when it goes on.
    """

    since: datetime
    until: datetime
    is_over: bool = False
    held_since: datetime | None = None

    @property
    def due(self) -> datetime | None:
        """When it is over; None where it is, or where nobody knows."""
        return self.until if not self.is_over and self.held_since is None else None


class ReadingState(StrEnum):
    """What is known of a criterion. What cannot be read is unknown, which is not red."""

    UNKNOWN = "unknown"
    GREEN = "green"
    RED = "red"
    ATTESTED = "attested"
    NOT_APPLICABLE = "not_applicable"


GOOD = frozenset({ReadingState.GREEN, ReadingState.ATTESTED, ReadingState.NOT_APPLICABLE})
"""With these a criterion is met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was last found of a criterion, by whom, and why; nobody's is what a check read."""

    state: ReadingState
    by: str
    at: datetime
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Somebody resolved it though criteria were not met: who, why, and which were missing.

    A second person countersigns it until `due_at`; `tell_at` is when somebody is asked to next, by day. Both are None
    where nobody is asked, as in a drill.
    """

    by: str
    at: datetime
    why: str
    unmet: tuple[str, ...]
    due_at: datetime | None = None
    tell_at: datetime | None = None
    countersigned_by: str | None = None
    countersigned_at: datetime | None = None

    @property
    def against(self) -> str:
        """What was unmet, as people read it."""
        return ", ".join(self.unmet).replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One incident. `rank` 1 is the worst severity; `proposed` is the severity that the cheat sheet came to.

    `detected_at` is when somebody or something noticed, `impact_started_at` when customers began to feel it: None while
    nobody knows. `impact_ended_at` is not `resolved_at`: the watch lies between. `update` is the number of the last
    one, -1 before the first. `running` counts mitigations that are under way, `tried_at` is when the first began.
    `review` is how its postmortem stands, None where none is wanted; `close_at` is when one without is closed by
    itself. `followers` look on, and are told of updates; `relief_at` is when the commander is reminded to hand over.
    `dedup_key` is what it is about, where whoever declared it said so. `version` grows with every event, and `head` is
    the hash of the newest entry of its history.
    """

    id: str
    number: int
    mode: Mode
    title: str
    team: str
    service: str = ""
    impact: str = ""
    severity: str
    rank: int
    detection: Detection | None = None
    triggers: tuple[str, ...] = ()
    cheat_sheet: CheatSheet | None = None
    proposed: str | None = None
    status: IncidentStatus = IncidentStatus.TRIAGE
    opened_at: datetime
    opened_by: str
    detected_at: datetime
    declared_at: datetime | None = None
    impact_started_at: datetime | None = None
    mitigated_at: datetime | None = None
    impact_ended_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    triage_until: datetime | None = None
    roles: Mapping[str, Standing] = field(default_factory=dict)
    cadence: Cadence | None = None
    update: int = -1
    mitigation: int = 0
    running: int = 0
    tried_at: datetime | None = None
    hypothesis: int = 0
    path: DecidedPath | None = None
    room: Room | None = None
    all_hands_at: datetime | None = None
    followers: tuple[str, ...] = ()
    question: int = 0
    relief_at: datetime | None = None
    dedup_key: str = ""
    lull: Lull | None = None
    watch: Watch | None = None
    readings: Mapping[str, Reading] = field(default_factory=dict)
    override: Override | None = None
    review: Review | None = None
    close_at: datetime | None = None
    over_why: str = ""
    merged_into: int | None = None
    public: PublicSide = field(default_factory=PublicSide)
    version: int = 0
    head: str = ""

    @property
    def is_open(self) -> bool:
        """Do people work on it?"""
        return self.status in OPEN

    @property
    def is_real(self) -> bool:
        """Does it happen now? What was written down afterwards pages nobody, and no clock runs in it."""
        return self.mode is not Mode.BACKFILL

    @property
    def is_drill(self) -> bool:
        """Is it practice? It pages like what is real, and counts nowhere."""
        return self.mode is Mode.DRILL

    @property
    def is_checked(self) -> bool:
        """Is it time for its checks? Between a suspicion and the watch people repair: red would be no news then."""
        return self.is_real and self.status in (IncidentStatus.TRIAGE, IncidentStatus.MONITORING)

    @property
    def due(self) -> datetime | None:
        """When it must be looked at again: the earliest of its clocks; None when it waits for people alone."""
        if not self.is_real:
            return None
        # When it is over, customers may still wait to hear so, and an override for its second name.
        clocks = [self.public.clock.due if self.public.clock is not None else None]
        if self.status is IncidentStatus.RESOLVED:
            clocks += [self.review.remind_at if self.review is not None else None, self.close_at]
        if not self.is_open:
            clocks.append(self.override.tell_at if self.override is not None else None)
        else:
            clocks += [
                self.triage_until,
                self.cadence.due if self.cadence is not None else None,
                self.lull.due if self.lull is not None else None,
                self.watch.due if self.watch is not None else None,
                self.relief_at,
            ]
        return min((at for at in clocks if at is not None), default=None)

    def holder(self, role: str) -> str | None:
        """Return who holds a role."""
        standing = self.roles.get(role)
        return standing.holder if standing is not None else None

    def holder_of_first(self, *roles: str) -> str:
        """Return who holds the first of these roles that somebody holds; else whoever opened it."""
        return next((holder for role in roles if (holder := self.holder(role)) is not None), self.opened_by)


def incident_id(number: int) -> str:
    """Return the id under which the history of an incident stands."""
    return f"i-{number}"


def name_of(incident: Incident) -> str:
    """Name it for people."""
    drill = "drill " if incident.is_drill else ""
    return f"{drill}incident {incident.number}"
