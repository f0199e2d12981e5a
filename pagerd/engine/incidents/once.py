"""An act with a key is done once: who sends it again, because no answer came, gets the answer of the first time."""

from collections.abc import Awaitable, Callable

import msgspec

from pagerd.core.errors import Conflict
from pagerd.engine.chance import hash_of
from pagerd.engine.incidents import commands
from pagerd.engine.incidents.commands import Said
from pagerd.engine.work import Work
from pagerd.stores.records import answers

KEY_MAX = 100
"""Signs of a key: two UUIDs fit."""


class _Answer(msgspec.Struct):
    incident: int
    sentence: str


async def once(work: Work, by: str, what: str, key: str | None, act: Callable[[Work], Awaitable[Said]]) -> Said:
    """Do an act, or say again what it came to. A key is a person's own, for one kind of act (`what`), for a week."""
    if not key:
        return await act(work)
    if len(key) > KEY_MAX or not key.isprintable():
        raise Conflict(f"an idempotency key has at most {KEY_MAX} printable signs")
    # Hashed, so that no row names a person whom somebody erases.
    name = f"key {hash_of(f'{what} {by} {key}')}"
    before = await answers.answer_to(work.c, name)
    if before is not None:
        known = msgspec.json.decode(before, type=_Answer)
        return Said(await commands.find(work, known.incident), known.sentence)
    said = await act(work)
    answer = msgspec.json.encode(_Answer(incident=said.incident.number, sentence=said.sentence)).decode()
    # Nobody's answer to a text: whoever counts those must not count this.
    await answers.remember_inbound(work.c, name, work.now, answer, "")
    return said
