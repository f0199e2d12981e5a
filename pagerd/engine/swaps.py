"""Swaps between two people: asked for, answered, and written into the schedules. Nobody is woken for one.

Whoever is asked hears of it by mail at once and by text when they are awake; they answer behind the link of the
message, by text, on their page on the web, or by command. An acceptance stores its overrides in the same transaction.
"""

from dataclasses import replace
from datetime import UTC, datetime

from pagerd.core.errors import Conflict, NotAllowed, NotFound
from pagerd.core.oncall import swap as core
from pagerd.core.oncall import swap_words as words
from pagerd.core.oncall.swap import Piece, Swap, SwapStatus
from pagerd.core.paging.notification import usable_media
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium
from pagerd.core.rights import TOKEN
from pagerd.core.worklog.nightfall import span_of
from pagerd.engine import audit, ledger, outbox, overriding, stored
from pagerd.engine.work import Work
from pagerd.stores.base import Connection
from pagerd.stores.records import notifications, swaps, timers

WAITING_MAX = 20
"""Requests of one person that wait at once: whoever has asked twenty people has asked the team."""

SHOWN_MAX = 500
"""Swaps in one list, and requests that are looked through: more than a hundred people have open at once."""

WHY_MAX = 200
"""Signs of a reason: it is read in a text."""

LINK = "link"
"""The way behind the link of a text, where one press is an answer, whoever presses."""

_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


async def request(
    work: Work,
    *,
    by: str,
    via: str,
    schedule: str,
    mine: Piece,
    theirs: Piece | None,
    of: str | None,
    why: str,
) -> Swap:
    """Ask somebody for a swap. Raises NotFound, NotAllowed, and Conflict where it cannot be."""
    _check_comes_as_themself(via)
    waiting = [one for one in await swaps.waiting(work.c, SHOWN_MAX) if one.by == by]
    if len(waiting) >= WAITING_MAX:
        raise Conflict(f"{len(waiting)} requests of yours wait for an answer: withdraw one first")
    swap = core.requested(
        work.plan.book,
        work.plan.people,
        id=work.chance.object_id("x"),
        schedule=schedule,
        by=by,
        mine=mine,
        theirs=theirs,
        of=of,
        why=_reason(why),
        now=work.now,
    )
    same = [one for one in waiting if (one.schedule, one.of, _ends(one)) == (swap.schedule, swap.of, _ends(swap))]
    if same:
        raise Conflict(f"{swap.of} was asked for just that already: {same[0].id} waits for an answer")
    await swaps.insert(work.c, swap)
    await audit.note(work, swap.id, "SwapRequested", swap)
    await _wind(work, swap)
    await _ask(work, swap)
    return swap


async def decide(work: Work, swap_id: str, status: SwapStatus, *, by: str, via: str, why: str = "") -> Swap:
    """Accept, refuse or withdraw a swap. Raises NotFound, NotAllowed, and Conflict where it cannot be any more."""
    swap = await find(work.c, swap_id)
    _check_comes_as_themself(via)
    after = core.decided(swap, status, person=by, now=work.now, via=via, reason=_reason(why))
    if status is SwapStatus.ACCEPTED:
        after = await _put_in_force(work, after)
    await _save(work, after)
    await _tell(work, swap.of if status is SwapStatus.WITHDRAWN else swap.by, after)
    if status is SwapStatus.ACCEPTED and via == LINK:
        person = work.plan.people[swap.of]
        await _say(work, after, swap.of, words.confirmed(after, work.plan, person.zone), None)
    return after


async def due(work: Work, swap_id: str) -> None:
    """Let a request expire that nobody answered in time, and say so to whoever asked."""
    swap = await swaps.find(work.c, swap_id)
    if swap is None or swap.due is None or swap.due > work.now:
        await timers.put(work.c, "swap", swap_id, swap.due if swap is not None else None)
        return
    after = core.decided(swap, SwapStatus.EXPIRED, person=None, now=work.now)
    await _save(work, after)
    await _tell(work, swap.by, after)


