"""When a person's night begins and ends."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.oncall import wall
from pagerd.core.people import Night, Person


def span_of(night: Night, zone: ZoneInfo, at: datetime) -> tuple[date, datetime, datetime]:
    """Return the night that an instant lies in: the day on which it begins, and its ends (UTC)."""
    local = at.astimezone(zone)
    day = local.date()
    if _ends_next_day(night) and local.time() < night.end:
        day -= timedelta(days=1)
    return day, *night_of(night, zone, day)


def wakes_at(person: Person, at: datetime) -> datetime:
    """Return when somebody wakes (UTC) who sleeps at an instant; for whoever is awake, the instant itself."""
    return span_of(person.night, person.zone, at)[2] if person.sleeps_at(at) else at


def night_of(night: Night, zone: ZoneInfo, day: date) -> tuple[datetime, datetime]:
    """Return the ends (UTC) of the night that begins on a day."""
    last = day + timedelta(days=1) if _ends_next_day(night) else day
    return wall.instant(datetime.combine(day, night.start), zone), _end(last, night.end, zone)


def _ends_next_day(night: Night) -> bool:
    return not night.start < night.end


def _end(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return when a night ends: where the wall time comes twice, with the second, or an hour of sleep would be lost."""
    naive = datetime.combine(day, clock)
    second = naive.replace(fold=1, tzinfo=zone).astimezone(UTC)
    return max(wall.instant(naive, zone), second)
