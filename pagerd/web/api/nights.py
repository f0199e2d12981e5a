"""Nights that were worked in: how long, by whose word, and what is said against it."""

import functools
from collections.abc import Awaitable, Callable, Mapping
from typing import TypedDict

import msgspec

from pagerd.core.worklog.wording import minutes_text
from pagerd.core.worklog.worked import WorkedNight
from pagerd.engine import disputes, ledger, mornings, queries
from pagerd.engine.doors import Connection
from pagerd.engine.queries import NightStory
from pagerd.engine.work import Work
from pagerd.web.api import night_types, types
from pagerd.web.api.described import INSTANT, MONTH, TEXT, api
from pagerd.web.api.night_shapes import worked_json
from pagerd.web.api.reports import span_of
from pagerd.web.api.shapes import entries_json, iso, night_json
from pagerd.web.call import Call, span

NightList = TypedDict(
    "NightList", {"from": types.Instant, "to": types.Instant, "nights": list[night_types.WorkedNight]}
)
"""The nights that ended from an instant until before another."""


class NightStoryAnswer(TypedDict):
    """A night, the rows that it is made of, and its timeline. `zone` is that of `local` in it."""

    night: night_types.WorkedNight
    rows: list[types.Night]
    zone: str
    timeline: list[types.TimelineEntry]


class NightAct(TypedDict):
    """What became of an act."""

    sentence: str
    night: night_types.WorkedNight


class Worked(msgspec.Struct, forbid_unknown_fields=True):
    """How long somebody was up in a night: `40m`, `1h30m`, `0m` for not at all."""

    worked: types.Length
    why: str = ""


class Objection(msgspec.Struct, forbid_unknown_fields=True):
    """Why what stands there is not right; which page is meant, and how much work it was, where that is the point."""

    why: str
    page: str | None = None
    worked: types.Length | None = None


class Settlement(msgspec.Struct, forbid_unknown_fields=True):
    """How a dispute ends. `worked` is what counts then; without it an upheld one counts what it body."""

    upheld: bool
    why: str
    worked: types.Length | None = None


@api(query={"from": INSTANT, "to": INSTANT, "month": MONTH, "team": TEXT, "person": TEXT})
async def list_nights(call: Call, asked: Mapping[str, str]) -> NightList:
    """List the nights that ended from `from` until before `to`, the last 31 days without them, the newest last."""
    start, end = span_of(call, asked)

    async def find(c: Connection) -> list[WorkedNight]:
        return await queries.worked_nights_between(c, start, end)

    found = [
        worked_json(night)
        for night in await call.services.engine.read(find)
        if asked.get("team", night.team) == night.team and asked.get("person", night.person) == night.person
    ]
    return {"from": iso(start), "to": iso(end), "nights": found}


@api()
async def show_night(call: Call) -> NightStoryAnswer:
    """Tell one night: its rows with their evidence, and what was said of it since."""
    name, caller = call.parts["night"], call.caller

    async def find(c: Connection) -> NightStory:
        return await queries.night_story(c, await ledger.find(c, name, caller.person if caller is not None else None))

    story = await call.services.engine.read(find)
    return {
        "night": worked_json(story.night),
        "rows": [night_json(row) for row in story.rows],
        "zone": str(call.zone),
        "timeline": entries_json(story.entries, call.zone),
    }


@api()
async def say_worked(call: Call, body: Worked) -> NightAct:
    """Note how long the caller was up in a night of theirs; an admin may say it for them."""
    minutes = minutes_of(body.worked) or 0
    night = await _on_the_night(call, functools.partial(mornings.say_worked, minutes=minutes, why=body.why))
    sentence = f"{night.id}: {minutes_text(night.minutes)} of work in the night of {night.date}."
    return {"sentence": sentence, "night": worked_json(night)}


@api()
async def dispute(call: Call, body: Objection) -> NightAct:
    """Object to a night, or to one page of it: the one whose night it was, their lead, or an admin."""
    object_to = functools.partial(disputes.dispute, why=body.why, page_id=body.page, minutes=minutes_of(body.worked))
    night = await _on_the_night(call, object_to)
    return {"sentence": f"{night.id} is disputed.", "night": worked_json(night)}


@api()
async def settle(call: Call, body: Settlement) -> NightAct:
    """Settle a dispute: the lead or an admin, and nobody their own."""
    end = functools.partial(disputes.settle, is_upheld=body.upheld, why=body.why, minutes=minutes_of(body.worked))
    night = await _on_the_night(call, end)
    return {"sentence": f"{night.id} is settled: {minutes_text(night.minutes)} of work.", "night": worked_json(night)}


async def _on_the_night(call: Call, what: Callable[..., Awaitable[WorkedNight]]) -> WorkedNight:
    """Let the caller do something about the night that the path names."""
    name, by, via, is_admin = call.parts["night"], call.person, call.via, call.is_admin

    async def act(work: Work) -> WorkedNight:
        night = await ledger.find(work.c, name, by)
        return await what(work, night, by=by, via=via, is_admin=is_admin)

    return await call.act(act)


def minutes_of(worked: str | None) -> int | None:
    """Return the minutes of a length of work that may be left out."""
    return None if worked is None else round(span(worked, "worked").total_seconds() / 60)
