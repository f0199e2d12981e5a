"""What somebody chooses from who asks for a swap: shifts of theirs, people who may take one, shifts to take for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.comparing.swapped import SwappedIn
from pagerd.core.errors import Conflict
from pagerd.core.membership import schedules_of
from pagerd.core.oncall.shifts import shifts
from pagerd.core.oncall.swap import Swap, shift_at
from pagerd.core.oncall.swap_words import span
from pagerd.core.plain import clock_time
from pagerd.core.plan import Plan
from pagerd.web.answers import Failure
from pagerd.web.call import instant
from pagerd.web.swap_screens import change_lines

COVER, FOR_THEIRS = "cover", "swap"
"""How a choice begins: whose name follows just takes it, or gives the shift of theirs that follows for it."""

AHEAD = timedelta(days=62)
"""How far shifts are offered; of later ones the command names any time."""

OFFERED_MAX = 24
"""Shifts of others, or of one's own, in one list: more is nothing to choose from with a thumb."""


@dataclass(frozen=True, slots=True)
class OwnShift:
    """A shift that may be given away: in words, and what names it in an address."""

    words: str
    schedule: str
    at: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Who might take it, and for what."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskingScreen:
    """Everything that `swap_ask.html` says. Without `at` a shift is still to be chosen, of `own`.

    `changes` are shown once they were asked for; `other` is then who is asked, and `until` how long they have.
    """

    own: tuple[OwnShift, ...]
    schedule: str
    at: str
    shift: str
    swaps: tuple[Choice, ...]
    covers: tuple[Choice, ...]
    who: str
    why: str
    changes: tuple[str, ...]
    other: str
    until: str
    zone: str
    wrong: str


def asking_screen(
    plan: Plan,
    person: str,
    now: datetime,
    fields: Mapping[str, str],
    looked_at: tuple[Swap, tuple[SwappedIn, ...]] | None = None,
    *,
    wrong: str = "",
) -> AskingScreen:
    """Gather what there is to choose from, with what was chosen."""
    zone, schedule = plan.people[person].zone, fields.get("schedule", "")
    at, shift, why_not = _named_shift(plan, person, schedule, fields.get("at", ""), now)
    who = fields.get("who", "")
    swap, changes = looked_at if looked_at is not None else (None, ())
    return AskingScreen(
        own=() if at is not None else own_shifts(plan, person, now),
        schedule=schedule,
        at=at.isoformat() if at is not None else "",
        shift=span(*shift, zone) if shift is not None else "",
        swaps=_swaps(plan, schedule, person, zone, now, who) if at is not None else (),
        covers=_covers(plan, schedule, person, who) if at is not None else (),
        who=who,
        why=fields.get("why", ""),
        changes=change_lines(changes, plan, zone),
        other=plan.name_of(swap.of) if swap is not None else "",
        until=clock_time(swap.expires_at, zone, now) if swap is not None else "",
        zone=str(zone),
        wrong=wrong or why_not,
    )


def own_shifts(plan: Plan, person: str, now: datetime) -> tuple[OwnShift, ...]:
    """Return the shifts of a person that are not over, those first that begin first."""
    zone = plan.people[person].zone
    found = sorted(
        (one.start, one.end, name)
        for name in schedules_of(plan, person)
        for one in shifts(plan.book, name, now, now + AHEAD)
        if person in one.people
    )
    return tuple(
        OwnShift(f"{name}, {_when(start, end, zone, now)}", name, start.isoformat())
        for start, end, name in found[:OFFERED_MAX]
    )


def _when(start: datetime, end: datetime, zone: ZoneInfo, now: datetime) -> str:
    return f"now until {clock_time(end, zone, now)}" if start <= now else span(start, end, zone)


def _named_shift(
    plan: Plan, person: str, schedule: str, named: str, now: datetime
) -> tuple[datetime | None, tuple[datetime, datetime] | None, str]:
    """Return the instant that names a shift of the person, the shift, and why there is none."""
    if not named or schedule not in plan.book.schedules:
        return None, None, f"there is no schedule {schedule}" if schedule else ""
    try:
        at = instant(named, "the shift")
        start, end = shift_at(plan.book, schedule, person, at)
    except (Conflict, Failure, ValueError, OverflowError) as error:
        return None, None, str(error) if isinstance(error, Conflict) else "that is no time of a shift"
    if end <= now:
        return None, None, "that shift is over"
    return at, (max(start, now), end), ""


def _swaps(plan: Plan, schedule: str, person: str, zone: ZoneInfo, now: datetime, who: str) -> tuple[Choice, ...]:
    """Return the shifts of others in the schedule, to be taken for one's own."""
    found = [
        (one.start, one.end, other)
        for one in shifts(plan.book, schedule, now, now + AHEAD)
        for other in one.people
        if person not in one.people
    ]
    return tuple(
        _choice(f"{FOR_THEIRS}:{other}@{start.isoformat()}", f"{plan.name_of(other)}: {span(start, end, zone)}", who)
        for start, end, other in found[:OFFERED_MAX]
    )


def _covers(plan: Plan, schedule: str, person: str, who: str) -> tuple[Choice, ...]:
    """Return the people with turns in the schedules of the same team, who might take it for nothing."""
    team = plan.book.schedules[schedule].team
    named = {
        other
        for one in plan.book.schedules.values()
        if one.team == team
        for other in one.people
        if other != person and other in plan.people
    }
    return tuple(_choice(f"{COVER}:{other}", plan.name_of(other), who) for other in sorted(named, key=plan.name_of))


def _choice(value: str, words: str, chosen: str) -> Choice:
    return Choice(value, words, value == chosen)
