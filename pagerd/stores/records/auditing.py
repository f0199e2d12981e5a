"""What the auditor reads: the open pages beside their timers, and rows that wait longer than anything should.

None of these statements is one of the heart's. Each is bounded and served by an index.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from pagerd.core.paging.page import Page
from pagerd.core.people import Medium
from pagerd.stores.base import Connection
from pagerd.stores.records.columns import instant, instant_or_none, micros, number, reader, text
from pagerd.stores.records.notifications import three_of

_page = reader(Page)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """An open page and its timer. `page` is None where it cannot be read; `tries` counts decisions that raised."""

    id: str
    page: Page | None
    timer: datetime | None
    tries: int


_OPEN_PAGES = (
    "SELECT p.id, p.body, t.due, COALESCE(t.attempts, 0) FROM pages p"
    " LEFT JOIN timers t ON t.kind = 'page' AND t.subject = p.id"
    " WHERE p.status <> 'resolved' AND p.id > $1 ORDER BY p.id LIMIT $2"
)
# CROSS JOIN keeps SQLite at the pages first: the other way round it would walk the messages of all that is resolved.
_TOLD = (
    "SELECT n.page_id, n.person, MIN(CASE WHEN n.status = 'pending' AND n.attempts = 0 THEN n.due ELSE 0 END)"
    " FROM pages p CROSS JOIN notifications n WHERE n.page_id = p.id"
    " AND p.status <> 'resolved' AND p.status = 'triggered' AND p.id >= $1 AND p.id <= $2"
    " AND n.status <> 'cancelled' GROUP BY n.page_id, n.person"
)
_OVERDUE_TIMERS = "SELECT kind, subject, due FROM timers WHERE due < $1 ORDER BY due LIMIT $2"
_OVERDUE_NOTIFICATIONS = (
    "SELECT id, due FROM notifications WHERE status IN ('pending', 'claimed') AND due < $1"
    " AND medium IN ($3, $4, $5) ORDER BY due LIMIT $2"
)
# What is claimed has no index of its own, for each message would pay for it: the rows due last are looked at.
_ENDLESS_CLAIMS = (
    "SELECT id FROM (SELECT id, status FROM notifications WHERE status IN ('pending', 'claimed') AND due > $1"
    " ORDER BY due DESC LIMIT $2) AS last WHERE status = 'claimed'"
)
STATEMENTS = (_OPEN_PAGES, _TOLD, _OVERDUE_TIMERS, _OVERDUE_NOTIFICATIONS, _ENDLESS_CLAIMS)


async def open_pages(c: Connection, after: str, limit: int) -> list[PageRow]:
    """Return open pages behind an id, in the order of their ids."""
    rows = await c.execute(_OPEN_PAGES, after, limit)
    return [_page_row(row[0], row[1], instant_or_none(row[2]), number(row[3])) for row in rows]


def _page_row(page_id: object, body: object, timer: datetime | None, tries: int) -> PageRow:
    try:
        page: Page | None = _page.decode(str(body))
    except msgspec.DecodeError:
        page = None
    return PageRow(id=str(page_id), page=page, timer=timer, tries=tries)


async def told_by_page(c: Connection, first: str, last: str) -> dict[tuple[str, str], datetime]:
    """Return, by triggered page and person, when the first message that was not cancelled left or leaves.

    One that was attempted left at the beginning of time: it is not what anybody waits for.
    """
    rows = await c.execute(_TOLD, first, last)
    return {(text(row[0]), text(row[1])): instant(row[2]) for row in rows}


async def overdue_timers(c: Connection, before: datetime, limit: int) -> list[tuple[str, datetime]]:
    """Return what was due before an instant and still is, the longest waiting first: a name and when it was due."""
    rows = await c.execute(_OVERDUE_TIMERS, micros(before), limit)
    return [(f"{text(row[0])} {text(row[1])}".strip(), instant(row[2])) for row in rows]


async def overdue_notifications(
    c: Connection, before: datetime, media: Sequence[Medium], limit: int
) -> list[tuple[str, datetime]]:
    """Return messages of these media that were due before an instant and that nobody took, the oldest first."""
    rows = await c.execute(_OVERDUE_NOTIFICATIONS, micros(before), limit, *three_of(media))
    return [(text(row[0]), instant(row[1])) for row in rows]


async def endless_claims(c: Connection, after: datetime, limit: int) -> list[str]:
    """Return messages, of those due last, whose claim ends later than a claim that is made now would."""
    rows = await c.execute(_ENDLESS_CLAIMS, micros(after), limit)
    return [text(row[0]) for row in rows]


async def end_claim(c: Connection, notification_id: str, after: datetime, now: datetime) -> bool:
    """End a claim that runs beyond an instant: the message is due now. Say whether there was one."""
    rows = await c.execute(
        "UPDATE notifications SET status = CASE WHEN withdrawn = 1 THEN 'cancelled' ELSE 'pending' END,"
        " due = CASE WHEN not_before > $1 THEN not_before ELSE $1 END, claim = NULL"
        " WHERE id = $2 AND status = 'claimed' AND due > $3 RETURNING id",
        micros(now),
        notification_id,
        micros(after),
    )
    return bool(rows)
