"""What people put into force by command, beside the files: silences, overrides, unusable contacts; and plans."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from pagerd.core.oncall.schedule import Override
from pagerd.core.people import Medium
from pagerd.stores.base import Connection
from pagerd.stores.records.columns import instant, micros, reader, text, to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSilence:
    """A silence as text: its matchers are written as in the files and read again by whoever lays it over the plan."""

    id: str
    matchers: tuple[str, ...]
    start: datetime
    end: datetime
    by: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnusableContact:
    """A contact method that was refused for good. It is usable again when the person's address is another one."""

    person: str
    medium: Medium
    address: str
    at: datetime
    why: str


_silence = reader(StoredSilence)
_override = reader(Override)
_files = msgspec.json.Decoder(dict[str, str])


async def put_silence(c: Connection, silence: StoredSilence) -> None:
    """Store a silence, or its new end."""
    await c.execute(
        "INSERT INTO silences (id, end_at, body) VALUES ($1, $2, $3)"
        " ON CONFLICT (id) DO UPDATE SET end_at = excluded.end_at, body = excluded.body",
        silence.id,
        micros(silence.end),
        to_json(silence),
    )


async def silences(c: Connection, ending_after: datetime) -> list[StoredSilence]:
    """Return stored silences that end after an instant."""
    rows = await c.execute("SELECT body FROM silences WHERE end_at > $1 ORDER BY end_at, id", micros(ending_after))
    return [_silence.decode(text(row[0])) for row in rows]


async def put_override(c: Connection, override: Override) -> None:
    """Store an override, or its new end."""
    await c.execute(
        "INSERT INTO overrides (id, end_at, body) VALUES ($1, $2, $3)"
        " ON CONFLICT (id) DO UPDATE SET end_at = excluded.end_at, body = excluded.body",
        override.id,
        micros(override.end),
        to_json(override),
    )


async def overrides(c: Connection, ending_after: datetime) -> list[Override]:
    """Return stored overrides that end after an instant."""
    rows = await c.execute("SELECT body FROM overrides WHERE end_at > $1 ORDER BY end_at, id", micros(ending_after))
    return [_override.decode(text(row[0])) for row in rows]


async def drop_override(c: Connection, override_id: str) -> bool:
    """Take a stored override back; say whether there was one."""
    return bool(await c.execute("DELETE FROM overrides WHERE id = $1 RETURNING id", override_id))


async def put_unusable(c: Connection, contact: UnusableContact) -> None:
    """Note that a contact method was refused. Refused once more, it is so since the first time."""
    await c.execute(
        "INSERT INTO unusable_contacts (person, medium, address, at, why) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (person, medium) DO UPDATE SET address = excluded.address, why = excluded.why,"
        " at = CASE WHEN unusable_contacts.address = excluded.address THEN unusable_contacts.at ELSE excluded.at END",
        contact.person,
        contact.medium.value,
        contact.address,
        micros(contact.at),
        contact.why,
    )


async def drop_unusable(c: Connection, person: str, medium: Medium) -> bool:
    """Note that a contact method works again; say whether it had been refused."""
    rows = await c.execute(
        "DELETE FROM unusable_contacts WHERE person = $1 AND medium = $2 RETURNING person", person, medium.value
    )
    return bool(rows)


async def unusable(c: Connection) -> list[UnusableContact]:
    """Return all refused contact methods."""
    rows = await c.execute("SELECT person, medium, address, at, why FROM unusable_contacts")
    return [
        UnusableContact(
            person=text(row[0]), medium=Medium(text(row[1])), address=text(row[2]), at=instant(row[3]), why=text(row[4])
        )
        for row in rows
    ]


async def put_plan(c: Connection, revision: str, at: datetime, files: dict[str, str]) -> None:
    """Keep the files behind a revision that came into force, and when it did; a restart on the same is no new time."""
    last = await c.execute("SELECT revision FROM plan_loads ORDER BY at DESC, revision LIMIT 1")
    if not last or text(last[0][0]) != revision:
        await c.execute(
            "INSERT INTO plan_loads (at, revision) VALUES ($1, $2) ON CONFLICT (at, revision) DO NOTHING",
            micros(at),
            revision,
        )
    await c.execute(
        "INSERT INTO plans (revision, loaded_at, files) VALUES ($1, $2, $3)"
        " ON CONFLICT (revision) DO UPDATE SET loaded_at = excluded.loaded_at",
        revision,
        micros(at),
        to_json(files),
    )


async def plans(c: Connection) -> list[dict[str, str]]:
    """Return the files of every revision that is kept."""
    return [_files.decode(text(row[0])) for row in await c.execute("SELECT files FROM plans ORDER BY revision")]


async def last_plan(c: Connection) -> tuple[str, datetime, dict[str, str]] | None:
    """Return the revision that came into force last, when, and its files."""
    rows = await c.execute("SELECT revision, loaded_at, files FROM plans ORDER BY loaded_at DESC, revision LIMIT 1")
    if not rows:
        return None
    return text(rows[0][0]), instant(rows[0][1]), _files.decode(text(rows[0][2]))


async def loads(c: Connection) -> list[tuple[datetime, str]]:
    """Return when which revision came into force, oldest first."""
    rows = await c.execute("SELECT at, revision FROM plan_loads ORDER BY at, revision")
    return [(instant(row[0]), text(row[1])) for row in rows]


async def revision_at(c: Connection, at: datetime) -> str | None:
    """Return the revision that was in force at an instant, or None before the first."""
    rows = await c.execute(
        "SELECT revision FROM plan_loads WHERE at <= $1 ORDER BY at DESC, revision LIMIT 1", micros(at)
    )
    return text(rows[0][0]) if rows else None


async def files_of(c: Connection, revision: str) -> dict[str, str] | None:
    """Return the texts of the files behind a revision, or None where they are not kept."""
    rows = await c.execute("SELECT files FROM plans WHERE revision = $1", revision)
    return _files.decode(text(rows[0][0])) if rows else None
