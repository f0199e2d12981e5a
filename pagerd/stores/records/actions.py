"""Action items."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pagerd.core.actions.item import UNFINISHED, ActionItem, ActionStatus
from pagerd.core.errors import StaleState
from pagerd.stores.base import Connection
from pagerd.stores.records.columns import micros, number, reader, text, to_json

_item = reader(ActionItem)

_UNFINISHED = ", ".join(f"'{status.value}'" for status in UNFINISHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which action items are asked for. What is None or empty does not matter.

    `is_unfinished` leaves out what is verified or dropped; `due_before` takes what should have been verified before a
    day; `before` takes numbers below one.
    """

    incident: int | None = None
    team: str = ""
    owner: str = ""
    status: ActionStatus | None = None
    is_unfinished: bool = False
    due_before: date | None = None
    before: int | None = None


async def next_number(c: Connection) -> int:
    """Return the number of the next action item; whoever stores it second meets StaleState, and asks again."""
    return 1 + number((await c.execute("SELECT COALESCE(MAX(number), 0) FROM actions"))[0][0])


async def find(c: Connection, wanted: int) -> ActionItem | None:
    """Return an action item by its number, or None."""
    rows = await c.execute("SELECT body FROM actions WHERE number = $1", wanted)
    return _item.decode(text(rows[0][0])) if rows else None


async def find_by_id(c: Connection, action_id: str) -> ActionItem | None:
    """Return an action item by its id, or None."""
    rows = await c.execute("SELECT body FROM actions WHERE id = $1", action_id)
    return _item.decode(text(rows[0][0])) if rows else None


async def insert(c: Connection, item: ActionItem) -> None:
    """Store a new action item; raise StaleState when somebody else took its number."""
    await c.execute(
        "INSERT INTO actions (id, number, incident, team, service, owner, status, due, version, opened_at, body)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        item.id,
        item.number,
        item.incident,
        item.team,
        item.service,
        item.terms.owner,
        item.status.value,
        _day(item.terms.due),
        item.version,
        micros(item.opened_at),
        to_json(item),
    )


async def update(c: Connection, item: ActionItem) -> None:
    """Store the next version of an action item; raise StaleState when somebody else stored one in between."""
    rows = await c.execute(
        "UPDATE actions SET owner = $1, status = $2, due = $3, version = $4, body = $5"
        " WHERE id = $6 AND version = $7 RETURNING id",
        item.terms.owner,
        item.status.value,
        _day(item.terms.due),
        item.version,
        to_json(item),
        item.id,
        item.version - 1,
    )
    if not rows:
        raise StaleState(f"saving action {item.number}: version {item.version - 1} is not the stored one any more")


async def listed(c: Connection, wanted: Wanted, limit: int) -> Sequence[ActionItem]:
    """Return action items, the newest first."""
    states = f" AND status IN ({_UNFINISHED})" if wanted.is_unfinished else ""
    rows = await c.execute(
        "SELECT body FROM actions WHERE ($1 = 0 OR incident = $1) AND ($2 = '' OR team = $2)"  # noqa: S608  # fixed texts
        " AND ($3 = '' OR owner = $3) AND ($4 = '' OR status = $4) AND ($5 = '' OR (due <> '' AND due < $5))"
        f" AND number < $6{states} ORDER BY number DESC LIMIT $7",
        wanted.incident or 0,
        wanted.team,
        wanted.owner,
        wanted.status.value if wanted.status is not None else "",
        _day(wanted.due_before),
        wanted.before if wanted.before is not None else 1 << 62,
        limit,
    )
    return [_item.decode(text(row[0])) for row in rows]


async def of_incident(c: Connection, incident: int) -> Sequence[ActionItem]:
    """Return the action items of an incident, in the order in which they were written down."""
    rows = await c.execute("SELECT body FROM actions WHERE incident = $1 ORDER BY number", incident)
    return [_item.decode(text(row[0])) for row in rows]


async def unfinished_after(c: Connection, after: int, limit: int) -> Sequence[ActionItem]:
    """Return what is not verified in the order of its numbers, after a number: a bounded walk over all of it."""
    rows = await c.execute(
        f"SELECT body FROM actions WHERE status IN ({_UNFINISHED}) AND number > $1 ORDER BY number LIMIT $2",  # noqa: S608  # fixed texts
        after,
        limit,
    )
    return [_item.decode(text(row[0])) for row in rows]


async def said_to_be_done(c: Connection, incident: int, service: str, limit: int) -> Sequence[tuple[ActionItem, bool]]:
    """Return the newest action items that are done or verified, of incidents that were like this one.

    With each: do the very same alerts fire? Else it is the service alone that is the same.
    """
    rows = await c.execute(
        "SELECT body, fires FROM (SELECT a.body AS body, a.number AS number, a.service AS service,"
        " EXISTS (SELECT 1 FROM incident_pages i JOIN pages p ON p.id = i.page_id"
        "  WHERE i.incident = a.incident AND i.errand IS NULL AND p.group_key IN"
        "  (SELECT q.group_key FROM incident_pages j JOIN pages q ON q.id = j.page_id"
        "   WHERE j.incident = $1 AND j.errand IS NULL)) AS fires"
        " FROM actions a WHERE a.incident <> $1 AND a.status IN ('done', 'verified')) AS done"
        " WHERE fires OR (service <> '' AND service = $2) ORDER BY number DESC LIMIT $3",
        incident,
        service,
        limit,
    )
    return [(_item.decode(text(row[0])), bool(row[1])) for row in rows]


async def done_of_team(c: Connection, incident: int, team: str, limit: int) -> Sequence[ActionItem]:
    """Return the newest action items of a team's other incidents that are done or verified."""
    rows = await c.execute(
        "SELECT body FROM actions WHERE team = $1 AND incident <> $2 AND status IN ('done', 'verified')"
        " ORDER BY number DESC LIMIT $3",
        team,
        incident,
        limit,
    )
    return [_item.decode(text(row[0])) for row in rows]


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
