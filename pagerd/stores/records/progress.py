"""When something of pagerd last went on. A row of it that is stored proves that the disk takes writes."""

from datetime import datetime

from pagerd.stores.base import Connection
from pagerd.stores.records.columns import micros


async def note(c: Connection, what: str, at: datetime) -> None:
    """Note that it goes on."""
    await c.execute(
        "INSERT INTO progress (what, at) VALUES ($1, $2) ON CONFLICT (what) DO UPDATE SET at = excluded.at",
        what,
        micros(at),
    )
