"""Writes the audit chain: an entry for each state change, in its transaction, and once an hour an anchor over all.

A page and a ticket carry the end of their own chain, so that the next entry of theirs costs a hash and no statement.
What has no row of that kind (a silence, an override, a token, the config) is rare, and its end has a row of its own.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from pagerd.core.audit import ANCHORS, CONFIG, CONTACTS, Anchor, Head, anchored
from pagerd.core.timeline import Entry
from pagerd.engine.work import Work
from pagerd.stores.base import Connection
from pagerd.stores.records import history, stored, timers
from pagerd.stores.records.columns import micros
from pagerd.stores.records.stored import UnusableContact

EVERY = timedelta(hours=1)

ENTRIES_MAX = 5_000
"""Entries that one anchor covers: about 20 ms of the writer's time. When there are more, the next follows at once."""


async def append(
    work: Work, head: str, object_id: str, version: int, event: str, body: object, entries: Sequence[Entry] = ()
) -> str:
    """Append an entry to the chain that ends with `head`, and return its new end: whoever holds it must store it."""
    return await history.append(
        work.c,
        head,
        object_id,
        version,
        at=work.now,
        plan=work.plan.revision,
        event=event,
        body=body,
        entries=entries,
    )


async def note(work: Work, object_id: str, event: str, body: object, entries: Sequence[Entry] = ()) -> int:
    """Append an entry to the chain of something that does not carry its end; return the entry's version."""
    return await note_at(work.c, work.now, work.plan.revision, object_id, event, body, entries)


async def note_at(
    c: Connection,
    now: datetime,
    plan: str,
    object_id: str,
    event: str,
    body: object,
    entries: Sequence[Entry] = (),
) -> int:
    """Do the same where there is no engine yet."""
    last = await history.head_of(c, object_id)
    version = last.version + 1
    head = await history.append(
        c, last.hash, object_id, version, at=now, plan=plan, event=event, body=body, entries=entries
    )
    await history.put_head(c, Head(object_id=object_id, version=version, hash=head))
    return version


async def config_in_force(c: Connection, now: datetime, revision: str, files: Mapping[str, str]) -> None:
    """Keep the files of a revision that comes into force, and say so in the chain unless it was in force already."""
    last = await stored.last_plan(c)
    await stored.put_plan(c, revision, now, dict(files))
    if last is None or last[0] != revision:
        digests = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in sorted(files.items())}
        await note_at(c, now, revision, CONFIG, "ConfigPutInForce", {"revision": revision, "files": digests})


async def contact_refused(work: Work, contact: UnusableContact) -> None:
    """Store that a contact method was refused for good."""
    await stored.put_unusable(work.c, contact)
    body = {"person": contact.person, "medium": contact.medium.value, "why": contact.why}
    await note(work, CONTACTS, "ContactRefused", body)


async def begin(work: Work) -> None:
    """Set the clock of the next anchor, unless it runs."""
    if await timers.find(work.c, "anchor", "") is None:
        await timers.put(work.c, "anchor", "", work.now + EVERY)
        work.wakes_at(work.now + EVERY)


async def anchor(work: Work) -> Anchor | None:
    """Hash the newest entries since the last anchor together, tell the log, and set the clock of the next.

    An hour in which nothing happened has no anchor.
    """
    last = await history.last_anchor(work.c)
    since = last.through if last is not None else 0
    heads, through = await history.heads_between(work.c, since, ENTRIES_MAX)
    next_at = work.now if through - since >= ENTRIES_MAX else work.now + EVERY
    await timers.put(work.c, "anchor", "", next_at)
    work.wakes_at(next_at)
    if not heads:
        return None
    number, previous = (last.number + 1, last.hash) if last is not None else (1, "")
    made = anchored(number, micros(work.now), since, through, heads, previous)
    await history.insert_anchor(work.c, made)
    await history.put_head(work.c, Head(object_id=ANCHORS, version=made.number, hash=made.hash))
    work.say("audit.anchored", number=made.number, hash=made.hash, objects=len(made.heads))
    return made


async def last_anchor(c: Connection) -> Anchor | None:
    """Return the newest anchor, for whoever tells it outside of this machine; None before the first."""
    found = await history.last_anchor(c)
    return found if found is not None and found.number > 0 else None
