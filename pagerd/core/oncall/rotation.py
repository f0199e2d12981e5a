"""Turns: which turn of a layer is on at an instant, who has it, and how long that stays so.

Everything is arithmetic on dates from the layer's anchor, so the year 2049 costs what today costs. The rules:

- Turns in hours are elapsed time. Turns in days, weeks and months begin at the anchor's wall time, whatever the clocks
  do.
- A month without the anchor's day uses its last day, and the anchor's day again after: every bound is counted from the
  anchor, never from the bound before.
- Before the anchor there is nobody, nor before `since`, nor from `until` on. Neither moves a turn.
- `lasts` keeps the first part of each turn and never reaches into the next one.
- Windows (`only`, `not_on`) hide the layer outside and inside them and do not move its turns.
- A turn whose whole wall-clock span falls into a gap (a day that a zone skipped) never is on.
"""

import calendar
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from pagerd.core.oncall.schedule import Layer, Turn, Unit
from pagerd.core.oncall.wall import clock, instant, reading
from pagerd.core.oncall.windows import opening_of

_ONE_TURN = timedelta.max
_AFTER_ALL = datetime.max.replace(tzinfo=UTC)


class Stretch(NamedTuple):
    """The turn that is on, None for nobody, and an instant until which that surely stays so (None: for ever).

    The turn may well be the same after `until`; it never changes before.
    """

    turn: int | None
    until: datetime | None


