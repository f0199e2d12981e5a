"""Swaps between two people: ask for one, answer it, take it back; a preview says what one would change."""

from collections.abc import Awaitable, Callable, Mapping

from pagerd.core.comparing.swapped import swapped
from pagerd.core.oncall import swap as core
from pagerd.core.oncall import swap_words as words
from pagerd.core.oncall.swap import Piece, Swap, SwapStatus
from pagerd.engine import swaps
from pagerd.engine.doors import Connection
from pagerd.engine.incidents.once import keep, kept
from pagerd.engine.work import Work
from pagerd.web.answers import Failure
from pagerd.web.api import swap_types as types
from pagerd.web.api.described import FLAG, api
from pagerd.web.api.shapes import iso
from pagerd.web.call import Call, flag, instant


@api(query={"ended": FLAG})
async def list_swaps(call: Call, asked: Mapping[str, str]) -> types.SwapList:
    """List swaps of which a shift is not over; `ended=true` lists all that are kept."""
    engine = call.services.engine
    since = None if flag(asked, "ended", default=False) else engine.clock.now()

    async def find(c: Connection) -> list[Swap]:
        return await swaps.listed(c, since)

    return {"swaps": [swap_json(one) for one in await engine.read(find)]}


@api()
async def preview(call: Call, body: types.NewSwap) -> types.SwapPreview:
    """Say what a swap would change, and ask nobody."""
    engine = call.services.engine
    plan, now = engine.plan, engine.clock.now()
    mine, theirs = _pieces(body)
    try:
        swap = core.requested(
            plan.book,
            plan.people,
            id="preview",
            schedule=body.schedule,
            by=call.person,
            mine=mine,
            theirs=theirs,
            of=body.of,
            why=body.why,
            now=now,
        )
        found = swapped(plan.book, swap, now)
    except ValueError as error:
        raise Failure(400, str(error)) from error
    changes: list[types.SwapChange] = [
        {
            "schedule": one.schedule,
            "from": iso(one.change.start),
            "to": iso(one.change.end),
            "before": list(one.change.before or ()),
            "after": list(one.change.after or ()),
        }
        for one in found
    ]
    return {"swap": swap_json(swap), "changes": changes}


@api(status=201, has_key=True)
async def request(call: Call, body: types.NewSwap) -> types.SwapAct:
    """Ask somebody for a swap: they are told, and nothing changes before they accept it."""
    by, via = call.person, call.via
    mine, theirs = _pieces(body)

    async def act(work: Work) -> tuple[Swap, str]:
        swap = await swaps.request(
            work, by=by, via=via, schedule=body.schedule, mine=mine, theirs=theirs, of=body.of, why=body.why
        )
        until = swap.expires_at.astimezone(call.zone)
        return swap, f"{swap.id}: {swap.of} is asked, and has until {until:%a %Y-%m-%d %H:%M} ({call.zone}) to answer."

    try:
        return await _once(call, "swap request", act)
    except ValueError as error:
        raise Failure(400, str(error)) from error


@api(has_key=True)
async def accept(call: Call, body: types.SwapReason) -> types.SwapAct:
    """Accept a swap that you were asked for: it is in force from then on."""
    return await _decide(call, body, SwapStatus.ACCEPTED)


@api(has_key=True)
async def refuse(call: Call, body: types.SwapReason) -> types.SwapAct:
    """Refuse a swap that you were asked for; whoever asked is told."""
    return await _decide(call, body, SwapStatus.REFUSED)


@api(has_key=True)
async def withdraw(call: Call, body: types.SwapReason) -> types.SwapAct:
    """Take back a request of yours that was not answered yet."""
    return await _decide(call, body, SwapStatus.WITHDRAWN)


async def _decide(call: Call, said: types.SwapReason, status: SwapStatus) -> types.SwapAct:
    name, by, via = call.parts["swap"], call.person, call.via

    async def act(work: Work) -> tuple[Swap, str]:
        after = await swaps.decide(work, name, status, by=by, via=via, why=said.why)
        return after, words.decided(after, work.plan, call.zone)

    return await _once(call, f"swap {status.value} {name}", act)


async def _once(call: Call, what: str, act: Callable[[Work], Awaitable[tuple[Swap, str]]]) -> types.SwapAct:
    """Do it, or say again what it came to under this key."""
    by, key = call.person, call.key

    async def once(work: Work) -> tuple[Swap, str]:
        before = await kept(work, by, what, key)
        if before is not None:
            return await swaps.find(work.c, before.subject), before.sentence
        swap, sentence = await act(work)
        await keep(work, by, what, key, 0, sentence, swap.id)
        return swap, sentence

    swap, sentence = await call.act(once)
    return {"sentence": sentence, "swap": swap_json(swap)}


def _pieces(body: types.NewSwap) -> tuple[Piece, Piece | None]:
    return _piece(body.mine, "mine"), _piece(body.theirs, "theirs") if body.theirs is not None else None


def _piece(one: types.Piece, name: str) -> Piece:
    end = instant(one.end, f"{name}.to") if one.end is not None else None
    return Piece(instant(one.start, f"{name}.from"), end)


def swap_json(swap: Swap) -> types.Swap:
    """Write a swap."""
    return {
        "id": swap.id,
        "schedule": swap.schedule,
        "by": swap.by,
        "of": swap.of,
        "parts": [
            {"from": iso(one.start), "to": iso(one.end), "giver": one.giver, "taker": one.taker} for one in swap.parts
        ],
        "why": swap.why,
        "status": swap.status.value,
        "requested_at": iso(swap.requested_at),
        "expires_at": iso(swap.expires_at),
        "decided_at": iso(swap.decided_at),
        "decided_via": swap.via,
        "reason": swap.reason,
        "overrides": list(swap.overrides),
    }
