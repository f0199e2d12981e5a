"""Erases a person who has left: a pseudonym stands where they stood, and the audit chain holds.

One bite is one transaction, and whoever asked asks again until there is none left: a bite that was done does nothing
when it is done again. An entry of the history keeps its hash and the digest of what it said; an entry of KEEPING says
which were rewritten and to what. That entry names the pseudonym alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pagerd.core.audit import KEEPING, content_of
from pagerd.core.errors import Conflict
from pagerd.core.pseudonym import Erasure
from pagerd.engine import audit, keeping
from pagerd.engine.verification import REDACTED
from pagerd.engine.work import Work
from pagerd.stores.records import erasing, history, worked
from pagerd.stores.records.erasing import PLACES, Place, json_without

BITE = 200
"""Rows looked at in one transaction: about 20 ms of the writer's time."""

PREFIX = "erased"

KEPT = (
    "the audit chain's hashes: they prove that nothing else changed; whoever guesses an old entry whole can check that",
    "alerts as their sources sent them, and what could not be read: if they name people, their sources do",
    "what was answered to other people's texts in the last seven days: it goes by itself",
    "earlier backups, the log, the config files and their git history: they are not in the database",
)
"""What erasing leaves, and why; said to whoever asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What one bite did. `next` is where to go on; None when it is done."""

    next: str | None
    changed: dict[str, int] = field(default_factory=dict)


async def begin(
    work: Work, person: str, names: Iterable[str], addresses: Iterable[str], pseudonym: str | None
) -> Erasure:
    """Say who is erased, under a pseudonym that is drawn unless it was before. Raises Conflict for one of the plan."""
    if person in work.plan.people:
        raise Conflict(f"{person} is still in the config files: take them out and reload, then erase")
    if pseudonym is not None and not pseudonym.startswith(f"{PREFIX}-"):
        raise Conflict(f"a pseudonym begins with {PREFIX}-, not like {pseudonym!r}")
    known = await erasing.addresses_of(work.c, person)
    return Erasure(
        person=person,
        pseudonym=pseudonym or work.chance.object_id(PREFIX),
        names=tuple(sorted(set(names))),
        addresses=tuple(sorted(known.union(addresses))),
    )


async def bite(work: Work, erasure: Erasure, after: str, *, drop_nights: bool, by: str) -> Erased:
    """Do what comes after a cursor: what is the person's alone, the history, then table by table.

    The old plans are last: they are what the person's names are known by when it has to begin anew.
    """
    stage, _, key = after.partition(":")
    if not stage:
        return await _own(work, erasure, drop_nights=drop_nights, by=by)
    if stage == "history":
        return await _history(work, erasure, key, by)
    place = next((place for place in PLACES if place.table == stage), None)
    if place is None:
        raise Conflict(f"{after!r} is not where a bite ended: begin anew, what was done is done")
    last, count = await erasing.rewrite(work.c, place, erasure, key, BITE)
    following = _after(place) if last is None else f"{stage}:{last}"
    return Erased(next=following, changed={stage: count})


def _after(place: Place) -> str | None:
    following = PLACES[PLACES.index(place) + 1 :]
    return f"{following[0].table}:" if following else None


async def _own(work: Work, erasure: Erasure, *, drop_nights: bool, by: str) -> Erased:
    await audit.note(work, KEEPING, "PersonErased", {"pseudonym": erasure.pseudonym, "by": by})
    own = await erasing.drop_of_person(work.c, erasure.person)
    if drop_nights:
        nights = await erasing.drop_nights(work.c, erasure.person)
        await keeping.bury_nights(work, work.now, await worked.ids_of_person(work.c, erasure.person))
    else:
        nights = await erasing.rename_nights(work.c, erasure)
    changed = {"tokens, feeds, sessions, codes and links": own, "night rows": nights}
    return Erased(next="history:0", changed=changed)


async def _history(work: Work, erasure: Erasure, after: str, by: str) -> Erased:
    if not after.isdecimal():
        raise Conflict(f"{after!r} is no entry of the history: begin anew, what was done is done")
    found = await history.after(work.c, int(after), BITE)
    rewritten = []
    for link in found:
        body, entries = json_without(erasure, link.body), json_without(erasure, link.entries)
        if (body, entries) != (link.body, link.entries):
            rewritten.append((link, body, entries))
    if rewritten:
        said = [(link.object_id, link.version, content_of(body, entries)) for link, body, entries in rewritten]
        told = {"pseudonym": erasure.pseudonym, "by": by, "entries": said}
        entry = await audit.note(work, KEEPING, REDACTED, told)
        for link, body, entries in rewritten:
            await history.redact(work.c, link, body, entries, entry)
    following = f"history:{found[-1].seq}" if len(found) == BITE else f"{PLACES[0].table}:"
    return Erased(next=following, changed={"history": len(rewritten)})
