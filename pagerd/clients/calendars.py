"""Fetches a calendar by its address, for commands: once, bounded in size and time, and without following anywhere.

The address of a calendar is what gives access to it, so no message repeats more of it than its host.
"""

import asyncio
from urllib.parse import urlsplit

from pagerd.clients.http import Answer, HttpClient
from pagerd.clients.reach import Reach
from pagerd.core.errors import NotAllowed, NotFound, Unavailable, Unconfirmed, Unreadable

BODY_BYTES_MAX = 16 * 1024 * 1024
"""Of one calendar: 20,000 events of 800 bytes, which is as many as an import reads."""

DEADLINE_SECONDS = 60.0
"""Some calendars are put together while one waits."""

SCHEMES = ("http://", "https://", "webcal://")
"""What an address begins with; `webcal` is how calendars call https."""


def is_address(text: str) -> bool:
    """Is this the address of a calendar, and no file?"""
    return text.lower().startswith(SCHEMES)


def fetch(url: str, *, deadline_seconds: float = DEADLINE_SECONDS, body_bytes_max: int = BODY_BYTES_MAX) -> str:
    """Return the text of a calendar, on a loop of one's own: for commands, which have none.

    Raises Unavailable where there is no answer, NotAllowed and NotFound as the server says, Unreadable for the rest.
    """

    async def run() -> Answer:
        client = HttpClient(reach=Reach.OWN_NETWORK)
        try:
            # HttpClient asks for nothing but the answer as it is: no compression that could unfold in memory.
            return await client.get(
                address,
                deadline_seconds=deadline_seconds,
                headers={"User-Agent": "pagerd", "Accept": "text/calendar, */*;q=0.1"},
                body_bytes_max=body_bytes_max,
            )
        except Unconfirmed as unanswered:
            # Who only reads has done nothing, whether it was heard or not.
            raise Unavailable(str(unanswered)) from unanswered
        finally:
            await client.close()

    scheme, separator, rest = url.partition("://")
    address = f"https{separator}{rest}" if scheme.lower() == "webcal" else url
    return _text(asyncio.run(run()), f"fetching the calendar at {host_of(address)}")


def host_of(url: str) -> str:
    """Return what of an address may be repeated."""
    try:
        return urlsplit(url).hostname or "that address"
    except ValueError:
        return "that address"


def _text(answer: Answer, doing: str) -> str:
    match answer.status:
        case 200:
            try:
                return answer.body.decode("utf-8-sig")
            except UnicodeDecodeError as wrong:
                raise Unreadable(f"{doing}: byte {wrong.start} is no UTF-8") from None
        case 401 | 403:
            raise NotAllowed(f"{doing}: it answered {answer.status}: its secret address is needed, not the public one")
        case 404 | 410:
            raise NotFound(f"{doing}: it answered {answer.status}: there is no calendar, or its address was changed")
        case status if 300 <= status < 400:
            where = host_of(answer.headers.get("Location", ""))
            raise Unreadable(f"{doing}: it answered {status} and sends on to {where}: give the address where it is")
        case status if status >= 500:
            raise Unavailable(f"{doing}: it answered {status}")
        case status:
            raise Unreadable(f"{doing}: it answered {status}")
