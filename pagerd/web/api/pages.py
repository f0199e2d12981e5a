"""Pages: what wants a human, its story, and what a person does about it."""

from collections.abc import Awaitable, Callable

import msgspec
from aiohttp import web

from pagerd.core.paging.page import Page
from pagerd.engine import commands, queries
from pagerd.engine.commands import Answer
from pagerd.engine.doors import Connection
from pagerd.engine.queries import PageStory
from pagerd.engine.work import Work
from pagerd.web.answers import json_answer
from pagerd.web.api.shapes import alert_json, entries_json, notification_json, page_json
from pagerd.web.call import Call, flag, instant, span

LIST_MAX = 200
"""Pages of one answer; `before` asks for older ones."""


class NewPage(msgspec.Struct, forbid_unknown_fields=True):
    """A page that a person raises."""

    team: str
    text: str
    severity: str | None = None


class Nothing(msgspec.Struct, forbid_unknown_fields=True):
    """An act that needs no more words."""


class Resolution(msgspec.Struct, forbid_unknown_fields=True):
    """How it ended, in the words of whoever resolves it."""

    note: str = ""


class Snooze(msgspec.Struct, forbid_unknown_fields=True):
    """How long the page may wait: `20m`, `2h`."""

    length: str = msgspec.field(name="for")


class Handover(msgspec.Struct, forbid_unknown_fields=True):
    """To whom the page is handed: a person, a schedule or a role."""

    to: str


class Helper(msgspec.Struct, forbid_unknown_fields=True):
    """Who is asked to help: a person, a schedule or a role."""

    person: str


class Note(msgspec.Struct, forbid_unknown_fields=True):
    """What is written on the timeline."""

    text: str


async def list_pages(call: Call) -> web.Response:
    """List open pages, the newest first; `open=false` lists resolved ones too, `before` goes on where a list ended."""
    asked = call.query("team", "open", "before")
    is_open = flag(asked, "open", default=True)
    before = instant(asked["before"], "before") if "before" in asked else None

    async def find(c: Connection) -> list[Page]:
        team = asked.get("team")
        return await queries.list_pages(c, team=team, is_open=is_open, limit=LIST_MAX + 1, before=before)

    found = await call.services.engine.read(find)
    return json_answer({"pages": [page_json(page) for page in found[:LIST_MAX]], "more": len(found) > LIST_MAX})


async def raise_page(call: Call) -> web.Response:
    """Page a team with a person's own words."""
    new = await call.decode(NewPage)
    by, via = call.person, call.via

    async def act(work: Work) -> Answer:
        return await commands.raise_page(work, by, via, new.team, new.text, new.severity)

    return _said(await call.act(act), 201)


async def show_page(call: Call) -> web.Response:
    """Tell the story of one page: its alerts, its timeline in the reader's zone, and every notification."""
    page_id = call.parts["page"]

    async def find(c: Connection) -> PageStory:
        return await queries.page_story(c, page_id)

    story = await call.services.engine.read(find)
    return json_answer(
        {
            "page": page_json(story.page),
            "alerts": [alert_json(alert) for alert in story.alerts],
            "zone": str(call.zone),
            "timeline": entries_json(story.entries, call.zone),
            "notifications": [notification_json(one) for one in story.notifications],
        }
    )


async def acknowledge(call: Call) -> web.Response:
    """Take the page: escalation stops, the others are told."""
    await call.decode(Nothing)
    return await _do(call, commands.acknowledge)


async def resolve(call: Call) -> web.Response:
    """Close the page; what still fires is held for an hour."""
    resolution = await call.decode(Resolution)

    async def act(work: Work, page: str, by: str, via: str) -> Answer:
        return await commands.resolve(work, page, by, via, resolution.note)

    return await _do(call, act)


async def snooze(call: Call) -> web.Response:
    """Take the page and be reminded after a while."""
    length = span((await call.decode(Snooze)).length, "for")

    async def act(work: Work, page: str, by: str, via: str) -> Answer:
        return await commands.snooze(work, page, by, via, length)

    return await _do(call, act)


async def undo(call: Call) -> web.Response:
    """Take one's own acknowledgement back, while it is fresh."""
    await call.decode(Nothing)
    return await _do(call, commands.undo)


async def escalate(call: Call) -> web.Response:
    """Page the next step now."""
    await call.decode(Nothing)
    return await _do(call, commands.escalate)


async def reassign(call: Call) -> web.Response:
    """Hand the page to somebody; without an answer it goes on at step 1."""
    to = (await call.decode(Handover)).to

    async def act(work: Work, page: str, by: str, via: str) -> Answer:
        return await commands.reassign(work, page, by, via, to)

    return await _do(call, act)


async def add(call: Call) -> web.Response:
    """Ask somebody to help with the page."""
    person = (await call.decode(Helper)).person

    async def act(work: Work, page: str, by: str, via: str) -> Answer:
        return await commands.add_responder(work, page, by, via, person)

    return await _do(call, act)


async def note(call: Call) -> web.Response:
    """Write something on the page's timeline."""
    text = (await call.decode(Note)).text

    async def act(work: Work, page: str, by: str, via: str) -> Answer:
        return await commands.add_note(work, page, by, via, text)

    return await _do(call, act)


async def _do(call: Call, command: Callable[[Work, str, str, str], Awaitable[Answer]]) -> web.Response:
    page, by, via = call.parts["page"], call.person, call.via
    return _said(await call.act(lambda work: command(work, page, by, via)))


def _said(answer: Answer, status: int = 200) -> web.Response:
    said = {"sentence": answer.sentence, "changed": answer.changed, "page": page_json(answer.page)}
    return json_answer(said, status)
