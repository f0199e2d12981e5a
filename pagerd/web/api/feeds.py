"""Feeds: a person makes calendars and takes back their own; whoever holds `admin` those of everybody."""

from typing import TypedDict

import msgspec

from pagerd.core.errors import Conflict
from pagerd.engine import feeds
from pagerd.engine.doors import Connection
from pagerd.engine.feeds import Feed
from pagerd.engine.work import Work
from pagerd.web.api import types
from pagerd.web.api.described import api
from pagerd.web.api.shapes import iso
from pagerd.web.call import Call
from pagerd.web.feeds import ENDING, ENDING_OF_NEWS, PATH


class NewFeed(msgspec.Struct, forbid_unknown_fields=True):
    """Whose shifts it shows: a person's, a team's or a schedule's; everybody's without a name.

    `incidents` tells of incidents instead, as an Atom feed.
    """

    name: str | None = None


class FeedRow(TypedDict):
    """A feed without its address."""

    id: str
    name: str | None
    by: str
    created_at: types.Instant
    fetched_at: types.Instant | None


class FeedList(TypedDict):
    """Feeds, without their addresses."""

    feeds: list[FeedRow]


class CreatedFeed(FeedRow):
    """A feed, and its address, which nobody is told again."""

    url: str


@api()
async def list_feeds(call: Call) -> FeedList:
    """List feeds: those that the caller made, or everybody's for `admin`. None of them says its address."""
    whose = None if call.is_admin else call.person

    async def find(c: Connection) -> list[Feed]:
        return await feeds.listed(c, whose)

    return {"feeds": [_feed_json(feed) for feed in await call.services.engine.read(find)]}


@api(status=201)
async def add(call: Call, body: NewFeed) -> CreatedFeed:
    """Make a feed; its address is in this answer and never again.

    There is no key to send it again with, because the answer would have to be kept for that: where none came, list the
    feeds, take back the newest and make another.
    """
    public_url, by = call.services.public_url, call.person
    if public_url is None:
        raise Conflict("a feed has an address under `public_url`, and pagerd.yaml names none")

    async def act(work: Work) -> tuple[Feed, str]:
        return await feeds.add(work, body.name, by=by)

    feed, token = await call.act(act)
    ending = ENDING_OF_NEWS if feeds.is_of_incidents(call.services.engine.plan, feed) else ENDING
    return {"url": f"{public_url.rstrip('/')}{PATH}{token}{ending}", **_feed_json(feed)}


@api()
async def remove(call: Call) -> types.Said:
    """Make a feed's address worthless."""
    name = call.parts["feed"]
    whose = None if call.is_admin else call.person

    async def act(work: Work) -> Feed:
        return await feeds.remove(work, name, whose, by=call.by)

    feed = await call.act(act)
    return {"sentence": f"{feed.id} (on call: {feed.name or 'everybody'}) opens nothing any more."}


def _feed_json(feed: Feed) -> FeedRow:
    return {
        "id": feed.id,
        "name": feed.name,
        "by": feed.person,
        "created_at": iso(feed.created_at),
        "fetched_at": iso(feed.fetched_at),
    }
