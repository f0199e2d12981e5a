"""What the files say about nights: whether people are asked, and what work by night earns."""

from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum


class RestKind(StrEnum):
    """What is owed: the next MORNING off, so many HOURS of rest, HALF_DAY to be taken when it suits, PAY, or NONE."""

    MORNING = "morning"
    HOURS = "hours"
    HALF_DAY = "half_day"
    PAY = "pay"
    NONE = "none"


class RestMode(StrEnum):
    """Work RESTARTs the whole rest, or the rest that was had before it counts and RESUMEs after it."""

    RESTART = "restart"
    RESUME = "resume"


class MissedHours(StrEnum):
    """What becomes of the hours of the next working day that lie within the rest: they are PAID, or MADE_UP."""

    PAID = "paid"
    MADE_UP = "made_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingDay:
    """When people work by day: weekdays (0 is Monday), from `start` to `end` on the clock of whoever rests."""

    weekdays: frozenset[int]
    start: time
    end: time


@dataclass(frozen=True, slots=True, kw_only=True)
class NightRules:
    """`asks` for the morning's question; the rest is about what more work than `rest_after` in one night earns.

    Wall times are on the clock of the person whose rest it is. A request that nobody answered is in force from
    `provisional_from` on; None waits for an answer for ever.
    """

    asks: bool = True
    rest: RestKind = RestKind.MORNING
    rest_after: timedelta = timedelta(hours=1)
    morning_ends: time = time(12)
    rest_lasts: timedelta = timedelta(hours=11)
    """Article 3 of directive 2003/88/EC: eleven hours in a row between two days of work."""
    provisional_from: time | None = time(6)
    rest_mode: RestMode = RestMode.RESTART
    working_day: WorkingDay | None = None
    """Of `hours`: from its end the rest before the work counts, and from its start hours are missed."""
    missed_hours: MissedHours = MissedHours.PAID
    weekly_rest: timedelta | None = None
    """How long the rest lasts instead when the work ended on `weekly_rest_day`: 24 h and the daily rest on top."""
    weekly_rest_day: int = 6
