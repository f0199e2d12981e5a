"""The outbox: rows to deliver, claimed under a lease."""

from collections.abc import Sequence
from datetime import datetime

from pagerd.core.paging.notification import Notification, NotificationStatus
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium, Urgency
from pagerd.stores.base import Connection, Row
from pagerd.stores.records.columns import instant, instant_or_none, micros, number, reader, text, text_or_none, to_json

_trail = reader(tuple[tuple[str, str, str], ...])

_COLUMNS = (
    "id, page_id, ticket_id, person, medium, address, purpose, urgency, created_at, due, due_first, why, actor, status,"
    " attempts, again, provider, provider_id, code, digit, text, trail, rank, merged_into"
)
_READ = f"{_COLUMNS}, withdrawn, not_before"

_WANTED = "CASE WHEN withdrawn = 1 THEN 'cancelled' ELSE 'pending' END"
"""What becomes of a claimed row that is to be sent later: one that nobody wants any more is not."""

_NOT_BEFORE = "CASE WHEN not_before > $1 THEN not_before ELSE $1 END"
"""When a claimed row is due again that would be so at $1: no earlier than its page lets it leave."""


def _from_row(row: Row) -> Notification:
    return Notification(
        id=text(row[0]),
        page_id=text_or_none(row[1]),
        ticket_id=text_or_none(row[2]),
        person=text(row[3]),
        medium=Medium(text(row[4])),
        address=text(row[5]),
        purpose=Purpose(text(row[6])),
        urgency=Urgency(text(row[7])),
        created_at=instant(row[8]),
        due=instant(row[9]),
        due_first=instant(row[10]),
        why=text(row[11]),
        actor=text(row[12]),
        status=NotificationStatus(text(row[13])),
        attempts=number(row[14]),
        again=bool(row[15]),
        provider=text_or_none(row[16]),
        provider_id=text_or_none(row[17]),
        code=text_or_none(row[18]),
        digit=text_or_none(row[19]),
        text=text(row[20]),
        trail=_trail.decode(text(row[21])),
        rank=number(row[22]),
        merged_into=text_or_none(row[23]),
        withdrawn=bool(row[24]),
        not_before=instant_or_none(row[25]),
    )


async def insert(c: Connection, one: Notification, claim: str | None = None) -> None:
    """Put a notification into the outbox; one that comes with a claim is taken from the start."""
    await c.execute(
        f"INSERT INTO notifications ({_COLUMNS}, claim) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"  # noqa: S608
        " $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)",
        one.id,
        one.page_id,
        one.ticket_id,
        one.person,
        one.medium.value,
        one.address,
        one.purpose.value,
        one.urgency.value,
        micros(one.created_at),
        micros(one.due),
        micros(one.due_first),
        one.why,
        one.actor,
        one.status.value,
        one.attempts,
        int(one.again),
        one.provider,
        one.provider_id,
        one.code,
        one.digit,
        one.text,
        to_json(one.trail),
        one.rank,
        one.merged_into,
        claim,
    )


async def find(c: Connection, notification_id: str) -> Notification | None:
    """Return the notification, or None."""
    rows = await c.execute(f"SELECT {_READ} FROM notifications WHERE id = $1", notification_id)  # noqa: S608
    return _from_row(rows[0]) if rows else None


async def of_page(c: Connection, page_id: str, person: str | None = None) -> list[Notification]:
    """Return the notifications of a page, or of one person about it, oldest first."""
    rows = await c.execute(
        f"SELECT {_READ} FROM notifications WHERE page_id = $1 AND ($2 = '' OR person = $2)"  # noqa: S608
        " ORDER BY created_at, id",
        page_id,
        person or "",
    )
    return [_from_row(row) for row in rows]


async def is_told(c: Connection, person: str, page_id: str) -> bool:
    """Did a message to this person about a page leave, as far as we know, or perhaps?"""
    rows = await c.execute(
        "SELECT 1 FROM notifications WHERE page_id = $1 AND person = $2"
        " AND (provider_id IS NOT NULL OR trail LIKE '%\"unconfirmed:%') LIMIT 1",
        page_id,
        person,
    )
    return bool(rows)


async def mailed_before(c: Connection, one: Notification) -> bool:
    """Was there an earlier mail to this person about this page?"""
    rows = await c.execute(
        "SELECT 1 FROM notifications WHERE page_id = $1 AND person = $2 AND medium = 'email' AND id <> $3"
        " AND created_at <= $4 AND status <> 'cancelled' LIMIT 1",
        one.page_id,
        one.person,
        one.id,
        micros(one.created_at),
    )
    return bool(rows)


async def update(c: Connection, one: Notification) -> None:
    """Store what became of it, and give the claim back."""
    await c.execute(
        "UPDATE notifications SET due = $1, status = $2, attempts = $3, provider = $4, provider_id = $5, trail = $6,"
        " claim = NULL WHERE id = $7",
        micros(one.due),
        one.status.value,
        one.attempts,
        one.provider,
        one.provider_id,
        to_json(one.trail),
        one.id,
    )


