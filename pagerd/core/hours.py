"""When a team works: business hours as instants, in the team's zone, right across changes of the clock.

A window belongs to the weekday it starts on; an end not after the start means the next day.
A wall time that does not exist means the first instant after the gap, one that exists twice the first occurrence.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.oncall.wall import instant
from pagerd.core.plan import BusinessHours

_DAY = timedelta(days=1)

_HORIZON_DAYS = 16
"""Every weekday comes twice, so a window that a change of the clock swallows is followed by one that it does not."""


def is_open(hours: BusinessHours, zone: ZoneInfo, at: datetime) -> bool:
    """Does the team work at this instant? Opening time belongs to the hours, closing time does not."""
    today = at.astimezone(zone).date()
    # A window that covers now began today or, past midnight, yesterday.
    return any(start <= at < end for start, end in _windows(hours, zone, today - _DAY, 2))


def next_opening(hours: BusinessHours, zone: ZoneInfo, at: datetime) -> datetime:
    """Return the first instant from `at` on (in UTC) at which the team works: `at` itself while it does."""
    today = at.astimezone(zone).date()
    for start, end in _windows(hours, zone, today - _DAY, _HORIZON_DAYS):
        if at < end:
            return max(start, at.astimezone(UTC))
    raise AssertionError(f"business hours without a weekday: {hours!r}")  # config refuses them


def next_closing(hours: BusinessHours, zone: ZoneInfo, at: datetime) -> datetime | None:
    """Return the first instant from `at` on (in UTC) at which the team does not work, or None when it always works."""
    today = at.astimezone(zone).date()
    closing = at.astimezone(UTC)
    for start, end in _windows(hours, zone, today - _DAY, _HORIZON_DAYS):
        if start > closing:
            return closing
        closing = max(closing, end)
    return None


def _windows(hours: BusinessHours, zone: ZoneInfo, first: date, days: int) -> Iterator[tuple[datetime, datetime]]:
    """Yield the windows that start on these days, in order, in UTC, without those that a gap of the clock swallows."""
    overnight = timedelta(0) if hours.start < hours.end else _DAY
    for number in range(days):
        day = first + number * _DAY
        if day.weekday() not in hours.weekdays:
            continue
        start = instant(datetime.combine(day, hours.start), zone)
        end = instant(datetime.combine(day + overnight, hours.end), zone)
        if start < end:
            yield start, end
