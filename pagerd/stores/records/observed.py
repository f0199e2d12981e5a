"""What pagerd would have sent, and where alerts went, while it only observed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pagerd.core.observing import FOLLOWED_FOR, TIMER, JudgedAlert, ObservedMessage, ObservedPage
from pagerd.core.paging.page import Page
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium
from pagerd.core.ticket import Ticket
from pagerd.stores.base import Connection
from pagerd.stores.records.columns import instant, instant_or_none, micros, reader, text, text_or_none, to_json

_page = reader(Page)
_ticket = reader(Ticket)
_alert = reader(JudgedAlert)


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when pagerd only observed; no end while it goes on."""

    start: datetime
    end: datetime | None


async def observing_since(c: Connection) -> datetime | None:
    """Return since when pagerd only observes, or None: it was told to send when it was started last."""
    rows = await c.execute("SELECT start_at FROM observing WHERE end_at IS NULL")
    return instant(rows[0][0]) if rows else None


async def begin_span(c: Connection, at: datetime) -> None:
    """Note that pagerd only observes from now on."""
    await c.execute("INSERT INTO observing (start_at, end_at) VALUES ($1, NULL)", micros(at))


async def end_span(c: Connection, at: datetime) -> None:
    """Note that pagerd sends from now on."""
    await c.execute("UPDATE observing SET end_at = $1 WHERE end_at IS NULL", micros(at))


async def spans_between(c: Connection, start: datetime, end: datetime) -> list[Span]:
    """Return when pagerd only observed, of what overlaps with `start` to `end`, oldest first."""
    rows = await c.execute(
        "SELECT start_at, end_at FROM observing WHERE start_at < $2 AND (end_at IS NULL OR end_at > $1)"
        " ORDER BY start_at",
        micros(start),
        micros(end),
    )
    return [Span(instant(row[0]), instant_or_none(row[1])) for row in rows]


async def put_message(c: Connection, notification_id: str, at: datetime, event: str, words: str) -> None:
    """Write down what would have been sent."""
    await c.execute(
        "INSERT INTO observed_messages (notification_id, at, event, words) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (notification_id) DO NOTHING",
        notification_id,
        micros(at),
        event,
        words,
    )


async def put_alert(c: Connection, alert_id: str, alert: JudgedAlert) -> None:
    """Write down where an alert went."""
    await c.execute(
        "INSERT INTO observed_alerts (id, at, body) VALUES ($1, $2, $3)", alert_id, micros(alert.at), to_json(alert)
    )


async def event_behind(c: Connection, page_id: str, at: datetime) -> str:
    """Return what happened to a page at an instant, or nothing: the event that put its messages into the outbox."""
    rows = await c.execute(
        "SELECT event FROM history WHERE object_id = $1 AND at = $2 ORDER BY version DESC LIMIT 1", page_id, micros(at)
    )
    return text(rows[0][0]) if rows else ""


async def messages_between(c: Connection, start: datetime, end: datetime, limit: int) -> list[ObservedMessage]:
    """Return what would have been sent from `start` until before `end`, oldest first.

    What only time brought about is left out once a page is older than FOLLOWED_FOR.
    """
    rows = await c.execute(
        "SELECT n.id, o.at, o.event, o.words, n.person, n.medium, n.purpose, n.page_id, n.ticket_id, n.created_at,"
        " n.due_first, n.merged_into FROM observed_messages o JOIN notifications n ON n.id = o.notification_id"
        " LEFT JOIN pages p ON p.id = n.page_id WHERE o.at >= $1 AND o.at < $2"
        " AND (o.event <> $4 OR p.opened_at IS NULL OR o.at < p.opened_at + $5)"
        " ORDER BY o.at, n.person, n.medium, n.id LIMIT $3",
        micros(start),
        micros(end),
        limit,
        TIMER,
        FOLLOWED_FOR // timedelta(microseconds=1),
    )
    return [
        ObservedMessage(
            id=text(row[0]),
            at=instant(row[1]),
            event=text(row[2]),
            words=text(row[3]),
            person=text(row[4]),
            medium=Medium(text(row[5])),
            purpose=Purpose(text(row[6])),
            page_id=text_or_none(row[7]),
            ticket_id=text_or_none(row[8]),
            created_at=instant(row[9]),
            due_first=instant(row[10]),
            merged_into=text_or_none(row[11]),
        )
        for row in rows
    ]


