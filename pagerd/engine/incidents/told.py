"""What people ask about the messages of incidents: what was told to whom, what waits, and how one would read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pagerd.core.errors import NotFound
from pagerd.core.incidents.announcing import facts_of, last_said
from pagerd.core.incidents.messages import PUBLIC, MessageKind, Written
from pagerd.core.plan import Plan
from pagerd.engine.incidents import queries
from pagerd.engine.incidents.announcing import no_such_receiver
from pagerd.stores.base import Connection
from pagerd.stores.records import history, messages
from pagerd.stores.records.messages import Message, MessageState
from pagerd.templating import messages as templating

__all__ = ["Message", "MessageState", "Receiver", "of_incident", "preview", "receiver", "receivers"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Somebody who is told of incidents. `tests` are the messages of its last test, one for each address."""

    name: str
    addresses: tuple[str, ...]
    waiting: int = 0
    oldest_at: datetime | None = None
    fault: str = ""
    tests: Sequence[Message] = ()


async def receivers(c: Connection, plan: Plan) -> list[Receiver]:
    """Return everybody whom the files name, in their order, and what waits for each."""
    return [await receiver(c, plan, name) for name in plan.receivers]


async def receiver(c: Connection, plan: Plan, name: str) -> Receiver:
    """Return one of them. Raises NotFound."""
    if name not in plan.receivers:
        raise no_such_receiver(plan, name)
    waits = {one.receiver: one for one in await messages.waiting(c)}.get(name)
    last = await messages.last_test(c, name)
    return Receiver(
        name=name,
        addresses=plan.receivers[name],
        waiting=waits.count if waits is not None else 0,
        oldest_at=waits.oldest_at if waits is not None else None,
        fault=waits.fault if waits is not None else "",
        tests=await messages.tests_at(c, name, last.at) if last is not None else (),
    )


async def of_incident(c: Connection, number: int) -> Sequence[Message]:
    """Return what was told of an incident, and what is still to be. Raises NotFound."""
    await queries.find(c, number)
    return await messages.of_incident(c, number)


async def preview(
    c: Connection, plan: Plan, number: int, kind: MessageKind, link: str
) -> tuple[Written, Mapping[str, str]]:
    """Return how a message about an incident reads by the templates in force, and its fields. Raises NotFound."""
    if kind in PUBLIC:
        raise NotFound(f"what customers are told of an incident is drafted, and no message of kind {kind.value}")
    incident = await queries.find(c, number)
    rows = await history.of_objects(c, [incident.id])
    said = last_said(incident, kind, [entry for row in rows for entry in row.entries], plan)
    facts = facts_of(said, plan, link=link)
    return templating.write(plan.incidents.messages, kind, facts), facts
