"""Serves calendars, and what is told of incidents, by their secret address. Nothing here acts, and nothing else opens.

A token that opens nothing is looked up like one that does, by its hash: how long the answer takes says nothing of it.
"""

from typing import Final
from uuid import NAMESPACE_URL, uuid5

import structlog
from aiohttp import web

from pagerd.core.errors import NotFound
from pagerd.engine import feeds
from pagerd.engine.doors import Connection, StoreUnavailable
from pagerd.engine.feeds import Feed
from pagerd.engine.incidents.news import recent
from pagerd.web.answers import Failure, text_answer
from pagerd.web.calendars import Drawn, tag_of
from pagerd.web.call import Call
from pagerd.web.screens import draw

log = structlog.get_logger()

PATH: Final = "/feeds/"
ENDING: Final = ".ics"
"""What some calendar programs want to see at the end of an address; it may be left out."""

ENDING_OF_NEWS: Final = ".atom"

TYPE: Final = "text/calendar; charset=utf-8"
TYPE_OF_NEWS: Final = "application/atom+xml; charset=utf-8"


async def admit(call: Call) -> None:
    """Let in whoever has the address of a feed whose maker is still of the plan."""
    engine = call.services.engine
    token = call.parts["token"].removesuffix(ENDING).removesuffix(ENDING_OF_NEWS)

    async def find(c: Connection) -> Feed | None:
        return await feeds.find(c, token)

    feed = await engine.read(find)
    if feed is None or feed.person not in engine.plan.people:
        raise NotFound("this address opens nothing")
    call.feed = feed


async def show(call: Call) -> web.Response:
    """Give the calendar or the news, or say that it is what the program has already."""
    feed, engine = call.feed, call.services.engine
    assert feed is not None, "admit lets nobody in without a feed"
    await _note_fetch(call, feed)
    if feeds.is_of_incidents(engine.plan, feed):
        drawn, media_type = await _news(call, feed), TYPE_OF_NEWS
    else:
        drawn, media_type = await call.services.calendars.of(engine.plan, feed.name, engine.clock.now()), TYPE
    # A cache of the reader's own may keep it, and asks each time whether it is still right.
    headers = {"ETag": drawn.tag, "Cache-Control": "private, no-cache"}
    if _has_already(call.request.headers.get("If-None-Match", ""), drawn.tag):
        return web.Response(status=304, headers=headers)
    return text_answer(drawn.octets, media_type, headers=headers)


async def _news(call: Call, feed: Feed) -> Drawn:
    """Draw what was told of incidents, each entry with the page that its reader signs in to."""
    engine, base = call.services.engine, (call.services.public_url or "").rstrip("/")
    now = engine.clock.now()
    found = await engine.read(lambda c: recent(c, engine.plan, now))
    entries = [
        {
            "id": uuid5(NAMESPACE_URL, f"pagerd-incidents/{one.key}").urn,
            "title": one.heading,
            "at": one.at.isoformat(timespec="seconds"),
            "href": f"{base}/i/{one.incident}",
            "text": one.text,
        }
        for one in found
    ]
    octets = draw(
        "status/feed.atom",
        title="Incidents",
        id=uuid5(NAMESPACE_URL, f"pagerd-incidents/{base}").urn,
        # Without news it is as old as itself, so that it stays the same.
        updated=entries[0]["at"] if entries else feed.created_at.isoformat(timespec="seconds"),
        own=f"{base}{PATH}",
        home=f"{base}/incidents",
        entries=entries,
    ).encode()
    return Drawn(octets, tag_of(octets))


def refusal(failure: Failure) -> web.Response:
    """Say in one line that there is no calendar: programs show it to people, if anything."""
    words = "This address opens no calendar." if failure.status == 404 else "pagerd cannot answer now: try again."
    return text_answer(words + "\n", "text/plain; charset=utf-8", failure.status, failure.headers)


def _has_already(said: str, tag: str) -> bool:
    """Is the tag among those that the program has? A proxy that packed the answer made its tag a weak one."""
    return tag in (one.strip().removeprefix("W/") for one in said.split(","))


async def _note_fetch(call: Call, feed: Feed) -> None:
    engine = call.services.engine
    now = engine.clock.now()
    if feed.fetched_at is not None and now - feed.fetched_at < feeds.FETCHED_EVERY:
        return
    try:
        await call.act(lambda work: feeds.touch(work, feed))
    except StoreUnavailable as error:
        # Who is on call can be said while nothing can be written.
        log.warning("feed.fetch_not_noted", feed=feed.id, error=str(error))
