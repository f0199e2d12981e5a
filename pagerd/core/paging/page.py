"""A page: an open group of alerts that wants a human. Its state, and when it must be looked at again.

A page has one due time, computed from its state: every open page has exactly one next action, or says why it has none.
All fields are plain values that a JSON codec can write and read back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class PageStatus(StrEnum):
    """Triggered wants an answer, acknowledged has a holder, resolved is terminal."""

    TRIGGERED = "triggered"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


class Stage(StrEnum):
    """Where the escalation stands. BEFORE is before step 1: whoever had the page that this one follows.

    EVERYBODY_ASKED is the end of a page that goes without a last resort: it stays open, and its incident is told.
    """

    BEFORE = "before"
    STEP = "step"
    REASSIGNED = "reassigned"
    LAST_RESORT = "last_resort"
    EVERYBODY_ASKED = "everybody_asked"


@dataclass(frozen=True, slots=True)
class PageStep:
    """One step as it was when the page opened. Targets are names; people are looked up when it fires."""

    targets: tuple[str, ...]
    answer_within: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where the escalation stands. `index` and `round` count from 0; `due` is when the next step goes.

    `paged` are the people already paged in this round, `asked` those of this very step. `person` is the one of BEFORE
    and REASSIGNED, `by` who handed the page to them.
    """

    stage: Stage
    index: int = 0
    round: int = 0
    paged: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    person: str | None = None
    by: str | None = None
    due: datetime | None = None


class Holding(StrEnum):
    """How far an acknowledgement has run out: fresh, quietly reminded, the holder paged loudly."""

    FRESH = "fresh"
    REMINDED = "reminded"
    PAGED = "paged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """Who holds the page, and when the next thing about that is due."""

    by: str
    at: datetime
    until: datetime
    holding: Holding = Holding.FRESH
    is_snooze: bool = False
    """Did whoever has it say themselves when to be asked again?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What the page is about, as its first alert and the plan told it. Never changes."""

    title: str
    summary: str
    service: str
    place: str
    team: str
    rule: str | None
    runbook: str | None
    runbook_url: str | None
    action: str | None
    links: Mapping[str, str] = field(default_factory=dict)
    violations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The incident that a page is part of. With an `errand` the incident raised the page and wants that of somebody.

    While the incident is open, an acknowledgement of a page of alerts does not end: whoever has it is at work. None of
    `spared` is asked for an errand, who could not do it. One that `ends_quietly` has no last resort.
    """

    incident: int
    is_open: bool = True
    errand: str | None = None
    spared: tuple[str, ...] = ()
    ends_quietly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page. `rank` 1 is the worst severity. `muted` and `stale` count alerts of those that are `firing`.

    `reached` are all people ever paged about it. `version` grows with every event, and `head` is the hash of the newest
    entry of its history: the next one goes on from it.
    """

    id: str
    subject: Subject
    group_key: str
    severity: str
    rank: int
    urgency: str
    business_hours: bool
    opened_at: datetime
    since: datetime
    steps: tuple[PageStep, ...]
    repeat: int
    position: Position
    status: PageStatus = PageStatus.TRIGGERED
    alerts: int = 0
    firing: int = 0
    muted: int = 0
    stale: int = 0
    reached: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    """Who was asked for help and did not answer yet."""
    acknowledgement: Acknowledgement | None = None
    last_acknowledged_by: str | None = None
    settle_until: datetime | None = None
    frozen_why: str | None = None
    closes_at: datetime | None = None
    opens_at: datetime | None = None
    told_at: datetime | None = None
    follows: str | None = None
    raised_by: str | None = None
    """The person who raised it by hand; such a page resolves by hand only."""
    part: Part | None = None
    resolved_at: datetime | None = None
    resolved_by: str | None = None
    version: int = 0
    head: str = ""

    @property
    def is_open(self) -> bool:
        """Does it still want a human?"""
        return self.status is not PageStatus.RESOLVED

    @property
    def errand(self) -> str | None:
        """Return what an incident wants of somebody with this page; None for a page of alerts or of a person."""
        return self.part.errand if self.part is not None else None

    @property
    def ends_quietly(self) -> bool:
        """Does it go without the last resort when nobody answers?"""
        return self.part is not None and self.part.ends_quietly

    @property
    def is_carried(self) -> bool:
        """Is it held by somebody who is at work in an open incident? Then nothing is due of its acknowledgement."""
        in_incident = self.part is not None and self.part.is_open and self.part.errand is None
        held = self.acknowledgement
        return in_incident and held is not None and not held.is_snooze

    @property
    def was_just_opened(self) -> bool:
        """Has nothing happened to it since it was opened? Whoever opens it need not ask what was said of it before."""
        return self.version <= 1

    @property
    def due(self) -> datetime | None:
        """When the page must be looked at again; None when it is resolved, or frozen until an event says otherwise."""
        if not self.is_open:
            return None
        if self.settle_until is not None:
            return self.settle_until
        if self.frozen_why is not None:
            return None
        if self.opens_at is not None:
            return self.opens_at
        waiting = self.acknowledgement.until if self.acknowledgement is not None else self.position.due
        if self.is_carried:
            waiting = None
        return min((at for at in (waiting, self.closes_at) if at is not None), default=None)
