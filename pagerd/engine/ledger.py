"""What everybody needs who works on a night: finding it, storing it with its clock, and codes to answer about it."""

from collections.abc import Sequence
from datetime import date, timedelta

from pagerd.core.errors import NotFound
from pagerd.core.timeline import Entry
from pagerd.core.values import changed
from pagerd.core.worklog.answers import code_of_digits
from pagerd.core.worklog.worked import Outcome, WorkedNight
from pagerd.engine import audit
from pagerd.engine.work import Work
from pagerd.stores.base import Connection
from pagerd.stores.records import timers, worked
from pagerd.stores.records.worked import NightCode

CODE_LASTS = timedelta(days=7)
"""How long an answer by text is taken; after that, the command line takes it."""

CODES_TRIED_MAX = 50

WORKED, REST, SWAP = "worked", "rest", "swap"
"""What a code is an answer to: how long a night was, somebody's rest, or a swap."""


async def begin(work: Work, night: WorkedNight) -> WorkedNight:
    """Store a new night, and wind its clock."""
    await worked.insert(work.c, night)
    await _wind(work, night)
    return night


async def keep(work: Work, before: WorkedNight, after: WorkedNight) -> WorkedNight:
    """Store what changed of a night by itself, and wind its clock anew."""
    after = changed(after, version=before.version + 1)
    await worked.update(work.c, after)
    await _wind(work, after)
    return after


async def save(work: Work, before: WorkedNight, outcome: Outcome, event: str) -> WorkedNight:
    """Store what was decided of a night, with its entry in the chain."""
    after, entries = outcome
    after = await keep(work, before, after)
    await note(work, after, event, entries)
    return after


async def note(work: Work, night: WorkedNight, event: str, entries: Sequence[Entry]) -> None:
    """Append an entry to the chain of a night."""
    body = [entry.details for entry in entries]
    await audit.note(work, night.id, event, body, entries)


async def _wind(work: Work, night: WorkedNight) -> None:
    due = max(night.due, work.now) if night.due is not None else None
    await timers.put(work.c, "night", night.id, due)
    work.wakes_at(due)


async def draw_code(work: Work, person: str, subject: str, asks: str) -> str | None:
    """Draw a code by which a person may answer about a night or a swap; None when there are none left."""
    for _ in range(CODES_TRIED_MAX):
        code = code_of_digits(work.chance.short_code())
        one = NightCode(code=code, night_id=subject, asks=asks, asked_at=work.now)
        if await worked.take_code(work.c, person, one, work.now, work.now + CODE_LASTS):
            return code
    return None


async def find(c: Connection, name: str, person: str | None) -> WorkedNight:
    """Return a night by its id, or one of a person's own: the `last`, or by the day on which it began.

    Raises NotFound.
    """
    if name == "last" and person is not None:
        found = await worked.last_of(c, person)
        if found is None:
            raise NotFound(f"no night of {person} is known in which their phone rang")
        return found
    try:
        day = date.fromisoformat(name)
    except ValueError:
        found = await worked.find(c, name if name.startswith("n-") else f"n-{name}")
    else:
        found = await worked.of_person(c, person, day) if person is not None else None
    if found is None:
        raise NotFound(f"there is no night {name}; `pagerd nights` lists those of the last 31 days")
    return found
