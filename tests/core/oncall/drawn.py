"""Books drawn from a seed: everything that a book can hold, against each other, around a change of clocks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random  # noqa: TID251  # drawn from the seed that every failure names
from zoneinfo import ZoneInfo

from pagerd.core.oncall.schedule import Book, FixedShift, Layer, Override, Schedule, Turn, Unit, Window
from tests.core.oncall.books import (
    BERLIN,
    CHANGES,
    NEW_YORK,
    UTC_ZONE,
    at,
    away,
    book,
    copy,
    fixed,
    layer,
    on_holidays,
    override,
    schedule,
    wall,
    week_span,
    window,
)

PEOPLE = ("ana", "ben", "cho", "dan", "eva")
STRANGER = "zoe"
MINUTES = (0, 0, 0, 15, 30, 30, 45, 7, 59)
FOR_EVER = "2000-01-01 00:00"


@dataclass(frozen=True)
class Drawn:
    """A book with a schedule `primary` and its copy `secondary`, and a span to look at."""

    book: Book
    start: datetime
    end: datetime


def a_book(seed: int | str, change: tuple[ZoneInfo, str] | None = None, anchored: str | None = None) -> Drawn:
    """Draw a book; the same seed gives the same book. Its layers begin around the change, or around a day long ago."""
    random = Random(seed)
    zone, day = change or random.choice(CHANGES)
    middle = at(day)
    what = _schedule(random, zone, anchored or day, middle)
    overrides = [_override(random, middle, n) for n in range(random.choice((0, 0, 1, 2, 3, 4, 6)))]
    absences = [away(random.choice(PEOPLE), **_span(random, middle)) for _ in range(random.choice((0, 1, 2, 3, 5)))]
    start = middle - timedelta(minutes=random.randint(0, 3 * 1440))
    return Drawn(
        book(what, copy(random.randint(1, 4), fixed=_fixed(random, middle)), *overrides, *absences),
        start,
        start + timedelta(minutes=random.randint(1, 6 * 1440)),
    )


def _schedule(random: Random, zone: ZoneInfo, day: str, middle: datetime) -> Schedule:
    levels = []
    for number in range(random.choice((1, 1, 2, 2, 3))):
        beside = range(random.choice((1, 1, 1, 2, 3)))
        levels.append(tuple(_layer(random, zone, day, f"{number}.{n}") for n in beside))
    shadows = tuple(random.sample(PEOPLE, random.choice((0, 0, 1, 2))))
    return schedule(*levels, fixed=_fixed(random, middle), shadows=shadows)


def _fixed(random: Random, middle: datetime) -> tuple[FixedShift, ...]:
    return tuple(
        fixed(
            "+".join(random.sample(PEOPLE, random.choice((0, 1, 1, 2)))),
            shadows="+".join(random.sample(PEOPLE, random.choice((0, 0, 1)))),
            **_span(random, middle),
        )
        for _ in range(random.choice((0, 0, 0, 1, 2)))
    )


def _layer(random: Random, zone: ZoneInfo, day: str, name: str) -> Layer:
    start = wall(day) + timedelta(days=random.randint(-60, 3), minutes=_minute(random))
    every = _turn(random)
    if every is not None and every.unit is Unit.MONTHS and random.random() < 0.5:
        start = start.replace(year=start.year - 1, month=random.choice((1, 8, 10, 12)), day=31)
    since = start + timedelta(minutes=random.randint(-1440, 70 * 1440)) if random.random() < 0.1 else None
    until = start + timedelta(minutes=random.randint(1, 70 * 1440)) if random.random() < 0.2 else None
    return layer(
        name,
        members=tuple(_member(random) for _ in range(1 if every is None else random.randint(1, 5))),
        start=FOR_EVER if every is None and random.random() < 0.7 else start.isoformat(),
        zone=random.choice((zone, zone, zone, BERLIN, NEW_YORK, UTC_ZONE)),
        every=every,
        lasts=_lasts(random) if random.random() < 0.25 else None,
        until=None if until is None else until.isoformat(),
        since=None if since is None else since.isoformat(),
        only=tuple(_window(random) for _ in range(random.choice((0, 0, 1, 2, 3)))),
        not_on=tuple(_window(random) for _ in range(random.choice((0, 0, 0, 1)))),
        holidays=frozenset(wall(day).date() + timedelta(days=n) for n in random.sample(range(-6, 7), 3)),
    )


def _member(random: Random) -> tuple[str, ...]:
    return tuple(random.sample(PEOPLE, random.choice((0, 1, 1, 1, 1, 1, 1, 2, 2, 3))))


def _turn(random: Random) -> Turn | None:
    match random.choice((None, *Unit)):
        case None:
            return None
        case Unit.HOURS:
            return Turn(random.randint(1, 40), Unit.HOURS)
        case Unit.DAYS:
            return Turn(random.randint(1, 9), Unit.DAYS)
        case unit:
            return Turn(random.randint(1, 3), unit)


def _lasts(random: Random) -> Turn:
    return random.choice(
        (
            Turn(random.randint(1, 60), Unit.HOURS),
            Turn(random.randint(1, 9), Unit.DAYS),
            Turn(1, Unit.WEEKS),
            Turn(random.randint(1, 2), Unit.MONTHS),
        )
    )


def _window(random: Random) -> Window:
    opens, closes = (divmod(random.choice((0, 120, 150, _minute(random))), 60) for _ in range(2))
    hours = f"{opens[0]:02}:{opens[1]:02}", f"{closes[0]:02}:{closes[1]:02}"
    kind = random.random()
    if kind < 0.2:
        return on_holidays(*hours)
    if kind < 0.4:
        return week_span(random.randint(0, 6), hours[0], random.randint(0, 6), hours[1])
    return window(random.sample(range(7), random.choice((1, 2, 5, 7, 7))), *hours)


def _minute(random: Random) -> int:
    """Draw a minute of the day, more often one at which clocks change."""
    return random.choice((1, 2, 3, random.randint(0, 23))) * 60 + random.choice(MINUTES)


def _span(random: Random, middle: datetime) -> dict[str, str]:
    begins = middle + timedelta(minutes=random.randint(-4 * 1440, 2 * 1440))
    ends = begins + timedelta(minutes=random.choice((1, random.randint(1, 1440), random.randint(1440, 6 * 1440))))
    return {"start": begins.replace(tzinfo=None).isoformat(), "end": ends.replace(tzinfo=None).isoformat()}


def _override(random: Random, middle: datetime, number: int) -> Override:
    one = random.choice(PEOPLE)
    several = "+".join(random.sample((*PEOPLE, STRANGER), random.choice((1, 1, 1, 2))))
    replaces = f"{several} for {one}"
    text = random.choice((replaces, replaces, f"{several} for all", f"+ {several}", f"- {one}"))
    return override(
        text,
        id=f"{random.randint(0, 99):02}-{number}",
        schedule=random.choice(("primary", "primary", "secondary")),
        order=random.randint(0, 3),
        stored=random.random() < 0.4,
        **_span(random, middle),
    )
