"""Serves the status page to anybody: the same files that are written to disk, out of memory.

Nothing is looked up for a request, and nobody is known here: no cookie is read or set, and no path but those of files
that were drawn has an answer.
"""

from collections.abc import Mapping

from aiohttp import web

from pagerd.web.answers import Failure, text_answer
from pagerd.web.call import Call
from pagerd.web.status_page import INDEX, TYPES

MAX_AGE_SECONDS = 30
"""How long a cache may give the page away: half as long as until it is written anew."""

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": f"public, max-age={MAX_AGE_SECONDS}",
    # It is there to be found.
    "X-Robots-Tag": "all",
    # What it says is anybody's to show.
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
}


async def to_index(_call: Call) -> web.Response:
    """Send whoever left the slash out to where the page is: its links are relative to there."""
    return web.Response(status=308, headers={"Location": "status/", "Cache-Control": HEADERS["Cache-Control"]})


async def index(call: Call) -> web.Response:
    """Give the first page."""
    return _given(call, INDEX)


async def file(call: Call) -> web.Response:
    """Give any file of the page."""
    return _given(call, call.parts["file"])


def refusal(failure: Failure) -> web.Response:
    """Say that there is no such page, in one line: whoever asked may be anybody."""
    words = "There is no such page." if failure.status == 404 else "The status page cannot be shown now."
    return text_answer(words + "\n", "text/plain; charset=utf-8", failure.status, failure.headers)


def _given(call: Call, name: str) -> web.Response:
    site = call.services.site
    octets = site.files.get(name)
    if octets is None:
        # Before it was drawn for the first time there is none; soon there is.
        raise Failure(404 if site.files else 503, f"there is no {name!r} here")
    headers = {**HEADERS, "ETag": site.tag_of(name)}
    if call.request.headers.get("If-None-Match") == site.tag_of(name):
        return web.Response(status=304, headers=headers)
    return text_answer(octets, TYPES[name.rpartition(".")[2]], headers=headers)
