"""Who comes together about an incident, and who looks on, over the API."""

from pagerd.engine.incidents import gathering
from pagerd.web.api import gathering_types as types
from pagerd.web.api.described import api
from pagerd.web.api.incident_types import IncidentAct
from pagerd.web.api.incidents import do, number_in
from pagerd.web.call import Call


@api(has_key=True)
async def set_room(call: Call, body: types.NewRoom) -> IncidentAct:
    """Say where the people of an incident meet instead."""
    return await do(call, "room", gathering.set_room, body.place)


@api(has_key=True)
async def call_all_hands(call: Call, body: types.AllHands) -> IncidentAct:
    """Page everybody who is named for that, once it is confirmed; else only say who that is."""
    what = "all hands" if body.confirmed else "all hands perhaps"
    return await do(call, what, gathering.call_all_hands, body.confirmed)


@api(has_key=True)
async def follow(call: Call, body: types.Onlooker) -> IncidentAct:
    """Look on: be told of updates by what wakes nobody, and never be paged."""
    return await do(call, "follow", gathering.follow, body.person)


@api(has_key=True)
async def unfollow(call: Call, body: types.Onlooker) -> IncidentAct:
    """Look on no more."""
    return await do(call, "unfollow", gathering.unfollow, body.person)


@api(has_key=True)
async def ask(call: Call, body: types.Words) -> IncidentAct:
    """Ask something: it goes to whoever speaks, and past those who work."""
    return await do(call, "ask", gathering.ask, body.text)


@api(has_key=True)
async def reply(call: Call, body: types.Words) -> IncidentAct:
    """Answer a question; whoever asked is told quietly."""
    which = number_in(call, "question")
    return await do(call, f"reply {which}", gathering.reply, which, body.text)
