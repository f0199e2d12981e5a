"""Worked nights: one row per person and night, and the codes by which is answered about them."""

from dataclasses import dataclass
from datetime import date, datetime

from pagerd.core.errors import StaleState
from pagerd.core.worklog.worked import WorkedNight
from pagerd.stores.base import Connection
from pagerd.stores.records.columns import instant, micros, reader, text, to_json

_night = reader(WorkedNight)


@dataclass(frozen=True, slots=True, kw_only=True)
class NightCode:
    """What a code means to one person: which night, and what was asked about it, `worked` or `rest`.

    What was asked may be a `swap`, too, which is then named in the place of the night.
    """

    code: str
    night_id: str
    asks: str
    asked_at: datetime


async def find(c: Connection, night_id: str) -> WorkedNight | None:
    """Return the night, or None."""
    rows = await c.execute("SELECT body FROM worked_nights WHERE id = $1", night_id)
    return _night.decode(text(rows[0][0])) if rows else None


async def of_person(c: Connection, person: str, day: date) -> WorkedNight | None:
    """Return the night of a person that began on a day, or None."""
    rows = await c.execute(
        "SELECT body FROM worked_nights WHERE person = $1 AND date = $2 ORDER BY end_at DESC LIMIT 1",
        person,
        day.isoformat(),
    )
    return _night.decode(text(rows[0][0])) if rows else None


async def last_of(c: Connection, person: str) -> WorkedNight | None:
    """Return the newest night of a person, or None."""
    rows = await c.execute(
        "SELECT body FROM worked_nights WHERE person = $1 ORDER BY date DESC, end_at DESC LIMIT 1", person
    )
    return _night.decode(text(rows[0][0])) if rows else None


async def insert(c: Connection, night: WorkedNight) -> None:
    """Store a new night."""
    await c.execute(
        "INSERT INTO worked_nights (id, person, date, end_at, version, body) VALUES ($1, $2, $3, $4, $5, $6)",
        night.id,
        night.person,
        night.date.isoformat(),
        micros(night.end),
        night.version,
        to_json(night),
    )


async def update(c: Connection, night: WorkedNight) -> None:
    """Store the next version; raise StaleState when somebody else stored one in between."""
    rows = await c.execute(
        "UPDATE worked_nights SET version = $1, body = $2 WHERE id = $3 AND version = $4 RETURNING id",
        night.version,
        to_json(night),
        night.id,
        night.version - 1,
    )
    if not rows:
        raise StaleState(f"saving night {night.id}: version {night.version - 1} is not the stored one any more")


async def between(c: Connection, start: datetime, end: datetime) -> list[WorkedNight]:
    """Return the nights that ended from `start` until before `end`, those first that ended first."""
    rows = await c.execute(
        "SELECT body FROM worked_nights WHERE end_at >= $1 AND end_at < $2 ORDER BY end_at, person",
        micros(start),
        micros(end),
    )
    return [_night.decode(text(row[0])) for row in rows]


async def ended_before(c: Connection, before: datetime, limit: int) -> list[str]:
    """Return ids of nights that ended before an instant, those first that ended first."""
    rows = await c.execute(
        "SELECT id FROM worked_nights WHERE end_at < $1 ORDER BY end_at LIMIT $2", micros(before), limit
    )
    return [text(row[0]) for row in rows]


async def ids_of_person(c: Connection, person: str) -> list[str]:
    """Return ids of all nights of a person."""
    rows = await c.execute("SELECT id FROM worked_nights WHERE person = $1 ORDER BY id", person)
    return [text(row[0]) for row in rows]


async def drop(c: Connection, night_id: str) -> None:
    """Delete a night, and what could be answered about it."""
    await c.execute("DELETE FROM night_codes WHERE night_id = $1", night_id)
    await c.execute("DELETE FROM worked_nights WHERE id = $1", night_id)


async def drop_free_codes(c: Connection, now: datetime) -> None:
    """Forget codes whose time is over."""
    await c.execute("DELETE FROM night_codes WHERE free_at <= $1", micros(now))


async def take_code(c: Connection, person: str, one: NightCode, now: datetime, free_at: datetime) -> bool:
    """Let a code stand for a question to a person until an instant; say no while it stands for another."""
    await c.execute("DELETE FROM night_codes WHERE person = $1 AND free_at <= $2", person, micros(now))
    rows = await c.execute(
        "INSERT INTO night_codes (person, code, night_id, asks, asked_at, free_at) VALUES ($1, $2, $3, $4, $5, $6)"
        " ON CONFLICT (person, code) DO NOTHING RETURNING code",
        person,
        one.code,
        one.night_id,
        one.asks,
        micros(one.asked_at),
        micros(free_at),
    )
    return bool(rows)


async def codes_of(c: Connection, person: str, now: datetime) -> list[NightCode]:
    """Return what a person may still answer, the newest question first."""
    rows = await c.execute(
        "SELECT code, night_id, asks, asked_at FROM night_codes WHERE person = $1 AND free_at > $2"
        " ORDER BY asked_at DESC, code",
        person,
        micros(now),
    )
    return [
        NightCode(code=text(row[0]), night_id=text(row[1]), asks=text(row[2]), asked_at=instant(row[3])) for row in rows
    ]