async def finish_claim(c: Connection, one: Notification, claim: str) -> bool:
    """Store the outcome of an attempt, if the claim is still ours; say whether it was.

    One that is to be tried again is not, when nobody wants it any more, and not before its page lets it.
    """
    rows = await c.execute(
        f"UPDATE notifications SET due = {_NOT_BEFORE},"  # noqa: S608
        " status = CASE WHEN $2 = 'pending' AND withdrawn = 1 THEN 'cancelled' ELSE $2 END,"
        " attempts = $3, provider = $4, provider_id = $5, trail = $6, claim = NULL WHERE id = $7 AND claim = $8"
        " RETURNING id",
        micros(one.due),
        one.status.value,
        one.attempts,
        one.provider,
        one.provider_id,
        to_json(one.trail),
        one.id,
        claim,
    )
    return bool(rows)


async def release(c: Connection, notification_id: str, claim: str, now: datetime) -> None:
    """Give a claim back before anything was sent under it, if it is still ours: it is due at once, if it may be."""
    await c.execute(
        f"UPDATE notifications SET status = {_WANTED}, due = {_NOT_BEFORE}, claim = NULL, merged_into = NULL"  # noqa: S608
        " WHERE id = $2 AND claim = $3",
        micros(now),
        notification_id,
        claim,
    )


async def renew(c: Connection, one: Notification, claim: str, until: datetime) -> bool:
    """Keep a claim, and that of all that is said in the same message, until an instant; say whether it was ours."""
    rows = await c.execute(
        "UPDATE notifications SET due = $1 WHERE claim = $2 AND status = 'claimed' AND (id = $3 OR merged_into = $3)"
        " RETURNING id",
        micros(until),
        claim,
        one.id,
    )
    return any(row[0] == one.id for row in rows)


async def end_leases(c: Connection, now: datetime) -> int:
    """Let every claim that is left be taken again at once, and return how many there were.

    Only for who is alone with the database: nobody else can still be sending under one of them.
    """
    rows = await c.execute(
        "UPDATE notifications SET due = $1 WHERE status = 'claimed' AND due > $1 RETURNING id", micros(now)
    )
    return len(rows)


async def claim_due(
    c: Connection, now: datetime, until: datetime, claim: str, limit: int, media: Sequence[Medium] = tuple(Medium)
) -> list[Notification]:
    """Take what is due on these media until an instant: pending rows, and claimed ones whose lease has run out.

    The most urgent go first, so that a storm of mails never stands before a call, and what can wait never before what
    is worst.
    """
    skip_locked = " FOR UPDATE SKIP LOCKED" if c.dialect == "postgres" else ""
    rows = await c.execute(
        "UPDATE notifications SET status = 'claimed', due = $1, claim = $2 WHERE id IN"  # noqa: S608
        " (SELECT id FROM notifications WHERE status IN ('pending', 'claimed') AND due <= $3"
        " AND medium IN ($5, $6, $7) ORDER BY CASE urgency WHEN 'high' THEN 0 ELSE 1 END, rank, due"
        f" LIMIT $4{skip_locked}) RETURNING {_READ}",
        micros(until),
        claim,
        micros(now),
        limit,
        *three_of(media),
    )
    found = (_from_row(row) for row in rows)
    return sorted(found, key=lambda one: (one.urgency is not Urgency.HIGH, one.rank, one.created_at))


def three_of(media: Sequence[Medium]) -> tuple[str, str, str]:
    """Return media as the three values that a statement has places for."""
    first, second, third = (*(medium.value for medium in media), "", "", "")[:3]
    return first, second, third


async def claim_more(
    c: Connection, like: Notification, now: datetime, until: datetime, claim: str, limit: int
) -> list[Notification]:
    """Take what else is due to the same person on the same medium for the same purpose, under the same claim."""
    rows = await c.execute(
        "UPDATE notifications SET status = 'claimed', due = $1, claim = $2 WHERE id IN"  # noqa: S608
        " (SELECT id FROM notifications WHERE status IN ('pending', 'claimed') AND due <= $3 AND person = $4"
        f" AND medium = $5 AND purpose = $6 AND actor = $7 LIMIT $8) RETURNING {_READ}",
        micros(until),
        claim,
        micros(now),
        like.person,
        like.medium.value,
        like.purpose.value,
        like.actor,
        limit,
    )
    return [_from_row(row) for row in rows]


async def hold(c: Connection, one: Notification, until: datetime) -> None:
    """Give a claim back: it goes out later, and is not late by that."""
    await c.execute(
        "UPDATE notifications SET status = 'pending', due = $1, due_first = $1, claim = NULL, merged_into = NULL"
        " WHERE id = $2",
        micros(until),
        one.id,
    )


