"""What the sources said that was news: one row for each message that had any, in the order in which it was taken in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import msgspec

from pagerd.core.alerts.alert import Suppression
from pagerd.stores.base import Connection
from pagerd.stores.records.columns import instant, micros, number, reader, text, to_json


class SignalKind(StrEnum):
    """What became known of an alert."""

    FIRED = "fired"
    RENEWED = "renewed"
    """It fires on, and said something new: another severity, other words; or it was stale and is not any more."""
    RESOLVED = "resolved"
    STALE = "stale"
    SUPPRESSED = "suppressed"
    """Its source suppresses it, or, without a suppression, does so no more."""


class Signal(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One thing that became known of one alert. What is not said is not stored: most alerts end without a word.

    `page` is the page that it was put into at once, where there is one.
    """

    kind: SignalKind
    source: str
    fingerprint: str
    labels: dict[str, str] = {}
    annotations: dict[str, str] = {}
    starts_at: datetime | None = None
    ended_at: datetime | None = None
    generator_url: str = ""
    suppression: Suppression | None = None
    page: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """The news of one message, or of one decision of pagerd's own."""

    seq: int
    at: datetime
    signals: tuple[Signal, ...]


_signals = reader(tuple[Signal, ...])


async def append(c: Connection, at: datetime, signals: Sequence[Signal]) -> None:
    """Keep the news of one message."""
    await c.execute("INSERT INTO signals (at, body) VALUES ($1, $2)", micros(at), to_json(signals))


async def after(c: Connection, seq: int, limit: int) -> list[Message]:
    """Return messages in the order in which they were taken in, after one of them: a bounded walk over all."""
    rows = await c.execute("SELECT seq, at, body FROM signals WHERE seq > $1 ORDER BY seq LIMIT $2", seq, limit)
    return [Message(number(row[0]), instant(row[1]), _signals.decode(text(row[2]))) for row in rows]


async def first_at(c: Connection) -> datetime | None:
    """Return when the first message that is kept was taken in."""
    rows = await c.execute("SELECT at FROM signals ORDER BY at LIMIT 1")
    return instant(rows[0][0]) if rows else None


async def drop_before(c: Connection, before: datetime, limit: int) -> int:
    """Forget up to so many messages from before an instant; return how many that were."""
    rows = await c.execute(
        "DELETE FROM signals WHERE seq IN (SELECT seq FROM signals WHERE at < $1 ORDER BY at LIMIT $2) RETURNING seq",
        micros(before),
        limit,
    )
    return len(rows)
