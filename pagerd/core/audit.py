"""The audit chain: what is hashed, byte for byte, and what an entry or an anchor must be for the chain to hold.

`docs/audit.md` describes the same bytes for whoever checks a database with a program of their own; a change here is a
new format and needs a tag of its own. Everything is hashed as the text that is stored, never as JSON written anew.
"""

import hashlib
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ENTRY_TAG = "pagerd-entry-1"
CONTENT_TAG = "pagerd-content-1"
ANCHOR_TAG = "pagerd-anchor-1"

CONFIG = "config"
"""The object whose entries say which config files came into force."""
CONTACTS = "contacts"
"""The object whose entries say which contact methods were refused for good, and which work again."""
SIGN_INS = "sign-ins"
"""The object whose entries say who asked for a code, who signed in and out, and what failed."""
ANCHORS = "anchors"
"""The name under which the end of the chain of anchors is kept; it has no entries."""
KEEPING = "keeping"
"""The object whose entries say what was forgotten, erased or restored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One entry of an object's chain, as it is stored.

    `content` is the digest of the body and the timeline that the entry was written with. `redaction` is set when those
    were replaced since: the version of the entry of KEEPING that says so.
    """

    object_id: str
    version: int
    at: int
    plan: str
    event: str
    body: str
    entries: str
    hash: str
    content: str | None = None
    redaction: int | None = None
    seq: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The newest entry of an object at some instant."""

    object_id: str
    version: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The newest entry of each object that had one since the anchor before; `since` and `through` are of `seq`."""

    number: int
    at: int
    since: int
    through: int
    heads: tuple[Head, ...]
    previous: str
    hash: str


def content_of(body: str, entries: str) -> str:
    """Return the digest of what an entry says. It outlives the words when they are redacted."""
    return _digest(CONTENT_TAG, body, entries)


def hash_of(previous: str, object_id: str, version: int, at: int, plan: str, event: str, content: str) -> str:
    """Return the hash of one entry."""
    return _digest(ENTRY_TAG, previous, object_id, str(version), str(at), plan, event, content)


def anchored(number: int, at: int, since: int, through: int, heads: Sequence[Head], previous: str) -> Anchor:
    """Return an anchor that goes on from the hash of the one before it."""
    ordered = tuple(sorted(heads, key=lambda head: head.object_id))
    hashed = anchor_hash(previous, number, at, since, through, ordered)
    return Anchor(number=number, at=at, since=since, through=through, heads=ordered, previous=previous, hash=hashed)


def anchor_hash(previous: str, number: int, at: int, since: int, through: int, heads: Iterable[Head]) -> str:
    """Return the hash of one anchor."""
    said = [previous, str(number), str(at), str(since), str(through)]
    for head in heads:
        said += (head.object_id, str(head.version), head.hash)
    return _digest(ANCHOR_TAG, *said)


_length = struct.Struct(">Q").pack


def _digest(*fields: str) -> str:
    """Hash fields, each as its length (8 bytes, the greatest first) and its UTF-8 bytes: none can run into the next."""
    parts: list[bytes] = []
    for field in fields:
        data = field.encode()
        parts += (_length(len(data)), data)
    return hashlib.sha256(b"".join(parts)).hexdigest()


def flaws(chain: Sequence[Link], *, unchained_through: int) -> list[str]:
    """Say what is wrong with the entries of one object, in the order of their versions; nothing when it holds.

    Entries up to `unchained_through` may be from before the chain: they have no hash, and nothing is promised of them.
    """
    said: list[str] = []
    previous, version, seq = "", 0, 0
    for link in chain:
        if link.version != version + 1:
            said.append(f"entries {version + 1} to {link.version - 1} are missing")
        if link.seq <= seq:
            said.append(f"entry {link.version} was written before entry {version}")
        if not link.hash:
            if previous or link.seq > unchained_through:
                said.append(f"entry {link.version} has no hash")
        else:
            said += _flaws_of(link, previous)
        previous, version, seq = link.hash, link.version, link.seq
    return said


def _flaws_of(link: Link, previous: str) -> Iterable[str]:
    written = content_of(link.body, link.entries)
    is_redacted = link.content is not None
    if is_redacted != (link.redaction is not None):
        yield f"entry {link.version} is half marked as redacted"
    content = link.content if link.content is not None else written
    expected = hash_of(previous, link.object_id, link.version, link.at, link.plan, link.event, content)
    if link.hash != expected:
        yield f"entry {link.version} is not what was written, or does not follow what stands before it"
