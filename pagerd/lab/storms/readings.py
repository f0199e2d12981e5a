"""What the checks of incidents are read with in a storm: a Prometheus and a shop that are well, ill, slow, or gone.

It remembers what it answered of late. A checker holds against that what pagerd says that it read, and what it made of
it: a check that nobody could read is never taken for green, nor red for unknown.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from pagerd.core.errors import Unavailable
from pagerd.core.incidents.checks import Value
from pagerd.core.incidents.incident import ReadingState
from pagerd.lab.storms import company
from pagerd.lab.storms.faults import Fault, Weather
from pagerd.lab.storms.record import Record
from pagerd.lab.storms.virtual import Dice

REMEMBERED = 64
LATELY_SECONDS = 45.0
"""How old an answer may be of which pagerd says that it read it: an answer has 10 s, and its storing a lock's 5 s and
what a store that refuses adds; each incident reads once a minute."""

EVERY_SECONDS = 90.0
"""Between two troubles of a check, on average."""


class Mood(StrEnum):
    """What a check says now."""

    WELL = "well"
    ILL = "ill"
    UNREADABLE = "unreadable"
    EMPTY = "without data"
    SLOW = "slow"
    HANGS = "without an answer in time"


class Readings:
    """Answers what checks ask, with dice of its own: the rest of the storm draws what it would without."""

    def __init__(self, weather: Weather, record: Record, seed: int) -> None:
        self._weather = weather
        self._record = record
        self._dice = Dice(f"readings {seed}")
        self._moods = dict.fromkeys(company.CHECKED, Mood.WELL)
        self._answered: dict[str, deque[tuple[float, ReadingState]]] = {
            criterion: deque(maxlen=REMEMBERED) for criterion in company.CHECKED
        }

    async def run(self) -> None:
        """Let one check after the other be in trouble for a while, until cancelled."""
        while True:
            await asyncio.sleep(self._dice.pause(EVERY_SECONDS))
            criterion, mood = self._dice.pick(tuple(company.CHECKED)), self._dice.pick(tuple(Mood))
            if mood is Mood.EMPTY and company.CHECKED[criterion] == company.PROBED:
                continue  # an address either answers or does not
            if mood is Mood.WELL:
                self._moods[criterion] = mood
                self._record.note(f"the check of {criterion} is {mood} again")
            elif self._weather.strikes(Fault.CHECK_IN_TROUBLE):
                self._moods[criterion] = mood
                self._record.event("fault", f"the check of {criterion} is {mood}")

    def calm(self) -> None:
        """Let all be well."""
        self._moods = dict.fromkeys(company.CHECKED, Mood.WELL)

    def lately(self, criterion: str) -> tuple[ReadingState, ...]:
        """Return what was answered of late to the check of a criterion, the newest last."""
        since = asyncio.get_running_loop().time() - LATELY_SECONDS
        return tuple(state for at, state in self._answered[criterion] if at >= since)

    async def values(self, prometheus: str, expression: str, within: timedelta) -> Sequence[Value]:
        """Answer for a Prometheus."""
        mood = await self._asked(expression, f"asking {prometheus}", within)
        if mood is Mood.EMPTY:
            return ()
        return (Value({"instance": "a"}, 0.0), Value({"instance": "b"}, 1.0 if mood is Mood.ILL else 0.0))

    async def alert_rules(self, prometheus: str, name: str, within: timedelta) -> Sequence[str]:
        """No action item of a storm is looked at."""
        raise Unavailable(f"asking {prometheus} for {name}: no answer within {within.total_seconds():g} s")

    async def status(self, url: str, within: timedelta) -> int:
        """Answer for the shop."""
        mood = await self._asked(url, f"asking {url}", within)
        return 503 if mood is Mood.ILL else 200

    async def _asked(self, what: str, asking: str, within: timedelta) -> Mood:
        """Take as long as the mood says; raise where that is no answer, and remember what it was."""
        criterion = next(one for one, asked in company.CHECKED.items() if asked == what)
        mood, seconds = self._moods[criterion], within.total_seconds()
        if mood is Mood.SLOW:
            await asyncio.sleep(self._dice.between(0.0, seconds))
        elif mood is Mood.HANGS:
            await asyncio.sleep(seconds)
        said = {Mood.WELL: ReadingState.GREEN, Mood.SLOW: ReadingState.GREEN, Mood.ILL: ReadingState.RED}
        state = said.get(mood, ReadingState.UNKNOWN)
        self._answered[criterion].append((asyncio.get_running_loop().time(), state))
        if mood in (Mood.UNREADABLE, Mood.HANGS):
            raise Unavailable(f"{asking}: {mood}")
        return mood
