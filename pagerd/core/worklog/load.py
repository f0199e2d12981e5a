"""On-call load: how often people were interrupted, when, and for how many hours; per person and per team.

The words, and where they come from:
- an *interruption* is a text or a call to one person; those within a minute of the one before are the same one. Mail
  interrupts nobody. (PagerDuty's operational reviews count this way.)
- it falls into the person's own *night* (their window, their zone), else into *work* hours (Monday to Friday, 8 to 18,
  their zone), else it is *off* hours.
- a *disrupted hour* is an hour of the person's clock with at least one interruption: ten in one hour hurt less than
  five in five.
- a *block* is half a day of a shift; more than two pages in one is too much to follow up (Google's SRE book, chapter
  11). Pages count for whoever was on call when they were opened.

Nobody is ranked: people and teams come in the order of their names.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from pagerd.core.oncall.shifts import Shift
from pagerd.core.people import LOUD, Medium, Person
from pagerd.core.worklog.nightfall import span_of

SAME_WITHIN = timedelta(seconds=60)
WORK_DAYS = range(5)
WORK_HOURS = range(8, 18)
BLOCK = timedelta(hours=12)
PAGES_PER_BLOCK_MAX = 2


class Part(StrEnum):
    """The part of a person's own day."""

    WORK = "work"
    OFF = "off"
    NIGHT = "night"


@dataclass(frozen=True, slots=True)
class Told:
    """One message that reached for a person: when it left, on which medium, about which page of which team."""

    person: str
    medium: Medium
    at: datetime
    page_id: str
    team: str


@dataclass(frozen=True, slots=True)
class Opened:
    """One page: when it was opened, and how long it took until somebody answered (None: nobody did)."""

    page_id: str
    team: str
    at: datetime
    answered_after: timedelta | None


@dataclass(frozen=True, slots=True)
class Spread:
    """How some numbers are spread: how many there are, the middle one, and what nine of ten do not exceed."""

    n: int
    median: float
    p90: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLoad:
    """What on-call cost one person."""

    person: str
    pages: int
    interruptions: int
    work: int
    off: int
    night: int
    disrupted_hours: int
    nights: int
    """Nights with at least one interruption; a night belongs to the day it begins on."""
    pages_per_block: Spread | None = None
    """Of the half days in which they were first responder of a team: pages of that team."""
    blocks_over: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLoad:
    """What a team's alerts cost. `answer_seconds` is from a page's opening to its first acknowledgement."""

    team: str
    pages: int
    unanswered: int
    interruptions: int
    work: int
    off: int
    night: int
    disrupted_hours: int
    """Hours of the clock in which anybody was interrupted by the team's pages."""
    answer_seconds: Spread | None
    pages_per_block: Spread | None
    blocks_over: int
    """Half days of a shift with more than two pages."""


def person_loads(
    told: Iterable[Told],
    people: Mapping[str, Person],
    opened: Sequence[Opened] = (),
    shifts: Mapping[str, Sequence[Shift]] | None = None,
) -> tuple[PersonLoad, ...]:
    """Return the load of everybody who was told something or was first responder of a team, by name.

    `shifts` are those of each team's first responders.
    """
    turns = shifts or {}
    by_person: dict[str, list[Told]] = {
        name: [] for of_team in turns.values() for shift in of_team for name in shift.people if name in people
    }
    for one in told:
        if one.person in people:
            by_person.setdefault(one.person, []).append(one)
    return tuple(
        _person_load(people[name], by_person[name], _pages_per_block(name, opened, turns)) for name in sorted(by_person)
    )


def _pages_per_block(person: str, opened: Sequence[Opened], shifts: Mapping[str, Sequence[Shift]]) -> list[int]:
    """Count a team's pages in each half day in which this person was its first responder."""
    return [
        sum(page.team == team and start <= page.at < end for page in opened)
        for team, turns in sorted(shifts.items())
        for start, end in blocks(shift for shift in turns if person in shift.people)
    ]


