"""Tickets: work that can wait, and who took it."""

from collections.abc import Mapping
from typing import TypedDict

import msgspec

from pagerd.core.ticket import Ticket
from pagerd.core.timeline import Entry
from pagerd.engine import commands, queries
from pagerd.engine.doors import Connection
from pagerd.engine.work import Work
from pagerd.web.api import types
from pagerd.web.api.described import FLAG, TEXT, api
from pagerd.web.api.pages import Nothing
from pagerd.web.api.shapes import entries_json, ticket_json
from pagerd.web.call import Call, flag

LIST_MAX = 200


class TicketList(TypedDict):
    """Tickets, and whether there are older ones."""

    tickets: list[types.Ticket]
    more: bool


class TicketStory(TypedDict):
    """A ticket and its timeline. `zone` is that of `local` in it."""

    ticket: types.Ticket
    zone: str
    timeline: list[types.TimelineEntry]


class TicketAct(TypedDict):
    """What became of an act."""

    sentence: str
    ticket: types.Ticket


class NewTicket(msgspec.Struct, forbid_unknown_fields=True):
    """A ticket that a person opens."""

    team: str
    text: str
    service: str = ""


class Closing(msgspec.Struct, forbid_unknown_fields=True):
    """Why a ticket is over."""

    reason: str = ""


class Reopening(msgspec.Struct, forbid_unknown_fields=True):
    """Why a ticket is not over after all."""

    reason: str = ""


class TicketNote(msgspec.Struct, forbid_unknown_fields=True):
    """Something to remember."""

    text: str


@api(query={"team": TEXT, "closed": FLAG})
async def list_tickets(call: Call, asked: Mapping[str, str]) -> TicketList:
    """List tickets that are not closed, the newest first; `closed=true` lists closed ones too."""
    with_closed = flag(asked, "closed", default=False)

    async def find(c: Connection) -> list[Ticket]:
        return await queries.list_tickets(c, team=asked.get("team"), with_closed=with_closed, limit=LIST_MAX + 1)

    found = await call.services.engine.read(find)
    return {"tickets": [ticket_json(ticket) for ticket in found[:LIST_MAX]], "more": len(found) > LIST_MAX}


@api(status=201)
async def open_ticket(call: Call, body: NewTicket) -> TicketAct:
    """Open a ticket with a person's own words."""
    by, via = call.person, call.via

    async def act(work: Work) -> Ticket:
        return await commands.open_ticket(work, by, via, body.team, body.text, body.service)

    ticket = await call.act(act)
    return {"sentence": f"{ticket.id} is open for team {ticket.team}.", "ticket": ticket_json(ticket)}


@api()
async def show_ticket(call: Call) -> TicketStory:
    """Tell the story of one ticket."""
    name = call.parts["ticket"]

    async def find(c: Connection) -> tuple[Ticket, tuple[Entry, ...]]:
        return await queries.ticket_story(c, name)

    ticket, entries = await call.services.engine.read(find)
    timeline = entries_json(entries, call.zone)
    return {"ticket": ticket_json(ticket), "zone": str(call.zone), "timeline": timeline}


@api()
async def take(call: Call, body: Nothing) -> TicketAct:  # noqa: ARG001  # unknown keys are refused
    """Put the caller's name on a ticket; its clock stops."""
    name, by = call.parts["ticket"], call.person

    async def act(work: Work) -> Ticket:
        return await commands.take_ticket(work, name, by)

    ticket = await call.act(act)
    return {"sentence": f"{ticket.id} is yours. It pages nobody any more.", "ticket": ticket_json(ticket)}


@api()
async def close(call: Call, body: Closing) -> TicketAct:
    """Close a ticket."""
    name, by = call.parts["ticket"], call.person

    async def act(work: Work) -> Ticket:
        return await commands.close_ticket(work, name, by, body.reason)

    ticket = await call.act(act)
    return {"sentence": f"{ticket.id} is closed.", "ticket": ticket_json(ticket)}


@api()
async def reopen(call: Call, body: Reopening) -> TicketAct:
    """Open a closed ticket again."""
    name, by = call.parts["ticket"], call.person

    async def act(work: Work) -> Ticket:
        return await commands.reopen_ticket(work, name, by, body.reason)

    ticket = await call.act(act)
    clock = " Its alert still fires and fails a test: it pages unless somebody takes it." if ticket.page_at else ""
    return {"sentence": f"{ticket.id} is open again.{clock}", "ticket": ticket_json(ticket)}


@api()
async def note(call: Call, body: TicketNote) -> TicketAct:
    """Write something down on a ticket's timeline, for whoever comes next."""
    name, by = call.parts["ticket"], call.person

    async def act(work: Work) -> Ticket:
        return await commands.note_ticket(work, name, by, body.text)

    ticket = await call.act(act)
    return {"sentence": f"Noted on {ticket.id}.", "ticket": ticket_json(ticket)}
