"""What an import comes to before it is files: pagerd's own values, each with what its comment in the files says.

A product has a module of its own (and more that begin with its name) with one function, `convert`, that makes an
`Imported` of the files of an export; `__init__.py` lists it. It uses what stands beside this module:

- `exports.py` reads files and walks through JSON; whatever must be known and is not raises Unreadable with its path.
- `ledger.py` keeps the row of the plan for each thing of the source, and the notes that its comment has.
- `naming.py` makes names of pagerd out of names and ids of the source.
- `walls.py` turns instants, turns and spans of the week into what the files can say, and says where that is not exact.
- `contacts.py` makes a person of what the source knows.
- `drafts.py` cuts policies to what pagerd can walk, and gives teams their roles.

What comes after is the same for all: `writing.py` makes texts, `placing.py` puts them on disk, `comparing.py` lays the
shifts of the plan that these texts come to beside those that the source computed itself. A conversion is therefore
never trusted: it is compared.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from pagerd.core.oncall.schedule import FixedShift, Layer, Override
from pagerd.core.people import Person
from pagerd.core.plan import EscalationPolicy

T = TypeVar("T")


class Outcome(StrEnum):
    """What became of one thing of the source."""

    CONVERTED = "converted"
    CHANGED = "changed"
    IMPOSSIBLE = "impossible"
    LEFT_OUT = "left out"
    """Nothing is lost: it has ended, is switched off, or is nothing that pagerd has files for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the plan: a thing of the source, what became of it, as what, and why."""

    what: str
    id: str
    name: str
    outcome: Outcome
    becomes: str | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Noted(Generic[T]):
    """A value of pagerd with the lines of the comment that stands above it in the files."""

    value: T
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleDraft:
    """A schedule: levels from the bottom up, the layers of one level side by side, `fixed` on top; or a copy."""

    id: str
    zone: ZoneInfo
    levels: tuple[tuple[Noted[Layer], ...], ...] = ()
    fixed: tuple[Noted[FixedShift], ...] = ()
    copy: str | None = None
    offset: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamDraft:
    """A team's file. `escalation` None is the policy that pagerd makes of the roles."""

    id: str
    name: str
    zone: ZoneInfo
    notes: tuple[str, ...] = ()
    escalation: str | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    services: tuple[Noted[str], ...] = ()
    schedules: tuple[Noted[ScheduleDraft], ...] = ()
    overrides: tuple[Noted[Override], ...] = ()


@dataclass(frozen=True, slots=True)
class RenderedSpan:
    """Somebody on call as the source says, half-open and in UTC. `person` is pagerd's name, or words in brackets."""

    start: datetime
    end: datetime
    person: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """The shifts of one schedule as the source computed them: all of them from `start` until before `end`."""

    schedule: str
    start: datetime
    end: datetime
    spans: tuple[RenderedSpan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """All that an export comes to. `leaders` are who runs the account there: they stand behind all policies."""

    product: str
    people: tuple[Noted[Person], ...] = ()
    teams: tuple[TeamDraft, ...] = ()
    policies: tuple[Noted[EscalationPolicy], ...] = ()
    leaders: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    rendered: tuple[Rendered, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file of an export; its name is relative to the directory that was named, or the path as it was typed."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Importer:
    """How one kind is imported: the product's name, which files of a directory are its, and what makes sense of them.

    `convert` gets the files in the order of their names and the instant from which on things matter: what ended before
    is left out. It raises Unreadable for files that it cannot make sense of, with the path of what is wrong.
    `is_fetched` files may be named by their address as well, and then end in the first of the suffixes.
    """

    product: str
    suffixes: tuple[str, ...]
    convert: Callable[[tuple[ExportFile, ...], datetime], Imported]
    is_fetched: bool = False
