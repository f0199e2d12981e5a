"""The audit chain over the API, and erasing a person who has left."""

from collections.abc import Mapping
from typing import TypedDict

import msgspec

from pagerd.core.pseudonym import Erasure
from pagerd.engine import erasure, verification
from pagerd.engine.doors import Connection
from pagerd.engine.erasure import Erased
from pagerd.engine.work import Work
from pagerd.web.answers import Failure
from pagerd.web.api.described import TEXT, api
from pagerd.web.call import Call


class Erasing(msgspec.Struct, forbid_unknown_fields=True):
    """How a person is erased; the rest is what the answer before said, to go on from there."""

    nights: str = "keep"
    names: list[str] = []
    addresses: list[str] = []
    pseudonym: str | None = None
    after: str = ""


class Flaw(TypedDict):
    """What does not hold, and where: an object's id, or `anchor 12`."""

    where: str
    what: str


class VerifiedBite(TypedDict):
    """What one bite verified; `after` is where the next begins, null after the last; `total` of all entries."""

    after: str | None
    entries: int
    objects: int
    anchors: int
    redacted: int
    unchained: int
    tombstones: int
    findings: list[Flaw]
    total: int


class Anchor(TypedDict):
    """Which anchor has the hash; null where there is none."""

    number: int | None


class ErasedBite(TypedDict):
    """What one bite changed, by kind of row; `next` is where the next one goes on, nothing at the end."""

    pseudonym: str
    names: list[str]
    addresses: list[str]
    changed: dict[str, int]
    next: str | None
    kept: list[str]


@api(query={"after": TEXT})
async def verify(call: Call, asked: Mapping[str, str]) -> VerifiedBite:
    """Verify the next bite of the audit chain: `after` is what the answer before said, nothing at first."""
    after = asked.get("after", "")
    if not verification.is_cursor(after):
        raise Failure(400, f"{after!r} is not where a bite ended", "give `after` as the answer before said it")

    async def find(c: Connection) -> VerifiedBite:
        found = await verification.bite(c, after)
        return {
            "after": found.after,
            "entries": found.entries,
            "objects": found.objects,
            "anchors": found.anchors,
            "redacted": found.redacted,
            "unchained": found.unchained,
            "tombstones": found.tombstones,
            "findings": [{"where": one.where, "what": one.what} for one in found.findings],
            "total": await verification.count(c),
        }

    return await call.services.engine.read(find)


@api()
async def anchor(call: Call) -> Anchor:
    """Say which anchor has this hash, or a hash that begins like this; `number` is null where there is none."""
    begins = call.parts["hash"]

    async def find(c: Connection) -> int | None:
        return await verification.anchor_with_hash(c, begins)

    return {"number": await call.services.engine.read(find)}


@api()
async def erase(call: Call, body: Erasing) -> ErasedBite:
    """Erase the next bite of a person who is in the plan no more; ask again with what the answer says until `next`."""
    person, by = call.parts["person"], call.person
    if body.nights not in ("keep", "drop"):
        raise Failure(400, f"nights are kept or dropped, not {body.nights!r}", "nights: keep | drop")
    names, addresses = set(body.names), set(body.addresses)
    if not body.after:
        known = await call.services.known_as(person)
        names |= known.names
        addresses |= known.addresses

    async def act(work: Work) -> tuple[Erasure, Erased]:
        who = await erasure.begin(work, person, names, addresses, body.pseudonym)
        return who, await erasure.bite(work, who, body.after, drop_nights=body.nights == "drop", by=by)

    who, done = await call.act(act)
    return {
        "pseudonym": who.pseudonym,
        "names": list(who.names),
        "addresses": list(who.addresses),
        "changed": done.changed,
        "next": done.next,
        "kept": list(erasure.KEPT),
    }
