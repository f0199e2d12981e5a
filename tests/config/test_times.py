from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.config import times
from pagerd.config.values import Mismatch
from pagerd.core.oncall.schedule import Turn, Unit, Window
from pagerd.core.people import Night
from pagerd.core.plan import BusinessHours

WEEKDAYS = frozenset(range(5))


@pytest.mark.parametrize(
    ("read", "raw", "value"),
    [
        (times.duration, "5m", timedelta(minutes=5)),
        (times.duration, "1h30m", timedelta(minutes=90)),
        (times.duration, "2d", timedelta(days=2)),
        (times.duration, "90s", timedelta(seconds=90)),
        (times.turn, "12 hours", Turn(12, Unit.HOURS)),
        (times.turn, "1 week", Turn(1, Unit.WEEKS)),
        (times.turn, "2 months", Turn(2, Unit.MONTHS)),
        (times.wall_time, "2026-01-05 09:00", datetime(2026, 1, 5, 9)),  # noqa: DTZ001  # a wall time has no zone
        (times.day, "2026-02-28", date(2026, 2, 28)),
        (times.clock, "22:30", time(22, 30)),
        (times.night, "23:00-06:30", Night(time(23), time(6, 30))),
        (times.window, "mon-fri 18:00-09:00", Window(WEEKDAYS, time(18), time(9))),
        (times.window, "sat-sun", Window(frozenset({5, 6}))),
        (times.window, "fri-mon 00:00-12:00", Window(frozenset({4, 5, 6, 0}), time(0), time(12))),
        (times.window, "wed", Window(frozenset({2}))),
        (times.window, "mon 09:00-fri 17:00", Window(frozenset({0}), time(9), time(17), ends_on=4)),
        (times.window, "fri 17:00-mon 09:00", Window(frozenset({4}), time(17), time(9), ends_on=0)),
        (times.window, "mon 17:00-mon 09:00", Window(frozenset({0}), time(17), time(9), ends_on=0)),
        (times.window, "holidays", Window(on_holidays=True)),
        (times.window, "holidays 18:00-09:00", Window(start=time(18), end=time(9), on_holidays=True)),
        (times.business_hours, "mon-fri 09:00-17:00", BusinessHours(WEEKDAYS, time(9), time(17))),
    ],
)
def test_what_is_read(read, raw, value):
    """Elapsed time is short, turns are words, the rest is as on a wall."""
    assert read(raw) == value


@pytest.mark.parametrize(
    ("read", "raw", "finding_id", "hint"),
    [
        (times.duration, "5", "E011", "write the unit: 5s or 5m"),
        (times.duration, "5 minutes", "E011", "write 5m"),
        (times.duration, "1 hour", "E011", "write 1h"),
        (times.duration, "30m1h", "E011", ""),
        (times.duration, "0s", "E011", ""),
        (times.duration, "", "E011", ""),
        (times.duration, "-5m", "E011", ""),
        (times.duration, "367d", "E011", ""),
        (times.duration, "999999999h", "E011", ""),
        (times.turn, "weekly", "E012", "write 1 week"),
        (times.turn, "7d", "E012", "write 7 days"),
        (times.turn, "1 weeks", "E012", "write 1 week"),
        (times.turn, "2 week", "E012", "write 2 weeks"),
        (times.turn, "0 hours", "E012", ""),
        (times.turn, "9999 months", "E012", ""),
        (
            times.wall_time,
            "2026-01-05T09:00",
            "E013",
            "a space stands between date and time; the zone is a key of its own",
        ),
        (times.wall_time, "2026-01-05", "E013", "write the time of day too"),
        (times.wall_time, "2026-02-30 09:00", "E013", ""),
        (times.wall_time, "9999-12-31 23:59", "E013", ""),
        (times.wall_time, "2026-01-05 9:00", "E013", "write 2026-01-05 09:00"),
        (times.day, "05.01.2026", "E013", ""),
        (times.clock, "24:00", "E013", "write 00:00 for midnight"),
        (times.clock, "9:00", "E013", "write 09:00"),
        (times.clock, "1350", "E013", ""),
        (times.night, "22:00", "E014", ""),
        (times.night, "07:00-07:00", "E014", ""),
        (times.window, "22:00-06:00", "E014", "write mon-sun 22:00-06:00"),
        (times.window, "Mon-Fri", "E014", "write mon-fri"),
        (times.window, "monday - Friday 9-17:30", "E014", "write mon-fri 09:00-17:30"),
        (times.window, "mon-sun 00:00-24:00", "E014", "write mon-sun 00:00-00:00"),
        (times.window, "9-17", "E014", "write mon-sun 09:00-17:00"),
        (times.window, "never", "E014", ""),
        (times.window, "mon-fry", "E014", "did you mean fri?"),
        (times.window, "mon fri", "E014", ""),
        (times.window, "mon-fri 9-17", "E014", "write mon-fri 09:00-17:00"),
        (times.window, "mon 09:00 - fri 17:00", "E014", "write mon 09:00-fri 17:00"),
        (times.window, "Friday 17 - Monday 9", "E014", "write fri 17:00-mon 09:00"),
        (times.window, "mon 09:00-mon 17:00", "E014", "write mon 09:00-17:00"),
        (times.window, "sun 22:00-mon 06:00", "E014", "write sun 22:00-06:00"),
        (times.window, "fri 17:00-sat 17:00", "E014", "write fri 17:00-17:00"),
        (times.window, "fri 26:00-mon 09:00", "E014", "write fri 02:00-mon 09:00"),
        (times.window, "mon-tue 09:00-fri 17:00", "E014", ""),
        (times.window, "Holiday 9-17", "E014", "write holidays 09:00-17:00"),
        (times.window, "holidays 9", "E014", ""),
        (times.business_hours, "mon 09:00-fri 17:00", "E014", ""),
        (times.business_hours, "holidays 09:00-17:00", "E014", ""),
        (times.business_hours, "mon-fri 17:00-09:00", "E014", ""),
        (times.business_hours, "mon-fri", "E014", ""),
    ],
)
def test_what_is_refused(read, raw, finding_id, hint):
    """A wrong time says what would be right."""
    with pytest.raises(Mismatch) as refused:
        read(raw)

    assert (refused.value.id, refused.value.hint) == (finding_id, hint)


