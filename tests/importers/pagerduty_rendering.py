"""What PagerDuty computes of a schedule, asked instant by instant from its documented meaning: slow, nothing of ours.

The highest layer that has somebody wins, an override beats all; whole days of a turn are local time, hours are elapsed;
restrictions are local time and leave the turns alone; whoever was deactivated is nobody. While an hour is repeated,
local time stands still: nothing that has begun or ended by it does so again.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]

STEP = timedelta(minutes=30)
"""How often it is asked: everything in the tests' data begins and ends on a half hour."""


def render(schedule: Json, overrides: Sequence[Json], known: Iterable[str], since: datetime, until: datetime) -> Json:
    """Return `final_schedule` as the API answers it for a span of time."""
    entries: list[Json] = []
    names: Mapping[str, str] = {
        one["user"]["id"]: one["user"]["summary"] for layer in schedule["schedule_layers"] for one in layer["users"]
    } | {one["user"]["id"]: one["user"]["summary"] for one in overrides}
    at, known = since, set(known)
    while at < until:
        person = on_call(schedule, overrides, known, at)
        if person is not None:
            if entries and entries[-1]["user"]["id"] == person and entries[-1]["end"] == _text(at):
                entries[-1]["end"] = _text(at + STEP)
            else:
                user = {"id": person, "type": "user_reference", "summary": names[person]}
                entries.append({"start": _text(at), "end": _text(at + STEP), "user": user})
        at += STEP
    covered = sum(((_read(one["end"]) - _read(one["start"])) for one in entries), timedelta(0))
    percentage = round(covered / (until - since) * 100, 2)
    return {
        "name": "Final Schedule",
        "rendered_schedule_entries": entries,
        "rendered_coverage_percentage": percentage,
    }


def on_call(schedule: Json, overrides: Sequence[Json], known: Iterable[str], at: datetime) -> str | None:
    """Return the id of whoever is on call at an instant."""
    for one in reversed(overrides):
        if _read(one["start"]) <= at < _read(one["end"]):
            return one["user"]["id"]
    zone = ZoneInfo(schedule["time_zone"])
    for layer in schedule["schedule_layers"]:  # the highest first
        person = _in_layer(layer, zone, at)
        if person is not None and person in known:
            return person
    return None


def _in_layer(layer: Json, zone: ZoneInfo, at: datetime) -> str | None:
    if at < _read(layer["start"]) or (layer["end"] is not None and at >= _read(layer["end"])):
        return None
    local = local_of(at, zone)
    if layer["restrictions"] and not any(_is_open(one, local) for one in layer["restrictions"]):
        return None
    begins = _read(layer["rotation_virtual_start"])
    length = timedelta(seconds=layer["rotation_turn_length_seconds"])
    if length % timedelta(days=1):
        turn = (at - begins) // length
    else:
        turn = (local - begins.astimezone(zone).replace(tzinfo=None)) // length
    return layer["users"][turn % len(layer["users"])]["user"]["id"]


def local_of(at: datetime, zone: ZoneInfo) -> datetime:
    """Return the latest local time that has come by an instant, on the half hour."""
    while at.astimezone(zone).fold:
        at -= STEP
    return at.astimezone(zone).replace(tzinfo=None)


def _is_open(restriction: Json, local: datetime) -> bool:
    opens = time.fromisoformat(restriction["start_time_of_day"])
    length = timedelta(seconds=restriction["duration_seconds"])
    # It may have opened up to a week ago.
    for back in range(8):
        day = local.date() - timedelta(days=back)
        if restriction["type"] == "weekly_restriction" and day.isoweekday() != restriction["start_day_of_week"]:
            continue
        start = datetime.combine(day, opens)
        if start <= local < start + length:
            return True
    return False


def _read(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _text(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
