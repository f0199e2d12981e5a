"""Windows by themselves; what they do to a layer is in `test_rotation.py`."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.oncall.windows import Dates, Week, opening_of
from tests.core.oncall.books import WEEKDAYS, days, layer, on_holidays, wall, week_span, window


def test_a_layer_without_windows_is_always_open():
    """There is nothing to ask."""
    assert opening_of(layer("ana")) is None


def test_windows_of_the_week_alone_are_asked_alone():
    """The many layers without holidays pay nothing for those that have some."""
    assert isinstance(opening_of(layer("ana", only=(window(WEEKDAYS),))), Week)
    assert isinstance(opening_of(layer("ana", only=(on_holidays(),), holidays=days("2026-12-25"))), Dates)


def test_holidays_that_meet_are_one():
    """Two days in a row have no seam at midnight, and the hours of a day may overlap those of the next."""
    whole = Dates([on_holidays()], days("2026-12-25", "2026-12-26"))
    nights = Dates([on_holidays("20:00", "10:00"), on_holidays("09:00", "21:00")], days("2026-12-25", "2026-12-26"))

    assert whole.at(wall("2026-12-25 12:00")) == (True, wall("2026-12-27 00:00"))
    assert nights.at(wall("2026-12-25 12:00")) == (True, wall("2026-12-27 10:00"))


def test_what_is_shut_says_when_that_may_change():
    """The first thing that could open or shut it ends the answer."""
    office = layer(
        "ana", only=(window(WEEKDAYS, "09:00", "17:00"),), not_on=(on_holidays(),), holidays=days("2026-12-25")
    )
    opening = opening_of(office)

    assert opening.at(wall("2026-12-24 12:00")) == (True, wall("2026-12-24 17:00"))
    assert opening.at(wall("2026-12-25 12:00")) == (False, wall("2026-12-25 17:00"))
    assert opening.at(wall("2026-12-28 12:00")) == (True, wall("2026-12-28 17:00"))


hours = st.integers(0, 23).map(lambda hour: f"{hour:02}:00")


@given(st.integers(0, 6), hours, st.integers(0, 6), hours, st.integers(0, 2 * 168))
def test_a_span_of_the_week_is_what_counting_its_hours_finds(opens, start, closes, end, hour):
    """From its first hour on, hour by hour, until the weekday and the hour at which it ends come."""
    when = wall("2026-01-05 00:00") + timedelta(hours=hour)
    back = when
    while (back.weekday(), f"{back:%H:%M}") != (opens, start):
        back -= timedelta(hours=1)
    forward = back + timedelta(hours=1)
    while (forward.weekday(), f"{forward:%H:%M}") != (closes, end):
        forward += timedelta(hours=1)

    assert Week([week_span(opens, start, closes, end)]).at(when)[0] == (when < forward)
