from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.oncall.schedule import Book, Layer, Schedule, Turn, Unit
from pagerd.importers.base import Rendered, RenderedSpan
from pagerd.importers.comparing import Difference, compare

START = datetime(2026, 10, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
UTC_ZONE = ZoneInfo("UTC")
BOOK = Book(
    schedules={
        "s": Schedule(
            id="s",
            team="t",
            zone=UTC_ZONE,
            levels=(
                (
                    Layer(
                        name="hours",
                        members=(("ana",), ("ben",)),
                        zone=UTC_ZONE,
                        start=START.replace(tzinfo=None),
                        every=Turn(1, Unit.HOURS),
                    ),
                ),
            ),
        )
    }
)


def rendered(*spans, hours=4):
    """Return what the source computed: people with the hours between which they are on call."""
    return Rendered(
        "s",
        START,
        START + hours * HOUR,
        tuple(RenderedSpan(START + a * HOUR, START + b * HOUR, who) for who, a, b in spans),
    )


def test_what_is_the_same_is_no_difference():
    """However the source cuts its entries, and whoever is in two of them at once."""
    found = compare(
        rendered(("ana", 0, 0.5), ("ana", 0.25, 1), ("ben", 1, 2), ("ana", 2, 3), ("ben", 3, 4)), BOOK, START
    )

    assert (found.differences, found.short) == ((), 0)


def test_each_span_is_told_with_both_sides():
    """Somebody else, nobody, one more: neighbours that differ alike are one span."""
    found = compare(
        rendered(("cho", 0, 0.5), ("cho", 0.5, 1), ("ben", 1, 2), ("ben", 3, 4), ("ana", 3, 4)), BOOK, START
    )

    assert found.differences == (
        Difference(START, START + HOUR, ("cho",), ("ana",)),
        Difference(START + 2 * HOUR, START + 3 * HOUR, (), ("ana",)),
        Difference(START + 3 * HOUR, START + 4 * HOUR, ("ana", "ben"), ("ben",)),
    )
    assert found.differs_for == 3 * HOUR


def test_seconds_are_counted():
    """Less than a minute is what whole minutes cost, and listing a hundred of them would hide the one that matters."""
    late = 1 + 20 / 3600
    found = compare(rendered(("ana", 0, late), ("ben", late, 2), ("ana", 2, 3), ("ben", 3, 4)), BOOK, START)

    assert (found.differences, found.short) == ((), 1)


def test_only_what_is_ahead_is_compared():
    """What was before the instant, and what is more than 90 days after it, is not."""
    found = compare(rendered(("ana", 0, 1), ("ben", 1, 2), hours=24 * 120), BOOK, START + HOUR)

    assert (found.start, found.end) == (START + HOUR, START + HOUR + timedelta(days=90))
    assert compare(rendered(), BOOK, START + 5 * HOUR) is None
    assert compare(Rendered("other", START, START + HOUR, ()), BOOK, START) is None
