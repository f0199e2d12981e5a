"""A schedule as a picture: layers, overrides, absences and the answer, one lane each, time from left to right.

SVG without a script, a font or anything else from elsewhere: it can be mailed, put into a pull request or printed.
Nothing leans on colour: names stand in the blocks, a gap and a hidden turn have patterns of their own. Dark where the
reader's screen is; on a phone the letters grow, and what has no room for them then goes. Whoever cannot see it has the
answer in its description.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from html import escape
from zoneinfo import ZoneInfo

from pagerd.core.errors import NotFound
from pagerd.core.oncall.picture_lanes import Block, Kind, Lane, lanes_of, people_of
from pagerd.core.oncall.picture_style import PATTERNS, SHADES, STYLE
from pagerd.core.oncall.schedule import Book
from pagerd.core.oncall.wall import instant
from pagerd.core.plain import in_zone, one_line
from pagerd.core.suggestions import unknown

WIDTH, MARGIN = 760, 24
LEFT, RIGHT = MARGIN, WIDTH - MARGIN
LINE, LABEL, TRACK, GAP, STRIP = 30, 28, 38, 8, 8

SPAN_MAX = timedelta(days=366)
"""The longest span of a picture: daily turns of a year are two points wide."""

SIGN, LARGE_SIGN = 8.6, 15.0
"""How wide a letter is at most, and how wide on a phone."""

STRIPES_MAX = 4
"""Colours of one block: of those who are on call together."""

NIGHTS_WITHIN = timedelta(days=16)
"""Up to here nights are wide enough to be seen; beyond it weekends are shown."""

NIGHT_BEGINS, NIGHT_ENDS = time(22), time(7)

LEGEND = {
    Kind.HIDDEN: "hidden by a layer above",
    Kind.OVERRIDE: "an override",
    Kind.AWAY: "away",
    Kind.GAP: "nobody is on call",
}

_DAY = timedelta(days=1)
_STEP = timedelta(minutes=15)
DESCRIBED_MAX = 40


def draw(book: Book, schedule: str, start: datetime, end: datetime) -> str:
    """Return the picture of a schedule from `start` until before `end`, on the clock of its zone.

    Raises NotFound for a schedule that is not there, ValueError for a span that is empty or longer than SPAN_MAX.
    """
    if schedule not in book.schedules:
        raise NotFound(unknown("schedule", schedule, book.schedules))
    if not timedelta(0) < end - start <= SPAN_MAX:
        raise ValueError(f"drawing from {start} to {end}: a picture shows at most {SPAN_MAX.days} days")
    return _Picture(book, schedule, start, end).svg()


class _Picture:
    """One picture while it is drawn, from the top to the bottom."""

    def __init__(self, book: Book, schedule: str, start: datetime, end: datetime) -> None:
        self.schedule = book.schedules[schedule]
        self.zone = self.schedule.zone
        self.start, self.end = start, end
        self.lanes = lanes_of(book, self.schedule, start, end)
        self.shades = {person: number % SHADES for number, person in enumerate(people_of(self.lanes))}
        self.parts: list[str] = []
        self.unnamed: dict[str, None] = {}
        self.y = 8

    def svg(self) -> str:
        self._head()
        top = self.y
        for lane in self.lanes:
            self._lane(lane)
        self._handoffs()
        self._clocks(top)
        self._legend()
        height = self.y + 12
        body = "\n".join(self.parts)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="pagerd-shifts" role="img" viewBox="0 0 {WIDTH} {height}"'
            f' width="{WIDTH}" height="{height}" aria-labelledby="pagerd-shifts-title pagerd-shifts-desc">\n'
            f'<title id="pagerd-shifts-title">{_safe(f"Who is on call in {self.schedule.id}")}</title>\n'
            f'<desc id="pagerd-shifts-desc">{_safe(" ".join(self._description()), 6000)}</desc>\n'
            f"<style>{STYLE}</style>\n{PATTERNS}\n"
            f'<rect class="paper" width="{WIDTH}" height="{height}"/>\n{body}\n</svg>\n'
        )

    def x(self, at: datetime) -> float:
        """Return the place of an instant."""
        share = (at - self.start) / (self.end - self.start)
        return LEFT + (RIGHT - LEFT) * min(max(share, 0.0), 1.0)

    def _description(self) -> Iterator[str]:
        yield f"{self._span_words()}, times of {self.zone}."
        answer = self.lanes[-1].blocks
        for block in answer[:DESCRIBED_MAX]:
            yield f"{block.words} until {_moment(block.end, self.zone)}."
        if len(answer) > DESCRIBED_MAX:
            yield f"And {len(answer) - DESCRIBED_MAX} more shifts."

    def _span_words(self) -> str:
        ends = in_zone(self.end, self.zone)
        return f"{_moment(self.start, self.zone)} to {_moment(self.end, self.zone)} {ends.year}"

    def _head(self) -> None:
        self.y += LINE
        self._text(LEFT, self.schedule.id, "title")
        self.y += LINE
        for words in (self._span_words(), f"times of {self.zone}"):
            self._text(LEFT, words, "quiet")
            self.y += LINE
        self.parts += _axis(self, self.y)
        self.y += 8
        self.parts.append(f'<rect class="day" x="{LEFT}" y="{self.y}" width="{RIGHT - LEFT}" height="{STRIP}"/>')
        for begins, ends in _dark(self):
            self.parts.append(_rect("night", self.x(begins), self.x(ends), self.y, STRIP))
        self.y += STRIP + 4

    def _lane(self, lane: Lane) -> None:
        self.y += LABEL - 6
        kind = "quiet small" if len(lane.name + lane.words) * LARGE_SIGN > RIGHT - LEFT else "quiet"
        words = f'<tspan class="{kind}">{_safe(f"  {lane.words}")}</tspan>' if lane.words else ""
        self.parts.append(f'<text x="{LEFT}" y="{self.y}"><tspan class="who">{_safe(lane.name)}</tspan>{words}</text>')
        self.y += 6
        self.parts.append(f'<rect class="day" x="{LEFT}" y="{self.y}" width="{RIGHT - LEFT}" height="{TRACK}"/>')
        self.parts += [self._block(block) for block in lane.blocks]
        self.y += TRACK + GAP

    def _block(self, block: Block) -> str:
        left, right = self.x(block.start), self.x(block.end)
        said = f"{block.words}: {_moment(block.start, self.zone)} to {_moment(block.end, self.zone)}"
        shades = [f" p{self.shades[person]}" for person in block.people[:STRIPES_MAX]]
        shapes = ""
        if len(shades) > 1:  # those who are on call together share the block, one stripe each
            high = TRACK / len(shades)
            for number, shade in enumerate(shades):
                shapes += _rect(shade.strip(), left, right, self.y + number * high, high)
        outlined = shades[0] if len(shades) == 1 else " open" if shades else ""
        shapes += _rect(f"block {block.kind.value}{outlined}", left, right, self.y, TRACK)
        if block.kind is Kind.AWAY:
            shapes += _rect("absent", left, right, self.y, TRACK)
        return f"<g><title>{_safe(said)}</title>{shapes}{self._name(block, left, right)}</g>"

    def _name(self, block: Block, left: float, right: float) -> str:
        """Write as much of a block's words as has room: all, in short, the first letters, or nothing."""
        room = right - left - 6
        initials = "+".join(person[:1] for person in block.people)
        words = next((one for one in (block.words, block.short, initials) if one and len(one) * SIGN <= room), "")
        if not words or words == initials:
            self.unnamed.update(dict.fromkeys(block.people))
        if not words:
            return ""
        kind = "name small" if len(words) * LARGE_SIGN > room else "name"
        return (
            f'<text class="{kind} {block.kind.value}" x="{(left + right) / 2:.1f}" y="{self.y + TRACK / 2 + 5:g}"'
            f' text-anchor="middle">{_safe(words)}</text>'
        )

    def _handoffs(self) -> None:
        """Write below the answer when each shift begins, where there is room."""
        self.y += 14
        for block in self.lanes[-1].blocks[1:]:
            local, x = in_zone(block.start, self.zone), self.x(block.start)
            by_hour = self.end - self.start <= NIGHTS_WITHIN
            words = f"{local:%a %H:%M}" if by_hour else f"{local.day} {local:%b}"
            room = min(self.x(block.end), RIGHT) - x
            if len(words) * SIGN <= room:
                kind = "quiet small" if len(words) * LARGE_SIGN > room else "quiet"
                self.parts.append(f'<text class="{kind}" x="{x:.1f}" y="{self.y}">{_safe(words)}</text>')

    def _clocks(self, top: int) -> None:
        """Mark where the clocks of the zone change."""
        changes = list(_clock_changes(self))
        self.y += LINE if changes else 0
        for at, words in changes:
            x = self.x(at)
            anchor = "start" if x < (LEFT + RIGHT) / 2 else "end"
            self.parts.append(f'<line class="clock" x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{self.y + 4}"/>')
            self.parts.append(
                f'<text x="{x + (6 if anchor == "start" else -6):.1f}" y="{self.y}" text-anchor="{anchor}">'
                f"{_safe(words)}</text>"
            )

    def _legend(self) -> None:
        """Say who has which colour where a block had no room for it, and what the patterns mean, two in a row."""
        seen = {block.kind for lane in self.lanes for block in lane.blocks}
        entries = [(f"block turn p{self.shades[one]}", one) for one in self.unnamed]
        entries += [(f"block {kind.value}", words) for kind, words in LEGEND.items() if kind in seen]
        dark = "night, 22:00 to 07:00" if self.end - self.start <= NIGHTS_WITHIN else "weekend"
        entries.append(("night", dark))
        self.y += 4
        for number, (kind, words) in enumerate(entries):
            if number % 2 == 0:
                self.y += LINE
            x = LEFT + (WIDTH // 2 - MARGIN) * (number % 2)
            swatch = _rect(kind, x, x + 22, self.y - 14, 18)
            if kind == "block away":
                swatch += _rect("absent", x, x + 22, self.y - 14, 18)
            self.parts.append(f'{swatch}<text x="{x + 32}" y="{self.y}">{_safe(words)}</text>')

    def _text(self, x: int, words: str, kind: str) -> None:
        self.parts.append(f'<text x="{x}" y="{self.y}" class="{kind}">{_safe(words)}</text>')


def _axis(picture: _Picture, y: int) -> Iterator[str]:
    """Give round times on the clock of the zone, with their marks; every second has no room on a phone."""
    ticks = list(_ticks(picture))
    apart = (RIGHT - LEFT) / max(len(ticks), 1)
    for number, (at, words) in enumerate(ticks):
        x = picture.x(at)
        yield f'<line class="tick" x1="{x:.1f}" y1="{y - 14}" x2="{x:.1f}" y2="{y + 8}"/>'
        if x + len(words) * SIGN > RIGHT or len(words) * SIGN > apart:
            continue
        kind = "quiet small" if number % 2 and len(words) * LARGE_SIGN > apart else "quiet"
        yield f'<text class="{kind}" x="{x + 4:.1f}" y="{y}">{_safe(words)}</text>'


def _ticks(picture: _Picture) -> Iterator[tuple[datetime, str]]:
    span = picture.end - picture.start
    if span <= 3 * _DAY:
        for day in _days(picture):
            for hour in range(0, 24, 3 if span <= _DAY else 6):
                wall = day.replace(hour=hour)
                at = instant(wall, picture.zone)
                if picture.start <= at < picture.end:
                    yield at, f"{wall:%H:%M}" if hour else f"{wall:%a}"
        return
    for day in _days(picture):
        at = instant(day, picture.zone)
        if not picture.start <= at < picture.end:
            continue
        if span <= 10 * _DAY:
            yield at, f"{day:%a} {day.day}"
        elif span <= 20 * _DAY:
            yield at, f"{day.day}"
        elif span <= 120 * _DAY and day.weekday() == 0:
            yield at, f"{day.day} {day:%b}"
        elif span > 120 * _DAY and day.day == 1:
            yield at, f"{day:%b}"


def _days(picture: _Picture) -> Iterator[datetime]:
    """Give the midnights of a span and of the days around it, as wall times."""
    day = in_zone(picture.start - _DAY, picture.zone).replace(tzinfo=None, fold=0)
    day = day.replace(hour=0, minute=0, second=0, microsecond=0)
    last = in_zone(picture.end + _DAY, picture.zone).replace(tzinfo=None)
    while day <= last:
        yield day
        day += _DAY


def _dark(picture: _Picture) -> Iterator[tuple[datetime, datetime]]:
    """Give the nights, or in a long span the weekends."""
    by_night = picture.end - picture.start <= NIGHTS_WITHIN
    for day in _days(picture):
        if by_night:
            begins = datetime.combine(day, NIGHT_BEGINS)
            ends = datetime.combine(day + _DAY, NIGHT_ENDS)
        elif day.weekday() == 5:
            begins, ends = day, day + 2 * _DAY
        else:
            continue
        left, right = instant(begins, picture.zone), instant(ends, picture.zone)
        if left < picture.end and right > picture.start:
            yield max(left, picture.start), min(right, picture.end)


def _clock_changes(picture: _Picture) -> Iterator[tuple[datetime, str]]:
    """Give when the clocks of the zone change, and by how much."""
    at = picture.start
    before = in_zone(at, picture.zone).utcoffset() or timedelta(0)
    # From day to day first: a picture of a year looks at 366 of them.
    while at < picture.end:
        following = min(at + _DAY, picture.end)
        after = in_zone(following, picture.zone).utcoffset() or timedelta(0)
        if after != before:
            minutes = round((after - before).total_seconds() / 60)
            words = f"clocks {minutes:+d} min" if minutes % 60 else f"clocks {minutes // 60:+d} h"
            yield _first_with(after, at, following, picture.zone), words
        at, before = following, after


def _first_with(offset: timedelta, low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """Return the first quarter of an hour that has an offset; zones change their clocks on one."""
    at = low + (datetime.min.replace(tzinfo=low.tzinfo) - low) % _STEP
    while at < high and in_zone(at, zone).utcoffset() != offset:
        at += _STEP
    return at


def _moment(at: datetime, zone: ZoneInfo) -> str:
    """Write a wall time with its day: `Mon 5 Jan 09:00`."""
    local = in_zone(at, zone)
    return f"{local:%a} {local.day} {local:%b %H:%M}"


def _rect(kind: str, left: float, right: float, y: float, height: float) -> str:
    return f'<rect class="{kind}" x="{left:.1f}" y="{y:g}" width="{max(right - left, 0.5):.1f}" height="{height:g}"/>'


def _safe(words: str, limit: int = 300) -> str:
    """Names are data: one line of visible signs, and no markup."""
    leading = "\u00a0\u00a0" if words.startswith("  ") else ""
    return leading + escape(one_line(words, limit))
