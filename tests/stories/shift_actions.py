"""What people do around their shifts."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from pagerd.core.errors import PagerdError
from pagerd.core.oncall.override import new_override
from pagerd.core.oncall.schedule import Override
from pagerd.engine import overriding, shift_notices
from pagerd.engine.work import Work
from tests.builders import BERLIN
from tests.stories.script import Player

_WHO = r"(\w+)"
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1)}


async def _puts_in(player: Player, by: str, person: str, instead_of: str, schedule: str, at: str, lasts: str) -> None:
    start = datetime.fromisoformat(at).replace(tzinfo=BERLIN)

    async def act(work: Work) -> Override:
        made = new_override(
            work.plan.book,
            work.plan.people,
            id=work.chance.object_id("o"),
            schedule=schedule,
            start=start,
            end=start + int(lasts[:-1]) * _UNITS[lasts[-1]],
            people=(person,),
            instead_of=instead_of,
            by=by,
        )
        return await overriding.put_in_force(work, made, by)

    await player.world.do(act)


async def _takes_back(player: Player, by: str) -> None:
    found = [one.id for one in player.world.engine.plan.book.overrides if one.stored]
    await player.world.do(lambda work: overriding.take_back(work, found[-1], by))


async def _leaves(player: Player, by: str, schedule: str, text: str) -> None:
    try:
        _, sentence = await player.world.do(lambda work: shift_notices.write_note(work, schedule, by, text))
    except PagerdError as error:
        sentence = f"refused: {error}"
    player.answers.append(sentence)


SHIFT_ACTIONS: Mapping[str, Callable[..., object]] = {
    rf"{_WHO} puts {_WHO} in for {_WHO} in ([\w-]+) from (\S+ \d\d:\d\d) for (\d+[hd])": _puts_in,
    rf"{_WHO} takes the override back": _takes_back,
    rf"{_WHO} leaves a note in ([\w-]+): (.+)": _leaves,
}
