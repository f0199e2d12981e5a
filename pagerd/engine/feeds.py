"""Feeds: who is on call as a calendar, or what is told of incidents, each behind a secret address.

An address is made once, shown once, and stored as its hash.

Whoever has the address reads it, as calendar programs fetch without a password. So a feed says names and times, acts on
nothing, belongs to the person who made it, and is worth nothing from the moment at which they leave the files.
"""

from datetime import timedelta

from pagerd.core.errors import Conflict, NotFound
from pagerd.core.plan import Plan
from pagerd.engine import audit
from pagerd.engine.chance import hash_of
from pagerd.engine.work import Work
from pagerd.stores.base import Connection
from pagerd.stores.records import feeds as rows
from pagerd.stores.records.feeds import Feed

__all__ = ["FETCHED_EVERY", "INCIDENTS", "Feed", "add", "find", "listed", "remove", "touch"]

PREFIX = "pgf_"
"""Begins the token of an address, so that a scanner finds a leaked one and the log masks it."""

INCIDENTS = "incidents"
"""The name of the feed that tells of incidents, where nobody and nothing of the plan is called that."""

TOKEN_MAX = 100
"""Signs of a token that is looked up; ours have 26."""

FETCHED_EVERY = timedelta(hours=1)
"""The last fetch is stored at most this often: some programs come each minute."""

OF_PERSON_MAX = 50
"""Feeds of one person: a phone, a laptop and a wall screen each for a few teams, and no loop that makes them."""


async def add(work: Work, name: str | None, *, by: str) -> tuple[Feed, str]:
    """Make a feed of a person, a team, a schedule or everybody, or of incidents.

    Return it, and its token, which is never seen again.
    """
    plan = work.plan
    if name is not None and not (_is_known(plan, name) or name == INCIDENTS):
        raise NotFound(f"{name!r} is no person, no team and no schedule, nor is it {INCIDENTS}")
    if len(await listed(work.c, by)) >= OF_PERSON_MAX:
        raise Conflict(f"{by} has {OF_PERSON_MAX} feeds already; `pagerd feed list` says which nobody fetches")
    plain = PREFIX + work.chance.token()
    feed = Feed(id=work.chance.object_id("f"), person=by, name=name, created_at=work.now, fetched_at=None)
    await rows.insert(work.c, feed, hash_of(plain))
    # Under a key of its own, so that an erasure finds it.
    whose = "person" if name in plan.people else "of"
    await audit.note(work, feed.id, "FeedAdded", {"by": by, whose: name})
    return feed, plain


def is_of_incidents(plan: Plan, feed: Feed) -> bool:
    """Does a feed tell of incidents, and not of who is on call?"""
    return feed.name == INCIDENTS and not _is_known(plan, INCIDENTS)


def _is_known(plan: Plan, name: str) -> bool:
    return name in plan.people or name in plan.teams or name in plan.book.schedules


async def find(c: Connection, plain: str) -> Feed | None:
    """Return the feed behind a token, or None."""
    return await rows.find(c, hash_of(plain)) if len(plain) <= TOKEN_MAX else None


async def touch(work: Work, feed: Feed) -> None:
    """Note that a feed was fetched."""
    await rows.touch(work.c, feed.id, work.now)


async def listed(c: Connection, person: str | None = None) -> list[Feed]:
    """Return all feeds, or those that one person made, the newest first."""
    return [feed for feed in await rows.list_feeds(c) if person is None or feed.person == person]


async def remove(work: Work, feed_id: str, person: str | None = None, *, by: str) -> Feed:
    """Make a feed's address worthless; with `person` only one that they made. Raises NotFound."""
    for feed in await listed(work.c, person):
        if feed.id == feed_id:
            await rows.delete(work.c, feed_id)
            await audit.note(work, feed_id, "FeedRemoved", {"by": by})
            return feed
    raise NotFound(f"there is no feed {feed_id}; `pagerd feed list` shows those that there are")
