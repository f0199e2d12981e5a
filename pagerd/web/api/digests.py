"""The daily digest of a team, looked at before its hour."""

from typing import TypedDict

from pagerd.engine import digests
from pagerd.engine.digests import Preview
from pagerd.engine.doors import Connection
from pagerd.web.api import types
from pagerd.web.api.described import api
from pagerd.web.api.shapes import iso
from pagerd.web.call import Call


class DigestPreview(TypedDict):
    """What a digest would say now. `to` are addresses of teams and ids of people; `due_at` null: it wants none."""

    team: str
    to: list[str]
    due_at: types.Instant | None
    last_at: types.Instant | None
    subject: str
    text: str


@api()
async def preview(call: Call) -> DigestPreview:
    """Show what a team's digest would say now, to whom it goes and when; nothing is sent."""
    engine, team, now = call.services.engine, call.parts["team"], call.services.engine.clock.now()

    async def find(c: Connection) -> Preview:
        return await digests.preview(c, engine.plan, team, now)

    seen = await engine.read(find)
    return {
        "team": seen.team,
        "to": list(seen.to),
        "due_at": iso(seen.due_at),
        "last_at": iso(seen.last_at),
        "subject": seen.subject,
        "text": seen.text,
    }
