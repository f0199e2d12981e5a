"""What those who are told of incidents do in a story, and who tries whether they hear anything."""

from collections.abc import Callable, Mapping

from pagerd.core.errors import PagerdError
from pagerd.engine.incidents import announcing
from pagerd.lab.phones import Mood
from tests.stories.script import Player

_MOODS = {
    "is down": Mood.DOWN,
    "works again": Mood.WORKS,
    "loses its answers": Mood.LOSES_ANSWERS,
    "takes no more just now": Mood.BUSY,
    "does not know its webhook any more": Mood.REFUSES_US,
}


async def _mood(player: Player, name: str, mood: str) -> None:
    player.world.receivers.of(name).mood = _MOODS[mood]


async def _never_takes(player: Player, name: str, kind: str) -> None:
    player.world.receivers.of(name).refuses = kind


async def _tries(player: Player, who: str, name: str) -> None:
    try:
        await player.world.do(lambda work: announcing.test(work, name, who))
    except PagerdError as error:
        player.answers.append(str(error))


MESSAGE_ACTIONS: Mapping[str, Callable[..., object]] = {
    rf"([\w-]+-chat) ({'|'.join(_MOODS)})": _mood,
    r"([\w-]+-chat) will never take (\w+)": _never_takes,
    r"(\w+) tries whether ([\w-]+) hears anything": _tries,
}
