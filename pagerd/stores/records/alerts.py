"""Alerts: one row per (source, fingerprint), the latest episode."""

from collections.abc import Sequence

from pagerd.core.alerts.alert import Alert
from pagerd.stores.base import Connection
from pagerd.stores.records.columns import number, places, reader, text, to_json

_alert = reader(Alert)

TOGETHER = 64
"""Alerts that are looked for with one statement."""

_LENGTHS = (1, 8, TOGETHER)
_FIND_ALL = {
    length: f"SELECT body FROM alerts WHERE source = $1 AND fingerprint IN ({places(length, after=1)})"  # noqa: S608  # numbers of places
    for length in _LENGTHS
}


async def find(c: Connection, source: str, fingerprint: str) -> Alert | None:
    """Return the alert, or None when this source never sent it."""
    rows = await c.execute("SELECT body FROM alerts WHERE source = $1 AND fingerprint = $2", source, fingerprint)
    return _alert.decode(text(rows[0][0])) if rows else None


async def find_all(c: Connection, source: str, fingerprints: Sequence[str]) -> dict[str, Alert]:
    """Return by its fingerprint each alert that this source ever sent, of up to `TOGETHER` that are asked for."""
    if not fingerprints:
        return {}
    # Few lengths, so that a store knows each as a statement that it had before; what is too many says the first again.
    length = next(length for length in _LENGTHS if length >= len(fingerprints))
    filled = [*fingerprints, *[fingerprints[0]] * (length - len(fingerprints))]
    rows = await c.execute(_FIND_ALL[length], source, *filled)
    found = [_alert.decode(text(row[0])) for row in rows]
    return {alert.fingerprint: alert for alert in found}


async def save(c: Connection, alert: Alert) -> None:
    """Store the alert as it is now."""
    await c.execute(
        "INSERT INTO alerts (source, fingerprint, status, page_id, ticket_id, body) VALUES ($1, $2, $3, $4, $5, $6)"
        " ON CONFLICT (source, fingerprint) DO UPDATE SET status = excluded.status, page_id = excluded.page_id,"
        " ticket_id = excluded.ticket_id, body = excluded.body",
        alert.source,
        alert.fingerprint,
        alert.status.value,
        alert.page_id,
        alert.ticket_id,
        to_json(alert),
    )


async def renew(c: Connection, alert: Alert) -> None:
    """Store an alert that is where it was, in the state that it was in: no index need be touched."""
    await c.execute(
        "UPDATE alerts SET body = $1 WHERE source = $2 AND fingerprint = $3",
        to_json(alert),
        alert.source,
        alert.fingerprint,
    )


async def of_page(c: Connection, page_id: str, *, open_only: bool = False, limit: int = 1000) -> list[Alert]:
    """Return the alerts of a page."""
    rows = await c.execute(
        "SELECT body FROM alerts WHERE page_id = $1 AND ($2 = 0 OR status <> 'resolved') LIMIT $3",
        page_id,
        int(open_only),
        limit,
    )
    return [_alert.decode(text(row[0])) for row in rows]


async def of_ticket(c: Connection, ticket_id: str, *, open_only: bool = False, limit: int = 1000) -> list[Alert]:
    """Return the alerts of a ticket."""
    rows = await c.execute(
        "SELECT body FROM alerts WHERE ticket_id = $1 AND ($2 = 0 OR status <> 'resolved') LIMIT $3",
        ticket_id,
        int(open_only),
        limit,
    )
    return [_alert.decode(text(row[0])) for row in rows]


async def open_after(c: Connection, source: str, fingerprint: str, limit: int) -> list[Alert]:
    """Return open alerts in key order, those after the given key: a bounded walk over all of them."""
    rows = await c.execute(
        "SELECT body FROM alerts WHERE status <> 'resolved' AND (source, fingerprint) > ($1, $2)"
        " ORDER BY source, fingerprint LIMIT $3",
        source,
        fingerprint,
        limit,
    )
    return [_alert.decode(text(row[0])) for row in rows]


async def open_of(c: Connection, source: str, after: str, limit: int) -> list[Alert]:
    """Return the open alerts of one source by fingerprint, those after the given one."""
    rows = await c.execute(
        "SELECT body FROM alerts WHERE status <> 'resolved' AND source = $1 AND fingerprint > $2"
        " ORDER BY fingerprint LIMIT $3",
        source,
        after,
        limit,
    )
    return [_alert.decode(text(row[0])) for row in rows]


async def with_fingerprint(c: Connection, fingerprint: str, sources: list[str]) -> list[Alert]:
    """Return the alerts of these sources that have a fingerprint, each as its latest episode."""
    found = [await find(c, source, fingerprint) for source in sources]
    return [alert for alert in found if alert is not None]


async def sources_with(c: Connection, fingerprint: str) -> list[str]:
    """Return the sources that have an open alert of this fingerprint."""
    rows = await c.execute(
        "SELECT source FROM alerts WHERE status <> 'resolved' AND fingerprint = $1 ORDER BY source", fingerprint
    )
    return [text(row[0]) for row in rows]


async def count_by_status(c: Connection) -> dict[str, int]:
    """Count alerts that are not resolved, by status."""
    rows = await c.execute("SELECT status, COUNT(*) FROM alerts WHERE status <> 'resolved' GROUP BY status")
    return {text(row[0]): number(row[1]) for row in rows}
