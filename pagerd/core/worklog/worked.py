"""One person's night: what was seen of their work in it, what they say of it, and what counts.

A night is that of a person, on the clock of their own zone, and belongs to the day on which it begins. Seen is the time
from the first act on a page to the last, for each page and each incident, within the night, counted once where they
overlap. What the person says counts instead, and what was settled after a dispute instead of both. Nothing is
overwritten: each of these is a line more, and an entry of the audit chain.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from pagerd.core.errors import IllegalTransition
from pagerd.core.people import Person
from pagerd.core.timeline import Entry
from pagerd.core.values import changed
from pagerd.core.worklog.grant import Grant
from pagerd.core.worklog.nightfall import span_of
from pagerd.core.worklog.nights import window_text

MINUTES_MAX = 12 * 60
"""More than half a day is no work of one night: whoever writes it wrote something else."""

LINES_MAX = 50
"""So many corrections and disputes of one night; more is a quarrel that no ledger settles."""


class NightState(StrEnum):
    """SEEN is what pagerd saw, SAID what the person says, DISPUTED is argued about, SETTLED what came out of that."""

    SEEN = "seen"
    SAID = "said"
    DISPUTED = "disputed"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Work on one page, or in one incident, in one night: from the first act of the person to the last.

    In an incident whoever holds a role is at work until they lay it down, or until nobody does anything any more.
    """

    page_id: str = ""
    incident: int | None = None
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the person says of the whole night."""

    at: datetime
    by: str
    via: str
    minutes: int
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Somebody's objection. `page_id` is the row that is meant, None the night as a whole; `minutes` what is right."""

    at: datetime
    by: str
    why: str
    page_id: str | None = None
    minutes: int | None = None
    settled_at: datetime | None = None
    settled_by: str = ""
    is_upheld: bool = False
    settled_why: str = ""
    settled_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedNight:
    """One person, one night. `start` and `end` are its ends, `zone` and `window` what they follow from.

    `team` is that of the page that rang first, `rung_at` when a phone of theirs made a noise last; where none did, both
    are those of the first act in an incident.
    """

    id: str
    person: str
    team: str
    date: date
    zone: str
    window: str
    start: datetime
    end: datetime
    rung_at: datetime
    plan_revision: str
    pages: tuple[str, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    ask_at: datetime | None = None
    """When the question is due; None when it was asked, or is asked no more."""
    asked_at: datetime | None = None
    said: tuple[Said, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    grant: Grant | None = None
    version: int = 0

    @property
    def awake_at(self) -> datetime:
        """When the person was last known to be awake in it."""
        return max(self.rung_at, *(one.until for one in self.stretches)) if self.stretches else self.rung_at

    @property
    def incidents(self) -> tuple[int, ...]:
        """The incidents in which they were at work."""
        return tuple(sorted({one.incident for one in self.stretches if one.incident is not None}))

    @property
    def due(self) -> datetime | None:
        """When it must be looked at again."""
        rest_due = self.grant.due if self.grant is not None else None
        return min((at for at in (self.ask_at, rest_due) if at is not None), default=None)

    @property
    def seen_minutes(self) -> int:
        """The work that was seen, in minutes begun."""
        seconds = int(union(self.stretches, self.start, self.end).total_seconds())
        return -(-seconds // 60)

    @property
    def minutes(self) -> int:
        """The work that counts."""
        settled = [one.settled_minutes for one in self.disputes if one.settled_minutes is not None]
        if settled:
            return settled[-1]
        return self.said[-1].minutes if self.said else self.seen_minutes

    @property
    def state(self) -> NightState:
        """How sure these minutes are."""
        if self.open_dispute is not None:
            return NightState.DISPUTED
        if self.is_settled:
            return NightState.SETTLED
        return NightState.SAID if self.said else NightState.SEEN

    @property
    def open_dispute(self) -> Dispute | None:
        """The objection that nobody has settled; there is one at most."""
        last = self.disputes[-1] if self.disputes else None
        return last if last is not None and last.settled_at is None else None

    @property
    def is_settled(self) -> bool:
        """Did a dispute end with minutes, which the person alone cannot change any more?"""
        return any(one.settled_minutes is not None for one in self.disputes)


Outcome = tuple[WorkedNight, tuple[Entry, ...]]


def union(stretches: Iterable[Stretch], start: datetime, end: datetime) -> timedelta:
    """Return how long the stretches last together between two instants, counting once what overlaps."""
    total, reached = timedelta(0), start
    for one in sorted(stretches, key=lambda one: one.since):
        since, until = max(one.since, reached), min(one.until, end)
        if until > since:
            total += until - since
            reached = until
    return total


def begun(night_id: str, person: Person, at: datetime, team: str, plan_revision: str) -> WorkedNight:
    """Begin the account of a night in which this person's phone made a noise, or in which they worked."""
    day, start, end = span_of(person.night, person.zone, at)
    return WorkedNight(
        id=night_id,
        person=person.id,
        team=team,
        date=day,
        zone=str(person.zone),
        window=window_text(person.night),
        start=start,
        end=end,
        rung_at=at,
        plan_revision=plan_revision,
        ask_at=end,
    )


def rung(night: WorkedNight, at: datetime, page_id: str) -> WorkedNight:
    """Note that a page made a noise in it; what is known already changes nothing."""
    pages = night.pages if page_id in night.pages else (*night.pages, page_id)
    rung_at = max(night.rung_at, at)
    if (pages, rung_at) == (night.pages, night.rung_at):
        return night
    return changed(night, pages=pages, rung_at=rung_at)


def acted(night: WorkedNight, at: datetime, page_id: str) -> WorkedNight:
    """Note an act of the person on a page: the first begins a stretch of work, each later one draws it out.

    An act outside the night is none of its work: a page that is put to sleep at three and closed at ten is no work of
    seven hours.
    """
    return _drawn_out(night, Stretch(page_id=page_id, since=at, until=at))


def at_work(night: WorkedNight, since: datetime, until: datetime, incident: int) -> WorkedNight:
    """Note work of the person in an incident, as far as it ended within the night; what was before it is none of it."""
    return _drawn_out(night, Stretch(incident=incident, since=max(since, night.start), until=until))


def _drawn_out(night: WorkedNight, seen: Stretch) -> WorkedNight:
    if not night.start <= seen.until < night.end:
        return night
    about = (seen.page_id, seen.incident)
    known = next((one for one in night.stretches if (one.page_id, one.incident) == about), None)
    if known is None:
        return changed(night, stretches=(*night.stretches, seen))
    drawn = changed(known, since=min(known.since, seen.since), until=max(known.until, seen.until))
    if drawn == known:
        return night
    return changed(night, stretches=tuple(drawn if one is known else one for one in night.stretches))


def asked(night: WorkedNight, now: datetime, medium: str) -> Outcome:
    """The person was asked how long they were up."""
    details = {"person": night.person, "medium": medium, "seen": str(night.seen_minutes)}
    return changed(night, asked_at=now, ask_at=None), (Entry(now, "night.asked", details),)


def not_asked(night: WorkedNight, now: datetime, reason: str) -> Outcome:
    """The person is not asked how long they were up."""
    entry = Entry(now, "night.not_asked", {"person": night.person, "reason": reason})
    return changed(night, ask_at=None), (entry,)


def worked(night: WorkedNight, now: datetime, *, by: str, via: str, minutes: int, why: str = "") -> Outcome:
    """The person says how long they were up."""
    if night.is_settled:
        raise IllegalTransition(f"night {night.id} was settled at {night.minutes} min: to change that, dispute it")
    _must_be_possible(minutes)
    _must_have_room(night.said)
    line = Said(at=now, by=by, via=via, minutes=minutes, why=why)
    details = {
        "person": night.person,
        "by": by,
        "via": via,
        "minutes": str(minutes),
        "before": str(night.minutes),
        "why": why,
    }
    # Whoever has said it need not be asked.
    return changed(night, said=(*night.said, line), ask_at=None), (Entry(now, "night.worked", details),)


def disputed(
    night: WorkedNight, now: datetime, *, by: str, via: str, why: str, page_id: str | None, minutes: int | None
) -> Outcome:
    """Somebody objects to what stands there, the night as a whole or one page of it, and says what would be right."""
    if not why:
        raise IllegalTransition("a dispute needs a reason: write one sentence")
    open_one = night.open_dispute
    if open_one is not None:
        raise IllegalTransition(f"night {night.id} is disputed by {open_one.by} already: that is to be settled first")
    if page_id is not None and page_id not in night.pages:
        raise IllegalTransition(
            f"page {page_id} is not one of night {night.id}: {', '.join(night.pages) or 'none'} are"
        )
    _must_be_possible(minutes)
    _must_have_room(night.disputes)
    line = Dispute(at=now, by=by, why=why, page_id=page_id, minutes=minutes)
    details = {
        "person": night.person,
        "by": by,
        "via": via,
        "page": page_id or "",
        "minutes": "" if minutes is None else str(minutes),
        "before": str(night.minutes),
        "why": why,
    }
    return changed(night, disputes=(*night.disputes, line)), (Entry(now, "night.disputed", details),)


def settled(
    night: WorkedNight, now: datetime, *, by: str, via: str, is_upheld: bool, why: str, minutes: int | None
) -> Outcome:
    """The objection is settled: upheld, with the minutes that count from now on, or not."""
    open_one = night.open_dispute
    if open_one is None:
        raise IllegalTransition(f"nobody disputes night {night.id}")
    if not why:
        raise IllegalTransition("a dispute is settled with a reason: write one sentence")
    counts = minutes if minutes is not None else open_one.minutes if is_upheld else None
    _must_be_possible(counts)
    line = changed(
        open_one,
        settled_at=now,
        settled_by=by,
        is_upheld=is_upheld,
        settled_why=why,
        settled_minutes=counts,
    )
    after = changed(night, disputes=(*night.disputes[:-1], line))
    details = {
        "person": night.person,
        "by": by,
        "via": via,
        "how_it_ended": "upheld" if is_upheld else "not upheld",
        "minutes": str(after.minutes),
        "before": str(night.minutes),
        "why": why,
    }
    return after, (Entry(now, "night.settled", details),)


def _must_be_possible(minutes: int | None) -> None:
    if minutes is not None and not 0 <= minutes <= MINUTES_MAX:
        raise IllegalTransition(f"the work of a night is 0 to {MINUTES_MAX // 60} h, not {minutes} min")


def _must_have_room(lines: Sequence[object]) -> None:
    if len(lines) >= LINES_MAX:
        raise IllegalTransition(f"there are {LINES_MAX} lines of this kind already: talk to each other")
