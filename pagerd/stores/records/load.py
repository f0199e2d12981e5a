"""What the load of on-call is computed from: messages that left, pages that were opened, who answered when."""

from datetime import datetime, timedelta

from pagerd.core.paging.notification import PROGRESS, NotificationStatus
from pagerd.core.people import Medium
from pagerd.core.worklog.load import Opened, Told
from pagerd.stores.base import Connection
from pagerd.stores.records.columns import instant, instant_or_none, micros, reader, text

_trail = reader(tuple[tuple[str, str, str], ...])

_LEFT = frozenset(status for status, far in PROGRESS.items() if PROGRESS[NotificationStatus.ACCEPTED] <= far) - {
    NotificationStatus.REFUSED,
    NotificationStatus.FAILED,
    NotificationStatus.CANCELLED,
    NotificationStatus.OBSERVED,
}
"""What a provider took and did not give back."""


async def told_between(c: Connection, start: datetime, end: datetime) -> list[Told]:
    """Return texts and calls about pages that a provider took from `start` until before `end`, oldest first."""
    rows = await c.execute(
        "SELECT n.person, n.medium, n.trail, n.page_id, p.team FROM notifications n JOIN pages p ON p.id = n.page_id"
        " WHERE n.created_at >= $1 AND n.created_at < $2 AND n.medium <> 'email' AND n.status <> 'cancelled'",
        micros(start - timedelta(days=1)),  # what was put into the outbox a day ago may have left only now
        micros(end),
    )
    told = []
    for person, medium, trail, page_id, team in rows:
        left = next((at for at, status, _ in _trail.decode(text(trail)) if status in _LEFT), None)
        if left is not None and start <= datetime.fromisoformat(left) < end:
            at = datetime.fromisoformat(left)
            told.append(Told(text(person), Medium(text(medium)), at, text(page_id), text(team)))
    return sorted(told, key=lambda one: one.at)


async def opened_between(c: Connection, start: datetime, end: datetime) -> list[Opened]:
    """Return the pages opened from `start` until before `end`, oldest first, and how long each waited for an answer.

    Those of which nobody was told, because pagerd only observed, cost nobody anything.
    """
    rows = await c.execute(
        "SELECT p.id, p.team, p.opened_at, (SELECT MIN(h.at) FROM history h WHERE h.object_id = p.id"
        " AND h.event IN ('Acknowledged', 'Snoozed')) FROM pages p WHERE p.opened_at >= $1 AND p.opened_at < $2"
        " AND NOT EXISTS (SELECT 1 FROM observing o WHERE o.start_at <= p.opened_at"
        " AND (o.end_at IS NULL OR o.end_at > p.opened_at)) ORDER BY p.opened_at",
        micros(start),
        micros(end),
    )
    pages = []
    for page_id, team, opened_at, answered_at in rows:
        at, answered = instant(opened_at), instant_or_none(answered_at)
        pages.append(Opened(text(page_id), text(team), at, answered - at if answered is not None else None))
    return pages
