"""The page behind the link of a message that asks for a swap: what is swapped with whom, what comes of yes and of no.

As behind the link of a page: GET never acts, a press acts, and behind the link of a mail it needs the code besides.
"""

import asyncio

import structlog
from aiohttp import web

from pagerd.core.errors import Conflict, NotFound
from pagerd.core.oncall.swap import SwapStatus
from pagerd.core.people import Medium
from pagerd.engine import swap_links, swaps
from pagerd.engine.boundaries import Boundary
from pagerd.engine.chance import hash_of
from pagerd.engine.doors import Connection
from pagerd.engine.swap_links import LinkedSwap
from pagerd.web.answers import Failure, text_answer
from pagerd.web.call import Call
from pagerd.web.origin import must_come_from_here
from pagerd.web.pages import HTML, TOKEN_MAX, banner_of
from pagerd.web.screens import draw
from pagerd.web.swap_screens import swap_screen
from pagerd.web.wrong_codes import Refused, WrongCodes

log = structlog.get_logger()

_REFUSED = {
    Refused.TOO_MANY: "Too many wrong codes: wait ten minutes, answer the text, or run `pagerd swap list`.",
    Refused.MISSING: "Type the code of this swap: it stands in the mail and in the text.",
    Refused.WRONG: "That is not the code of this swap. It stands in the mail and in the text; nothing was changed.",
}

ACTIONS = {"accept": SwapStatus.ACCEPTED, "refuse": SwapStatus.REFUSED}

DONE = {
    "accept": "Swapped, and whoever asked is told.",
    "refuse": "Refused, and whoever asked is told.",
}
"""What is said after an answer, by the word in the address: nothing that a stranger could put there is ever shown."""


async def admit(call: Call) -> None:
    """Let in whoever holds a link that opens something now."""
    call.linked_swap = await _open(call)


async def show(call: Call) -> web.Response:
    """Show the swap. Nothing changes by looking."""
    return await _screen(call, _linked(call), said=DONE.get(call.request.rel_url.query.get("done", ""), ""))


class Answering:
    """Takes answers; remembers who typed wrong codes, together with the pages behind links."""

    def __init__(self, wrong: WrongCodes) -> None:
        self._wrong = wrong

    async def answer(self, call: Call) -> web.Response:
        """Accept or refuse under the reader's name, then send them back to the page: a reload repeats nothing."""
        must_come_from_here(call)
        boundaries = call.services.engine.boundaries
        boundaries.before(Boundary.REPLY_READ)
        await call.read_form(call.services.limits.link_bytes_max)
        boundaries.after(Boundary.REPLY_READ)
        fields, linked = dict(call.fields), _linked(call)
        refused = self._refused(call, linked, fields.get("code", ""))
        if refused:
            return await _screen(call, linked, wrong=refused, status=403)
        action, why = fields.get("action", ""), fields.get("why", "")
        status = ACTIONS.get(action)
        if status is None or "\0" in why:
            return await _screen(call, linked, wrong="That is none of the buttons on this page.", status=400)
        link = linked.link
        via = "email" if _is_mailed(linked) else swaps.LINK
        try:
            await call.act(lambda work: swaps.decide(work, link.swap_id, status, by=link.person, via=via, why=why))
        except Conflict as conflict:
            _count(call, via, "too_late")
            return await _screen(call, await _open(call), wrong=str(conflict), status=409)
        _count(call, via, "acted")
        return web.Response(status=303, headers={"Location": f"?done={action}"})

    def _refused(self, call: Call, linked: LinkedSwap, typed: str) -> str:
        """Say why the code does not do; nothing where none is asked for, or it is right."""
        if not _is_mailed(linked):
            return ""
        person, swap_id = linked.link.person, linked.link.swap_id
        why = self._wrong.judge(person, swap_id, linked.link.code, typed, call.services.engine.clock.monotonic())
        if why is None:
            return ""
        if why is Refused.WRONG:
            _count(call, "email", "unauthorized")
            log.warning("link.wrong_code", swap=swap_id, person=person)
        return _REFUSED[why]


def refusal(failure: Failure) -> web.Response:
    """Show an error to whoever followed a link: what it means for them, and where their swaps are."""
    if failure.status == 404:
        title = "This link opens nothing"
        words = "It has expired, or it was not copied whole. Your page lists your swaps."
    elif failure.status == 503:
        title, words = "pagerd cannot answer now", "Nothing was changed. Try again in a moment."
    else:
        title, words = "That did not work", failure.error
    html = draw("said.html", title=title, words=words, root="../", back="me")
    return text_answer(html, HTML, failure.status, failure.headers)


async def _open(call: Call) -> LinkedSwap:
    token, engine = call.parts["token"], call.services.engine
    if len(token) > TOKEN_MAX:
        raise NotFound("this link opens nothing")
    token_hash = hash_of(token)

    async def find(c: Connection) -> LinkedSwap | None:
        return await swap_links.opened(c, token_hash, engine.clock.now())

    linked = await engine.read(find)
    if linked is None or linked.link.person not in engine.plan.people:
        raise NotFound("this link opens nothing")
    return linked


def _linked(call: Call) -> LinkedSwap:
    assert call.linked_swap is not None, "admit lets nobody in without a swap"
    return call.linked_swap


def _is_mailed(linked: LinkedSwap) -> bool:
    return linked.link.medium == Medium.EMAIL.value


async def _screen(
    call: Call, linked: LinkedSwap, *, said: str = "", wrong: str = "", status: int = 200
) -> web.Response:
    engine = call.services.engine
    # In a thread: what an acceptance would change takes some milliseconds, and pages go out on the same core.
    screen = await asyncio.to_thread(swap_screen, linked, engine.plan, engine.clock.now(), said=said, wrong=wrong)
    return text_answer(draw("swap.html", swap=screen, banner=banner_of(call)), HTML, status)


def _count(call: Call, via: str, result: str) -> None:
    call.services.engine.metrics.count("replies", (via, result), 1)
