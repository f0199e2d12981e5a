from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pagerd.cli import times
from pagerd.cli.times import NotATime, age_of, read_instant, read_length, shown

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 12, 23, 14, 30, tzinfo=UTC)
"""A Wednesday, 15:30 in Berlin."""


def at(text):
    """Read an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("now", "2026-12-23 14:30"),
        ("+6h", "2026-12-23 20:30"),
        ("-1d", "2026-12-22 14:30"),
        ("2026-12-24T03:00", "2026-12-24 02:00"),
        ("2026-12-24 03:00", "2026-12-24 02:00"),
        ("2026-12-24T03:00:00Z", "2026-12-24 03:00"),
        ("2026-12-24T03:00+05:30", "2026-12-23 21:30"),
        ("2026-12-24", "2026-12-23 23:00"),
        ("today 23:15", "2026-12-23 22:15"),
        ("tomorrow", "2026-12-23 23:00"),
        ("tomorrow 03:00", "2026-12-24 02:00"),
        ("Tomorrow 3:00", "2026-12-24 02:00"),
        ("yesterday 03:00", "2026-12-22 02:00"),
        ("fri 09:00", "2026-12-25 08:00"),
        ("wed", "2026-12-29 23:00"),
        ("15:31", "2026-12-23 14:31"),
        ("15:30", "2026-12-24 14:30"),
        ("2026-03-29T02:30", "2026-03-29 01:00"),
        ("2026-10-25T02:30", "2026-10-25 00:30"),
    ],
)
def test_a_typed_time_means_one_instant(text, meant):
    """Whatever way a time is typed, it is wall time at the machine unless it says its offset."""
    assert read_instant(text, NOW, BERLIN) == at(meant)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-12-24", "2026-12-24 23:00"),
        ("tomorrow", "2026-12-24 23:00"),
        ("2026-12-24T09:00", "2026-12-24 08:00"),
        ("2026-03-29", "2026-03-29 22:00"),
    ],
)
def test_a_date_as_an_end_includes_that_day(text, meant):
    """A date without a time ends with its day, also on a day of 23 hours."""
    assert read_instant(text, NOW, BERLIN, is_end=True) == at(meant)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "+", "+6", "+6x", "tomorrow 25:00", "tomorrow morning", "2026-02-30", "2026-13-01T00:00", "24:00",
     "1999-12-31", "9999-12-31", "0001-01-01T00:00", "2026-12-24T03:00+99:00", "+367d", "12"],
)  # fmt: skip
def test_what_is_no_time_is_refused_by_name(text):
    """A refusal names what was typed."""
    with pytest.raises(NotATime) as refusal:
        read_instant(text, NOW, BERLIN)

    assert repr(text.lstrip("+")) in str(refusal.value) or text.partition(" ")[2] in str(refusal.value)


@pytest.mark.parametrize(("text", "seconds"), [("90d", 90 * 86400), ("1h30m", 5400), ("45s", 45), ("1d1h", 90000)])
def test_a_length_is_written_as_prometheus_writes_it(text, seconds):
    """Days, hours, minutes and seconds, in that order."""
    assert read_length(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "0m", "20", "2 h", "2w", "-2h", "1m1h", "367d", "99999d", "²m"])
def test_what_is_no_length_is_refused(text):
    """Nothing, no unit, another order, more than a year."""
    with pytest.raises(NotATime):
        read_length(text)


def test_a_length_without_a_unit_is_told_the_unit():
    """The commonest slip gets the answer."""
    with pytest.raises(NotATime, match="20m or 20h"):
        read_length("20")


def test_an_instant_is_shown_in_the_zone_of_the_machine(berlin):
    """Whoever reads it sits there."""
    assert shown("2026-12-24T02:00:00+00:00") == "Thu 2026-12-24 03:00 CET"
    assert shown(None) == ""


def test_a_tz_that_is_no_place_is_an_error_only_where_it_matters(monkeypatch):
    """A time with its offset needs no zone of the machine, and a screen falls back to UTC."""
    monkeypatch.setenv("TZ", "Nowhere/Never")
    times.local_zone.cache_clear()

    assert times.instant_typed("2026-12-24T03:00+01:00") == at("2026-12-24 02:00")
    assert shown("2026-12-24T02:00:00+00:00") == "Thu 2026-12-24 02:00 UTC"
    with pytest.raises(times.click.BadParameter, match="offset"):
        times.instant_typed("2026-12-24T03:00")


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0s"), (-5, "0s"), (59, "59s"), (60, "1m"), (7199, "1h"), (86400 * 3, "3d")]
)
def test_an_age_has_one_sign_of_precision(seconds, said):
    """The column stays narrow."""
    assert age_of((NOW - timedelta(seconds=seconds)).isoformat(), NOW) == said