@pytest.mark.parametrize(
    ("raw", "hint"),
    [
        ("Europe/Berlni", "did you mean Europe/Berlin?"),
        ("europe/berlin", "did you mean Europe/Berlin?"),
        ("Berlin", "did you mean Europe/Berlin?"),
        ("new york", "did you mean America/New_York?"),
        ("CET", "an offset or an abbreviation does not know when clocks change: name the place"),
        ("+01:00", "an offset or an abbreviation does not know when clocks change: name the place"),
        ("Europe", ""),
        ("../../etc/passwd", ""),
        ("right/Europe/Berlin", ""),
        ("Europe/\x00", ""),
    ],
)
def test_a_zone_is_a_place(raw, hint):
    """Offsets and abbreviations are wrong half the year, and no path leads out of the zone directory."""
    with pytest.raises(Mismatch) as refused:
        times.zone(raw)

    assert refused.value.id == "E015"
    if hint:
        assert refused.value.hint.startswith("did you mean") is hint.startswith("did you mean")


@pytest.mark.parametrize("raw", ["Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC", "Asia/Tokyo"])
def test_zones_that_are_known(raw):
    """As IANA writes them."""
    assert times.zone(raw).key == raw


def test_a_date_as_an_end_includes_that_day():
    """And as a start it is that day's midnight."""
    moment = times.moment("2026-07-15")

    assert (moment.wall, moment.as_end) == (datetime(2026, 7, 15), datetime(2026, 7, 16))  # noqa: DTZ001  # wall times
    assert times.moment("2026-07-15 09:00").as_end == datetime(2026, 7, 15, 9)  # noqa: DTZ001  # a wall time


@given(st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=366)))
def test_a_duration_is_written_as_it_is_read(length):
    """To the second."""
    whole = timedelta(seconds=int(length.total_seconds()))

    assert times.duration(times.duration_text(whole)) == whole


@given(st.integers(1, 1000), st.sampled_from(Unit))
def test_a_turn_is_written_as_it_is_read(count, unit):
    """Singular for one, plural for more."""
    assert times.turn(times.turn_text(Turn(count, unit))) == Turn(count, unit)


READERS = (
    times.duration, times.turn, times.wall_time, times.day, times.moment, times.clock, times.night, times.window,
    times.business_hours,
)  # fmt: skip


@given(st.sampled_from(READERS), st.text(alphabet="0123456789-: dhmsw", max_size=20) | st.text(max_size=40))
def test_no_text_makes_a_reader_fail(read, raw):
    """It is a value or a Mismatch, and nothing else."""
    with suppress(Mismatch):
        read(raw)
