"""Swaps: two people agree who is on call in whose place. What may be asked for, and the overrides that it comes to.

The rules:

- One asks, the other accepts or refuses. Whoever asked may withdraw until then.
- A swap is of one schedule. It has one part (one takes a shift of the other) or two (and gives one of theirs back).
- Whoever gives is on call in all of their part, whoever takes is not, and is in no other schedule of the same team in
  it once everything is in force: nobody stands on two levels at once.
- A shift that runs is swapped from the acceptance on; one that is over cannot be.
- It is looked at when it is asked for and again when it is accepted: in between the files may have changed.
- Accepted, each part is a stored override; from then on it is ended like any other.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from pagerd.core.errors import Conflict, NotAllowed, NotFound
from pagerd.core.oncall.lookup import people_on_call
from pagerd.core.oncall.schedule import Book, Override, OverrideKind
from pagerd.core.oncall.shifts import shifts
from pagerd.core.plain import offset_of
from pagerd.core.suggestions import unknown

ANSWER_WITHIN = timedelta(days=7)
"""How long a request waits for an answer, where no shift in it begins before that."""

AHEAD_MAX = timedelta(days=400)
"""How far ahead shifts may be swapped: as far as `check` looks."""

SHIFT_MAX = timedelta(days=60)
"""The longest shift that is found by an instant in it; of a longer one a part is named."""


class SwapStatus(StrEnum):
    """How far a swap is. Only what is REQUESTED waits; everything else is its end."""

    REQUESTED = "requested"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A span (UTC, half-open) in which `taker` is to be on call in the place of `giver`."""

    giver: str
    taker: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """`by` asks `of`. The first part is what `by` gives, the second, if there is one, what they take for it.

    `expires_at` is when it is over unless it was answered, `overrides` are the ids of those that an acceptance made,
    `via` is the way by which it was decided.
    """

    id: str
    schedule: str
    by: str
    of: str
    parts: tuple[Part, ...]
    why: str
    requested_at: datetime
    expires_at: datetime
    status: SwapStatus = SwapStatus.REQUESTED
    decided_at: datetime | None = None
    via: str = ""
    reason: str = ""
    overrides: tuple[str, ...] = ()
    version: int = 1

    @property
    def decided_by(self) -> str | None:
        """Who decided it; None where nobody did, yet or in time."""
        if self.status in (SwapStatus.ACCEPTED, SwapStatus.REFUSED):
            return self.of
        return self.by if self.status is SwapStatus.WITHDRAWN else None

    @property
    def due(self) -> datetime | None:
        """When it expires, None where it waits no more."""
        return self.expires_at if self.status is SwapStatus.REQUESTED else None


@dataclass(frozen=True, slots=True)
class Piece:
    """What somebody named: the whole shift at an instant, or from there until `end`."""

    start: datetime
    end: datetime | None = None


def requested(
    book: Book,
    people: Collection[str],
    *,
    id: str,  # noqa: A002  # the field's own name
    schedule: str,
    by: str,
    mine: Piece,
    theirs: Piece | None,
    of: str | None,
    why: str,
    now: datetime,
) -> Swap:
    """Return a swap as it is asked for. Without `of` it is whoever is on call in the piece that is wanted.

    Raises NotFound for a schedule or a person that is not there, Conflict where it cannot be.
    """
    if schedule not in book.schedules:
        raise NotFound(unknown("schedule", schedule, book.schedules))
    other = of if of is not None else _other(book, schedule, by, theirs, now)
    if other not in people:
        raise NotFound(unknown("person", other, people))
    if other == by:
        raise Conflict("nobody swaps with themself: name somebody else")
    parts = [_part(book, schedule, by, other, mine, now)]
    if theirs is not None:
        parts.append(_part(book, schedule, other, by, theirs, now))
    parts = [_left(part, now) for part in parts]
    ends = [part.start if part.start > now else part.end for part in parts]
    swap = Swap(
        id=id,
        schedule=schedule,
        by=by,
        of=other,
        parts=tuple(parts),
        why=why,
        requested_at=now,
        expires_at=min(now + ANSWER_WITHIN, *ends),
    )
    overrides_of(book, swap, now)
    return swap


def decided(
    swap: Swap, status: SwapStatus, *, person: str | None, now: datetime, via: str = "", reason: str = ""
) -> Swap:
    """Return a swap that was answered, withdrawn, or waited for too long (by nobody). Raises Conflict, NotAllowed."""
    if status in (SwapStatus.ACCEPTED, SwapStatus.REFUSED) and person != swap.of:
        raise NotAllowed(f"only {swap.of} answers {swap.id}")
    if status is SwapStatus.WITHDRAWN and person != swap.by:
        raise NotAllowed(f"only {swap.by}, who asked for it, withdraws {swap.id}")
    if swap.status is not SwapStatus.REQUESTED:
        raise Conflict(f"{swap.id} is {swap.status.value} already")
    if status is not SwapStatus.EXPIRED and now >= swap.expires_at:
        raise Conflict(f"{swap.id} has expired: ask for it anew")
    parts = tuple([_left(part, now) for part in swap.parts]) if status is SwapStatus.ACCEPTED else swap.parts
    return replace(swap, status=status, parts=parts, decided_at=now, via=via, reason=reason, version=swap.version + 1)


