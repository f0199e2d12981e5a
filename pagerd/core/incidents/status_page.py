"""The status page as values: what customers see of components, of what is going on, and of what was.

It is made of published texts and of what was said of components, and of nothing else: no title, team, service or person
of ours is in reach of whoever draws it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.incidents.public import STATE_WORDS, Component, ComponentState, PublicKind, worst
from pagerd.core.oncall.wall import instant

DAYS_OF_COMPONENTS = 90
"""Days that the bar of a component shows."""

DAYS_OF_INCIDENTS = 14
"""Days that the first page tells of; all others are in the history."""

REWRITTEN_EVERY = timedelta(minutes=1)
"""How often the page is written anew, so that its time says that somebody still writes it."""

OLD_AFTER = timedelta(minutes=5)
"""A page whose time is longer ago was left behind by whoever writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicUpdate:
    """One published text."""

    at: datetime
    kind: PublicKind
    text: str
    states: tuple[tuple[str, str], ...] = ()
    """Names of components, and what it said of them, in words."""
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicIncident:
    """One incident as customers know it; `updates` has the newest first."""

    slug: str
    title: str
    updates: tuple[PublicUpdate, ...]
    components: tuple[str, ...] = ()

    @property
    def kind(self) -> PublicKind:
        """How it stands."""
        return self.updates[0].kind

    @property
    def is_open(self) -> bool:
        """Is it not over yet?"""
        return self.kind is not PublicKind.RESOLVED

    @property
    def began_at(self) -> datetime:
        """When customers heard of it first."""
        return self.updates[-1].at

    @property
    def changed_at(self) -> datetime:
        """When customers heard of it last."""
        return self.updates[0].at


@dataclass(frozen=True, slots=True)
class ComponentDay:
    """The worst that anybody said of a component on one day."""

    day: date
    state: ComponentState


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentLine:
    """One component: how it is, since when, and how it was day by day, the oldest first."""

    name: str
    description: str
    state: ComponentState
    since: datetime | None
    days: tuple[ComponentDay, ...]


@dataclass(frozen=True, slots=True)
class DayOfIncidents:
    """What there was on one day."""

    day: date
    incidents: tuple[PublicIncident, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPage:
    """Everything that customers see. `incidents` has the newest first, open ones before all others."""

    title: str
    url: str
    zone: ZoneInfo
    as_of: datetime
    components: tuple[ComponentLine, ...] = ()
    incidents: tuple[PublicIncident, ...] = field(default=())

    @property
    def open(self) -> tuple[PublicIncident, ...]:
        """What is going on."""
        return tuple(one for one in self.incidents if one.is_open)

    @property
    def state(self) -> ComponentState:
        """The worst state of all components; where something is going on, all is not well whatever they say."""
        found = worst(line.state for line in self.components)
        return ComponentState.DEGRADED if self.open and found is ComponentState.OPERATIONAL else found

    @property
    def headline(self) -> str:
        """How it all is, in one line."""
        if self.state is ComponentState.OPERATIONAL:
            return "All systems operational"
        hit = [line.name for line in self.components if line.state is self.state]
        if not hit:
            return "We are looking into a problem"
        words = STATE_WORDS[self.state]
        return f"{words}: {hit[0]}" if len(hit) == 1 else f"{words} of {len(hit)} components"

    def recent(self) -> tuple[DayOfIncidents, ...]:
        """Return the last days with what there was on each, the newest first."""
        today = self.as_of.astimezone(self.zone).date()
        days = [today - timedelta(days=back) for back in range(DAYS_OF_INCIDENTS)]
        return tuple(DayOfIncidents(day, self._of(day)) for day in days)

    def history(self) -> tuple[DayOfIncidents, ...]:
        """Return every day on which there was something, the newest first."""
        days = sorted({self._day(one) for one in self.incidents}, reverse=True)
        return tuple(DayOfIncidents(day, self._of(day)) for day in days)

    def _of(self, day: date) -> tuple[PublicIncident, ...]:
        return tuple(one for one in self.incidents if self._day(one) == day)

    def _day(self, one: PublicIncident) -> date:
        return one.began_at.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Shown:
    """From when on customers saw a component in a state."""

    at: datetime
    state: ComponentState


def component_line(component: Component, shown: Sequence[Shown], zone: ZoneInfo, now: datetime) -> ComponentLine:
    """Say how a component is and was; `shown` has the newest first. Before the first word on it all was well."""
    in_order = tuple(reversed(shown))
    state = shown[0].state if shown else ComponentState.OPERATIONAL
    today = now.astimezone(zone).date()
    first = today - timedelta(days=DAYS_OF_COMPONENTS - 1)
    days = tuple(
        ComponentDay(day, _worst_of(in_order, _midnight(day, zone), _midnight(day + timedelta(days=1), zone)))
        for day in (first + timedelta(days=ahead) for ahead in range(DAYS_OF_COMPONENTS))
    )
    return ComponentLine(
        name=component.name, description=component.description, state=state, since=_since(shown), days=days
    )


def _since(shown: Sequence[Shown]) -> datetime | None:
    """Return when the state of now began; None where nobody ever said anything else than that all is well."""
    began = None
    for one in shown:
        if one.state is not shown[0].state:
            break
        began = one.at
    return began


def _worst_of(in_order: Sequence[Shown], since: datetime, until: datetime) -> ComponentState:
    """Return the worst state of a day; what is said at midnight is of the day that begins."""
    before = [one.state for one in in_order if one.at <= since]
    within = [one.state for one in in_order if since < one.at < until]
    return worst((before[-1:] or [ComponentState.OPERATIONAL]) + within)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return instant(datetime.combine(day, time(0)), zone)


def in_order_of_need(incidents: Iterable[PublicIncident]) -> tuple[PublicIncident, ...]:
    """Put what is open before what is over, the newest first in each."""
    return tuple(sorted(incidents, key=lambda one: (one.is_open, one.began_at), reverse=True))


def names_of(components: Sequence[Component], states: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the names of components with their states in words; one that is not configured any more is left out."""
    return tuple((one.name, STATE_WORDS[states[one.id]]) for one in components if one.id in states)
