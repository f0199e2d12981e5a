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


class Kept(msgspec.Struct, frozen=True):
    """What an act came to: the number of what it was done to, or its id where it has none, and the sentence."""

    number: int = msgspec.field(name="incident")
    sentence: str
    subject: str = ""


async def once(work: Work, by: str, what: str, key: str | None, act: Callable[[Work], Awaitable[Said]]) -> Said:
    """Do an act, or say again what it came to. A key is a person's own, for one kind of act (`what`), for a week."""
    before = await kept(work, by, what, key)
    if before is not None:
        return Said(await commands.find(work, before.number), before.sentence)
    said = await act(work)
    await keep(work, by, what, key, said.incident.number, said.sentence)
    return said


async def kept(work: Work, by: str, what: str, key: str | None) -> Kept | None:
    """Return what an act under this key came to, or None: it was not done yet, or has no key."""
    if not key:
        return None
    if len(key) > KEY_MAX or not key.isprintable():
        raise Conflict(f"an idempotency key has at most {KEY_MAX} printable signs")
    before = await answers.answer_to(work.c, _name(by, what, key))
    return msgspec.json.decode(before, type=Kept) if before is not None else None


async def keep(work: Work, by: str, what: str, key: str | None, number: int, sentence: str, subject: str = "") -> None:
    """Remember what an act came to, if it has a key."""
    if key:
        answer = msgspec.json.encode(Kept(number=number, sentence=sentence, subject=subject)).decode()
        # Nobody's answer to a text: whoever counts those must not count this.
        await answers.remember_inbound(work.c, _name(by, what, key), work.now, answer, "")


def _name(by: str, what: str, key: str) -> str:
    # Hashed, so that no row names a person whom somebody erases.
    return f"key {hash_of(f'{what} {by} {key}')}"
