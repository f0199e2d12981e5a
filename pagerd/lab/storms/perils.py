"""Where a process of a storm may die: at a boundary that production names, before it or after it, each in its turn."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from pagerd.engine.boundaries import Boundaries, Boundary
from pagerd.lab.storms.faults import Fault, Weather
from pagerd.lab.storms.virtual import Dice

SIDES = ("before", "after")

TURNS = 13
"""How many places further on each pair of storms begins: as many as a storm has lives, about, so a few try all."""

LIVES_SECONDS = 240.0
"""So long a process lives on the average before it may die at its boundary, or nothing would ever be delivered."""

Place = tuple[Boundary, str]

PLACES: tuple[Place, ...] = tuple(
    (boundary, side) for boundary in Boundary if boundary is not Boundary.LEASE_RENEWED for side in SIDES
)
"""All places to die at: no lease is renewed where nobody else is on the store."""


class Killed(BaseException):
    """The process is gone. Nothing of it may answer this, so it is no Exception."""


@dataclass(frozen=True, slots=True)
class Door:
    """What stands around a unit where something from outside comes in: what is read first, and how it is answered."""

    reads: tuple[Boundary, ...]
    answered: Boundary


INTAKE = Door((Boundary.BODY_READ, Boundary.BODY_PARSED), Boundary.ALERT_ANSWERED)
REPORT = Door((Boundary.REPORT_READ,), Boundary.REPORT_ANSWERED)
REPLY = Door((Boundary.REPLY_READ,), Boundary.REPLY_ANSWERED)


class Perils(Boundaries):
    """The boundaries of one process: it dies at one of them, the first time that it comes there after a while."""

    def __init__(
        self,
        turn: int,
        dice: Dice,
        weather: Weather,
        deaths: Counter[Place],
        uptime: Callable[[], float],
        kill: Callable[[str], None],
    ) -> None:
        is_on = Fault.CRASH_AT_BOUNDARY in weather.on
        self._place = PLACES[turn % len(PLACES)] if is_on else None
        self._after_seconds = dice.pause(LIVES_SECONDS) if is_on else 0.0
        self._weather = weather
        self._deaths = deaths
        self._uptime = uptime
        self._kill = kill
        self.is_on = False
        """Not while the process starts."""

    def before(self, boundary: Boundary) -> None:
        """Die here, if this is the place."""
        self._comes_to((boundary, "before"))

    def after(self, boundary: Boundary) -> None:
        """Die here, if this is the place."""
        self._comes_to((boundary, "after"))

    def _comes_to(self, place: Place) -> None:
        if place != self._place or not self.is_on or self._uptime() < self._after_seconds:
            return
        if self._weather.strikes(Fault.CRASH_AT_BOUNDARY):
            boundary, side = place
            self._deaths[place] += 1
            self._kill(f"{side} {boundary} {boundary.name}")
            raise Killed
