"""Who comes together about an incident, and who looks on: rooms, all hands, followers, their questions."""

from pagerd.core.errors import Conflict
from pagerd.core.incidents.incident import Incident, Mode, name_of
from pagerd.core.incidents.on_room import at_work
from pagerd.core.incidents.room_events import (
    AllHandsCalled,
    Followed,
    QuestionAnswered,
    QuestionAsked,
    RoomOpened,
    Unfollowed,
)
from pagerd.core.paging.escalation import find_all
from pagerd.core.plain import one_line
from pagerd.engine.incidents import declaring
from pagerd.engine.incidents.commands import Said, do, find, link_page, named, opened
from pagerd.engine.incidents.declaring import Declaration
from pagerd.engine.work import Work
from pagerd.engine.written import needed
from pagerd.stores.records import incidents

PLACE_MAX = 300
"""Characters of where people meet: an address with its pass code, or a number to dial."""

OPEN_MAX = 1000
"""Open incidents that are looked through for one about the same thing."""


async def declare(work: Work, by: str, via: str, said: Declaration) -> Said:
    """Declare an incident, unless one of the same key is open: then whoever declares is with that one.

    That another one of the same service is open is only said: a second page at night is better than none.
    """
    found = await incidents.list_incidents(work.c, status=None, is_open=True, team="", before=None, limit=OPEN_MAX)
    # Practice is never about the same as what is real: who finds something out in a drill declares it.
    others = [one for one in found if one.is_drill == (said.mode is Mode.DRILL)]
    key = one_line(said.dedup_key, declaring.TITLE_MAX) if said.mode is not Mode.BACKFILL else ""
    same = next((one for one in others if key and one.dedup_key == key), None)
    if same is not None:
        joined = (await link_page(work, same.number, by, via, said.page)).incident if said.page else same
        return Said(
            joined, f"{named(joined)} is open about the same already: {joined.title}. {_where(joined)}".rstrip()
        )
    opened_now = opened(work, by, await declaring.declare(work, by, via, said))
    incident = opened_now.incident
    alike = next((one for one in others if one.service and one.service == incident.service), None)
    if alike is None or not incident.is_real:
        return opened_now
    how = f"pagerd incident merge {incident.number} {alike.number}"
    return Said(
        incident,
        f"{opened_now.sentence} {named(alike)} is open about {alike.service}, too: if it is the same, {how}",
    )


def _where(incident: Incident) -> str:
    return f"Its room: {incident.room.place}" if incident.room is not None else ""


async def set_room(work: Work, number: int, by: str, via: str, place: str) -> Said:
    """Say where its people meet instead."""
    said = one_line(place, PLACE_MAX)
    if not said:
        raise Conflict("a room is an address, or a number to dial")
    after = await do(work, number, RoomOpened(by=by, via=via, place=said))
    return Said(after, f"The room of {name_of(after)} is {said}.")


async def call_all_hands(work: Work, number: int, by: str, via: str, confirmed: bool) -> Said:
    """Page everybody who is named for that; without a confirmation, only say who that is."""
    if confirmed:
        after = await do(work, number, AllHandsCalled(by=by, via=via))
        return Said(after, f"All hands are called to {name_of(after)}: {_whom(work, after, by)}.")
    incident = await find(work, number)
    if not work.plan.incidents.all_hands:
        return Said(incident, "It would page nobody: all_hands of rules/incidents.yaml names nobody.")
    return Said(incident, f"Nobody is paged yet. It would page {_whom(work, incident, by)}: confirm it with --yes.")


def _whom(work: Work, incident: Incident, by: str) -> str:
    """Name whom all hands would page: whoever is at work in it already need not be called."""
    found = find_all(work.plan, incident.team, work.plan.incidents.all_hands, work.now)
    known = (by, *at_work(incident))
    return ", ".join(work.plan.name_of(one.person) for one in found if one.person not in known) or "nobody"


async def follow(work: Work, number: int, by: str, via: str, person: str | None) -> Said:
    """Look on, or let somebody look on."""
    who = work.plan.person_named(person or by)
    after = await do(work, number, Followed(by=by, via=via, person=who.id))
    return Said(after, f"{who.name} is told of updates of {name_of(after)}, by what wakes nobody.")


async def unfollow(work: Work, number: int, by: str, via: str, person: str | None) -> Said:
    """Look on no more."""
    who = person or by
    after = await do(work, number, Unfollowed(by=by, via=via, person=who))
    return Said(after, f"{work.plan.name_of(who)} is not told of {name_of(after)} any more.")


async def ask(work: Work, number: int, by: str, via: str, text: str) -> Said:
    """Ask something: of whoever speaks, past those who work."""
    event = QuestionAsked(by=by, via=via, text=needed(text, "a question needs a sentence"))
    after = await do(work, number, event)
    return Said(after, f"{named(after)}: question {after.question} is asked. The answer comes to you quietly.")


async def reply(work: Work, number: int, by: str, via: str, which: int, text: str) -> Said:
    """Answer a question."""
    event = QuestionAnswered(by=by, via=via, number=which, text=needed(text, "an answer needs a sentence"))
    after = await do(work, number, event)
    return Said(after, f"Question {which} of {name_of(after)} is answered.")
