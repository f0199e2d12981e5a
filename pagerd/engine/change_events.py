"""What was changed: taken from pipelines and people, and found again by whoever asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pagerd.core.changes import AHEAD_MAX, NAME_MAX, WHAT_MAX, Change, ChangeKind, ReceivedChange
from pagerd.core.errors import Conflict
from pagerd.core.plain import one_line
from pagerd.engine.chance import hash_of
from pagerd.engine.work import Work
from pagerd.engine.written import whole
from pagerd.stores.base import Connection
from pagerd.stores.records import changes

LOOK_BACK = timedelta(days=7)
"""How far a list goes back when nobody says since when."""


async def take_all(work: Work, source: str, received: Sequence[ReceivedChange]) -> int:
    """Keep what a machine told of; return how much of it was not known already."""
    return sum([await changes.put(work.c, _kept(work, source, one, one.by)) for one in received])


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What became of a change that a person told of, and one sentence for them."""

    change: Change
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWords:
    """What a person says was changed. `id` is of their own; with the same one it is one change."""

    kind: ChangeKind
    service: str
    what: str
    id: str | None = None
    link: str = ""
    at: datetime | None = None


async def post(work: Work, by: str, said: ChangeWords) -> Posted:
    """Keep a change that a person tells of. Raises Conflict."""
    what = one_line(whole(said.what.strip(), WHAT_MAX, "what was changed"))
    service = one_line(whole(said.service.strip(), NAME_MAX, "the name of a service"))
    if not what or not service:
        raise Conflict("a change says what was changed, and of which service")
    at = said.at or work.now
    if at > work.now + AHEAD_MAX:
        raise Conflict("what is to come has not changed anything yet: tell it when it is done")
    received = ReceivedChange(id=said.id, kind=said.kind, service=service, what=what, link=said.link, at=at)
    change = _kept(work, "", received, by)
    is_new = await changes.put(work.c, change)
    known = change if is_new else await changes.find(work.c, change.id)
    assert known is not None, f"change {change.id} was found a moment ago"
    how = "is noted" if is_new else "was known already"
    return Posted(
        change=known,
        sentence=f"{known.kind.value.capitalize()} of {known.service} {how}: {known.what.removesuffix('.')}.",
    )


def _kept(work: Work, source: str, received: ReceivedChange, by: str) -> Change:
    # A person's own ids are theirs alone, as a source's are the source's.
    name = f"change {source} {by if not source else ''} {received.id}" if received.id is not None else None
    return Change(
        id=f"c-{hash_of(name)[:24]}" if name is not None else f"c-{work.chance.row_id(work.now)}",
        source=source,
        kind=received.kind,
        service=received.service,
        what=received.what,
        by=by,
        link=received.link,
        at=received.at,
        received_at=work.now,
    )


async def list_changes(
    c: Connection,
    now: datetime,
    *,
    service: str = "",
    kind: ChangeKind | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int,
) -> list[Change]:
    """Return what was changed, the newest first: of one service or kind, or of all, in the last days or since then."""
    end = until if until is not None else now + AHEAD_MAX
    begin = since if since is not None else end - LOOK_BACK
    return await changes.list_changes(c, service=service, kind=kind, since=begin, until=end, limit=limit)
