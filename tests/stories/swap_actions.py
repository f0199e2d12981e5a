"""What people do in a story who swap shifts with each other."""

from collections.abc import Callable, Mapping
from datetime import datetime

from pagerd.core.errors import PagerdError
from pagerd.core.oncall import swap_words as words
from pagerd.core.oncall.lookup import people_on_call
from pagerd.core.oncall.swap import Piece, Swap, SwapStatus
from pagerd.engine import swaps
from tests.builders import BERLIN
from tests.stories.script import Player

_STATUS = {"accepts": SwapStatus.ACCEPTED, "refuses": SwapStatus.REFUSED, "withdraws": SwapStatus.WITHDRAWN}
_SCHEDULE = "payments-primary"


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


async def _asks(player: Player, who: str, other: str, mine: str, theirs: str | None, why: str | None) -> None:
    async def act(work: object) -> Swap:
        return await swaps.request(
            work,  # type: ignore[arg-type]  # the world hands in its work
            by=who,
            via="cli",
            schedule=_SCHEDULE,
            mine=Piece(_instant(mine)),
            theirs=Piece(_instant(theirs)) if theirs else None,
            of=other,
            why=why or "",
        )

    try:
        swap = await player.world.do(act)
    except PagerdError as error:
        player.answers.append(str(error))
        return
    player.answers.append(f"{swap.of} has until {swap.expires_at.astimezone(BERLIN):%a %Y-%m-%d %H:%M} to answer.")


async def _decides(player: Player, who: str, what: str, why: str | None) -> None:
    [*_, swap] = sorted(
        await player.world.engine.read(lambda c: swaps.listed(c, None)), key=lambda one: one.requested_at
    )

    async def act(work: object) -> Swap:
        return await swaps.decide(work, swap.id, _STATUS[what], by=who, via="cli", why=why or "")  # type: ignore[arg-type]  # as above

    try:
        after = await player.world.do(act)
    except PagerdError as error:
        player.answers.append(str(error).replace(swap.id, "the swap"))
        return
    player.answers.append(words.decided(after, player.world.engine.plan, BERLIN).replace(swap.id, "The swap"))


async def _who(player: Player, at: str) -> None:
    plan = player.world.engine.plan
    for schedule in (_SCHEDULE, "payments-secondary"):
        player.answers.append(f"{schedule}: {', '.join(people_on_call(plan.book, schedule, _instant(at)))}")


_AT = r"(\d{4}-\d\d-\d\d \d\d:\d\d)"
SWAP_ACTIONS: Mapping[str, Callable[..., object]] = {
    rf"(\w+) asks (\w+) to take the shift of {_AT}(?: for the one of {_AT})?(?:: (.+))?": _asks,
    r"(\w+) (accepts|refuses|withdraws) the swap(?:: (.+))?": _decides,
    rf"somebody looks who is on call at {_AT}": _who,
}
