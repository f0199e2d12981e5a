"""The audit chain over the API."""

from dataclasses import asdict

from aiohttp import web

from pagerd.engine import verification
from pagerd.engine.doors import Connection
from pagerd.web.answers import Failure, json_answer
from pagerd.web.call import Call


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
