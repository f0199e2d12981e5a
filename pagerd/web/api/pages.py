"""Pages: what wants a human, its story, and what a person does about it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypedDict

import msgspec

from pagerd.engine import commands, queries
from pagerd.engine.boundaries import Boundary
from pagerd.engine.commands import Answer
from pagerd.engine.doors import Connection
from pagerd.engine.work import Work
from pagerd.web.api import types
from pagerd.web.api.described import FLAG, INSTANT, TEXT, api
from pagerd.web.api.shapes import alert_json, entries_json, notification_json, page_json
from pagerd.web.call import Call, flag, instant, span

LIST_MAX = 200
"""Pages of one answer; `before` asks for older ones."""


class PageList(TypedDict):
    """Pages, whether there are older ones, and the ids of pages whose rows cannot be read."""

    pages: list[types.Page]
    more: bool
    unreadable: list[str]


class PageStory(TypedDict):
    """A page with all that belongs to it. `zone` is that of `local` in its timeline."""

    page: types.Page
    alerts: list[types.Alert]
    zone: str
    timeline: list[types.TimelineEntry]
    notifications: list[types.Notification]


class PageAct(TypedDict):
    """What became of an act; `changed` is false when somebody else was first."""

    sentence: str
    changed: bool
    page: types.Page


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

    length: types.Length = msgspec.field(name="for")


class Handover(msgspec.Struct, forbid_unknown_fields=True):
    """To whom the page is handed: a person, a schedule or a role."""

    to: str


class Helper(msgspec.Struct, forbid_unknown_fields=True):
    """Who is asked to help: a person, a schedule or a role."""

    person: str


class Note(msgspec.Struct, forbid_unknown_fields=True):
    """What is written on the timeline."""

    text: str


@api(query={"team": TEXT, "open": FLAG, "before": INSTANT})
async def list_pages(call: Call, asked: Mapping[str, str]) -> PageList:
    """List open pages, the newest first; `open=false` lists resolved ones too, `before` goes on where a list ended."""
    is_open = flag(asked, "open", default=True)
    before = instant(asked["before"], "before") if "before" in asked else None

    async def find(c: Connection) -> queries.Listed:
        team = asked.get("team")
        return await queries.list_pages(c, team=team, is_open=is_open, limit=LIST_MAX + 1, before=before)

    found = await call.services.engine.read(find)
    return {
        "pages": [page_json(page) for page in found.pages[:LIST_MAX]],
        "more": len(found.pages) + len(found.unreadable) > LIST_MAX,
        "unreadable": found.unreadable,
    }


@api(status=201)
async def raise_page(call: Call, body: NewPage) -> PageAct:
    """Page a team with a person's own words."""
    by, via = call.person, call.via

    async def act(work: Work) -> Answer:
        return await commands.raise_page(work, by, via, body.team, body.text, body.severity)

    return _said(call, await call.act(act))


@api()
async def show_page(call: Call) -> PageStory:
    """Tell the story of one page: its alerts, its timeline in the reader's zone, and every notification."""
    page_id = call.parts["page"]

    async def find(c: Connection) -> queries.PageStory:
        return await queries.page_story(c, page_id)

    story = await call.services.engine.read(find)
    return {
        "page": page_json(story.page),
        "alerts": [alert_json(alert) for alert in story.alerts],
        "zone": str(call.zone),
        "timeline": entries_json(story.entries, call.zone),
        "notifications": [notification_json(one) for one in story.notifications],
    }


@api(reads=Boundary.REPLY_READ)
async def acknowledge(call: Call, body: Nothing) -> PageAct:  # noqa: ARG001  # unknown keys are refused
    """Take the page: escalation stops, the others are told."""
    return await _do(call, commands.acknowledge)


@api()
async def resolve(call: Call, body: Resolution) -> PageAct:
    """Close the page; what still fires is held for an hour."""

    async def act(work: Work, page: str, by: str, via: str) -> Answer:
        return await commands.resolve(work, page, by, via, body.note)

    return await _do(call, act)


@api()
async def snooze(call: Call, body: Snooze) -> PageAct:
    """Take the page and be reminded after a while."""
    length = span(body.length, "for")

    async def act(work: Work, page: str, by: str, via: str) -> Answer:
        return await commands.snooze(work, page, by, via, length)

    return await _do(call, act)


@api()
async def undo(call: Call, body: Nothing) -> PageAct:  # noqa: ARG001  # as above
    """Take one's own acknowledgement back, while it is fresh."""
    return await _do(call, commands.undo)


@api()
async def escalate(call: Call, body: Nothing) -> PageAct:  # noqa: ARG001  # as above
    """Page the next step now."""
    return await _do(call, commands.escalate)


@api()
async def reassign(call: Call, body: Handover) -> PageAct:
    """Hand the page to somebody; without an answer it goes on at step 1."""

    async def act(work: Work, page: str, by: str, via: str) -> Answer:
        return await commands.reassign(work, page, by, via, body.to)

    return await _do(call, act)


@api()
async def add(call: Call, body: Helper) -> PageAct:
    """Ask somebody to help with the page."""

    async def act(work: Work, page: str, by: str, via: str) -> Answer:
        return await commands.add_responder(work, page, by, via, body.person)

    return await _do(call, act)


@api()
async def note(call: Call, body: Note) -> PageAct:
    """Write something on the page's timeline."""

    async def act(work: Work, page: str, by: str, via: str) -> Answer:
        return await commands.add_note(work, page, by, via, body.text)

    return await _do(call, act)


async def _do(call: Call, command: Callable[[Work, str, str, str], Awaitable[Answer]]) -> PageAct:
    page, by, via = call.parts["page"], call.person, call.via
    return _said(call, await call.act(lambda work: command(work, page, by, via)))


def _said(call: Call, answer: Answer) -> PageAct:
    observes = " This pagerd only observes: nobody is told." if call.services.engine.observing else ""
    return {"sentence": f"{answer.sentence}{observes}", "changed": answer.changed, "page": page_json(answer.page)}
