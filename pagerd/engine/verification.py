"""Verifies the audit chain, in bounded bites: each is one read, so that a daemon goes on paging meanwhile.

First every object: its entries among themselves, then against what the page or ticket says of its own end, or against
the tombstone. Then every anchor: against the one before it, and against the entries that it covers. What is between two
reads may have moved, but never what one of them compares.
"""

import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from pagerd.core.audit import ANCHORS, KEEPING, Anchor, Head, Link, anchor_hash, content_of, flaws
from pagerd.stores.base import Connection
from pagerd.stores.records import history
from pagerd.stores.records.history import Tombstone

OBJECTS_BITE = 200
"""Objects verified in one read: some 2,000 entries, about 50 ms."""

ANCHORS_BITE = 5
"""Anchors verified in one read; each may cover 5,000 entries."""

T = TypeVar("T")

_NUMBER = re.compile(r"-1|[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Finding:
    """What does not hold, and where: an object's id, or `anchor 12`."""

    where: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bite:
    """What one read verified. `after` is where the next one begins; None after the last."""

    after: str | None
    entries: int = 0
    objects: int = 0
    anchors: int = 0
    redacted: int = 0
    unchained: int = 0
    tombstones: int = 0
    findings: tuple[Finding, ...] = ()


class Forgotten(msgspec.Struct):
    """What an entry of KEEPING says about objects that went: (id, version, hash) of each one's end."""

    objects: tuple[tuple[str, int, str], ...] = ()


class Rewritten(msgspec.Struct):
    """What an entry of KEEPING says about entries that were redacted: (id, version, digest of the words now)."""

    entries: tuple[tuple[str, int, str], ...] = ()


async def bite(c: Connection, after: str = "") -> Bite:
    """Verify what comes next after a bite; begin with the empty text."""
    kind, _, cursor = after.partition(":")
    if kind == "anchors":
        return await _anchors(c, int(cursor))
    return await _objects(c, cursor)


def is_cursor(after: str) -> bool:
    """Can this be where a bite ended?"""
    kind, _, cursor = after.partition(":")
    return not after or kind == "objects" or (kind == "anchors" and _NUMBER.fullmatch(cursor) is not None)


async def count(c: Connection) -> int:
    """Count all entries, for whoever shows how far it is."""
    return await history.count(c)


async def anchor_with_hash(c: Connection, begins: str) -> int | None:
    """Return the number of the anchor whose hash is this, or begins like this; None where there is none, or two."""
    numbers = await history.anchor_numbers(c, begins)
    return numbers[0] if len(numbers) == 1 else None


async def _objects(c: Connection, after: str) -> Bite:
    names = await history.objects_after(c, after, OBJECTS_BITE)
    first = await history.anchors_after(c, -1, 1)
    look = _Look(c, first[0].through if first and first[0].number == 0 else 0)
    for name in names:
        if name != ANCHORS:
            await look.at(name)
    return Bite(
        after=f"objects:{names[-1]}" if len(names) == OBJECTS_BITE else "anchors:-1",
        entries=look.entries,
        objects=len(names),
        redacted=look.redacted,
        unchained=look.unchained,
        tombstones=look.tombstones,
        findings=tuple(look.findings),
    )


class _Look:
    """Looks at one object after another and remembers what entries of KEEPING say."""

    def __init__(self, c: Connection, unchained_through: int) -> None:
        self.c = c
        self.entries = self.redacted = self.unchained = self.tombstones = 0
        self.findings: list[Finding] = []
        self._unchained_through = unchained_through
        self._forgotten: dict[int, Mapping[str, tuple[int, str]]] = {}
        self._rewritten: dict[int, Mapping[tuple[str, int], str]] = {}

    async def at(self, name: str) -> None:
        chain = await history.chain(self.c, name)
        stone = await history.tombstone(self.c, name)
        self.entries += len(chain)
        self.unchained += sum(not link.hash for link in chain)
        said = flaws(chain, unchained_through=self._unchained_through)
        said += [flaw async for flaw in self._redactions(chain)]
        if stone is not None:
            self.tombstones += 1
            said += [flaw async for flaw in self._stone(stone, chain)]
        else:
            said += await self._end(name, chain)
        if name == KEEPING:
            said += [flaw async for flaw in self._promises(chain)]
        self.findings += [Finding(name, what) for what in said]

    async def _end(self, name: str, chain: Sequence[Link]) -> list[str]:
        """Compare the newest entry with what the page, the ticket, the incident or the action item carries."""
        carried = await history.end_of(self.c, name)
        what = _KIND.get(name[:2], "chain")
        if carried is None:
            return [f"the {what} itself is gone, without a tombstone"]
        version, head = carried.version, carried.hash
        if version < 0:
            return [f"the {what} itself cannot be read"]
        last = chain[-1] if chain else None
        if last is None:
            return [f"all {version} entries are missing"]
        if version > last.version:
            return [f"entries {last.version + 1} to {version} are missing at the end"]
        if version < last.version:
            return [f"entry {version + 1} and what follows are more than the {what} knows of"]
        return [] if head == last.hash else [f"entry {version} is not the end that the {what} knows of"]

    async def _stone(self, stone: Tombstone, chain: Sequence[Link]) -> AsyncIterator[str]:
        if chain or await history.end_of(self.c, stone.object_id) is not None:
            yield "it has a tombstone, and is still there"
        promised = (await self._forgotten_by(stone.entry)).get(stone.object_id)
        if promised != (stone.version, stone.hash):
            yield f"its tombstone is not what entry {stone.entry} of {KEEPING} says"

    async def _redactions(self, chain: Sequence[Link]) -> AsyncIterator[str]:
        for link in chain:
            if link.redaction is None:
                continue
            self.redacted += 1
            promised = (await self._rewritten_by(link.redaction)).get((link.object_id, link.version))
            if promised != content_of(link.body, link.entries):
                yield f"entry {link.version} was redacted, but not to what entry {link.redaction} of {KEEPING} says"

    async def _promises(self, chain: Sequence[Link]) -> AsyncIterator[str]:
        """Whatever KEEPING says went must have its tombstone."""
        for link in chain:
            if link.event != FORGOTTEN:
                continue
            for name, (version, hashed) in (await self._forgotten_by(link.version)).items():
                stone = await history.tombstone(self.c, name)
                if stone is None or (stone.version, stone.hash) != (version, hashed):
                    yield f"entry {link.version} says that {name} was forgotten, and its tombstone is not there"

    async def _forgotten_by(self, entry: int) -> Mapping[str, tuple[int, str]]:
        if entry not in self._forgotten:
            link = await history.find(self.c, KEEPING, entry)
            objects = _decoded(link, FORGOTTEN, Forgotten()).objects
            self._forgotten[entry] = {name: (version, hashed) for name, version, hashed in objects}
        return self._forgotten[entry]

    async def _rewritten_by(self, entry: int) -> Mapping[tuple[str, int], str]:
        if entry not in self._rewritten:
            link = await history.find(self.c, KEEPING, entry)
            entries = _decoded(link, REDACTED, Rewritten()).entries
            self._rewritten[entry] = {(name, version): digest for name, version, digest in entries}
        return self._rewritten[entry]


FORGOTTEN, REDACTED = "ObjectsForgotten", "EntriesRedacted"
"""The events of KEEPING by which something goes."""

_KIND = {"p-": "page", "t-": "ticket", "i-": "incident", "a-": "action item"}


def _decoded(link: Link | None, event: str, nothing: T) -> T:
    """Read what an entry of KEEPING says; nothing where it is not such an entry."""
    if link is None or link.event != event:
        return nothing
    try:
        return msgspec.json.decode(link.body, type=type(nothing))
    except msgspec.MsgspecError:
        return nothing


async def _anchors(c: Connection, after: int) -> Bite:
    found = await history.anchors_after(c, after, ANCHORS_BITE)
    before = await history.anchors_after(c, after - 1, 1) if after >= 0 else []
    previous = before[0] if before and before[0].number == after else None
    findings: list[Finding] = []
    for anchor in found:
        said = list(_chained(anchor, previous))
        if anchor.number > 0:
            said += await _covered(c, anchor)
        findings += [Finding(f"anchor {anchor.number}", what) for what in said]
        previous = anchor
    if len(found) < ANCHORS_BITE:
        end = await history.head_of(c, ANCHORS)
        if previous is None:
            findings.append(Finding("anchor 0", "no anchor is left, and there is always one"))
        elif (previous.number, previous.hash) != (end.version, end.hash):
            what = f"the chain of anchors should end here, and ends with {previous.number}"
            findings.append(Finding(f"anchor {end.version}", what))
    return Bite(
        after=f"anchors:{found[-1].number}" if len(found) == ANCHORS_BITE else None,
        anchors=sum(anchor.number > 0 for anchor in found),
        findings=tuple(findings),
    )


def _chained(anchor: Anchor, previous: Anchor | None) -> Iterator[str]:
    if previous is None:
        if anchor.number != 0:
            yield f"anchors 0 to {anchor.number - 1} are missing"
        return
    if anchor.number != previous.number + 1:
        yield f"anchors {previous.number + 1} to {anchor.number - 1} are missing"
    if anchor.previous != previous.hash or anchor.since != previous.through:
        yield f"it does not follow anchor {previous.number}"
    expected = anchor_hash(anchor.previous, anchor.number, anchor.at, anchor.since, anchor.through, anchor.heads)
    if anchor.hash != expected:
        yield "it is not what was written"


async def _covered(c: Connection, anchor: Anchor) -> list[str]:
    """Compare the entries that an anchor covers with the ends that it wrote down."""
    said = []
    stored = {head.object_id: head for head in await history.heads_within(c, anchor.since, anchor.through)}
    for head in anchor.heads:
        found = stored.pop(head.object_id, None)
        if found == head:
            continue
        stone = await history.tombstone(c, head.object_id)
        if stone is None or not _may_end(head, stone):
            said.append(f"entry {head.version} of {head.object_id} is not there as it was then")
    said += [f"{name} has an entry {head.version} that was not there then" for name, head in stored.items()]
    return said


def _may_end(head: Head, stone: Tombstone) -> bool:
    return head.version < stone.version or (head.version, head.hash) == (stone.version, stone.hash)
