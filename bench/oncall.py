"""Who is on call: the time of one answer, and of 90 days of shifts, for a schedule of 3 layers with 10 overrides.

    python bench/oncall.py [--repeats 200]

Layers: weekly turns of five people, nightly turns of three behind windows on weekdays, turns of 12 hours at weekends.
Prints microseconds or milliseconds of the processor as min / median / max over the repeats, today and in 2049. `first`
is the first question to a plan that was just loaded, which makes it ready. Each question about now asks for another
instant.
"""

import argparse
import statistics
import time as clock
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.oncall.lookup import on_call, people_on_call
from pagerd.core.oncall.schedule import Away, Book, Layer, Override, OverrideKind, Schedule, Turn, Unit, Window
from pagerd.core.oncall.shifts import shifts

BERLIN = ZoneInfo("Europe/Berlin")
YEARS = (2026, 2049)
DAYS = 90


def a_book(year: int) -> Book:
    """Return a book whose turns began in 2026, and whose overrides lie in the first 90 days of the year."""
    weekdays, weekend = frozenset(range(5)), frozenset({5, 6})
    layers = (
        Layer(
            name="week",
            members=(("ana",), ("ben",), ("cho",), ("dan",), ("eva",)),
            zone=BERLIN,
            start=datetime(2026, 1, 5, 9, 0),  # noqa: DTZ001 - a wall time
            every=Turn(1, Unit.WEEKS),
        ),
        Layer(
            name="nights",
            members=(("fio",), ("gil",), ("hal",)),
            zone=BERLIN,
            start=datetime(2026, 1, 5, 18, 0),  # noqa: DTZ001 - a wall time
            every=Turn(1, Unit.DAYS),
            only=(Window(weekdays, time(18), time(9)),),
        ),
        Layer(
            name="weekends",
            members=(("ida",), ("jan",), ("kim",)),
            zone=BERLIN,
            start=datetime(2026, 1, 10, 9, 0),  # noqa: DTZ001 - a wall time
            every=Turn(12, Unit.HOURS),
            only=(Window(weekend),),
        ),
    )
    begins = datetime(year, 1, 5, 8, 0, tzinfo=UTC)
    people = [name for layer in layers for turn in layer.members for name in turn]
    overrides = tuple(
        Override(
            id=f"o{n}",
            schedule="primary",
            kind=OverrideKind.REPLACE,
            start=begins + timedelta(days=9 * n),
            end=begins + timedelta(days=9 * n + 2),
            people=(people[n],),
            instead_of=people[(n + 1) % len(people)],
            order=n,
        )
        for n in range(10)
    )
    primary = Schedule(id="primary", team="t", zone=BERLIN, levels=tuple((layer,) for layer in layers))
    away = (Away(person="ben", start=begins + timedelta(days=20), end=begins + timedelta(days=34)),)
    return Book(schedules={"primary": primary}, overrides=overrides, away=away)


def timed(repeats: int, ask: Callable[[int], object]) -> list[float]:
    """Return the seconds of the processor that each repeat took: what else runs beside it does not count."""
    times = []
    for n in range(repeats):
        started = clock.process_time()
        ask(n)
        times.append(clock.process_time() - started)
    return times


def show(what: str, times: list[float], unit: str, per_second: int, bar: str) -> None:
    """Print one line of the table."""
    low, middle, high = (per_second * t for t in (min(times), statistics.median(times), max(times)))
    print(f"{what:<28}{low:>10.3f}{middle:>10.3f}{high:>10.3f} {unit}   {bar}".rstrip())


def measure(year: int, repeats: int) -> None:
    """Print the figures of one year."""
    book, begins = a_book(year), datetime(year, 1, 5, 8, 0, tzinfo=UTC)
    end = begins + timedelta(days=DAYS)
    apart = (end - begins) / repeats
    first = timed(repeats, lambda _: on_call(replace(book), "primary", begins))
    now = timed(repeats, lambda n: on_call(book, "primary", begins + n * apart))
    who = timed(repeats, lambda n: people_on_call(book, "primary", begins + n * apart))
    laid = timed(repeats, lambda _: shifts(book, "primary", begins, end))
    show(f"{year} first on call", first, "µs", 1_000_000, "")
    show(f"{year} on call now", now, "µs", 1_000_000, "bar: 50 µs")
    show(f"{year} people on call", who, "µs", 1_000_000, "")
    show(f"{year} {DAYS} days of shifts", laid, "ms", 1_000, "bar: 6 ms")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="The time of one answer, and of 90 days of shifts.")
    parser.add_argument("--repeats", type=int, default=200)
    repeats = parser.parse_args().repeats
    print(f"{'':<28}{'min':>10}{'median':>10}{'max':>10}")
    for year in YEARS:
        measure(year, repeats)


if __name__ == "__main__":
    main()
