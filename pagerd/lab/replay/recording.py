"""What is played: what was received and what people did, each at its instant, and what is taken for granted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pagerd.core.alerts.alert import Batch
from pagerd.core.events import Event
from pagerd.core.oncall.schedule import Override
from pagerd.core.people import Medium
from pagerd.stores.records.signals import Signal
from pagerd.stores.records.stored import StoredSilence


@dataclass(frozen=True, slots=True)
class Received:
    """A whole message of a source, as it came."""

    source: str
    batch: Batch


@dataclass(frozen=True, slots=True)
class Known:
    """The news of one message, as pagerd kept them."""

    signals: tuple[Signal, ...]


@dataclass(frozen=True, slots=True)
class PageAct:
    """Somebody did something with a page. `page` is its id of then."""

    page: str
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RaisedByHand:
    """Somebody raised a page in their own words. `page` is its id of then."""

    page: str
    by: str
    team: str
    text: str
    severity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketAct:
    """Somebody took, closed or reopened the ticket of a group; `act` is the kind of its timeline entry."""

    group_key: str
    act: str
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SilencePut:
    """A silence was stored, or its end was moved."""

    silence: StoredSilence


@dataclass(frozen=True, slots=True)
class SilenceTaken:
    """A stored silence ended by hand."""

    id: str


@dataclass(frozen=True, slots=True)
class OverridePut:
    """An override was stored."""

    override: Override


@dataclass(frozen=True, slots=True)
class OverrideTaken:
    """A stored override was taken back."""

    id: str


@dataclass(frozen=True, slots=True)
class ContactLost:
    """A contact method was refused for good: by its provider, or because its person texted STOP."""

    person: str
    medium: Medium
    why: str


@dataclass(frozen=True, slots=True)
class ContactWorks:
    """A contact method that had been refused worked again."""

    person: str
    medium: Medium


@dataclass(frozen=True, slots=True)
class Reported:
    """How far a message came that was sent then, as its provider said: `status` and `detail` of its trail."""

    message: "MessageKey"
    status: str
    detail: str
    passed: str | None = None
    """What it went through for certain on its way there, where its night row says so."""


@dataclass(frozen=True, slots=True)
class PlanPut:
    """Another revision of the files came into force. Plays only where the plans of then are asked for."""

    revision: str


Happening = (
    Received
    | Known
    | PageAct
    | RaisedByHand
    | TicketAct
    | SilencePut
    | SilenceTaken
    | OverridePut
    | OverrideTaken
    | ContactLost
    | ContactWorks
    | Reported
    | PlanPut
)


@dataclass(frozen=True, slots=True)
class Item:
    """Something that happened, and when."""

    at: datetime
    what: Happening


@dataclass(frozen=True, slots=True)
class MessageKey:
    """Which message of a page to a person it was: the `number`-th for this purpose on this medium."""

    page: str
    person: str
    medium: Medium
    purpose: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOfThen:
    """A page as it was then: `alerts` are those put into it at once, `asked` says who was asked when first."""

    id: str
    group_key: str
    opened_at: datetime
    resolved_at: datetime | None
    alerts: frozenset[tuple[str, str]] = frozenset()
    asked: Mapping[str, datetime] = field(default_factory=dict)

    def was_open_at(self, at: datetime) -> bool:
        """Was it open at an instant?"""
        return self.opened_at <= at and (self.resolved_at is None or at < self.resolved_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """All of it, oldest first. What counts is what happens from `start` to before `end`; before, it only warms up.

    `pages` are those of then, by id; `trails` what became of the attempts at each message. `assumptions` are sentences
    about what is not known and was taken for granted.
    """

    start: datetime
    end: datetime
    items: Sequence[Item]
    sources: frozenset[str]
    pages: Mapping[str, PageOfThen] = field(default_factory=dict)
    trails: Mapping[MessageKey, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    plans: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The texts of the files behind each revision that was in force."""
    assumptions: tuple[str, ...] = ()
