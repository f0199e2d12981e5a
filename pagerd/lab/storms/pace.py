"""The time that pagerd has to go by, by a model of the storm's own: ahead of a wall that was set back, never behind.

It has nothing of `SteadyClock`, which it is held against: the storm knows who set the clock, and by how much.
"""

from datetime import datetime, timedelta

from pagerd.engine.clock import BEHIND_SECONDS_MAX
from pagerd.lab.storms.virtual import WallClock

STANDS_MAX = timedelta(seconds=BEHIND_SECONDS_MAX)
"""A wall that is behind by no more is waited for."""


class Pace:
    """Goes with the wall, jumps forward with it, and goes on where the wall is set back."""

    def __init__(self, wall: WallClock) -> None:
        self._wall = wall
        self._lead = timedelta(0)
        self._least = wall.now()

    def now(self) -> datetime:
        """Return what time it is for pagerd."""
        return max(self._wall.now() + self._lead, self._least)

    def set_wall_by(self, step: timedelta) -> None:
        """Somebody sets the wall forward, or back."""
        before = self.now()
        self._wall.set_by(step)
        self._goes_on(before, self._lead - step)

    def go_on_from(self, at: datetime) -> None:
        """Pagerd begins there, as a start after a crash may, or follows the wall."""
        self._goes_on(at, at - self._wall.now())

    def _goes_on(self, at: datetime, lead: timedelta) -> None:
        self._least = at
        self._lead = lead if lead > STANDS_MAX else timedelta(0)
