"""One unit of work: a transaction's connection, the plan and the instant it is decided under, what follows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from pagerd.core.alerts.heartbeat import Heartbeat
from pagerd.core.digest import Digest
from pagerd.core.incidents.public import PublicRecord
from pagerd.core.paging.notification import Notification
from pagerd.core.paging.page import Page
from pagerd.core.people import Medium
from pagerd.core.plan import Plan
from pagerd.core.policy import Judge
from pagerd.core.shift_notices import Notice
from pagerd.core.ticket import Ticket
from pagerd.engine.at_hand import AtHand
from pagerd.engine.boundaries import Boundary
from pagerd.engine.chance import Chance
from pagerd.stores.base import Connection
from pagerd.stores.records import pages, tickets
from pagerd.stores.records.exports import Export
from pagerd.stores.records.messages import Message
from pagerd.stores.records.signals import Signal

LEASE = timedelta(seconds=60)
"""How long a claimed notification is one sender's. Twice the longest attempt: a provider call is bounded by 25 s."""

LEASE_SHARED = timedelta(seconds=6)
"""The same on a store with several nodes, which renew what they have in hand: a lost node's claims are over soon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTraits:
    """What the engine must know of a configured source."""

    name: str
    silent_after: timedelta | None = None
    stale_resolves_after: timedelta | None = None
    brings_alerts: bool = True
    """False for one that tells of changes: what it cannot say wakes nobody."""
    is_asked: bool = False
    """Whether it can be asked which alerts it knows."""
    heartbeat: Heartbeat | None = None
    """Set where the source is a heartbeat itself."""
    feeds: tuple[Heartbeat, ...] = ()
    """The heartbeats that beat when this source sends a certain alert."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """How reports and answers reach us: providers call back, or they are asked.

    `asks_for_texts` says that there is a provider that can be asked for replies. `every` is how often, while somebody's
    reply is awaited and nobody can call us back.
    """

    by_callback: bool = True
    asks_for_texts: bool = False
    every: timedelta = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask a provider: how far a notification came, or, about none, what was texted to us."""

    about: Notification | None = None


class NotTaken(NamedTuple):
    """A provider that did not take a message, and why; `is_told` where the operators hear of it for this alone."""

    provider: str
    detail: str
    is_told: bool = False


@dataclass(slots=True, kw_only=True)
class Claimed:
    """A claimed notification that is ours to send, and the `others` that are said with it; grows until its unit ends.

    `page` or `ticket` is the worst of what it is about, `digest`, `public` or `notice` what it brings. `also` names
    some of the rest in words. `link_token` opens the page behind the link; with `sign_in_code` its reader signs in.
    `mailed_before` says that this person had mail about this page already. `begun_at` is when its sender took it up,
    `not_taken_by` which providers failed with what in this attempt. `good_until` is when, on the monotonic clock, its
    claim must be looked at again before anything is sent under it: None where nobody else could take it.
    """

    notification: Notification
    claim: str
    page: Page | None
    ticket: Ticket | None = None
    digest: Digest | None = None
    public: PublicRecord | None = None
    notice: Notice | None = None
    others: list[Notification] = field(default_factory=list)
    also: tuple[str, ...] = ()
    link_token: str | None = None
    sign_in_code: str | None = None
    mailed_before: bool = False
    begun_at: datetime | None = None
    not_taken_by: list[NotTaken] = field(default_factory=list)
    good_until: float | None = None

    def is_doubtful(self, monotonic: float) -> bool:
        """May somebody else have taken it by now?"""
        return self.good_until is not None and monotonic >= self.good_until

    def add(self, one: Notification, page: Page | None, ticket: Ticket | None) -> None:
        """Say one more in this message."""
        if one.rank < min(other.rank for other in self.all):
            self.page, self.ticket = page, ticket
        self.others.append(one)

    @property
    def all(self) -> tuple[Notification, ...]:
        """All that it stands for, the one that carries the message first."""
        return (self.notification, *self.others)

    @property
    def page_ids(self) -> tuple[str, ...]:
        """The pages that it stands for, each once."""
        return tuple(dict.fromkeys(one.page_id for one in self.all if one.page_id is not None))


