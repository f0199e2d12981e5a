"""Providers that are in trouble, so that a restart in the middle of it neither forgets it nor tells of it anew."""

from dataclasses import dataclass
from datetime import datetime

from pagerd.core.people import Medium
from pagerd.stores.base import Connection
from pagerd.stores.records.columns import instant, micros, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One provider that is passed over. `told`: the operators heard; `by_report`: it took what it did not carry."""

    medium: Medium
    provider: str
    since: datetime
    detail: str
    told: bool
    by_report: bool = False


async def put(c: Connection, trouble: Trouble) -> None:
    """Note that a provider is in trouble."""
    await c.execute(
        "INSERT INTO provider_troubles (medium, provider, since, detail, told, by_report)"
        " VALUES ($1, $2, $3, $4, $5, $6)"
        " ON CONFLICT (medium, provider) DO UPDATE"
        " SET since = excluded.since, detail = excluded.detail, told = excluded.told, by_report = excluded.by_report",
        trouble.medium.value,
        trouble.provider,
        micros(trouble.since),
        trouble.detail,
        int(trouble.told),
        int(trouble.by_report),
    )


async def drop(c: Connection, medium: Medium, provider: str) -> Trouble | None:
    """Note that a provider is in trouble no more; return what it was, if it was."""
    rows = await c.execute(
        "DELETE FROM provider_troubles WHERE medium = $1 AND provider = $2 RETURNING since, detail, told",
        medium.value,
        provider,
    )
    if not rows:
        return None
    since, detail, told = rows[0]
    return Trouble(medium=medium, provider=provider, since=instant(since), detail=text(detail), told=bool(told))


async def all_known(c: Connection) -> list[Trouble]:
    """Return every trouble that is not over."""
    rows = await c.execute("SELECT medium, provider, since, detail, told, by_report FROM provider_troubles")
    return [
        Trouble(
            medium=Medium(text(row[0])),
            provider=text(row[1]),
            since=instant(row[2]),
            detail=text(row[3]),
            told=bool(row[4]),
            by_report=bool(row[5]),
        )
        for row in rows
    ]
