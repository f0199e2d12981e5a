"""Messages about incidents: a row for each that an event makes and each place that hears it, in its own transaction.

Nothing waits for those who are told. `engine/incidents/messenger.py` takes the rows, one at a time for each place; what
fails is tried again later. Where pagerd only observes, there are none.
"""

from collections.abc import Sequence
from datetime import timedelta

from pagerd.core.errors import Conflict, NotFound
from pagerd.core.incidents.announcing import Announcement, announced
from pagerd.core.incidents.incident import Incident
from pagerd.core.plan import Plan
from pagerd.core.timeline import Entry
from pagerd.engine.work import LEASE, Work
from pagerd.stores.records import incidents, messages, timers
from pagerd.stores.records.columns import to_json
from pagerd.stores.records.messages import Message

IN_FLIGHT_MAX = 8
"""Places that are told something at once."""

PER_EVENT_MAX = 16
"""Messages of one event; two is the most that any makes."""

TEST = "test"
"""The kind of a message that is about nothing."""

TEST_AGAIN_AFTER = timedelta(seconds=10)
"""A receiver is tested at most this often: whoever may test must not be able to fill a room."""

_TEST_ID = "test"


async def note(work: Work, incident: Incident, entries: Sequence[Entry]) -> None:
    """Let everybody be told who hears of what just happened to an incident."""
    if work.observing or not work.plan.receivers:
        return
    fix = await _fix_of(work, incident) if any(entry.kind == "incident.resolved" for entry in entries) else ""
    found = announced(incident, entries, work.plan, work.now, fix=fix)
    for place, one in enumerate(found[:PER_EVENT_MAX]):
        seq = incident.version * PER_EVENT_MAX + place
        name = f"{incident.id}/{incident.version}/{place}"
        for receiver in _hear(work, one):
            await _put(work, name, receiver, incident=incident.number, seq=seq, kind=one.kind.value, body=to_json(one))
    if found:
        await arm(work)


async def _fix_of(work: Work, incident: Incident) -> str:
    """Return the last thing that was tried and worked."""
    rows = await incidents.mitigations_of(work.c, incident.number)
    worked = [row for row in rows if row.outcome == "worked"]
    if not worked:
        return ""
    last = worked[-1]
    return f"{last.kind.replace('_', ' ')}: {last.text}" if last.text else last.kind.replace("_", " ")


def _hear(work: Work, one: Announcement) -> tuple[str, ...]:
    """Return who hears a message, each once; a route to somebody who is not there any more leads nowhere."""
    known, routes = work.plan.receivers, work.plan.incidents.messages.routes
    if routes is None:
        return tuple(known)
    wanted = (name for route in routes if route.takes(one.kind, one.team, one.severity) for name in route.to)
    return tuple(name for name in dict.fromkeys(wanted) if name in known)


async def _put(work: Work, name: str, receiver: str, *, incident: int, seq: int, kind: str, body: str) -> list[str]:
    """Store a message for each place of a receiver; return their ids."""
    ids = []
    for address in work.plan.receivers[receiver] or ("",):
        row = Message(
            id=" ".join(part for part in (name, receiver, address) if part),
            incident=incident,
            seq=seq,
            kind=kind,
            receiver=receiver,
            address=address,
            at=work.now,
            body=body,
        )
        await messages.insert(work.c, row)
        ids.append(row.id)
    return ids


async def test(work: Work, receiver: str, by: str) -> list[Message]:
    """Send a receiver a message about nothing; return what was stored. Raises NotFound, Conflict."""
    if receiver not in work.plan.receivers:
        raise no_such_receiver(work.plan, receiver)
    if work.observing:
        raise Conflict("this pagerd only observes: it tells nobody anything, so nothing can be tested")
    before = await messages.last_test(work.c, receiver)
    if before is not None and work.now - before.at < TEST_AGAIN_AFTER:
        ago = int((work.now - before.at).total_seconds())
        raise Conflict(f"{receiver} was tested {ago} s ago: look what became of that first")
    name = f"{_TEST_ID}/{work.chance.row_id(work.now)}"
    seq = int(work.now.timestamp())
    ids = await _put(work, name, receiver, incident=0, seq=seq, kind=TEST, body=to_json({"by": by}))
    await arm(work)
    found = [await messages.find(work.c, one) for one in ids]
    return [one for one in found if one is not None]


def no_such_receiver(plan: Plan, name: str) -> NotFound:
    """Return the error that says who there is."""
    names = ", ".join(sorted(plan.receivers)) or "none"
    return NotFound(f"there is no receiver {name!r} in pagerd.yaml; receivers are {names}")


async def begin(work: Work) -> None:
    """Take up what waits; of a receiver that the files do not have any more nobody will ever ask for it."""
    if work.agreed:
        dropped = await messages.drop_of_others(work.c, work.plan.receivers, work.now)
        if dropped:
            work.say("messages.dropped", count=dropped, why="pagerd.yaml does not name their receivers any more")
    await arm(work)


async def take_over(work: Work) -> None:
    """Tell at once what a pagerd that was killed had claimed. Only for who is alone with the database."""
    left = await messages.end_leases(work.c, work.now)
    if left:
        work.say("messages.taken_over", count=left)
        await arm(work)


async def due(work: Work) -> None:
    """Claim what is due, as far as there is room; it is handed out after the commit."""
    claim = work.chance.row_id(work.now)
    if not work.observing:
        work.messages += await messages.claim_due(work.c, work.now, work.now + LEASE, claim, IN_FLIGHT_MAX)
    await arm(work)


async def arm(work: Work) -> None:
    """Set the one timer of all messages. What waited when pagerd began to observe waits until it sends again."""
    at = await messages.next_due(work.c, work.now, IN_FLIGHT_MAX) if not work.observing else None
    await timers.put(work.c, "message", "", at)
    work.wakes_at(at)
