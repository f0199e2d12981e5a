"""Pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from pagerd.core.errors import StaleState
from pagerd.core.paging.page import Page, PageStatus
from pagerd.stores.base import Connection, Row
from pagerd.stores.records.columns import instant, micros, number, reader, text, to_json

_page = reader(Page)


@dataclass(frozen=True, slots=True)
class Listed:
    """Pages, and the ids of those whose rows cannot be read: one of them must not hide all others."""

    pages: list[Page]
    unreadable: list[str]


async def find(c: Connection, page_id: str) -> Page | None:
    """Return the page, or None."""
    rows = await c.execute("SELECT body FROM pages WHERE id = $1", page_id)
    return _page.decode(text(rows[0][0])) if rows else None


async def team_of(c: Connection, page_id: str) -> str | None:
    """Return whose page it is, even of one that cannot be read any more."""
    rows = await c.execute("SELECT team FROM pages WHERE id = $1", page_id)
    return text(rows[0][0]) if rows else None


async def find_untold(c: Connection, page_id: str, *, but: str) -> Page | None:
    """Return the page, if no provider has taken any notification about it but this one."""
    rows = await c.execute(
        "SELECT body FROM pages WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM notifications"
        " WHERE page_id = $1 AND id <> $2 AND provider_id IS NOT NULL)",
        page_id,
        but,
    )
    return _page.decode(text(rows[0][0])) if rows else None


async def find_by_prefix(c: Connection, prefix: str, limit: int = 2) -> list[str]:
    """Return up to `limit` ids that begin with the prefix."""
    rows = await c.execute(
        "SELECT id FROM pages WHERE id >= $1 AND id < $2 ORDER BY id LIMIT $3", prefix, prefix + "\U0010ffff", limit
    )
    return [text(row[0]) for row in rows]


async def find_open_of_group(c: Connection, group_key: str) -> Page | None:
    """Return the open page of a group; there is at most one."""
    rows = await c.execute("SELECT body FROM pages WHERE group_key = $1 AND status <> 'resolved'", group_key)
    return _page.decode(text(rows[0][0])) if rows else None


@dataclass(frozen=True, slots=True)
class OfGroup:
    """What a new alert finds of its group: the open page, or else the one that was resolved last, if not long ago.

    `incidents` are those, the newest first, of which pages of the group were part that were resolved not long ago.
    """

    open: Page | None = None
    resolved: Page | None = None
    incidents: tuple[int, ...] = ()


async def find_of_group(c: Connection, group_key: str, *, resolved_after: datetime, part_after: datetime) -> OfGroup:
    """Return the open page of a group, or the one that was resolved last, if that was after an instant.

    Without an open one also the incidents of pages that were resolved after `part_after`.
    """
    rows = await c.execute(
        # Three statements in one, for their indexes: each round trip counts. Without an order: SQLite takes five times
        # as long with one, for every new page, and there are few rows. Numbers of incidents are negative here.
        "SELECT 0, body FROM pages WHERE group_key = $1 AND status <> 'resolved'"
        " UNION ALL SELECT resolved_at, body FROM pages WHERE group_key = $1 AND resolved_at > $2"
        " UNION ALL SELECT -i.incident, '' FROM pages p JOIN incident_pages i ON i.page_id = p.id"
        " WHERE p.group_key = $1 AND p.resolved_at > $3 AND i.errand IS NULL",
        group_key,
        micros(resolved_after),
        micros(part_after),
    )
    found = next((row for row in rows if row[0] == 0), None)
    if found is not None:
        return OfGroup(open=_page.decode(text(found[1])))
    last = max((row for row in rows if number(row[0]) > 0), key=lambda row: number(row[0]), default=None)
    return OfGroup(
        resolved=_page.decode(text(last[1])) if last is not None else None,
        incidents=tuple(sorted({-number(row[0]) for row in rows if number(row[0]) < 0}, reverse=True)),
    )


async def of_group_at(c: Connection, group_key: str, at: datetime) -> Page | None:
    """Return the page that a group had open at an instant, as it is now."""
    rows = await c.execute(
        "SELECT body FROM pages WHERE group_key = $1 AND opened_at <= $2 AND (resolved_at IS NULL OR resolved_at > $2)"
        " ORDER BY opened_at DESC LIMIT 1",
        group_key,
        micros(at),
    )
    return _page.decode(text(rows[0][0])) if rows else None


async def resolved_of_group_between(c: Connection, group_key: str, after: datetime, until: datetime) -> Page | None:
    """Return the page of a group that was resolved last after one instant and until another."""
    rows = await c.execute(
        "SELECT body FROM pages WHERE group_key = $1 AND resolved_at > $2 AND resolved_at <= $3"
        " ORDER BY resolved_at DESC LIMIT 1",
        group_key,
        micros(after),
        micros(until),
    )
    return _page.decode(text(rows[0][0])) if rows else None


async def insert(c: Connection, page: Page) -> None:
    """Store a new page; raise StaleState when its group has an open one by now, or its drawn id is taken."""
    await c.execute(
        "INSERT INTO pages (id, group_key, team, status, version, opened_at, resolved_at, body)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        page.id,
        page.group_key,
        page.subject.team,
        page.status.value,
        page.version,
        micros(page.opened_at),
        micros(page.resolved_at),
        to_json(page),
    )


async def update(c: Connection, page: Page) -> None:
    """Store the next version of a page; raise StaleState when somebody else stored one in between."""
    rows = await c.execute(
        "UPDATE pages SET status = $1, version = $2, resolved_at = $3, body = $4 WHERE id = $5 AND version = $6"
        " RETURNING id",
        page.status.value,
        page.version,
        micros(page.resolved_at),
        to_json(page),
        page.id,
        page.version - 1,
    )
    if not rows:
        raise StaleState(f"saving page {page.id}: version {page.version - 1} is not the stored one any more")


async def list_pages(
    c: Connection, *, team: str | None = None, is_open: bool = True, limit: int = 200, before: datetime | None = None
) -> Listed:
    """Return pages, the newest first."""
    conditions = ["opened_at < $1", "status <> 'resolved'" if is_open else "1 = 1", "team = $2" if team else "$2 = ''"]
    rows = await c.execute(
        f"SELECT id, body FROM pages WHERE {' AND '.join(conditions)} ORDER BY opened_at DESC LIMIT $3",  # noqa: S608  # fixed texts
        micros(before) if before is not None else 1 << 62,
        team or "",
        limit,
    )
    return _listed(rows)


async def opened_between(c: Connection, start: datetime, end: datetime) -> list[Page]:
    """Return the pages that were opened from `start` to before `end`, as they are now, oldest first."""
    rows = await c.execute(
        "SELECT body FROM pages WHERE opened_at >= $1 AND opened_at < $2 ORDER BY opened_at, id",
        micros(start),
        micros(end),
    )
    return [_page.decode(text(row[0])) for row in rows]


async def open_pages_of_person(c: Connection, person: str, limit: int = 100) -> list[Page]:
    """Return open pages that this person was notified of and that can be read, the newest first."""
    rows = await c.execute(
        "SELECT p.id, p.body FROM pages p WHERE p.status <> 'resolved' AND EXISTS"
        " (SELECT 1 FROM reply_codes r WHERE r.person = $1 AND r.pages = '[\"' || p.id || '\"]')"
        " ORDER BY p.opened_at DESC LIMIT $2",
        person,
        limit,
    )
    return _listed(rows).pages


def _listed(rows: Sequence[Row]) -> Listed:
    found = Listed([], [])
    for row in rows:
        try:
            found.pages.append(_page.decode(text(row[1])))
        except msgspec.DecodeError:
            found.unreadable.append(text(row[0]))
    return found


async def count_open(c: Connection) -> dict[tuple[str, str], int]:
    """Count open pages by (team, status)."""
    rows = await c.execute("SELECT team, status, COUNT(*) FROM pages WHERE status <> 'resolved' GROUP BY team, status")
    return {(text(row[0]), text(row[1])): number(row[2]) for row in rows}


async def oldest_triggered(c: Connection) -> dict[str, datetime]:
    """Return when the oldest page without an answer was opened, by team."""
    rows = await c.execute(
        "SELECT team, MIN(opened_at) FROM pages WHERE status = $1 GROUP BY team", PageStatus.TRIGGERED.value
    )
    return {text(row[0]): instant(row[1]) for row in rows}
