"""The texts of postmortems: each version of each, and whether it is in its file."""

from dataclasses import dataclass
from datetime import datetime

from pagerd.core.postmortems.document import digest_of
from pagerd.stores.base import Connection, Row
from pagerd.stores.records.columns import instant, micros, number, text

_COLUMNS = "incident, number, at, written_by, filed, text"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemText:
    """One version of the text. `filed`: its file was seen with exactly this text."""

    incident: int
    number: int
    at: datetime
    by: str
    filed: bool
    text: str

    @property
    def digest(self) -> str:
        """What names exactly this text; it is not stored, because an erasure may change the text."""
        return digest_of(self.text)


async def insert(c: Connection, row: PostmortemText) -> None:
    """Store the next version; raise StaleState when somebody else stored one of that number."""
    await c.execute(
        "INSERT INTO postmortems (id, incident, number, at, written_by, filed, text)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        f"i-{row.incident}-t{row.number}",
        row.incident,
        row.number,
        micros(row.at),
        row.by,
        int(row.filed),
        row.text,
    )


async def last(c: Connection, incident: int) -> PostmortemText | None:
    """Return the text in force, or None."""
    return await _first(c, "incident = $1", incident)


async def last_filed(c: Connection, incident: int) -> PostmortemText | None:
    """Return the last version that was in the file, or None."""
    return await _first(c, "incident = $1 AND filed = 1", incident)


async def _first(c: Connection, condition: str, incident: int) -> PostmortemText | None:
    rows = await c.execute(
        f"SELECT {_COLUMNS} FROM postmortems WHERE {condition} ORDER BY number DESC LIMIT 1",  # noqa: S608  # fixed
        incident,
    )
    return _row(rows[0]) if rows else None


async def set_filed(c: Connection, incident: int, version: int) -> None:
    """Note that a version is in the file."""
    await c.execute("UPDATE postmortems SET filed = 1 WHERE incident = $1 AND number = $2", incident, version)


async def unfiled(c: Connection, limit: int) -> list[int]:
    """Return incidents whose text in force is not in its file yet."""
    rows = await c.execute(
        "SELECT p.incident FROM postmortems p WHERE p.filed = 0"
        " AND p.number = (SELECT MAX(q.number) FROM postmortems q WHERE q.incident = p.incident)"
        " ORDER BY p.incident LIMIT $1",
        limit,
    )
    return [number(row[0]) for row in rows]


def _row(row: Row) -> PostmortemText:
    return PostmortemText(
        incident=number(row[0]),
        number=number(row[1]),
        at=instant(row[2]),
        by=text(row[3]),
        filed=bool(number(row[4])),
        text=text(row[5]),
    )
