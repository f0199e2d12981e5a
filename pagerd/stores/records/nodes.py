"""The nodes of one store, and how often the stored part of their plan has changed."""

from dataclasses import dataclass
from datetime import datetime

from pagerd.stores.base import Connection
from pagerd.stores.records.columns import instant, micros, number, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One run of pagerd on the store. Its instants are the store's; `plan_since` is when its plan came into force.

    `files` names what of its files all nodes should have alike: `plan` counts in what is each node's own, too.
    """

    id: str
    name: str
    address: str
    version: str
    schema: int
    plan: str
    files: str
    plan_since: datetime
    observing: bool
    started_at: datetime
    seen_at: datetime


async def put(c: Connection, node: Node) -> None:
    """Store that a node is there, and how it is."""
    await c.execute(
        "INSERT INTO nodes (id, name, address, version, schema, plan, files, plan_since, observing, started_at,"
        " seen_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
        " address = excluded.address, plan = excluded.plan, files = excluded.files, plan_since = excluded.plan_since,"
        " seen_at = excluded.seen_at",
        node.id,
        node.name,
        node.address,
        node.version,
        node.schema,
        node.plan,
        node.files,
        micros(node.plan_since),
        int(node.observing),
        micros(node.started_at),
        micros(node.seen_at),
    )


async def all_known(c: Connection) -> tuple[Node, ...]:
    """Return every node that has a row, the longest running first."""
    rows = await c.execute(
        "SELECT id, name, address, version, schema, plan, files, plan_since, observing, started_at, seen_at FROM nodes"
        " ORDER BY started_at, id"
    )
    return tuple(
        Node(
            id=text(row[0]),
            name=text(row[1]),
            address=text(row[2]),
            version=text(row[3]),
            schema=number(row[4]),
            plan=text(row[5]),
            files=text(row[6]),
            plan_since=instant(row[7]),
            observing=bool(row[8]),
            started_at=instant(row[9]),
            seen_at=instant(row[10]),
        )
        for row in rows
    )


async def drop(c: Connection, node_id: str) -> None:
    """Forget a node that has stopped."""
    await c.execute("DELETE FROM nodes WHERE id = $1", node_id)


async def drop_unseen(c: Connection, since: datetime) -> None:
    """Forget the nodes that were not seen since an instant. What they had claimed is not theirs by a row here."""
    await c.execute("DELETE FROM nodes WHERE seen_at < $1", micros(since))


async def plan_changes(c: Connection) -> int:
    """Return how often the stored part of the plan has changed."""
    return number((await c.execute("SELECT count FROM plan_changes WHERE id = 1"))[0][0])


async def note_plan_change(c: Connection) -> int:
    """Note that the stored part of the plan changes with this transaction; return how often it has by now."""
    return number((await c.execute("UPDATE plan_changes SET count = count + 1 WHERE id = 1 RETURNING count"))[0][0])
