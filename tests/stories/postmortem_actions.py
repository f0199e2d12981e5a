"""What people do with postmortems in a story: that of the newest incident."""

from collections.abc import Callable, Mapping

from pagerd.core.incidents.incident import Incident
from pagerd.engine.incidents import postmortems, reviewing
from pagerd.engine.work import Work
from tests.postmortems import filled
from tests.stories.incident_actions import _act, newest, say
from tests.stories.script import Player


async def _fills(player: Player, who: str) -> None:
    number = await newest(player)
    last = await player.world.do(lambda work: postmortems.stored(work.c, number))
    await say(player, lambda work: reviewing.write(work, number, who, "cli", filled(last.text), last.digest))


async def _reads(player: Player, who: str, region: str) -> None:
    del who
    number = await newest(player)

    async def find(work: Work) -> tuple[str, ...]:
        incident: Incident = await postmortems.queries.find(work.c, number)
        return (await postmortems.facts(work.c, work.plan, incident)).get(region.replace(" ", "_"), ())

    player.answers += await player.world.do(find)


_WHO = r"(\w+)"
POSTMORTEM_ACTIONS: Mapping[str, Callable[..., object]] = {
    rf"{_WHO} wants a postmortem": _act(reviewing.draft),
    rf"{_WHO} fills the gaps of the postmortem": _fills,
    rf"{_WHO} reads the facts of the postmortem: ([a-z ]+)": _reads,
    rf"{_WHO} submits the postmortem": _act(reviewing.submit),
    rf"{_WHO} sends the postmortem back: (.+)": _act(reviewing.send_back, 0),
    rf"{_WHO} accepts the postmortem": _act(reviewing.accept),
    rf"{_WHO} waives the postmortem: (.+)": _act(reviewing.waive, 0),
    rf"{_WHO} closes the incident": _act(reviewing.close),
}
