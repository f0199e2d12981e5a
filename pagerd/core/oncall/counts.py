"""What a shift costs the one who has it: nights and days of the weekend, each counted for exactly one shift.

A night is counted for whoever has its middle, and a day of the weekend for whoever has its noon. So the shifts of a
span have as many of both as the span has, and a handoff at midnight or at seven takes half a night from nobody.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.oncall.wall import instant

MIDDLE_OF_THE_NIGHT = time(3)
NOON = time(12)
_SATURDAY = 5


def nights(start: datetime, end: datetime, zone: ZoneInfo) -> int:
    """Count the nights of a span on the clock of a zone."""
    return sum(1 for _ in _days_with(MIDDLE_OF_THE_NIGHT, start, end, zone))


def weekend_days(start: datetime, end: datetime, zone: ZoneInfo) -> tuple[date, ...]:
    """Return the Saturdays and Sundays of a span on the clock of a zone."""
    return tuple(day for day in _days_with(NOON, start, end, zone) if day.weekday() >= _SATURDAY)


def _days_with(hour: time, start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[date]:
    """Give the days whose wall time of this hour lies in a span, half-open."""
    day, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    while day <= last:
        at = instant(datetime.combine(day, hour), zone)
        # A day that the zone skipped begins on the next one, and had neither.
        if start <= at < end and at.astimezone(zone).date() == day:
            yield day
        day += timedelta(days=1)
