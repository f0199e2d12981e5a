"""What GoAlert computes of a schedule, half hour by half hour: slow, and nothing of ours.

A temporary schedule is on call alone. Else everybody is on call whose rule holds on the schedule's clock, of a rotation
whoever has the turn on the rotation's own clock; user overrides then remove, replace and add.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]

SLOT = timedelta(minutes=30)
"""How often it is asked: everything in the tests' data begins and ends on a half hour."""


def shifts(schedule: Json, data: Json, since: datetime, until: datetime) -> list[Json]:
    """Return the answer of `shifts(start, end)` of a schedule."""
    rotations = {one["id"]: (one, _handoffs(one, until)) for one in data["rotations"]["nodes"]}
    overrides = [one for one in data["userOverrides"]["nodes"] if one["target"]["id"] == schedule["id"]]
    results: list[Json] = []
    running: dict[str, str] = {}
    at = since
    while at < until:
        now = set(on_call(schedule, rotations, overrides, at))
        results += [
            {"userID": user, "start": running.pop(user), "end": _text(at), "truncated": False}
            for user in sorted(running.keys() - now)
        ]
        for user in now - running.keys():
            running[user] = _text(at)
        at += SLOT
    results += [
        {"userID": user, "start": start, "end": _text(until), "truncated": True} for user, start in running.items()
    ]
    return results


def on_call(
    schedule: Json, rotations: dict[str, tuple[Json, list[datetime]]], overrides: Sequence[Json], at: datetime
) -> Iterator[str]:
    """Give the users who are on call at an instant."""
    for one in schedule["temporarySchedules"]:
        if _holds(one, at):
            yield from (shift["userID"] for shift in one["shifts"] if _holds(shift, at))
            return
    local = at.astimezone(ZoneInfo(schedule["timeZone"])).replace(tzinfo=None)
    replaced: dict[str, str] = {}
    for one in overrides:
        if _holds(one, at) and one["removeUserID"]:
            replaced[one["removeUserID"]] = one["addUserID"]
    for target in schedule["targets"]:
        if any(_is_active(rule, local) for rule in target["rules"]):
            id_ = target["target"]["id"]
            user = id_ if target["target"]["type"] == "user" else _turn(*rotations[id_], at)
            if replaced.get(user, user):
                yield replaced.get(user, user)
    for one in overrides:
        if _holds(one, at) and one["addUserID"] and not one["removeUserID"]:
            yield one["addUserID"]


def _turn(rotation: Json, handoffs: Sequence[datetime], at: datetime) -> str:
    ends = next(place for place, handoff in enumerate(handoffs) if handoff > at)
    known = handoffs.index(_read(rotation["nextHandoffTimes"][0]))
    users = rotation["userIDs"]
    return users[(rotation["activeUserIndex"] + ends - known) % len(users)]


def _handoffs(rotation: Json, until: datetime) -> list[datetime]:
    """Return the handoffs around the time that is asked for, each at the same time of day."""
    zone, count = ZoneInfo(rotation["timeZone"]), rotation["shiftLength"]
    start = _read(rotation["start"]).astimezone(zone).replace(tzinfo=None)
    found: list[datetime] = []
    turns = {"hourly": 1000, "daily": 400, "weekly": 60, "monthly": 24}[rotation["type"]]
    for number in range(-turns, turns):
        if rotation["type"] == "monthly":
            months = start.year * 12 + start.month - 1 + number * count
            wall = start.replace(year=months // 12, month=months % 12 + 1)
        else:
            unit = {"hourly": timedelta(hours=1), "daily": timedelta(days=1), "weekly": timedelta(weeks=1)}
            wall = start + number * count * unit[rotation["type"]]
        found.append(wall.replace(tzinfo=zone).astimezone(UTC))
    assert found[-1] > until, "the handoffs reach as far as is asked"
    return found


def _is_active(rule: Json, local: datetime) -> bool:
    start, end = time.fromisoformat(rule["start"]), time.fromisoformat(rule["end"])
    today = rule["weekdayFilter"][local.isoweekday() % 7]
    yesterday = rule["weekdayFilter"][(local.isoweekday() - 1) % 7]
    if start < end:
        return today and start <= local.time() < end
    return (today and local.time() >= start) or (yesterday and local.time() < end)


def _holds(one: Json, at: datetime) -> bool:
    return _read(one["start"]) <= at < _read(one["end"])


def _read(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _text(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
