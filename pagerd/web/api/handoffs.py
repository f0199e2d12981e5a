"""Handoffs: what goes over with a schedule, and the note of whoever leaves."""

from pagerd.core.handoff import HandoffNote, Handover, OpenIncident, OpenPage
from pagerd.engine import handoffs, shift_notices
from pagerd.engine.doors import Connection
from pagerd.engine.handoffs import Shown
from pagerd.engine.work import Work
from pagerd.web.api import handoff_types as types
from pagerd.web.api.described import api
from pagerd.web.api.shapes import iso
from pagerd.web.call import Call


@api()
async def show_handoff(call: Call) -> types.Handoff:
    """Say who has a schedule, who has it next, and what would go over."""
    engine, name = call.services.engine, call.parts["schedule"]
    plan, now = engine.plan, engine.clock.now()

    async def find(c: Connection) -> Shown:
        return await handoffs.show(c, plan, name, now)

    return handoff_json(await engine.read(find))


@api(status=201)
async def write_note(call: Call, body: types.NewHandoffNote) -> types.HandoffNoted:
    """Write a note for whoever has a schedule next; where it has changed hands already, they are told at once."""
    name, by = call.parts["schedule"], call.person

    async def act(work: Work) -> tuple[HandoffNote, str]:
        return await shift_notices.write_note(work, name, by, body.text)

    note, sentence = await call.act(act)
    return {"sentence": sentence, "note": note_json(note)}


def handoff_json(shown: Shown) -> types.Handoff:
    """Write how a schedule stands for whoever has it next."""
    over: Handover = shown.handover
    return {
        "schedule": shown.on_call.schedule,
        "team": over.team,
        "on_call": list(shown.on_call.people),
        "until": iso(shown.on_call.until),
        "next": list(shown.on_call.following),
        "notes": [note_json(note) for note in over.notes],
        "pages": [_page_json(page) for page in over.pages],
        "pages_count": over.pages_count,
        "incidents": [_incident_json(one) for one in over.incidents],
        "nights_count": over.nights_count,
        "since": iso(over.since),
    }


def note_json(note: HandoffNote) -> types.HandoffNote:
    """Write a handoff note."""
    return {
        "id": note.id,
        "schedule": note.schedule,
        "at": iso(note.at),
        "by": note.by,
        "text": note.text,
        "until": iso(note.until),
        "late": note.late,
    }


def _page_json(page: OpenPage) -> types.HandoffPage:
    return {
        "id": page.id,
        "severity": page.severity,
        "title": page.title,
        "since": iso(page.since),
        "holder": page.holder,
        "until": iso(page.until),
        "snoozed": page.is_snoozed,
    }


def _incident_json(one: OpenIncident) -> types.HandoffIncident:
    return {
        "number": one.number,
        "severity": one.severity,
        "title": one.title,
        "status": one.status,
        "roles": dict(one.roles),
    }