async def find(c: Connection, swap_id: str) -> Swap:
    """Return a swap. Raises NotFound."""
    found = await swaps.find(c, swap_id)
    if found is None:
        raise NotFound(f"there is no swap {swap_id}; `pagerd swap list` shows those that are not over")
    return found


async def listed(c: Connection, ending_after: datetime | None) -> list[Swap]:
    """Return swaps of which a shift ends after an instant, or all that are kept."""
    return await swaps.listed(c, ending_after if ending_after is not None else _BEFORE_ALL, SHOWN_MAX)


async def waiting_of(c: Connection, person: str) -> list[Swap]:
    """Return the requests that somebody is to answer, or waits to be answered."""
    return [one for one in await swaps.waiting(c, SHOWN_MAX) if person in (one.by, one.of)]


def _check_comes_as_themself(via: str) -> None:
    """Refuse a token, which may be a script's: nobody gives a shift away, or takes one, by that."""
    if via == TOKEN:
        raise NotAllowed("a swap is between two people: sign in on the web, or use the command line on pagerd's host")


async def _put_in_force(work: Work, swap: Swap) -> Swap:
    for person in (swap.by, swap.of):
        if person not in work.plan.people:
            raise Conflict(f"{person} is not in the files any more")
    before = work.plan
    kept = [
        await stored.add_override(work, replace(override, id=work.chance.object_id("o")))
        for override in core.overrides_of(before.book, swap, work.now)
    ]
    for override in kept:
        # Where the schedule is copied, others may have to give way, or come in.
        await overriding.tell(work, before, override, swap.by, also=(swap.by, swap.of))
    return replace(swap, overrides=tuple([one.id for one in kept]))


async def _save(work: Work, swap: Swap) -> None:
    await swaps.update(work.c, swap)
    body = {
        "by": swap.decided_by or swap.by,
        "via": swap.via,
        "reason": swap.reason,
        "overrides": swap.overrides,
    }
    await audit.note(work, swap.id, f"Swap{swap.status.value.capitalize()}", body)
    # Whoever sleeps is not asked in the morning for what was settled in the night.
    await notifications.cancel_about(work.c, Purpose.SWAP, swap.id)
    await _wind(work, swap)


async def _wind(work: Work, swap: Swap) -> None:
    await timers.put(work.c, "swap", swap.id, swap.due)
    work.wakes_at(swap.due)


async def _ask(work: Work, swap: Swap) -> None:
    code = await ledger.draw_code(work, swap.of, swap.id, ledger.SWAP)
    person = work.plan.people[swap.of]
    await _say(work, swap, swap.of, words.asked(swap, work.plan, person.zone), code)


async def _tell(work: Work, person_id: str, swap: Swap) -> None:
    """Say what became of it to the one who did not decide; whoever has left the files hears nothing."""
    person = work.plan.people.get(person_id)
    if person is not None:
        await _say(work, swap, person_id, words.over(swap, work.plan, person.zone), None)


async def _say(work: Work, swap: Swap, person_id: str, text: str, code: str | None) -> None:
    """Say it by mail at once, and by text when they are awake."""
    person = work.plan.people[person_id]
    usable = usable_media(work.plan, person_id)
    if Medium.EMAIL in usable:
        await outbox.say(work, person_id, Medium.EMAIL, Purpose.SWAP, text, why=swap.id, code=code)
    if Medium.SMS in usable:
        wakes_up = span_of(person.night, person.zone, work.now)[2] if person.sleeps_at(work.now) else None
        await outbox.say(work, person_id, Medium.SMS, Purpose.SWAP, text, why=swap.id, code=code, at=wakes_up)


def _ends(swap: Swap) -> list[datetime]:
    # A shift that runs begins now, whenever it is asked for; it ends when it ends.
    return [part.end for part in swap.parts]


def _reason(text: str) -> str:
    return " ".join(text.split())[:WHY_MAX]
