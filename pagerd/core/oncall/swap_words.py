"""What people are told of swaps; each in one sentence for a text and for a mail, times on the reader's clock."""

from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from pagerd.core.oncall.swap import Swap, SwapStatus
from pagerd.core.paging.gsm import fit, plain
from pagerd.core.plain import clock_time
from pagerd.core.plan import Plan
from pagerd.core.timeline import HOW
from pagerd.core.worklog.wording import day_text

_NAME_MAX = 30
"""Signs of a name in a text: what matters are the shifts."""


def asked(swap: Swap, plan: Plan, zone: ZoneInfo) -> str:
    """Ask the other person."""
    mine, *theirs = swap.parts
    wish = f"{_name(plan, swap.by)} asks you to take {swap.schedule} {span(mine.start, mine.end, zone)}"
    back = f" for your {span(theirs[0].start, theirs[0].end, zone)}" if theirs else ""
    return plain(f"{wish}{back}?{f' {swap.why}' if swap.why else ''}")


def over(swap: Swap, plan: Plan, zone: ZoneInfo) -> str:
    """Tell whoever did not decide it what became of a swap."""
    assert swap.status is not SwapStatus.REQUESTED, f"swap {swap.id} waits for an answer"
    what = f"{swap.schedule} {span(swap.parts[0].start, swap.parts[0].end, zone)}"
    match swap.status:
        case SwapStatus.ACCEPTED:
            return plain(f"{_name(plan, swap.of)} accepts: {agreed(swap, plan, zone)}")
        case SwapStatus.REFUSED:
            why = f" {swap.reason}" if swap.reason else ""
            return plain(f"{_name(plan, swap.of)} does not swap {what} with you; it stays yours.{why}")
        case SwapStatus.WITHDRAWN:
            return plain(f"{_name(plan, swap.by)} does not want to swap {what} any more. Nothing changes.")
        case SwapStatus.EXPIRED:
            return plain(f"{_name(plan, swap.of)} did not answer in time about {what}; it stays yours.")
        case _:
            assert_never(swap.status)


def agreed(swap: Swap, plan: Plan, zone: ZoneInfo) -> str:
    """Say who is on call when, once it is accepted."""
    spans = ", ".join(f"{_name(plan, part.taker)} {span(part.start, part.end, zone)}" for part in swap.parts)
    return plain(f"{swap.schedule}: {spans}.")


def decided(swap: Swap, plan: Plan, zone: ZoneInfo) -> str:
    """Say to whoever decided it what became of it."""
    if swap.status is SwapStatus.ACCEPTED:
        return fit(plain(f"Swapped. {agreed(swap, plan, zone)}"))
    return fit(plain(f"{swap.id} is {swap.status.value}; nothing changes, and {_told(swap, plan)} is told."))


def confirmed(swap: Swap, plan: Plan, zone: ZoneInfo) -> str:
    """Tell whoever accepted behind a link, where they might not have been the one who pressed."""
    ends = " and ".join(f"pagerd override end {one}" for one in swap.overrides)
    return plain(f"You accepted swap {swap.id} behind its link: {agreed(swap, plan, zone)} Not you? {ends}")


def settled(swap: Swap, plan: Plan, reader: str, zone: ZoneInfo, now: datetime) -> str:
    """Say to whoever looks at it afterwards what became of it: by whom, how and when."""
    if swap.status is SwapStatus.EXPIRED or swap.decided_by is None:
        return f"Not answered in time: it is over since {clock_time(swap.expires_at, zone, now)}. Nothing changed."
    verb = {SwapStatus.ACCEPTED: "Accepted", SwapStatus.REFUSED: "Refused"}.get(swap.status, "Taken back")
    who = "you" if swap.decided_by == reader else plan.name_of(swap.decided_by)
    how = f" {HOW[swap.via]}" if swap.via in HOW else ""
    when = f", {clock_time(swap.decided_at, zone, now)}" if swap.decided_at is not None else ""
    said = f" “{swap.reason}”" if swap.reason else ""
    effect = "" if swap.status is SwapStatus.ACCEPTED else " Nothing changed."
    return f"{verb} by {who}{how}{when}.{said}{effect}"


def ok_or_no(code: str, swap: Swap) -> str:
    """Say that nothing was decided, and what would decide it."""
    return fit(plain(f"NOTHING DECIDED about swap {swap.id}. Reply {code} ok, or {code} no"))


def _told(swap: Swap, plan: Plan) -> str:
    return _name(plan, swap.of if swap.status is SwapStatus.WITHDRAWN else swap.by)


def span(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """Write when it is, with its days: a week from Monday to Monday is one of many."""
    local, last = start.astimezone(zone), end.astimezone(zone)
    until = "" if local.date() == last.date() else f"{day_text(last.date())} "
    return f"{day_text(local.date())} {local:%H:%M} to {until}{last:%H:%M}"


def _name(plan: Plan, person: str) -> str:
    return fit(plain(plan.name_of(person)), _NAME_MAX)
