"""Shadows: people who are told what those on call are told, to learn it, and are never counted on."""

from datetime import datetime

from pagerd.core.oncall.schedule import Book, FixedShift, Schedule
from pagerd.core.oncall.spans import Spans


class Shadows:
    """The shadows of one schedule: some for good, some for the time of a fixed shift."""

    __slots__ = ("_always", "_away", "_dated", "_known")

    def __init__(self, book: Book, schedule: Schedule) -> None:
        self._always = schedule.shadows
        self._dated = Spans(((one.start, one.end, one) for one in schedule.fixed if one.shadows), _named)
        self._known = schedule.all_shadows
        self._away = tuple(one for one in book.away if one.person in self._known)

    def at(self, at: datetime, people: tuple[str, ...]) -> tuple[str, ...]:
        """Return who is told at an instant (UTC) beside the people on call: none of these, and nobody who is away."""
        if not self._known:
            return ()
        named = dict.fromkeys((*self._always, *self._dated.at(at)[0]))
        gone = {one.person for one in self._away if one.start <= at < one.end}
        return tuple(person for person in named if person not in people and person not in gone)


def _named(shifts: tuple[FixedShift, ...]) -> tuple[str, ...]:
    return tuple(person for one in shifts for person in one.shadows)
