"""When a team works: business hours as instants, in the team's zone, right across changes of the clock.

A window belongs to the weekday it starts on; an end not after the start means the next day.
A wall time that does not exist means the first instant after the gap, one that exists twice the first occurrence.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.plan import BusinessHours

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)

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
        start, end = _instant(day, hours.start, zone), _instant(day + overnight, hours.end, zone)
        if start < end:
            yield start, end


def _instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """Return the instant of a wall time, in UTC."""
    local = datetime.combine(day, wall, zone)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    # The wall time is in a gap: with the offset of before it lies after the change, with that of after, before.
    earlier, later = local.replace(fold=1).astimezone(UTC), instant
    offset_after = later.astimezone(zone).utcoffset()
    while later - earlier > _SECOND:
        middle = earlier + (later - earlier) // 2
        if middle.astimezone(zone).utcoffset() == offset_after:
            later = middle
        else:
            earlier = middle
    return later.replace(microsecond=0)