async def set_message(c: Connection, one: Notification) -> None:
    """Store by which message it goes out, and the code of that message."""
    await c.execute(
        "UPDATE notifications SET code = $1, merged_into = $2 WHERE id = $3", one.code, one.merged_into, one.id
    )


async def merged_with(c: Connection, notification_id: str) -> list[Notification]:
    """Return the notifications that went out in the message of this one."""
    rows = await c.execute(f"SELECT {_READ} FROM notifications WHERE merged_into = $1", notification_id)  # noqa: S608
    return [_from_row(row) for row in rows]


async def last_told(c: Connection, one: Notification) -> tuple[datetime, str] | None:
    """Return when this person was last told something of this kind on this medium, and by which notification."""
    rows = await c.execute(
        "SELECT at, notification FROM last_told WHERE person = $1 AND medium = $2 AND purpose = $3",
        one.person,
        one.medium.value,
        one.purpose.value,
    )
    return (instant(rows[0][0]), text(rows[0][1])) if rows else None


async def note_told(c: Connection, one: Notification, at: datetime) -> None:
    """Note that this person is being told something of this kind on this medium."""
    await c.execute(
        "INSERT INTO last_told (person, medium, purpose, at, notification) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (person, medium, purpose) DO UPDATE SET at = excluded.at, notification = excluded.notification",
        one.person,
        one.medium.value,
        one.purpose.value,
        micros(at),
        one.id,
    )


async def postpone_pending(c: Connection, page_id: str, until: datetime) -> None:
    """Let nothing that has not left yet of a page leave before an instant; it is not late by that.

    What is being sent now is not tried again before then.
    """
    await c.execute(
        "UPDATE notifications SET due = CASE status WHEN 'pending' THEN $2 ELSE due END,"
        " due_first = CASE status WHEN 'pending' THEN $2 ELSE due_first END, not_before = $2"
        " WHERE page_id = $1 AND (status = 'claimed' OR (status = 'pending' AND due < $2))",
        page_id,
        micros(until),
    )


async def cancel_pending(
    c: Connection, page_id: str, *, person: str | None = None, spared: Purpose | None = None
) -> None:
    """Cancel what has not left yet of a page, to one person or to all; what is being sent now is not tried again."""
    await c.execute(
        "UPDATE notifications SET status = CASE status WHEN 'pending' THEN 'cancelled' ELSE status END, withdrawn = 1"
        " WHERE page_id = $1 AND status IN ('pending', 'claimed') AND $2 IN ('', person) AND purpose <> $3",
        page_id,
        person or "",
        spared or "",
    )


async def cancel_about(c: Connection, purpose: Purpose, why: str) -> None:
    """Cancel messages about no page that have not left yet; one that is being sent now is not tried again."""
    await c.execute(
        "UPDATE notifications SET status = CASE status WHEN 'pending' THEN 'cancelled' ELSE status END, withdrawn = 1"
        " WHERE purpose = $1 AND why = $2 AND status IN ('pending', 'claimed')",
        purpose,
        why,
    )


async def is_any_wanted(c: Connection, ids: Sequence[str]) -> bool:
    """Say whether any of these messages still says what somebody is to hear."""
    rows = [await c.execute("SELECT withdrawn FROM notifications WHERE id = $1", one) for one in ids]
    return any(found and not found[0][0] for found in rows)


async def drop_withdrawn(c: Connection, one: Notification) -> None:
    """Cancel a message whose claim ended before anything was heard of it, and that nobody wants any more."""
    await c.execute("UPDATE notifications SET status = 'cancelled', claim = NULL WHERE id = $1", one.id)


async def next_due(c: Connection, media: Sequence[Medium] = tuple(Medium)) -> datetime | None:
    """Return when the next notification of these media is due, or its claim ends."""
    if len(media) == len(Medium):
        rows = await c.execute("SELECT MIN(due) FROM notifications WHERE status IN ('pending', 'claimed')")
    else:
        rows = await c.execute(
            "SELECT MIN(due) FROM notifications WHERE status IN ('pending', 'claimed') AND medium IN ($1, $2, $3)",
            *three_of(media),
        )
    return instant_or_none(rows[0][0])


async def queue_by_medium(c: Connection, now: datetime) -> dict[str, tuple[int, datetime]]:
    """Return how many notifications are overdue by medium, and since when the oldest."""
    rows = await c.execute(
        "SELECT medium, COUNT(*), MIN(due) FROM notifications WHERE status = 'pending' AND due <= $1 GROUP BY medium",
        micros(now),
    )
    return {text(row[0]): (number(row[1]), instant(row[2])) for row in rows}


async def is_answer_awaited(c: Connection) -> bool:
    """Is a page open about which somebody was asked by text?"""
    rows = await c.execute(
        "SELECT 1 FROM pages JOIN notifications ON notifications.page_id = pages.id WHERE pages.status <> 'resolved'"
        " AND notifications.medium = 'sms' AND notifications.code IS NOT NULL"
        " AND notifications.provider_id IS NOT NULL LIMIT 1"
    )
    return bool(rows)
