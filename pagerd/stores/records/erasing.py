"""Every place that may name a person, walked in bites and rewritten."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from pagerd.core.postmortems.document import rewritten
from pagerd.core.pseudonym import Erasure
from pagerd.stores.base import Connection, Value
from pagerd.stores.records.columns import text, to_json

Rewrite = Callable[[Erasure, str], str]


@dataclass(frozen=True, slots=True)
class Place:
    """A table, its key in order, and how each column is rewritten. The key is a text unless it `counts`."""

    table: str
    key: str
    columns: tuple[tuple[str, Rewrite], ...]
    counts: bool = False


def json_without(erasure: Erasure, column: str) -> str:
    """Rewrite a column of JSON; what names nobody stays byte for byte."""
    before = msgspec.json.decode(column)
    after = erasure.value(before)
    return column if after == before else to_json(after)


def _files(erasure: Erasure, column: str) -> str:
    files = msgspec.json.decode(column, type=dict[str, str])
    return to_json({name: text if name.startswith("runbooks/") else erasure.file(text) for name, text in files.items()})


def _person(erasure: Erasure, column: str) -> str:
    return erasure.pseudonym if column == erasure.person else column


def _words(erasure: Erasure, column: str) -> str:
    return erasure.words(column)


def _postmortem(erasure: Erasure, column: str) -> str:
    """Rewrite a postmortem: in its facts people stand by their ids, as on every timeline."""
    person = re.compile(rf"(?<![\w-]){re.escape(erasure.person)}(?![\w-])")
    named = erasure.pseudonym
    return rewritten(column, lambda line, is_fact: erasure.words(person.sub(named, line) if is_fact else line))


PLACES = (
    Place("pages", "id", (("body", json_without),)),
    Place("tickets", "id", (("body", json_without),)),
    Place(
        "notifications",
        "id",
        (
            ("person", _person),
            ("address", _words),
            ("actor", _person),
            ("why", _words),
            ("text", _words),
            ("trail", json_without),
        ),
    ),
    Place("observed_messages", "notification_id", (("words", _words),)),
    Place("observed_alerts", "id", (("body", json_without),)),
    Place("digests", "id", (("body", json_without),)),
    Place("shift_notices", "id", (("person", _person), ("body", json_without))),
    Place("handoff_notes", "id", (("body", json_without),)),
    Place("exports", "id", (("body", json_without),)),
    Place("silences", "id", (("body", json_without),)),
    Place("overrides", "id", (("body", json_without),)),
    Place("swaps", "id", (("body", json_without),)),
    Place("incidents", "id", (("body", json_without),)),
    Place("incident_updates", "id", (("body", json_without),)),
    Place("incident_mitigations", "id", (("body", json_without),)),
    Place("incident_readings", "id", (("body", json_without),)),
    Place("actions", "id", (("owner", _person), ("body", json_without))),
    Place("incident_messages", "id", (("body", json_without), ("address", _words))),
    Place("public_texts", "id", (("body", json_without),)),
    Place("component_states", "id", (("body", json_without),)),
    Place("changes", "id", (("body", json_without),)),
    Place("incident_steps", "id", (("body", json_without),)),
    Place("incident_hypotheses", "id", (("body", json_without),)),
    Place("postmortems", "id", (("written_by", _person), ("text", _postmortem))),
    Place("incident_questions", "id", (("body", json_without),)),
    Place("worked_nights", "id", (("body", json_without),)),
    Place("signals", "seq", (("body", json_without),), counts=True),
    Place("plans", "revision", (("files", _files),)),
)
"""The history is not among them: it has a chain, and is redacted entry by entry."""


async def rewrite(c: Connection, place: Place, erasure: Erasure, after: str, limit: int) -> tuple[str | None, int]:
    """Rewrite the rows after a key; return the last key when there may be more, and how many rows changed."""
    names = [name for name, _ in place.columns]
    rows = await c.execute(
        f"SELECT {place.key}, {', '.join(names)} FROM {place.table} WHERE {place.key} > $1"  # noqa: S608  # fixed names
        f" ORDER BY {place.key} LIMIT $2",
        int(after or 0) if place.counts else after,
        limit,
    )
    count = 0
    for row in rows:
        before = [text(column) for column in row[1:]]
        now: list[Value] = [do(erasure, column) for (_, do), column in zip(place.columns, before, strict=True)]
        if now != before:
            count += 1
            settings = ", ".join(f"{name} = ${number}" for number, name in enumerate(names, 2))
            await c.execute(
                f"UPDATE {place.table} SET {settings} WHERE {place.key} = $1",  # noqa: S608  # fixed names
                row[0],
                *now,
            )
    return (str(rows[-1][0]) if len(rows) == limit else None), count


async def addresses_of(c: Connection, person: str) -> set[str]:
    """Return every address that a person was ever told something at."""
    rows = await c.execute(
        "SELECT address FROM notifications WHERE person = $1 UNION SELECT address FROM unusable_contacts"
        " WHERE person = $1",
        person,
    )
    return {text(row[0]) for row in rows if row[0]}


async def drop_of_person(c: Connection, person: str) -> int:
    """Delete what is of use to this person alone; return how many rows that were."""
    count = 0
    for table in (
        "tokens",
        "feeds",
        "sessions",
        "sign_ins",
        "reply_codes",
        "night_codes",
        "links",
        "swap_links",
        "wrong_codes",
        "last_told",
        "inbound",
        "unusable_contacts",
        "contacts",
        "shifts_told",
        "contact_questions",
    ):
        count += len(await c.execute(f"DELETE FROM {table} WHERE person = $1 RETURNING person", person))  # noqa: S608
    count += len(await c.execute("DELETE FROM feeds WHERE name = $1 RETURNING id", person))
    rows = await c.execute("DELETE FROM alarms WHERE subject LIKE $1 || '/%' RETURNING kind", person)
    return count + len(rows)


async def rename_nights(c: Connection, erasure: Erasure) -> int:
    """Put the pseudonym into the night ledger."""
    rows = await c.execute("SELECT page_id, body FROM night_pages WHERE person = $1", erasure.person)
    for row in rows:
        await c.execute(
            "UPDATE night_pages SET person = $1, body = $2 WHERE person = $3 AND page_id = $4",
            erasure.pseudonym,
            json_without(erasure, text(row[1])),
            erasure.person,
            row[0],
        )
    # What is said in them, of whoever's night, is rewritten with all else.
    await c.execute("UPDATE worked_nights SET person = $1 WHERE person = $2", erasure.pseudonym, erasure.person)
    return len(rows)


async def drop_nights(c: Connection, person: str) -> int:
    """Delete a person's night rows. The account of each night goes with its chain, by its id."""
    return len(await c.execute("DELETE FROM night_pages WHERE person = $1 RETURNING person", person))
