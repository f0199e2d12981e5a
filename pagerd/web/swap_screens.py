"""What the page behind a swap's link shows, as plain values for the template; times in the reader's zone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pagerd.core.comparing.swapped import SwappedIn, swapped
from pagerd.core.errors import Conflict
from pagerd.core.oncall.swap import Swap, SwapStatus
from pagerd.core.oncall.swap_words import settled, span
from pagerd.core.people import Medium
from pagerd.core.plain import clock_time, one_line
from pagerd.core.plan import Plan
from pagerd.engine.swap_links import LinkedSwap


@dataclass(frozen=True, slots=True)
class TakenShift:
    """Who takes which shift: in words, and on a line of its own."""

    who: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapScreen:
    """Everything that `swap.html` says. `asks_code`: the link came by mail, where a button alone proves nothing.

    `hindrance` is why it cannot be accepted now, though it still waits; `settled` what became of it.
    """

    id: str
    status: str
    title: str
    asker: str
    taken: tuple[TakenShift, ...]
    why: str
    until: str
    is_open: bool
    changes: tuple[str, ...]
    hindrance: str
    settled: str
    asks_code: bool
    reader: str
    zone: str
    said: str = ""
    wrong: str = ""


def swap_screen(linked: LinkedSwap, plan: Plan, now: datetime, *, said: str = "", wrong: str = "") -> SwapScreen:
    """Gather what the reader of a link sees."""
    swap, person = linked.swap, plan.people[linked.link.person]
    asker, zone = plan.name_of(swap.by), person.zone
    is_open = swap.status is SwapStatus.REQUESTED and now < swap.expires_at
    changes, hindrance = _would_change(swap, plan, zone, now) if is_open else ((), "")
    wish = "to swap shifts with you" if len(swap.parts) > 1 else "you to take a shift"
    return SwapScreen(
        id=swap.id,
        status="waits for your answer" if is_open else _STATUS[swap.status],
        title=f"{asker} asks {wish} in {swap.schedule}",
        asker=asker,
        taken=tuple(
            TakenShift(
                "You take" if part.taker == person.id else f"{plan.name_of(part.taker)} takes",
                span(part.start, part.end, zone),
            )
            for part in swap.parts
        ),
        why=one_line(swap.why, 300),
        until=clock_time(swap.expires_at, zone, now),
        is_open=is_open,
        changes=changes,
        hindrance=hindrance,
        settled="" if is_open else settled(swap, plan, person.id, zone, now),
        asks_code=linked.link.medium == Medium.EMAIL.value,
        reader=person.name,
        zone=str(zone),
        said=said,
        wrong=wrong,
    )


_STATUS = {one: one.value for one in SwapStatus} | {SwapStatus.REQUESTED: "expired", SwapStatus.WITHDRAWN: "taken back"}


def _would_change(swap: Swap, plan: Plan, zone: ZoneInfo, now: datetime) -> tuple[tuple[str, ...], str]:
    """Return what an acceptance changes, in words, or why there can be none."""
    try:
        found = swapped(plan.book, swap, now)
    except Conflict as conflict:
        return (), str(conflict)
    return change_lines(found, plan, zone), ""


def change_lines(found: Iterable[SwappedIn], plan: Plan, zone: ZoneInfo) -> tuple[str, ...]:
    """Say who would be on call instead, schedule by schedule."""
    return tuple(
        f"{one.schedule}, {span(one.change.start, one.change.end, zone)}: {_names(one.change.after, plan)}"
        f" instead of {_names(one.change.before, plan)}"
        for one in found
    )


def _names(people: tuple[str, ...] | None, plan: Plan) -> str:
    return " and ".join(plan.name_of(one) for one in people or ()) or "nobody"
