"""The audit chain over the API, and erasing a person who has left."""

from dataclasses import asdict

import msgspec
from aiohttp import web

from pagerd.core.pseudonym import Erasure
from pagerd.engine import erasure, verification
from pagerd.engine.doors import Connection
from pagerd.engine.erasure import Erased
from pagerd.engine.work import Work
from pagerd.web.answers import Failure, json_answer
from pagerd.web.call import Call


class Erasing(msgspec.Struct, forbid_unknown_fields=True):
    """How a person is erased; the rest is what the answer before said, to go on from there."""

    nights: str = "keep"
    names: list[str] = []
    addresses: list[str] = []
    pseudonym: str | None = None
    after: str = ""


async def verify(call: Call) -> web.Response:
    """Verify the next bite of the audit chain: `after` is what the answer before said, nothing at first."""
    after = call.query("after").get("after", "")
    if not verification.is_cursor(after):
        raise Failure(400, f"{after!r} is not where a bite ended", "give `after` as the answer before said it")

    async def find(c: Connection) -> dict[str, object]:
        return {**asdict(await verification.bite(c, after)), "total": await verification.count(c)}

    return json_answer(await call.services.engine.read(find))


async def anchor(call: Call) -> web.Response:
    """Say which anchor has this hash, or a hash that begins like this; `number` is null where there is none."""
    begins = call.parts["hash"]

    async def find(c: Connection) -> int | None:
        return await verification.anchor_with_hash(c, begins)

    return json_answer({"number": await call.services.engine.read(find)})


async def erase(call: Call) -> web.Response:
    """Erase the next bite of a person who is in the plan no more; ask again with what the answer says until `next`."""
    asked = await call.decode(Erasing)
    person, by = call.parts["person"], call.person
    if asked.nights not in ("keep", "drop"):
        raise Failure(400, f"nights are kept or dropped, not {asked.nights!r}", "nights: keep | drop")
    names, addresses = set(asked.names), set(asked.addresses)
    if not asked.after:
        known = await call.services.known_as(person)
        names |= known.names
        addresses |= known.addresses

    async def act(work: Work) -> tuple[Erasure, Erased]:
        who = await erasure.begin(work, person, names, addresses, asked.pseudonym)
        return who, await erasure.bite(work, who, asked.after, drop_nights=asked.nights == "drop", by=by)

    who, done = await call.act(act)
    return json_answer(
        {
            "pseudonym": who.pseudonym,
            "names": list(who.names),
            "addresses": list(who.addresses),
            "changed": done.changed,
            "next": done.next,
            "kept": list(erasure.KEPT),
        }
    )
