"""The values a schedule is made of. Who is on call is computed from them in `rotation.py` and `lookup.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from pagerd.core.oncall.expected import Expected


class Unit(StrEnum):
    """What a turn is counted in. Hours are elapsed time; days, weeks and months are wall-clock."""

    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Turn:
    """How long one turn lasts, such as 12 hours or 2 weeks. `count` is at least 1."""

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Window:
    """A restriction: on these weekdays (0 is Monday) from `start` to `end`, wall time.

    The window belongs to the day it starts on; `end` not after `start` means the next day.
    `start` and `end` both midnight is the whole day. With `ends_on` it is a span of the week, which ends on that
    weekday and lasts a week at most. With `on_holidays` it is on the holidays of its layer, whatever weekday they are.
    """

    weekdays: frozenset[int] = frozenset()
    start: time = time(0)
    end: time = time(0)
    ends_on: int | None = None
    on_holidays: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """People in turns. `members[n]` are the people of the n-th turn, an empty one is nobody on purpose.

    `start`, `since`, `until` are naive wall times in `zone`; the first turn begins at `start`, before it nobody is on.
    With `since` the layer is there from then on only; its turns are counted from `start` all the same.
    `every` None is one turn for ever. `lasts` keeps only the first part of each turn. No `only` means always; in a
    window of `not_on` there is nobody. `holidays` are the days, in `zone`, that its windows on holidays mean.
    """

    name: str
    members: tuple[tuple[str, ...], ...]
    zone: ZoneInfo
    start: datetime
    every: Turn | None = None
    lasts: Turn | None = None
    since: datetime | None = None
    until: datetime | None = None
    only: tuple[Window, ...] = ()
    not_on: tuple[Window, ...] = ()
    holidays: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedShift:
    """People who are on call once, by name, half-open from `start` to `end` (UTC); `shadows` are told beside them."""

    start: datetime
    end: datetime
    people: tuple[str, ...] = ()
    shadows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Stacked layers. Each level of `levels` lies on top of those before it and hides them where it has somebody.

    The layers of one level lie side by side: all of them are on call. A schedule with `copy` has no levels of its
    own: it has whoever comes `offset` turns later in the layers of the copied one. `fixed` lie on top of all levels.
    `shadows` are told what the people on call are told, and never counted on.
    """

    id: str
    team: str
    zone: ZoneInfo
    levels: tuple[tuple[Layer, ...], ...] = ()
    copy: str | None = None
    offset: int = 0
    expected: Expected = field(default_factory=Expected)
    """What `check` holds it against. Who is on call does not depend on it."""
    fixed: tuple[FixedShift, ...] = ()
    shadows: tuple[str, ...] = ()

    @property
    def people_of_layers(self) -> tuple[str, ...]:
        """Everybody who has a turn in a layer of its own, each once, in the order in which the layers name them."""
        turns = (turn for level in self.levels for layer in level for turn in layer.members)
        return tuple(dict.fromkeys(person for turn in turns for person in turn))

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who has a turn or a fixed shift of its own, each once, in the order in which they are named."""
        fixed = (person for one in self.fixed for person in one.people)
        return tuple(dict.fromkeys((*self.people_of_layers, *fixed)))

    @property
    def all_shadows(self) -> tuple[str, ...]:
        """Everybody who is ever told beside the people on call, each once."""
        return tuple(dict.fromkeys((*self.shadows, *(person for one in self.fixed for person in one.shadows))))


class OverrideKind(StrEnum):
    """What an override does: one for another, everybody for these, one more, or one fewer."""

    REPLACE = "replace"
    EVERYBODY = "everybody"
    ADD = "add"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A dated exception to one schedule, half-open from `start` to `end` (UTC).

    REPLACE puts `people` in for `instead_of`; EVERYBODY puts `people` in for all; ADD adds `people`; REMOVE takes
    `instead_of` away. Stored overrides beat those of files, later ones beat earlier: `order` is larger for the later.
    """

    id: str
    schedule: str
    kind: OverrideKind
    start: datetime
    end: datetime
    people: tuple[str, ...] = ()
    instead_of: str | None = None
    why: str = ""
    by: str = ""
    stored: bool = False
    order: int = 0


FOR_GOOD = datetime(9000, 1, 1, tzinfo=UTC)
"""The end of the absence of somebody who has left: after all that is ever asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """A person is out of every schedule, half-open from `start` to `end` (UTC); the next in turn covers."""

    person: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Everything that decides who is on call."""

    schedules: Mapping[str, Schedule] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    away: tuple[Away, ...] = ()


SHIFT, OVERRIDE = "shift", "override"
"""What stands in the place of a layer's name where a fixed shift or an override decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnCall:
    """The answer for one schedule at one instant. Nobody is an answer too: a hole.

    `layer` names the layer, or is SHIFT for a fixed shift; `override` is the id of the override that decided, if any.
    `until` is when the people change (None: not within the horizon that was looked at); `following` are the people
    after that. `shadows` are told beside the people, and never counted on.
    """

    schedule: str
    at: datetime
    people: tuple[str, ...]
    layer: str | None
    override: str | None
    until: datetime | None
    following: tuple[str, ...]
    shadows: tuple[str, ...] = ()

    @property
    def decided_by(self) -> str | None:
        """What put these people there: OVERRIDE where one had a part, SHIFT, else the layer's name; None for a hole."""
        return OVERRIDE if self.override is not None else self.layer