class Rotation:
    """A layer made ready for arithmetic. It is computed once, and what it answers never changes.

    The stretch it gave last is kept: whoever walks through a schedule asks all layers at each change of one of them.
    The pair is swapped whole, because more than one thread asks.
    """

    __slots__ = (
        "_anchor",
        "_closes",
        "_every",
        "_is_elapsed",
        "_is_steady",
        "_last",
        "_lasts",
        "_opening",
        "_opens",
        "_period",
        "_shows",
        "_shows_at",
        "members",
        "name",
        "zone",
    )

    def __init__(self, layer: Layer) -> None:
        for turn in (layer.every, layer.lasts):
            assert turn is None or turn.count >= 1, f"layer {layer.name!r}: a turn of {turn} has no length"
        self.name = layer.name
        self.members = layer.members
        self.zone = layer.zone
        self._opens = layer.start.replace(fold=0)
        self._closes = layer.until
        self._anchor = instant(self._opens, layer.zone)
        self._shows = self._opens if layer.since is None else max(self._opens, layer.since)
        self._shows_at = instant(self._shows, layer.zone)
        self._every = layer.every
        self._lasts = layer.lasts
        self._period = _fixed_length(layer.every)
        self._opening = opening_of(layer)
        # Where all turns are alike their bounds mean nothing, and whoever walks from bound to bound is spared them.
        self._is_elapsed = layer.every is not None and layer.every.unit is Unit.HOURS
        self._is_steady = layer.every is None or (layer.lasts is None and len(set(layer.members)) == 1)
        self._last: tuple[datetime, Stretch] = _AFTER_ALL, Stretch(None, None)

    def people(self, turn: int) -> tuple[str, ...]:
        """Return the people of a turn; after the last the first again."""
        return self.members[turn % len(self.members)] if self.members else ()

    def turn_at(self, at: datetime) -> int | None:
        """Return the number of the turn that is on at an instant, counted from 0, or None for nobody."""
        return None if self.stretch(at).turn is None else self._turn(at, reading(at, self.zone))

    def bounds(self, turn: int) -> tuple[datetime, datetime | None]:
        """Return when a turn begins and ends, windows, `lasts` and `until` left aside; None: it never ends."""
        begins = self._begins(turn)
        assert begins is not None, f"turn {turn} of layer {self.name!r} is beyond the calendar"
        return begins, self._begins(turn + 1)

    def stretch(self, at: datetime) -> Stretch:
        """Return who is on at an instant (UTC)."""
        since, last = self._last
        if since <= at and (last.until is None or at < last.until):
            return last
        found = self._stretch(at, reading(at, self.zone))
        self._last = at, found
        return found

    def _stretch(self, at: datetime, wall: datetime) -> Stretch:
        if wall < self._shows:
            return Stretch(None, self._shows_at)
        if not self.members or (self._closes is not None and wall >= self._closes):
            return Stretch(None, None)
        change = self._closes
        if self._opening is not None:
            is_open, turns_at = self._opening.at(wall)
            if not is_open:
                return Stretch(None, None if turns_at is None else instant(turns_at, self.zone))
            change = _earlier(change, turns_at)
        turn = 0 if self._is_steady else self._turn(at, wall)
        if self._lasts is None and not self._is_elapsed:
            # The earliest wall time is the earliest instant, so that only one has to be turned into one.
            change = change if self._is_steady else _earlier(change, self._begins_by_clock(turn + 1))
            return Stretch(turn, None if change is None else instant(change, self.zone))
        until = None if change is None else instant(change, self.zone)
        ends = None if self._is_steady else self._begins(turn + 1)
        if self._lasts is not None:
            kept_until = self._kept_until(turn, self._lasts)
            if kept_until is not None and at >= kept_until:
                return Stretch(None, ends)
            ends = _earlier(ends, kept_until)
        return Stretch(turn, _earlier(until, ends))

    def _turn(self, at: datetime, wall: datetime) -> int:
        """Count the turns since the anchor; the instant is not before it."""
        if self._every is None:
            return 0
        if self._every.unit is Unit.HOURS:
            return (at - self._anchor) // self._period
        if self._every.unit is not Unit.MONTHS:
            return (wall - self._opens) // self._period
        opens = self._opens
        turn = ((wall.year - opens.year) * 12 + wall.month - opens.month) // self._every.count
        begins = _plus_months(opens, turn * self._every.count)
        return turn - 1 if begins is None or begins > wall else turn

    def _begins(self, turn: int) -> datetime | None:
        """Return the instant at which a turn begins; None: there is no such turn, or it is beyond the calendar."""
        if turn == 0:
            return self._anchor
        if self._every is None:
            return None
        if self._every.unit is Unit.HOURS:
            return _plus(self._anchor, turn, self._period)
        wall = self._begins_by_clock(turn)
        return None if wall is None else instant(wall, self.zone)

    def _begins_by_clock(self, turn: int, months_later: int = 0) -> datetime | None:
        """Return the wall time at which a turn is meant to begin, gap or not, or so many months later."""
        every = self._every
        if every is not None and every.unit is Unit.MONTHS:
            # Counted from the anchor in one sum, so that one month of two ends where the second month begins.
            return _plus_months(self._opens, turn * every.count + months_later)
        if every is None or turn == 0:
            wall: datetime | None = self._opens
        elif every.unit is Unit.HOURS:
            wall = clock(self.bounds(turn)[0], self.zone)
        else:
            wall = _plus(self._opens, turn, self._period)
        return wall if wall is None or not months_later else _plus_months(wall, months_later)

    def _kept_until(self, turn: int, lasts: Turn) -> datetime | None:
        """Return the instant at which the kept part of a turn ends; None: beyond the calendar."""
        if lasts.unit is Unit.HOURS:
            return _plus(self.bounds(turn)[0], 1, _fixed_length(lasts))
        if lasts.unit is Unit.MONTHS:
            wall = self._begins_by_clock(turn, lasts.count)
        else:
            begins = self._begins_by_clock(turn)
            wall = None if begins is None else _plus(begins, 1, _fixed_length(lasts))
        return None if wall is None else instant(wall, self.zone)


def _fixed_length(turn: Turn | None) -> timedelta:
    """Return the length of a turn in hours, days or weeks; a length beyond the calendar is one turn for ever."""
    if turn is None or turn.unit is Unit.MONTHS:
        return _ONE_TURN
    try:
        return timedelta(**{turn.unit.value: turn.count})
    except OverflowError:
        return _ONE_TURN


def _plus(start: datetime, times: int, length: timedelta) -> datetime | None:
    try:
        return start + times * length
    except OverflowError:
        return None


def _plus_months(start: datetime, months: int) -> datetime | None:
    """Add months to a wall time and keep its day, or the last day of a month that has no such day."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    if year > 9999:
        return None
    last = calendar.monthrange(year, month + 1)[1]
    return start.replace(year=year, month=month + 1, day=min(start.day, last))


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    if one is None or (other is not None and other < one):
        return other
    return one
