from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.config.times import window
from pagerd.core.oncall.schedule import Layer, Turn, Unit, Window
from pagerd.importers.walls import WEEK_MINUTES, anchored, turn_of, wall_of, window_texts, windows

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 10, 1, tzinfo=UTC)


def a_layer(**changes):
    """Return a layer of three people in weekly turns."""
    return Layer(
        **{
            "name": "weekly",
            "members": (("ana",), ("ben",), ("cho",)),
            "zone": BERLIN,
            "start": datetime(2026, 1, 5, 9),  # noqa: DTZ001
            "every": Turn(1, Unit.WEEKS),
            **changes,
        }
    )


@pytest.mark.parametrize(
    ("hours", "turn"),
    [
        (168, Turn(1, Unit.WEEKS)),
        (336, Turn(2, Unit.WEEKS)),
        (24, Turn(1, Unit.DAYS)),
        (240, Turn(10, Unit.DAYS)),
        (12, Turn(12, Unit.HOURS)),
        (1001, None),
        (0.5, None),
        (25.5, None),
    ],
)
def test_a_turn_is_the_largest_unit_that_fits(hours, turn):
    """What is no whole number of hours, or more of them than the files take, cannot be said."""
    assert turn_of(timedelta(hours=hours)) == turn


@pytest.mark.parametrize(
    ("at", "off_by"),
    [
        ("2026-10-01T09:00:00+00:00", 0),
        ("2026-10-01T09:00:11+00:00", -11),
        ("2026-10-25T00:30:00+00:00", 0),
        ("2026-10-25T01:30:00+00:00", -3600),
    ],
)
def test_a_wall_time_says_by_how_much_it_is_off(at, off_by):
    """Seconds and the second pass of a repeated hour cannot be written."""
    assert wall_of(datetime.fromisoformat(at), BERLIN).off_by == timedelta(seconds=off_by)


def test_an_anchor_in_a_repeated_hour_is_moved_by_whole_cycles():
    """Everybody keeps their turns: three weeks later the same person has the same one, at a time that can be said."""
    at = datetime(2025, 10, 26, 1, 30, tzinfo=UTC)

    layer, anchor = anchored(a_layer(), at, NOW)

    assert anchor.is_exact
    assert layer.start == datetime(2025, 11, 16, 2, 30)  # noqa: DTZ001


def test_an_anchor_ahead_is_not_moved():
    """Moved, it would leave a span without anybody; so it is written as near as can be, and that is told."""
    at = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)

    layer, anchor = anchored(a_layer(), at, NOW)

    assert (layer.start, anchor.off_by) == (datetime(2026, 10, 25, 2, 30), timedelta(hours=-1))  # noqa: DTZ001


DAY = 24 * 60


@pytest.mark.parametrize(
    ("spans", "texts"),
    [
        ([(day * DAY + 540, 480) for day in range(5)], ["mon-fri 09:00-17:00"]),
        ([(day * DAY + 1080, 900) for day in range(7)], ["mon-sun 18:00-09:00"]),
        ([(4 * DAY + 1080, 63 * 60)], ["mon 00:00-09:00", "fri 18:00-00:00", "sat-sun"]),
        ([(5 * DAY, 2 * DAY)], ["sat-sun"]),
        ([(6 * DAY, 2 * DAY)], ["sun-mon"]),
        ([(0, 60), (60, 60)], ["mon 00:00-02:00"]),
        ([(day * DAY + 540, DAY) for day in range(7)], []),
        ([(100, WEEK_MINUTES)], []),
        ([(day * DAY, 60) for day in (0, 2, 3, 6)], ["wed-thu 00:00-01:00", "sun-mon 00:00-01:00"]),
    ],
)
def test_spans_of_the_week_become_windows(spans, texts):
    """Neighbours are one, days alike are one, and what leaves nothing out is no window."""
    assert [text for one in windows(spans) for text in window_texts(one)] == texts


@given(st.lists(st.tuples(st.integers(0, WEEK_MINUTES - 1), st.integers(1, WEEK_MINUTES)), min_size=1, max_size=5))
def test_windows_are_open_exactly_in_their_spans(spans):
    """Read again by the config's own reader they cover each minute that a span covers, and no other."""
    found = [window(text) for one in windows(spans) for text in window_texts(one)]

    for minute in range(0, WEEK_MINUTES, 7):
        expected = any((minute - opens) % WEEK_MINUTES < length for opens, length in spans)
        assert (not found or any(_is_open(one, minute) for one in found)) is expected


def _is_open(one: Window, minute: int) -> bool:
    def since_midnight(at: time) -> int:
        return at.hour * 60 + at.minute

    opens = since_midnight(one.start)
    length = (since_midnight(one.end) - opens) % DAY or DAY
    return any((minute - day * DAY - opens) % WEEK_MINUTES < length for day in one.weekdays)
