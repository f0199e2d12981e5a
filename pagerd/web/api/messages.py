"""Messages about incidents: who hears them, whether they arrive, and how one reads."""

from pagerd.core.incidents.messages import PUBLIC, MessageKind
from pagerd.engine.doors import Connection
from pagerd.engine.incidents import announcing, told
from pagerd.engine.incidents.messenger import link_of
from pagerd.engine.work import Work
from pagerd.web.answers import Failure
from pagerd.web.api import message_types as types
from pagerd.web.api.described import api
from pagerd.web.api.incidents import number_in
from pagerd.web.api.message_shapes import message_json, receiver_json, text_json
from pagerd.web.api.pages import Nothing
from pagerd.web.call import Call


@api()
async def list_receivers(call: Call) -> types.ReceiverList:
    """List everybody who is told of incidents, and what each is still to be told."""
    engine = call.services.engine
    found = await engine.read(lambda c: told.receivers(c, engine.plan))
    return {"receivers": [receiver_json(one) for one in found]}


@api()
async def show_receiver(call: Call) -> types.OneReceiver:
    """Say what somebody is still to be told, and what became of the last test."""
    return await _one(call)


@api(status=201)
async def test_receiver(call: Call, body: Nothing) -> types.OneReceiver:
    """Send a message about nothing to somebody who is told of incidents; ask later what became of it."""
    del body
    name, by = call.parts["receiver"], call.person

    async def act(work: Work) -> None:
        await announcing.test(work, name, by)

    await call.act(act)
    return await _one(call)


@api()
async def list_messages(call: Call) -> types.IncidentMessages:
    """List what was told of an incident, to whom, and what is still to be."""
    number = number_in(call, "incident")
    found = await call.services.engine.read(lambda c: told.of_incident(c, number))
    return {"messages": [message_json(one) for one in found]}


@api()
async def preview_message(call: Call) -> types.MessageText:
    """Say how a message about an incident reads by the templates in force, and what its fields say."""
    number, kind, engine = number_in(call, "incident"), _kind_in(call), call.services.engine
    link = link_of(call.services.public_url, number)

    async def find(c: Connection) -> types.MessageText:
        written, fields = await told.preview(c, engine.plan, number, kind, link)
        return text_json(kind, written, fields)

    return await engine.read(find)


async def _one(call: Call) -> types.OneReceiver:
    engine, name = call.services.engine, call.parts["receiver"]
    return {"receiver": receiver_json(await engine.read(lambda c: told.receiver(c, engine.plan, name)))}


def _kind_in(call: Call) -> MessageKind:
    said = call.parts["kind"]
    known = [kind.value for kind in MessageKind if kind not in PUBLIC]
    if said not in known:
        raise Failure(404, f"there is no message of kind {said!r}", f"kinds are {', '.join(known)}")
    return MessageKind(said)