async def pages_between(c: Connection, start: datetime, end: datetime, limit: int) -> list[ObservedPage]:
    """Return the pages opened from `start` until before `end`, oldest first."""
    rows = await c.execute(
        "SELECT body FROM pages WHERE opened_at >= $1 AND opened_at < $2 ORDER BY opened_at, id LIMIT $3",
        micros(start),
        micros(end),
        limit,
    )
    return [_observed(_page.decode(text(row[0]))) for row in rows]


async def pages_of(c: Connection, ids: Sequence[str]) -> list[ObservedPage]:
    """Return these pages, but for what was taken away meanwhile."""
    found: list[ObservedPage] = []
    for page_id in ids:
        rows = await c.execute("SELECT body FROM pages WHERE id = $1", page_id)
        found += [_observed(_page.decode(text(row[0]))) for row in rows]
    return found


def _observed(page: Page) -> ObservedPage:
    subject = page.subject
    return ObservedPage(
        id=page.id,
        opened_at=page.opened_at,
        resolved_at=page.resolved_at,
        team=subject.team,
        service=subject.service,
        severity=page.severity,
        title=subject.title,
        rule=subject.rule or "",
    )


async def tickets_between(c: Connection, start: datetime, end: datetime, limit: int) -> list[Ticket]:
    """Return the tickets opened from `start` until before `end`, oldest first."""
    rows = await c.execute(
        "SELECT body FROM tickets WHERE opened_at >= $1 AND opened_at < $2 ORDER BY opened_at, id LIMIT $3",
        micros(start),
        micros(end),
        limit,
    )
    return [_ticket.decode(text(row[0])) for row in rows]


async def tickets_of(c: Connection, ids: Sequence[str]) -> list[Ticket]:
    """Return these tickets, but for what was taken away meanwhile."""
    found: list[Ticket] = []
    for ticket_id in ids:
        rows = await c.execute("SELECT body FROM tickets WHERE id = $1", ticket_id)
        found += [_ticket.decode(text(row[0])) for row in rows]
    return found


async def alerts_between(c: Connection, start: datetime, end: datetime, limit: int) -> list[JudgedAlert]:
    """Return where alerts went from `start` until before `end`, oldest first."""
    rows = await c.execute(
        "SELECT body FROM observed_alerts WHERE at >= $1 AND at < $2 ORDER BY at, id LIMIT $3",
        micros(start),
        micros(end),
        limit,
    )
    return [_alert.decode(text(row[0])) for row in rows]


async def forget_what_waits(c: Connection) -> int:
    """Cancel all that was put into the outbox while nothing was sent; return how many that were.

    With it goes what was noted for the sake of people who were told: none of them was.
    """
    rows = await c.execute(
        "UPDATE notifications SET status = 'cancelled', claim = NULL WHERE status IN ('pending', 'claimed')"
        " RETURNING id"
    )
    await c.execute("DELETE FROM last_told")
    await c.execute("DELETE FROM alarms")
    return len(rows)


async def open_pages_after(c: Connection, page_id: str, limit: int) -> list[Page]:
    """Return open pages in id order after the given id: a walk over all of them, in bounded bites."""
    rows = await c.execute(
        "SELECT body FROM pages WHERE status <> 'resolved' AND id > $1 ORDER BY id LIMIT $2", page_id, limit
    )
    return [_page.decode(text(row[0])) for row in rows]
