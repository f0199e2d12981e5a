"""The rooms of incidents: lent when one is opened, free again when it is over."""

from pagerd.core.incidents.incident import Incident
from pagerd.core.incidents.room import Room, free_place
from pagerd.core.incidents.room_events import (
    RoomOpened,
)
from pagerd.core.values import changed
from pagerd.engine.incidents import apply
from pagerd.engine.work import Work
from pagerd.stores.records import incidents

OPEN_MAX = 1000
"""Open incidents whose rooms are looked at: no pool has more bridges."""


async def with_room(work: Work, incident: Incident) -> Incident:
    """Return an incident that is to be opened with the room that its people meet in, if there is one for it."""
    if not incident.is_real:
        return incident
    place = free_place(work.plan.incidents.room, incident.number, await _taken(work, incident))
    return incident if place is None else changed(incident, room=Room(place=place, since=work.now))


async def reopened(work: Work, incident: Incident) -> Incident:
    """Give an incident that is open again another room where its own went to somebody else meanwhile."""
    rules, room = work.plan.incidents.room, incident.room
    taken = await _taken(work, incident)
    if room is None or room.place not in taken or room.place not in rules.bridges:
        return incident
    place = free_place(rules, incident.number, taken)
    return await apply.happened(work, incident, RoomOpened(by="", via="", place=place or ""))


async def _taken(work: Work, but: Incident) -> frozenset[str]:
    """Return where the people of the other open incidents meet."""
    others = await incidents.list_incidents(work.c, status=None, is_open=True, team="", before=None, limit=OPEN_MAX)
    return frozenset(one.room.place for one in others if one.room is not None and one.number != but.number)