def team_loads(
    opened: Iterable[Opened],
    told: Iterable[Told],
    people: Mapping[str, Person],
    shifts: Mapping[str, Sequence[Shift]],
) -> tuple[TeamLoad, ...]:
    """Return the load of each team with a page or with shifts, by name. `shifts` are those of its first responders."""
    pages: dict[str, list[Opened]] = {team: [] for team in shifts}
    for page in opened:
        pages.setdefault(page.team, []).append(page)
    messages: dict[str, list[Told]] = {}
    for one in told:
        if one.person in people:
            messages.setdefault(one.team, []).append(one)
    return tuple(
        _team_load(team, pages[team], messages.get(team, []), people, shifts.get(team, ())) for team in sorted(pages)
    )


def interruptions(told: Iterable[Told]) -> list[Told]:
    """Return the messages that interrupted one person anew, in order: none within a minute of the one before it."""
    kept: list[Told] = []
    last: datetime | None = None
    for one in sorted(told, key=lambda one: one.at):
        if one.medium not in LOUD:
            continue
        if last is None or one.at - last > SAME_WITHIN:
            kept.append(one)
        last = one.at
    return kept


def part_of_day(person: Person, at: datetime) -> Part:
    """Say into which part of this person's own day an instant falls."""
    if person.sleeps_at(at):
        return Part.NIGHT
    local = at.astimezone(person.zone)
    return Part.WORK if local.weekday() in WORK_DAYS and local.hour in WORK_HOURS else Part.OFF


def spread(values: Iterable[float]) -> Spread | None:
    """Return how these are spread, None for no values. Both figures are values that occur (nearest rank)."""
    ranked = sorted(values)
    if not ranked:
        return None
    count = len(ranked)
    return Spread(count, ranked[math.ceil(count / 2) - 1], ranked[math.ceil(count * 0.9) - 1])


def blocks(shifts: Iterable[Shift]) -> list[tuple[datetime, datetime]]:
    """Cut the shifts that have somebody into half days; a rest shorter than that is a block of its own."""
    cut = []
    for shift in shifts:
        start = shift.start
        while shift.people and start < shift.end:
            end = min(start + BLOCK, shift.end)
            cut.append((start, end))
            start = end
    return cut


def _person_load(person: Person, told: Sequence[Told], per_block: Sequence[int]) -> PersonLoad:
    loud = interruptions(told)
    parts = [part_of_day(person, one.at) for one in loud]
    at_night = [one.at for one, part in zip(loud, parts, strict=True) if part is Part.NIGHT]
    return PersonLoad(
        person=person.id,
        pages=len({one.page_id for one in told if one.medium in LOUD}),
        interruptions=len(loud),
        work=parts.count(Part.WORK),
        off=parts.count(Part.OFF),
        night=parts.count(Part.NIGHT),
        disrupted_hours=len({_hour(one.at) for one in loud}),
        nights=len({_night_of(person, at) for at in at_night}),
        pages_per_block=spread(per_block),
        blocks_over=sum(count > PAGES_PER_BLOCK_MAX for count in per_block),
    )


def _hour(at: datetime) -> datetime:
    # In UTC: where clocks go back an hour comes twice, and both are hours of sleep.
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def _night_of(person: Person, at: datetime) -> date:
    """Return the date on which this night began for the person."""
    return span_of(person.night, person.zone, at)[0]


def _team_load(
    team: str, opened: Sequence[Opened], told: Sequence[Told], people: Mapping[str, Person], shifts: Sequence[Shift]
) -> TeamLoad:
    loud = [
        one
        for name in sorted({one.person for one in told})
        for one in interruptions(other for other in told if other.person == name)
    ]
    parts = [part_of_day(people[one.person], one.at) for one in loud]
    per_block = [sum(start <= page.at < end for page in opened) for start, end in blocks(shifts)]
    answered = [page.answered_after.total_seconds() for page in opened if page.answered_after is not None]
    return TeamLoad(
        team=team,
        pages=len(opened),
        unanswered=sum(page.answered_after is None for page in opened),
        interruptions=len(loud),
        work=parts.count(Part.WORK),
        off=parts.count(Part.OFF),
        night=parts.count(Part.NIGHT),
        disrupted_hours=len({_hour(one.at) for one in loud}),
        answer_seconds=spread(answered),
        pages_per_block=spread(per_block),
        blocks_over=sum(count > PAGES_PER_BLOCK_MAX for count in per_block),
    )
