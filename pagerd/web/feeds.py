"""Serves calendars by their secret address. There is no other way in, and nothing here acts.

A token that opens nothing is looked up like one that does, by its hash: how long the answer takes says nothing of it.
"""

from typing import Final

import structlog
from aiohttp import web

from pagerd.core.errors import NotFound
from pagerd.engine import feeds
from pagerd.engine.doors import Connection, StoreUnavailable
from pagerd.engine.feeds import Feed
from pagerd.web.answers import Failure, text_answer
from pagerd.web.call import Call

log = structlog.get_logger()

PATH: Final = "/feeds/"
ENDING: Final = ".ics"
"""What some calendar programs want to see at the end of an address; it may be left out."""

TYPE: Final = "text/calendar; charset=utf-8"


async def admit(call: Call) -> None:
    """Let in whoever has the address of a feed whose maker is still of the plan."""
    engine = call.services.engine
    token = call.parts["token"].removesuffix(ENDING)

    async def find(c: Connection) -> Feed | None:
        return await feeds.find(c, token)

    feed = await engine.read(find)
    if feed is None or feed.person not in engine.plan.people:
        raise NotFound("this address opens nothing")
    call.feed = feed


async def show(call: Call) -> web.Response:
    """Give the calendar, or say that it is what the program has already."""
    feed, engine = call.feed, call.services.engine
    assert feed is not None, "admit lets nobody in without a feed"
    await _note_fetch(call, feed)
    drawn = await call.services.calendars.of(engine.plan, feed.name, engine.clock.now())
    # A cache of the reader's own may keep it, and asks each time whether it is still right.
    headers = {"ETag": drawn.tag, "Cache-Control": "private, no-cache"}
    if _has_already(call.request.headers.get("If-None-Match", ""), drawn.tag):
        return web.Response(status=304, headers=headers)
    return text_answer(drawn.octets, TYPE, headers=headers)


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
