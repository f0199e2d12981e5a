"""What Grafana OnCall computes of a schedule, event by event and half hour by half hour: slow, and nothing of ours.

Each shift is events of a recurrence rule; groups take them in turns: one a week of weekly ones, one a chosen day of
daily ones. A group of whom nobody is left is taken out, and leaves a hole at the end of the round; not so with chosen
days. The highest level that has somebody wins, overrides beat all, swaps change a name.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil import rrule

Json = dict[str, Any]

SLOT = timedelta(minutes=30)
"""How often it is asked: everything in the tests' data begins and ends on a half hour."""

FREQUENCIES = {"hourly": rrule.HOURLY, "daily": rrule.DAILY, "weekly": rrule.WEEKLY, "monthly": rrule.MONTHLY}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
OVERRIDES = 99


@dataclass(frozen=True)
class Event:
    """Users on call once, in UTC."""

    start: datetime
    end: datetime
    users: tuple[str, ...]
    level: int


@dataclass(frozen=True)
class Source:
    """What the API says, and what it does not: whom overrides made on the screen put on call."""

    shifts: Mapping[str, Json]
    known: frozenset[str]
    swaps: tuple[Json, ...]
    overriding: Mapping[str, tuple[str, ...]]


def final_shifts(schedule: Json, source: Source, since: datetime, until: datetime) -> Json:
    """Return the answer of `final_shifts` for a span of time."""
    slots: list[list[Event]] = [[] for _ in range((until - since) // SLOT)]
    for name in schedule["shifts"]:
        for event in events(source.shifts[name], schedule, source, until):
            first, last = max((event.start - since) // SLOT, 0), min((event.end - since) // SLOT, len(slots))
            for slot in range(first, last):
                slots[slot].append(event)
    results: list[Json] = []
    running: dict[str, Json] = {}
    for place, on in enumerate(slots):
        at = since + place * SLOT
        now = set(_winning(on, schedule, source, at))
        for user in sorted(now - running.keys()):
            running[user] = {"user_pk": user, "user_email": "", "user_username": user, "shift_start": _text(at)}
        results += [{**running.pop(user), "shift_end": _text(at)} for user in sorted(running.keys() - now)]
    results += [{**one, "shift_end": _text(until)} for one in running.values()]
    return {"count": len(results), "next": None, "previous": None, "results": results}


def _winning(on: Iterable[Event], schedule: Json, source: Source, at: datetime) -> Iterator[str]:
    level = max((event.level for event in on if event.users), default=None)
    swapped = {
        one["beneficiary"]: one["benefactor"]
        for one in source.swaps
        if one["schedule"] == schedule["id"]
        and one["benefactor"]
        and _read(one["swap_start"]) <= at < _read(one["swap_end"])
    }
    for event in on:
        if event.level == level:
            yield from (swapped.get(user, user) for user in event.users)


def events(shift: Json, schedule: Json, source: Source, until: datetime) -> Iterator[Event]:
    """Give the events of a shift that begin before an instant."""
    is_web = schedule["type"] == "web"
    zone = ZoneInfo(shift["time_zone"] or ("UTC" if is_web else schedule["time_zone"]))
    length = timedelta(seconds=shift["duration"])
    if shift["type"] == "override":
        users = source.overriding.get(shift["id"], tuple(shift["users"]))
        yield _event(_read(shift["start"]), length, users, zone, OVERRIDES, source)
    elif shift["type"] == "single_event":
        yield _event(_read(shift["start"]), length, shift["users"], zone, shift["level"], source)
    elif shift["type"] == "recurrent_event":
        for start in _rule(shift, _read(shift["start"]), shift["interval"], until):
            yield _event(start, length, shift["users"], zone, shift["level"], source)
    else:
        shown_from = _read(shift["rotation_start"])
        for start, users in _rolling(shift, source, until):
            event = _event(start, length, users, zone, shift["level"], source)
            if is_web:
                ends = (
                    event.end if shift["until"] is None else min(event.end, _read(shift["until"]).replace(tzinfo=UTC))
                )
                begins = max(event.start, shown_from.replace(tzinfo=UTC))
                if begins < ends:
                    yield Event(begins, ends, event.users, event.level)
            elif start >= shown_from:
                yield event


def _rolling(shift: Json, source: Source, until: datetime) -> Iterator[tuple[datetime, tuple[str, ...]]]:
    index = shift["start_rotation_from_user_index"]
    groups = shift["rolling_users"][index:] + shift["rolling_users"][:index]
    queue = [group for group in groups if set(group) & source.known]
    round_ = queue + [[] for _ in range(len(groups) - len(queue))]
    start, chosen, frequency = _read(shift["start"]), shift["by_day"], shift["frequency"]
    first = DAYS.index(shift.get("week_start", "MO"))
    if chosen and DAYS[start.weekday()] not in chosen:
        # It waits for the first chosen day of a week.
        while DAYS[start.weekday()] != next(day for day in DAYS[first:] + DAYS[:first] if day in chosen):
            start += timedelta(days=1)
    week = start.date() - timedelta(days=(start.weekday() - first) % 7)
    by_chosen_day = frequency == "daily" and chosen
    for place, begins in enumerate(_rule(shift, start, 1 if by_chosen_day else shift["interval"], until)):
        if by_chosen_day:
            yield begins, tuple(queue[place // shift["interval"] % len(queue)])
        elif frequency == "weekly":
            number = (begins.date() - week).days // 7 // shift["interval"]
            yield begins, tuple(round_[number % len(round_)])
        else:
            yield begins, tuple(round_[place % len(round_)])


def _rule(shift: Json, start: datetime, interval: int, until: datetime) -> Iterator[datetime]:
    days = [DAYS.index(day) for day in shift["by_day"] or []]
    yield from rrule.rrule(
        FREQUENCIES[shift["frequency"]],
        dtstart=start,
        interval=interval,
        byweekday=days or None,
        bymonthday=shift["by_monthday"] or None,
        wkst=DAYS.index(shift.get("week_start", "MO")),
        until=until.replace(tzinfo=None),
    )


def _event(
    start: datetime, length: timedelta, users: Iterable[str], zone: ZoneInfo, level: int, source: Source
) -> Event:
    begins = start.replace(tzinfo=zone).astimezone(UTC)
    return Event(begins, begins + length, tuple(user for user in users if user in source.known), level)


def _read(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _text(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