def overrides_of(book: Book, swap: Swap, now: datetime) -> tuple[Override, ...]:
    """Return the overrides that would put a swap into force now. Raises Conflict that says why it cannot be."""
    zone = book.schedules[swap.schedule].zone if swap.schedule in book.schedules else None
    if zone is None:
        raise Conflict(f"there is no schedule {swap.schedule} any more")
    parts = [_left(part, now) for part in swap.parts]
    for part in parts:
        _check_given(book, swap.schedule, part, zone)
    laid, found = book, list[Override]()
    for number, part in enumerate(parts, 1):
        override = _standing_in(laid, swap, part, number, now)
        laid = replace(laid, overrides=(*laid.overrides, override))
        found.append(override)
    for part in parts:
        _check_levels(laid, swap.schedule, part, zone)
    return tuple(found)


def laid_over(book: Book, overrides: Sequence[Override]) -> Book:
    """Return the book as it would be with them."""
    return replace(book, overrides=(*book.overrides, *overrides))


def _left(part: Part, now: datetime) -> Part:
    """Return what is left of a part: what was on call until now was."""
    return replace(part, start=max(part.start, now))


def _other(book: Book, schedule: str, by: str, theirs: Piece | None, now: datetime) -> str:
    if theirs is None:
        raise Conflict("a swap is with somebody: name their shift, or who takes yours")
    _check_ahead(theirs, now)
    found = [one for one in people_on_call(book, schedule, theirs.start) if one != by]
    if len(found) != 1:
        when = _when(theirs.start, book.schedules[schedule].zone)
        who = "nobody else" if not found else ", ".join(found)
        raise Conflict(f"{who} is on call in {schedule} at {when}: say with whom you want to swap")
    return found[0]


def _part(book: Book, schedule: str, giver: str, taker: str, piece: Piece, now: datetime) -> Part:
    _check_ahead(piece, now)
    if piece.end is not None:
        if piece.end <= piece.start:
            raise Conflict("a part of a shift ends after it begins")
        return Part(giver=giver, taker=taker, start=piece.start, end=piece.end)
    start, end = shift_at(book, schedule, giver, piece.start)
    return Part(giver=giver, taker=taker, start=start, end=end)


def shift_at(book: Book, schedule: str, person: str, at: datetime) -> tuple[datetime, datetime]:
    """Return from when until when somebody is on call around an instant, whoever else is. Raises Conflict."""
    laid = shifts(book, schedule, at - SHIFT_MAX, at + SHIFT_MAX)
    first = last = next(number for number, one in enumerate(laid) if one.start <= at < one.end)
    zone = book.schedules[schedule].zone
    if person not in laid[first].people:
        there = ", ".join(laid[first].people) or "nobody"
        raise Conflict(f"{person} is not on call in {schedule} at {_when(at, zone)}: {there} is")
    while first > 0 and person in laid[first - 1].people:
        first -= 1
    while last < len(laid) - 1 and person in laid[last + 1].people:
        last += 1
    if first == 0 or last == len(laid) - 1:
        raise Conflict(f"the shift of {person} is longer than {SHIFT_MAX.days} days: name a part of it, from and to")
    return laid[first].start, laid[last].end


def _check_ahead(piece: Piece, now: datetime) -> None:
    end = piece.end if piece.end is not None else piece.start
    if piece.start < now - AHEAD_MAX or end > now + AHEAD_MAX:
        raise Conflict(f"shifts are swapped at most {AHEAD_MAX.days} days ahead")


def _check_given(book: Book, schedule: str, part: Part, zone: ZoneInfo) -> None:
    """Refuse what is over, what the giver does not have, and what the taker has already."""
    if part.end <= part.start:
        raise Conflict(f"the shift of {part.giver} is over since {_when(part.end, zone)}")
    for one in shifts(book, schedule, part.start, part.end):
        there = ", ".join(one.people) or "nobody"
        if part.giver not in one.people:
            raise Conflict(f"{part.giver} is not on call in {schedule} at {_when(one.start, zone)}: {there} is")
        if part.taker in one.people:
            raise Conflict(f"{part.taker} is on call in {schedule} at {_when(one.start, zone)} anyhow")


def _standing_in(book: Book, swap: Swap, part: Part, number: int, now: datetime) -> Override:
    """Return the override by which the taker stands in the giver's place.

    Overrides do not chain: where the giver is there by an override, the place is that of whoever they stand in for,
    who may well be the taker.
    """
    places = [part.giver]
    for one in book.overrides:
        covers = one.schedule == swap.schedule and one.start < part.end and part.start < one.end
        if covers and one.instead_of is not None and one.people == (part.giver,):
            places.append(one.instead_of)
    for place in dict.fromkeys(places):
        override = Override(
            id=f"{swap.id}-{number}",
            schedule=swap.schedule,
            kind=OverrideKind.REPLACE,
            start=part.start,
            end=part.end,
            people=(part.taker,),
            instead_of=place,
            why=f"swap {swap.id}: {swap.why}" if swap.why else f"swap {swap.id}",
            by=swap.by,
            stored=True,
            order=int(now.timestamp() * 1000),
        )
        then = shifts(laid_over(book, [override]), swap.schedule, part.start, part.end)
        if all(part.taker in one.people and part.giver not in one.people for one in then):
            return override
    raise Conflict(
        f"{part.taker} would not be on call in all of the shift of {part.giver}: somebody is away in it,"
        f" or an override is in the way; `pagerd oncall {swap.schedule}` shows them"
    )


def _check_levels(book: Book, schedule: str, part: Part, zone: ZoneInfo) -> None:
    """Refuse what would put the taker on two levels of the team at once."""
    team = book.schedules[schedule].team
    for name, other in book.schedules.items():
        if other.team != team or name == schedule:
            continue
        for one in shifts(book, name, part.start, part.end):
            if part.taker in one.people:
                when = _when(one.start, zone)
                raise Conflict(f"{part.taker} is on call in {name} at {when}: nobody stands on two levels at once")


def _when(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%a %Y-%m-%d %H:%M} {offset_of(at, zone)}"
