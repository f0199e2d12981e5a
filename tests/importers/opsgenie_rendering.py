"""What Opsgenie computes of a schedule, asked instant by instant from its documented meaning: slow, nothing of ours.

All rotations are on call at once; days and weeks are local time, hours elapsed; restrictions are local time and leave
the turns alone; an override stands in for all rotations or for those that it names; what is forwarded goes to the other
person.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.importers.pagerduty_rendering import local_of

Json = dict[str, Any]

STEP = timedelta(minutes=30)
"""Everything in Opsgenie begins and ends on a half hour."""

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOURS = {"hourly": 1, "daily": 24, "weekly": 168}


def render(
    schedule: Json,
    overrides: Sequence[Json],
    forwardings: Sequence[Json],
    users: Mapping[str, str],
    teams: Mapping[str, Collection[str]],
    since: datetime,
    until: datetime,
) -> Json:
    """Return the timeline as the API answers it; `users` are those who are not blocked, `teams` have their members."""
    rotations = []
    for place, rotation in enumerate(one for one in schedule["rotations"] if one.get("enabled", True)):
        periods: list[Json] = []
        at = since
        while at < until:
            for person in sorted(on_call(schedule, rotation, overrides, forwardings, teams, at)):
                if person not in users:
                    continue
                last = next((one for one in reversed(periods) if one["recipient"]["id"] == person), None)
                if last is not None and last["endDate"] == _text(at):
                    last["endDate"] = _text(at + STEP)
                else:
                    recipient = {"id": person, "type": "user", "name": users[person]}
                    periods.append(
                        {"startDate": _text(at), "endDate": _text(at + STEP), "type": "default", "recipient": recipient}
                    )
            at += STEP
        named = {"id": rotation["id"], "name": rotation["name"], "order": float(place)}
        rotations.append({**named, "periods": periods})
    parent = {"id": schedule["id"], "name": schedule["name"], "enabled": True}
    data = {
        "_parent": parent,
        "startDate": _text(since),
        "endDate": _text(until),
        "finalTimeline": {"rotations": rotations},
    }
    return {"data": data, "expandable": ["base", "forwarding", "override"], "took": 0.1, "requestId": "r-1"}


def on_call(
    schedule: Json,
    rotation: Json,
    overrides: Sequence[Json],
    forwardings: Sequence[Json],
    teams: Mapping[str, Collection[str]],
    at: datetime,
) -> set[str]:
    """Return the ids of whoever is on call at an instant by one rotation."""
    for one in reversed(overrides):
        chosen = {each["id"] for each in one.get("rotations", ())}
        if _holds(one, at) and (not chosen or rotation["id"] in chosen):
            return _people(one["user"], teams)
    turn = _participant(rotation, ZoneInfo(schedule["timezone"]), at)
    people = set() if turn is None else _people(turn, teams)
    for one in forwardings:
        if _holds(one, at) and one["fromUser"]["id"] in people:
            people = people - {one["fromUser"]["id"]} | {one["toUser"]["id"]}
    return people


def _holds(one: Json, at: datetime) -> bool:
    return _read(one["startDate"]) <= at < _read(one["endDate"])


def _people(participant: Json, teams: Mapping[str, Collection[str]]) -> set[str]:
    match participant["type"]:
        case "user":
            return {participant["id"]}
        case "team":
            return set(teams[participant["id"]])
        case _:
            return set()


def _participant(rotation: Json, zone: ZoneInfo, at: datetime) -> Json | None:
    begins, end = _read(rotation["startDate"]), rotation.get("endDate")
    if at < begins or (end is not None and at >= _read(end)):
        return None
    local = local_of(at, zone)
    if not _is_open(rotation.get("timeRestriction"), local):
        return None
    length = timedelta(hours=_HOURS[rotation["type"]] * rotation.get("length", 1))
    passed = at - begins if rotation["type"] == "hourly" else local - begins.astimezone(zone).replace(tzinfo=None)
    return rotation["participants"][passed // length % len(rotation["participants"])]


def _is_open(restriction: Json | None, local: datetime) -> bool:
    if restriction is None:
        return True
    if restriction["type"] == "time-of-day":
        one = restriction["restriction"]
        opens, closes = _clock(one, "start"), _clock(one, "end")
        now = local.time()
        return opens <= now < closes if opens < closes else now >= opens or now < closes
    return any(_in_span(one, local) for one in restriction["restrictions"])


def _in_span(one: Json, local: datetime) -> bool:
    for back in range(8):
        day = local.date() - timedelta(days=back)
        if _DAYS[day.weekday()] != one["startDay"]:
            continue
        opens = datetime.combine(day, _clock(one, "start"))
        later = (_DAYS.index(one["endDay"]) - day.weekday()) % 7
        closes = datetime.combine(day + timedelta(days=later), _clock(one, "end"))
        if closes <= opens:
            closes += timedelta(days=7)
        if opens <= local < closes:
            return True
    return False


def _clock(one: Json, edge: str) -> time:
    return time(one[f"{edge}Hour"], one[f"{edge}Min"])


def _read(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _text(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
