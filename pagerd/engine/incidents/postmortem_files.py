"""Postmortems as files: how each is brought together with its text in the store.

The store has the text in force, the file is where people write. What they wrote there comes in when somebody acts on
that postmortem; what is new in the store goes out by itself. A text that the store has from nobody but pagerd is never
worth more than a file that somebody wrote in: then the file wins, with the facts as they are now. Where both were
written in, nothing is changed, and it is said.

Nothing here runs inside a transaction: a disk that hangs holds up no page, and no transition waits for it.
"""

from dataclasses import dataclass
from typing import Protocol

from pagerd.core.errors import Conflict
from pagerd.core.postmortems import document
from pagerd.core.postmortems.document import digest_of
from pagerd.engine.engine import Engine
from pagerd.engine.incidents import postmortems, queries, reviewing
from pagerd.engine.work import Work
from pagerd.stores.base import Connection
from pagerd.stores.records import postmortems as texts

AT_ONCE = 20
"""Files of one round; the next round has the rest."""


class FolderTrouble(Conflict):
    """The directory cannot be read or written now: what and why stands in the message."""


class Folder(Protocol):
    """A directory with one file for each postmortem, named by the number of its incident alone."""

    def name_of(self, number: int) -> str:
        """Return the path of a file, for people."""
        ...

    async def read(self, number: int) -> str | None:
        """Return what the file holds, or None where there is none. Raises FolderTrouble, BrokenDocument."""
        ...

    async def write(self, number: int, text: str, over: str | None) -> bool:
        """Put a text into the file in one step; only over the text of this digest, None for no file. Did it?"""
        ...


@dataclass(frozen=True, slots=True)
class _Found:
    """What is to be written into the file, over which digest; None where it is well as it is."""

    text: str
    over: str | None


async def bring_together(engine: Engine, folder: Folder, number: int, by: str, via: str) -> None:
    """Take in what somebody wrote in the file, and write out what is new in the store.

    Raises FolderTrouble, BrokenDocument, Conflict; then neither the store nor the file was changed.
    """
    there = await folder.read(number)

    async def take(work: Work) -> _Found | None:
        return await _take(work, number, there, by, via)

    found = await engine.transact(take)
    if found is not None:
        await _put(engine, folder, number, found)


async def text_now(engine: Engine, folder: Folder | None, number: int) -> str:
    """Return the text as people see it: that of the file, where there is one, else that of the store."""

    async def find(c: Connection) -> tuple[str, bool]:
        incident, last = await queries.find(c, number), await postmortems.stored(c, number)
        return last.text, incident.review is not None and incident.review.is_decided

    text, is_decided = await engine.read(find)
    if folder is None or is_decided:
        return text
    there = await folder.read(number)
    return text if there is None else there


async def write_out(engine: Engine, folder: Folder) -> list[str]:
    """Write each text that its file does not have yet; return what could not be, in sentences."""

    async def find(c: Connection) -> list[int]:
        return await texts.unfiled(c, AT_ONCE)

    troubles = []
    for number in await engine.read(find):
        try:
            await bring_together(engine, folder, number, postmortems.BY_PAGERD, "")
        except Conflict as error:
            troubles.append(str(error))
        except document.BrokenDocument as error:
            troubles.append(f"{folder.name_of(number)}: {error}")
    return troubles


async def _take(work: Work, number: int, there: str | None, by: str, via: str) -> _Found | None:
    incident, last = await queries.find(work.c, number), await postmortems.stored(work.c, number)
    digest = digest_of(there) if there is not None else None
    if digest == last.digest:
        await reviewing.mark_filed(work, number, last.digest)
        return None
    filed = await texts.last_filed(work.c, number)
    is_untouched = there is None or (filed is not None and filed.digest == digest)
    is_decided = incident.review is not None and incident.review.is_decided
    if is_untouched or (is_decided and not last.filed):
        return _Found(last.text, digest)
    if is_decided:
        return None  # what was accepted is what the store has; the file may go on living
    assert there is not None, "a file that is not there is untouched"
    if not last.filed and filed is not None and _words(last.text, number) != _words(filed.text, number):
        message = f"the file and the store were both written in; the store's text: pagerd postmortem show {number}"
        raise Conflict(f"Postmortem of incident {number}: {message}")
    await reviewing.write(work, number, by, via, there, None, filed=True)
    now = await postmortems.stored(work.c, number)
    return _Found(now.text, digest) if now.digest != digest else None


async def _put(engine: Engine, folder: Folder, number: int, found: _Found) -> None:
    if await folder.write(number, found.text, found.over):
        digest = digest_of(found.text)
        await engine.transact(lambda work: reviewing.mark_filed(work, number, digest))


def _words(text: str, number: int) -> str:
    return document.own_words(text, number)