@dataclass(frozen=True, slots=True)
class Room:
    """How many messages of each medium may be handed to the senders; what is beyond waits in the outbox.

    `limited` are the media of which a provider takes only so many in a time, each with when it takes more: there the
    rows wait, and whoever claims takes the most urgent ones. `left_to_others` are those that nobody carries for this
    node: another one may have more luck, so it takes up only what lies about.
    """

    free: Mapping[Medium, int] = field(default_factory=dict)
    limited: Mapping[Medium, datetime] = field(default_factory=dict)
    left_to_others: frozenset[Medium] = frozenset()

    @property
    def open(self) -> tuple[Medium, ...]:
        """The media that have room and no limit."""
        held_back = {*self.limited, *self.left_to_others}
        return tuple(medium for medium, count in self.free.items() if count > 0 and medium not in held_back)


@dataclass(frozen=True, slots=True)
class Proof:
    """What a report showed of a provider: that it delivers, or, with a `fault`, that it does not carry for us."""

    medium: Medium
    provider: str
    fault: str = ""


@dataclass(slots=True, kw_only=True)
class Work:
    """Lives for one transaction. What it collects is carried out only when the transaction is durable.

    `listens_since` is when pagerd was started, or its store could be written again: before, nobody was heard. `lease`
    is how long what is claimed now stays ours. `agreed` is False while another node runs on other files: what this one
    does not know may be known there, so it drops nothing of it.
    """

    c: Connection
    plan: Plan
    judge: Judge
    now: datetime
    listens_since: datetime
    chance: Chance
    with_links: bool
    room_now: Callable[[], Room]
    hearing: Hearing = field(default_factory=Hearing)
    pages: AtHand[Page] = field(default_factory=lambda: AtHand(pages.find))
    tickets: AtHand[Ticket] = field(default_factory=lambda: AtHand(tickets.find))
    outgoing: list[Claimed] = field(default_factory=list)
    taken: dict[Medium, int] = field(default_factory=dict)
    """How many messages of each medium this unit hands out past the rows that wait."""
    questions: list[Question] = field(default_factory=list)
    exports: list[Export] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    publishes: bool = False
    """What customers read has changed."""
    sources_to_ask: list[str] = field(default_factory=list)
    actions_to_look_at: list[int] = field(default_factory=list)
    """The action items of which it is to be asked whether they helped."""
    checks_to_read: list[int] = field(default_factory=list)
    """The incidents whose checks are to be read."""
    signals: list[Signal] = field(default_factory=list)
    """What became known of alerts: kept with the unit."""
    earliest: datetime | None = None
    proofs: list[Proof] = field(default_factory=list)
    counts: list[tuple[str, tuple[str, ...], float]] = field(default_factory=list)
    plan_changed: bool = False
    plan_changes: int | None = None
    """How often the stored part of the plan had changed when this unit saw it; None where nobody else changes it."""
    lease: timedelta = LEASE
    agreed: bool = True
    observing: bool = False
    """Nothing is sent: what would be, and where alerts go, is written down."""
    said: list[tuple[str, Mapping[str, object]]] = field(default_factory=list)
    crossed: list[Boundary] = field(default_factory=list)
    """The boundaries that the commit carries this unit across, each once."""
    _room: Room | None = None

    @property
    def is_shared(self) -> bool:
        """Whether other nodes may be at work on the same rows: that is what short leases are for."""
        return self.lease is LEASE_SHARED

    @property
    def room(self) -> Room:
        """How many messages may be handed out, as it was when this unit first asked: most units send nothing."""
        if self._room is None:
            self._room = self.room_now()
        return self._room

    def crosses(self, boundary: Boundary) -> None:
        """Say what the commit makes true."""
        if boundary not in self.crossed:
            self.crossed.append(boundary)

    def has_room_for(self, medium: Medium) -> bool:
        """May one more message of a medium go at once, past the rows that wait?"""
        room = self.room
        waits = medium in room.limited or medium in room.left_to_others
        return not waits and self.taken.get(medium, 0) < room.free.get(medium, 0)

    def say(self, event: str, **keys: object) -> None:
        """Log something once the transaction is durable."""
        self.said.append((event, keys))

    def count(self, metric: str, *labels: str, by: float = 1) -> None:
        """Count something once the transaction is durable."""
        self.counts.append((metric, labels, by))

    def wakes_at(self, at: datetime | None) -> None:
        """Something waits until then: the heartbeat must not sleep longer."""
        if at is not None and (self.earliest is None or at < self.earliest):
            self.earliest = at
