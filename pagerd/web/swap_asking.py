"""Asking for a swap on the web: which shift, with whom, a look at what it would change, and then the question itself.

Looking asks nobody, and neither does the look at the changes: only the last button does, by the engine's own command.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from pagerd.core.comparing.swapped import SwappedIn, swapped
from pagerd.core.errors import Conflict, NotAllowed, NotFound
from pagerd.core.oncall import swap as core
from pagerd.core.oncall.swap import Piece, Swap
from pagerd.engine import swaps
from pagerd.web.answers import Failure, text_answer
from pagerd.web.call import Call, instant
from pagerd.web.pages import HTML, banner_of
from pagerd.web.screens import draw
from pagerd.web.signed_in import NO_REFERRER_BUT_US, VIA, form_token, to_root
from pagerd.web.swap_choices import COVER, FOR_THEIRS, asking_screen

FIELDS = ("schedule", "at")
"""What an address may name: the shift that is to be given away."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for, as their form says it."""

    schedule: str
    mine: Piece
    theirs: Piece | None
    of: str
    why: str


async def show(call: Call) -> web.Response:
    """Show the shifts that may be given away, or for one of them who may be asked for what."""
    asked = call.query(*FIELDS)
    return await _screen(call, asked)


async def ask(call: Call) -> web.Response:
    """Show what a swap would change, or ask for it; what cannot be is said in the form, which keeps what was typed."""
    fields = dict(call.fields)
    try:
        wish = _wish(fields)
        if fields.get("action") == "look":
            return await _screen(call, fields, looked_at=await _look(call, wish))
        await _ask(call, wish)
    except (Conflict, NotAllowed, NotFound) as error:
        return await _screen(call, fields, wrong=str(error), status=409)
    except Failure as failure:
        return await _screen(call, fields, wrong=f"{failure.error}: {failure.hint}", status=failure.status)
    return web.Response(status=303, headers={"Location": f"{to_root(call)}me?done=ask"})


async def _ask(call: Call, wish: Wish) -> None:
    by = call.person
    await call.act(
        lambda work: swaps.request(
            work,
            by=by,
            via=VIA,
            schedule=wish.schedule,
            mine=wish.mine,
            theirs=wish.theirs,
            of=wish.of,
            why=wish.why,
        )
    )


def _wish(fields: Mapping[str, str]) -> Wish:
    """Read a form. Raises Failure and Conflict."""
    if fields.get("action") not in ("look", "ask"):
        raise Conflict("that is none of the buttons on this page")
    kind, _, named = fields.get("who", "").partition(":")
    person, _, at = named.partition("@")
    if kind not in (COVER, FOR_THEIRS) or not person:
        raise Conflict("choose who is to take it")
    return Wish(
        schedule=fields.get("schedule", ""),
        mine=Piece(instant(fields.get("at", ""), "the shift")),
        theirs=Piece(instant(at, "their shift")) if kind == FOR_THEIRS else None,
        of=person,
        why=fields.get("why", ""),
    )


async def _look(call: Call, wish: Wish) -> tuple[Swap, tuple[SwappedIn, ...]]:
    """Return the swap as it would be asked for, and what it would change. Raises NotFound and Conflict."""
    engine = call.services.engine
    plan, now = engine.plan, engine.clock.now()

    def found() -> tuple[Swap, tuple[SwappedIn, ...]]:
        swap = core.requested(
            plan.book,
            plan.people,
            id="preview",
            schedule=wish.schedule,
            by=call.person,
            mine=wish.mine,
            theirs=wish.theirs,
            of=wish.of,
            why=wish.why,
            now=now,
        )
        return swap, swapped(plan.book, swap, now)

    # In a thread: comparing schedules takes some milliseconds, and pages go out on the same core.
    return await asyncio.to_thread(found)


async def _screen(
    call: Call,
    fields: Mapping[str, str],
    *,
    looked_at: tuple[Swap, tuple[SwappedIn, ...]] | None = None,
    wrong: str = "",
    status: int = 200,
) -> web.Response:
    engine, signed_in = call.services.engine, call.signed_in
    assert signed_in is not None, "admit lets nobody in who is not signed in"
    screen = await asyncio.to_thread(
        asking_screen, engine.plan, call.person, engine.clock.now(), fields, looked_at, wrong=wrong
    )
    html = draw(
        "swap_ask.html",
        ask=screen,
        root=to_root(call),
        form=form_token(signed_in.token),
        banner=banner_of(call),
    )
    return text_answer(html, HTML, status, NO_REFERRER_BUT_US)
