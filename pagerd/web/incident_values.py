"""The values that the templates about incidents are drawn from.

Every instant stands there three times: on the reader's clock with its distance from UTC, in UTC, and how far away it
was when the page was made.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pagerd.core.plain import away, clock_time, zoned_time


@dataclass(frozen=True, slots=True)
class When:
    """One instant. `utc` is empty where the reader's own clock is UTC; `away` is `in 4m`, `4m ago`."""

    iso: str
    here: str
    utc: str
    away: str
    is_past: bool


@dataclass(frozen=True, slots=True)
class StepScreen:
    """One step: whose it is and what, when, and where it is done."""

    words: str
    form: str
    role: str
    due: When | None


@dataclass(frozen=True, slots=True)
class PhaseScreen:
    """One of the four words of the order."""

    word: str
    means: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class ClockScreen:
    """One instant that has a name. `is_late`: it was promised, and is past."""

    name: str
    when: When
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleScreen:
    """One role: who has it, and what the reader can do about it."""

    role: str
    name: str
    duty: str
    state: str
    since: When | None
    is_vacant: bool
    is_wanted: bool
    can_take: bool
    can_hand_on: bool
    can_request: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateScreen:
    """One numbered update."""

    title: str
    when: When
    know: str
    doing: str
    trend: str
    eta: str
    next_at: When | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MitigationScreen:
    """One mitigation: what was tried, and what it did."""

    number: int
    words: str
    state: str
    when: When
    is_running: bool


@dataclass(frozen=True, slots=True)
class PageLine:
    """One page of the incident."""

    id: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class EntryScreen:
    """One line of the timeline: when it happened, what, and when it was written down, if that was later."""

    iso: str
    at: str
    words: str
    recorded: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One form that means something now."""

    word: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentScreen:
    """Everything that `incident.html` says."""

    number: int
    name: str
    title: str
    badge: str
    is_grave: bool
    is_drill: bool
    is_open: bool
    is_suspected: bool
    status: str
    facts: tuple[tuple[str, str], ...]
    merged_into: int | None
    room: str
    room_url: str
    order: tuple[PhaseScreen, ...]
    next: StepScreen | None
    then: tuple[StepScreen, ...]
    clocks: tuple[ClockScreen, ...]
    roles: tuple[RoleScreen, ...]
    updates: tuple[UpdateScreen, ...]
    updates_before: tuple[UpdateScreen, ...]
    mitigations: tuple[MitigationScreen, ...]
    pages: tuple[PageLine, ...]
    untold: tuple[str, ...]
    criteria_met: int
    criteria: int
    customers: str
    has_postmortem: bool
    can_resolve: bool
    main_offers: tuple[Offer, ...]
    offers: tuple[Offer, ...]
    timeline: tuple[EntryScreen, ...]
    entries_before: int
    now: When
    zone: str


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """One incident of a list."""

    number: int
    badge: str
    is_grave: bool
    title: str
    state: str


def when(at: datetime, zone: ZoneInfo, now: datetime) -> When:
    """Say an instant on the reader's clock, in UTC, and by its distance."""
    here, utc = zoned_time(at, zone, now), f"{clock_time(at, UTC, now)} UTC"
    return When(
        at.isoformat(timespec="milliseconds"), here, utc if utc != here else "", away(at, now), is_past=at <= now
    )
