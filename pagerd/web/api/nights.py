"""Nights that were worked in: how long, by whose word, and what is said against it."""

import msgspec
from aiohttp import web

from pagerd.core.worklog.wording import minutes_text
from pagerd.core.worklog.worked import WorkedNight
from pagerd.engine import disputes, ledger, mornings, queries
from pagerd.engine.doors import Connection
from pagerd.engine.queries import NightStory
from pagerd.engine.work import Work
from pagerd.web.answers import json_answer
from pagerd.web.api.night_shapes import worked_json
from pagerd.web.api.reports import span_of
from pagerd.web.api.shapes import entries_json, iso, night_json
from pagerd.web.call import Call, span


class Worked(msgspec.Struct, forbid_unknown_fields=True):
    """How long somebody was up in a night: `40m`, `1h30m`, `0m` for not at all."""

    worked: str
    why: str = ""


class Objection(msgspec.Struct, forbid_unknown_fields=True):
    """Why what stands there is not right; which page is meant, and how much work it was, where that is the point."""

    why: str
    page: str | None = None
    worked: str | None = None


class Settlement(msgspec.Struct, forbid_unknown_fields=True):
    """How a dispute ends. `worked` is what counts then; without it an upheld one counts what it said."""

    upheld: bool
    why: str
    worked: str | None = None


async def list_nights(call: Call) -> web.Response:
    """List the nights that ended from `from` until before `to`, the last 31 days without them, the newest last."""
    asked = call.query("from", "to", "team", "person")
    start, end = span_of(call, asked)

    async def find(c: Connection) -> list[WorkedNight]:
        return await queries.worked_nights_between(c, start, end)

    found = [
        worked_json(night)
        for night in await call.services.engine.read(find)
        if asked.get("team", night.team) == night.team and asked.get("person", night.person) == night.person
    ]
    return json_answer({"from": iso(start), "to": iso(end), "nights": found})


async def show_night(call: Call) -> web.Response:
    """Tell one night: its rows with their evidence, and what was said of it since."""
    name, caller = call.parts["night"], call.caller

    async def find(c: Connection) -> NightStory:
        return await queries.night_story(c, await ledger.find(c, name, caller.person if caller is not None else None))

    story = await call.services.engine.read(find)
    return json_answer(
        {
            "night": worked_json(story.night),
            "rows": [night_json(row) for row in story.rows],
            "zone": str(call.zone),
            "timeline": entries_json(story.entries, call.zone),
        }
    )


async def say_worked(call: Call) -> web.Response:
    """Note how long the caller was up in a night of theirs; an admin may say it for them."""
    said = await call.decode(Worked)
    minutes = minutes_of(said.worked) or 0
    name, by, via, is_admin = call.parts["night"], call.person, call.via, is_an_admin(call)

    async def act(work: Work) -> WorkedNight:
        night = await ledger.find(work.c, name, by)
        return await mornings.say_worked(work, night, by=by, via=via, minutes=minutes, why=said.why, is_admin=is_admin)

    night = await call.act(act)
    sentence = f"{night.id}: {minutes_text(night.minutes)} of work in the night of {night.date}."
    return json_answer({"sentence": sentence, "night": worked_json(night)})


async def dispute(call: Call) -> web.Response:
    """Object to a night, or to one page of it: the one whose night it was, their lead, or an admin."""
    said = await call.decode(Objection)
    minutes = minutes_of(said.worked)
    name, by, via, is_admin = call.parts["night"], call.person, call.via, is_an_admin(call)

    async def act(work: Work) -> WorkedNight:
        night = await ledger.find(work.c, name, by)
        return await disputes.dispute(
            work, night, by=by, via=via, why=said.why, page_id=said.page, minutes=minutes, is_admin=is_admin
        )

    night = await call.act(act)
    return json_answer({"sentence": f"{night.id} is disputed.", "night": worked_json(night)})


async def settle(call: Call) -> web.Response:
    """Settle a dispute: the lead or an admin, and nobody their own."""
    said = await call.decode(Settlement)
    minutes = minutes_of(said.worked)
    name, by, via, is_admin = call.parts["night"], call.person, call.via, is_an_admin(call)

    async def act(work: Work) -> WorkedNight:
        night = await ledger.find(work.c, name, by)
        return await disputes.settle(
            work, night, by=by, via=via, is_upheld=said.upheld, why=said.why, minutes=minutes, is_admin=is_admin
        )

    night = await call.act(act)
    return json_answer(
        {"sentence": f"{night.id} is settled: {minutes_text(night.minutes)} of work.", "night": worked_json(night)}
    )


def minutes_of(worked: str | None) -> int | None:
    """Return the minutes of a length of work that may be left out."""
    return None if worked is None else round(span(worked, "worked").total_seconds() / 60)


def is_an_admin(call: Call) -> bool:
    """May the caller do what only an admin may?"""
    return call.caller is not None and "admin" in call.caller.scopes
