"""Business days: what is due in days of work is counted here, by one calendar per team, right across clock changes.

A deadline is the close of a day of work, a reminder its opening: neither is ever in the night. Day one is the first
business day after the day, on that calendar's own clock, on which the counting starts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.oncall.wall import instant

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRules:
    """What the files say of business days. What is None is as each team works: its own hours, its own zone.

    `holidays` are everybody's, `own_holidays` those of one team besides.
    """

    weekdays: frozenset[int] | None = None
    start: time = time(9)
    end: time = time(17)
    zone: ZoneInfo | None = None
    holidays: Mapping[date, str] = field(default_factory=dict)
    own_holidays: Mapping[str, Mapping[date, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The business days of one team: weekdays (0 is Monday) from `start` to `end` in `zone`, without holidays."""

    zone: ZoneInfo
    weekdays: frozenset[int]
    start: time
    end: time
    holidays: Mapping[date, str] = field(default_factory=dict)

    def is_business_day(self, day: date) -> bool:
        """Is a day one of work?"""
        return day.weekday() in self.weekdays and day not in self.holidays

    def day_of(self, at: datetime) -> date:
        """Return the day that it is at an instant, on this calendar's own clock."""
        return at.astimezone(self.zone).date()

    def opening(self, day: date) -> datetime:
        """Return the instant (UTC) at which a day of work begins."""
        return instant(datetime.combine(day, self.start), self.zone)

    def closing(self, day: date) -> datetime:
        """Return the instant (UTC) at which a day of work ends."""
        return instant(datetime.combine(day, self.end), self.zone)

    def add_business_days(self, start: datetime, count: int) -> datetime:
        """Return the close of the `count`-th business day after the day of `start`; with 0, of its own or the next."""
        assert count >= 0, f"a deadline lies ahead, not {count} days"
        days = self._business_days(self.day_of(start) + (_DAY if count else timedelta(0)))
        for _ in range(count - 1):
            next(days)
        return self.closing(next(days))

    def next_business_day_start(self, at: datetime) -> datetime:
        """Return the first opening of a business day after an instant: never `at` itself."""
        return next(opening for day in self._business_days(self.day_of(at)) if (opening := self.opening(day)) > at)

    def business_day_before(self, day: date) -> date:
        """Return the last business day before a day."""
        before = day - _DAY
        while not self.is_business_day(before):
            before -= _DAY
        return before

    def _business_days(self, first: date) -> Iterator[date]:
        """Yield business days from a day on. There is always another one: some weekday is one, holidays are counted."""
        assert self.weekdays, "config refuses a calendar without a weekday"
        day = first
        while True:
            if self.is_business_day(day):
                yield day
            day += _DAY
