"""Tickets: work that can wait, and who took it."""

import msgspec
from aiohttp import web

from pagerd.core.ticket import Ticket
from pagerd.core.timeline import Entry
from pagerd.engine import commands, queries
from pagerd.engine.doors import Connection
from pagerd.engine.work import Work
from pagerd.web.answers import json_answer
from pagerd.web.api.pages import Nothing
from pagerd.web.api.shapes import entries_json, ticket_json
from pagerd.web.call import Call, flag

LIST_MAX = 200


class Closing(msgspec.Struct, forbid_unknown_fields=True):
    """Why a ticket is over."""

    reason: str = ""


async def list_tickets(call: Call) -> web.Response:
    """List tickets that are not closed, the newest first; `closed=true` lists closed ones too."""
    asked = call.query("team", "closed")
    with_closed = flag(asked, "closed", default=False)

    async def find(c: Connection) -> list[Ticket]:
        return await queries.list_tickets(c, team=asked.get("team"), with_closed=with_closed, limit=LIST_MAX + 1)

    found = await call.services.engine.read(find)
    shown = [ticket_json(ticket) for ticket in found[:LIST_MAX]]
    return json_answer({"tickets": shown, "more": len(found) > LIST_MAX})


async def show_ticket(call: Call) -> web.Response:
    """Tell the story of one ticket."""
    name = call.parts["ticket"]

    async def find(c: Connection) -> tuple[Ticket, tuple[Entry, ...]]:
        return await queries.ticket_story(c, name)

    ticket, entries = await call.services.engine.read(find)
    timeline = entries_json(entries, call.zone)
    return json_answer({"ticket": ticket_json(ticket), "zone": str(call.zone), "timeline": timeline})


async def take(call: Call) -> web.Response:
    """Put the caller's name on a ticket; its clock stops."""
    await call.decode(Nothing)
    name, by = call.parts["ticket"], call.person

    async def act(work: Work) -> Ticket:
        return await commands.take_ticket(work, name, by)

    ticket = await call.act(act)
    return json_answer({"sentence": f"{ticket.id} is yours. It pages nobody any more.", "ticket": ticket_json(ticket)})


async def close(call: Call) -> web.Response:
    """Close a ticket."""
    closing = await call.decode(Closing)
    name, by = call.parts["ticket"], call.person

    async def act(work: Work) -> Ticket:
        return await commands.close_ticket(work, name, by, closing.reason)

    ticket = await call.act(act)
    return json_answer({"sentence": f"{ticket.id} is closed.", "ticket": ticket_json(ticket)})
