"""A simulation as a picture: one lane per person in the order in which they are told, time from left to right.

SVG without a script, a font or anything else from elsewhere: it can be mailed, put into a pull request or printed. It
is drawn for two sizes at once: where it is shown on a phone its letters grow, and there is room for them to. Dark where
the reader's screen is. Whoever cannot see it has the same in its description.
"""

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from zoneinfo import ZoneInfo

from pagerd.core.paging.notification import NotificationStatus
from pagerd.core.people import Medium
from pagerd.core.plain import in_zone, length, one_line
from pagerd.lab.course import LAST_RESORT, Course, Message, alert_name

WIDTH = 760
MARGIN = 24
LINE = 30
"""Of text, high enough for the letters on a phone."""
LABEL, TRACK, GAP = 32, 44, 12
LEFT, RIGHT, EDGE = MARGIN + 6, WIDTH - MARGIN - 6, 14
"""Where time begins and ends, and how far a lane goes beyond: a mark at either end has room."""

SIGNS_MAX, TITLE_SIGNS_MAX = 54, 36
"""Signs of a line that a phone shows whole."""

LANES_MAX = 16
"""People with a lane of their own; more are counted."""

LABELS_APART = 20
"""Between the numbers of two steps; where there is less, the later one has none."""

TICKS_MAX = 6

_TICKS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440))

_STYLE = """
.pagerd-sim { --paper: #ffffff; --ink: #1b1f24; --quiet: #57606a; --day: #eef1f4; --night: #c9d1de; --line: #8b949e;
  --text: #0a58ca; --call: #b45309; --mail: #7c3aed; --good: #187a33; --bad: #c1121f;
  font: 15px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; max-width: 100%; height: auto; }
.pagerd-sim text { fill: var(--ink); }
.pagerd-sim .title, .pagerd-sim .who { font-weight: 700; }
.pagerd-sim .title { font-size: 20px; }
.pagerd-sim .quiet, .pagerd-sim .quiet tspan { fill: var(--quiet); }
.pagerd-sim .good { fill: var(--good); font-weight: 700; }
.pagerd-sim .paper { fill: var(--paper); }
.pagerd-sim .day { fill: var(--day); }
.pagerd-sim .night { fill: var(--night); }
.pagerd-sim .tick { stroke: var(--line); stroke-width: 1; opacity: .45; }
.pagerd-sim .step { stroke: var(--line); stroke-width: 1.5; stroke-dasharray: 4 4; }
.pagerd-sim .answer { stroke: var(--good); stroke-width: 2.5; }
.pagerd-sim .mark { stroke-width: 2.5; }
.pagerd-sim .text { fill: var(--text); stroke: var(--text); }
.pagerd-sim .call { fill: var(--call); stroke: var(--call); }
.pagerd-sim .mail { fill: var(--mail); stroke: var(--mail); }
.pagerd-sim .vain { fill: var(--paper); }
.pagerd-sim .lost { fill: none; stroke: var(--bad); stroke-width: 3; }
.pagerd-sim .tick-mark { fill: none; stroke: var(--paper); stroke-width: 2.5; }
.pagerd-sim .taken { fill: var(--good); }
@media (prefers-color-scheme: dark) { .pagerd-sim { --paper: #0d1117; --ink: #e6edf3; --quiet: #a0aab5; --day: #21262d;
  --night: #3b4663; --line: #8b949e; --text: #79b8ff; --call: #ffab70; --mail: #c8a6ff;
  --good: #56d364; --bad: #ff7b72; } }
@media (max-width: 540px) { .pagerd-sim { font-size: 25px; } .pagerd-sim .title { font-size: 30px; } }
"""

_WORDS = {Medium.SMS: "text", Medium.VOICE: "call", Medium.EMAIL: "mail"}


def draw(course: Course, zone: ZoneInfo, supposed: str) -> str:
    """Return the picture of a course on the clock of a zone; `supposed` says in words what was asked."""
    return _Picture(course, zone, supposed).svg()


@dataclass(frozen=True, slots=True)
class _Scale:
    """From instants to places."""

    begins: datetime
    ends: datetime

    def x(self, at: datetime) -> float:
        share = (at - self.begins) / (self.ends - self.begins)
        return LEFT + (RIGHT - LEFT) * min(max(share, 0.0), 1.0)

    def at(self, x: float) -> datetime:
        return self.begins + (self.ends - self.begins) * ((x - LEFT) / (RIGHT - LEFT))


class _Picture:
    """One picture while it is drawn, from the top to the bottom."""

    def __init__(self, course: Course, zone: ZoneInfo, supposed: str) -> None:
        self.course = course
        self.zone = zone
        self.supposed = supposed
        self.messages = [one for one in course.messages if one.person]
        self.people = course.people[:LANES_MAX]
        self.scale = _scale(course, self.messages)
        self.parts: list[str] = []
        self.has_night = False
        self.y = 8

    def svg(self) -> str:
        self._head()
        if self.messages:
            self._lanes()
            self._legend()
        height = self.y + 12
        body = "\n".join(self.parts)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="pagerd-sim" role="img" viewBox="0 0 {WIDTH} {height}"'
            f' width="{WIDTH}" height="{height}" aria-labelledby="pagerd-sim-title pagerd-sim-desc">\n'
            f'<title id="pagerd-sim-title">{_safe(self._title())}</title>\n'
            f'<desc id="pagerd-sim-desc">{_safe(" ".join(self._description()), 4000)}</desc>\n'
            f"<style>{_STYLE}</style>\n"
            f'<rect class="paper" width="{WIDTH}" height="{height}"/>\n{body}\n</svg>\n'
        )

    def _title(self) -> str:
        names = list(dict.fromkeys(alert_name(one.alert) for one in self.course.fired))
        left = len(self.course.fired) - 1
        return names[0] + (f" and {left} more alert{'s' if left > 1 else ''}" if left else "")

    def _results(self) -> str:
        course = self.course
        answers = sorted(course.answers.values(), key=lambda one: one[1])
        asked = [one for one in course.messages if one.asks and one.left_at is not None]
        if not course.pages:
            return "Nobody is paged."
        after = asked[0].first_at - course.began_at if asked else None
        told = f"First told after {length(after)}" if after else "First told at once"
        parts = [told if asked else "NOBODY IS TOLD"]
        if course.last_resort_after is not None:
            parts.append(f"last resort after {length(course.last_resort_after)}")
        if answers:
            by, at = answers[0]
            parts.append(f"answered by {by} after {length(at - course.began_at)}")
        else:
            parts.append("answered by nobody")
        if course.woken:
            parts.append(f"{len(course.woken)} woken in their own night")
        return ", ".join(parts) + "."

    def _description(self) -> Iterator[str]:
        began = in_zone(self.course.began_at, self.zone)
        yield f"Simulated from {began:%a %Y-%m-%d %H:%M} ({self.zone}): {self.supposed}. {self._results()}"
        for person in self.course.people:
            some = [self._mark_words(one) for one in self.messages if one.person == person]
            more = f" and {len(some) - 6} more" if len(some) > 6 else ""
            yield f"{person}: {', '.join(some[:6])}{more}."

    def _head(self) -> None:
        self.y += LINE
        for line in textwrap.wrap(self._title(), TITLE_SIGNS_MAX, max_lines=2, placeholder=" …"):
            self._text(MARGIN, line, "title")
            self.y += LINE
        began = in_zone(self.course.began_at, self.zone)
        # Its own words for the day: no locale changes them.
        when = f"{began:%a} {began.day} {began:%b %Y %H:%M}, times of {self.zone}"
        for words, kind in ((when, "quiet"), (f"If {self.supposed}:", "quiet"), (self._results(), "")):
            for line in textwrap.wrap(words, SIGNS_MAX, max_lines=3, placeholder=" …"):
                self._text(MARGIN, line, kind)
                self.y += LINE

    def _lanes(self) -> None:
        """Draw the times, the numbers of the steps, and the lanes."""
        self.parts += self._times(self.y + 22)
        self.y += 2 * LINE
        self.parts += self._step_numbers(self.y + 16)
        self.y += LINE - 4
        for person in self.people:
            self._lane(person)
        left = len(self.course.people) - len(self.people)
        if left > 0:
            self.y += LINE - GAP
            self._text(MARGIN, f"and {left} more people", "quiet")

    @property
    def _ticks(self) -> Iterator[datetime]:
        """Give round times on the clock of the zone."""
        span = self.scale.ends - self.scale.begins
        every = next((one for one in _TICKS if span / one < TICKS_MAX), span / TICKS_MAX)
        at = _first_tick(self.scale.begins, every, self.zone)
        while at <= self.scale.ends:
            yield at
            at += every

    def _times(self, y: int) -> Iterator[str]:
        begins_later = self.scale.begins > self.course.began_at
        first_day = in_zone(self.course.began_at, self.zone).date()
        for number, at in enumerate(self._ticks):
            local, after = in_zone(at, self.zone), at - self.course.began_at
            # Of an axis that begins on Monday morning one word says so; the rest of it counts minutes.
            day = f"{local:%a} " if local.date() != first_day and not number else ""
            yield _label(self.scale.x(at), y, f"{day}{local:%H:%M}")
            if after >= timedelta(0) and not (begins_later and number):
                yield _label(self.scale.x(at), y + LINE - 4, f"+{length(after)}" if after else "start", "quiet")

    @property
    def _steps(self) -> Iterator[tuple[datetime, str]]:
        """Give when each step was paged, and its number; L is the last resort."""
        for told in self.course.told:
            if told.entry.kind in LAST_RESORT:
                yield told.at, "L"
            elif told.entry.kind == "step.paged":
                found = re.search(r"[0-9]+", told.entry.details.get("step", ""))
                yield told.at, found[0] if found is not None else "·"

    def _step_numbers(self, y: int) -> Iterator[str]:
        last_x = -1000.0
        for at, number in self._steps:
            x = self.scale.x(at)
            if x - last_x >= LABELS_APART:
                last_x = x
                yield f'<text x="{x:.1f}" y="{y}" text-anchor="middle" class="quiet">{number}</text>'

    def _lines(self) -> Iterator[str]:
        """Draw round times, steps and answers across one lane."""
        # Of a storm hundreds of pages take a step at one instant: one line is enough.
        answers = [(at, "answer") for at in dict.fromkeys(at for _by, at in self.course.answers.values())]
        steps = [(at, "step") for at in dict.fromkeys(at for at, _number in self._steps)]
        for at, kind in [*((at, "tick") for at in self._ticks), *steps, *answers]:
            x = self.scale.x(at)
            yield f'<line class="{kind}" x1="{x:.1f}" y1="{self.y}" x2="{x:.1f}" y2="{self.y + TRACK}"/>'

    def _lane(self, person: str) -> None:
        own = [one for one in self.messages if one.person == person]
        self.y += LABEL - 8
        self.parts.append(
            f'<text x="{MARGIN}" y="{self.y}"><tspan class="who">{_safe(person)}</tspan>'
            f'<tspan class="quiet">{_safe(self._when_told(person, own))}</tspan>'
            f'<tspan class="good">{_safe(self._when_answered(person))}</tspan></text>'
        )
        self.y += 8
        self.parts.append(_ground("day", LEFT - EDGE, RIGHT + EDGE, self.y))
        self.parts += self._nights(person)
        self.parts += self._lines()
        self.parts += [self._mark(one) for one in own]
        self.parts += self._answers_of(person)
        self.y += TRACK + GAP

    def _when_told(self, person: str, own: Sequence[Message]) -> str:
        first = next((one for one in own if one.left_at is not None), None)
        if first is None:
            return "  never reached"
        known = self.course.scenario.plan.people.get(person)
        words = f"  +{length(first.first_at - self.course.began_at)}"
        if known is not None:
            there, here = in_zone(first.first_at, known.zone), in_zone(first.first_at, self.zone)
            words += f" · {there:%H:%M} there" if there.utcoffset() != here.utcoffset() else f" · {here:%H:%M}"
            words += " · night" if known.sleeps_at(first.first_at) else ""
        return words

    def _when_answered(self, person: str) -> str:
        own = [at for by, at in self.course.answers.values() if by == person]
        return f" · answers +{length(min(own) - self.course.began_at)}" if own else ""

    def _nights(self, person: str) -> Iterator[str]:
        """Shade where it is this person's night, looked at every two units of width."""
        known = self.course.scenario.plan.people.get(person)
        if known is None:
            return
        begins: int | None = None
        for x in range(LEFT - EDGE, RIGHT + EDGE + 1, 2):
            asleep = known.sleeps_at(self.scale.at(x)) and x < RIGHT + EDGE
            if asleep and begins is None:
                begins = x
            elif not asleep and begins is not None:
                self.has_night = True
                yield _ground("night", begins, x, self.y)
                begins = None

    def _mark_words(self, one: Message) -> str:
        local = in_zone(one.first_at, self.zone)
        return f"{_WORDS[one.medium]} {local:%H:%M:%S}{_fate_words(one)}"

    def _mark(self, one: Message) -> str:
        shape = _shape(one, self.scale.x(one.first_at), self.y)
        return f"<g><title>{_safe(self._mark_words(one))}</title>{shape}</g>"

    def _answers_of(self, person: str) -> Iterator[str]:
        for by, at in dict.fromkeys(self.course.answers.values()):
            if by == person:
                yield _check(self.scale.x(at), self.y + TRACK / 2)

    def _legend(self) -> None:
        """Say what the signs that occur mean, two in a row."""
        self.y += 10
        entries: list[tuple[str, str]] = []
        seen: dict[str, Message] = {}
        for one in self.messages:
            seen.setdefault(f"{_WORDS[one.medium]}{_fate_words(one)}", one)
        for words, one in sorted(seen.items()):
            entries.append((_shape(one, 12, -6 - _ROW[one.medium]), words))
        if self.course.answers:
            entries.append((_check(12, -6), "answers"))
        if self.has_night:
            entries.append(('<rect class="night" x="2" y="-17" width="20" height="20"/>', "their own night"))
        kinds = {one.entry.kind for one in self.course.told}
        if "step.paged" in kinds or kinds & LAST_RESORT:
            words = "a step, by its number" + ("; L: last resort" if kinds & LAST_RESORT else "")
            entries.append(('<line class="step" x1="12" y1="-19" x2="12" y2="5"/>', words))
        for number, (shape, words) in enumerate(entries):
            if number % 2 == 0:
                self.y += LINE + 2
            x = MARGIN + (WIDTH // 2 - MARGIN) * (number % 2)
            self.parts.append(f'<g transform="translate({x} {self.y})">{shape}<text x="34">{_safe(words)}</text></g>')

    def _text(self, x: int, words: str, kind: str = "") -> None:
        named = f' class="{kind}"' if kind else ""
        self.parts.append(f'<text x="{x}" y="{self.y}"{named}>{_safe(words)}</text>')


def _scale(course: Course, messages: Sequence[Message]) -> _Scale:
    """Return what is shown: from the first alert, or, where nobody is told for long, from the first message."""
    instants = [one.first_at for one in messages] + [at for _by, at in course.answers.values()]
    last = max(instants, default=course.began_at)
    first = min(instants, default=course.began_at)
    begins = course.began_at if (first - course.began_at) * 2 <= last - course.began_at else first
    return _Scale(begins, max(last, begins + timedelta(minutes=5)))


def _first_tick(begins: datetime, every: timedelta, zone: ZoneInfo) -> datetime:
    """Return the first instant that is round on the clock of a zone: whole hours stay whole across a clock change."""
    midnight = in_zone(begins, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    passed = begins - midnight.astimezone(begins.tzinfo)
    return begins + (-passed) % every


def _fate_words(one: Message) -> str:
    statuses = {report.status for report in one.reports}
    if one.left_at is None:
        return ", not sent"
    if NotificationStatus.NOT_REACHED in statuses or NotificationStatus.REFUSED in statuses:
        return ", not picked up" if one.medium is Medium.VOICE else ", not reached"
    if NotificationStatus.ANSWERED in statuses:
        return ", picked up"
    return "" if one.asks else ", for information"


_ROW = {Medium.SMS: 13, Medium.VOICE: 31, Medium.EMAIL: 22}
"""How far below the top of a lane a message stands: a call a few seconds after another must not hide a text."""


def _shape(one: Message, x: float, y: float) -> str:
    """Draw a message: hollow where it was in vain, small where it asks for nothing, a cross where it was not sent."""
    middle = y + _ROW[one.medium]
    if one.left_at is None:
        return f'<path class="lost" d="M{x - 6:.1f} {middle - 6:.1f}l12 12m0 -12l-12 12"/>'
    size = 6.5 if one.asks else 4.0
    kind = f'class="mark {_WORDS[one.medium]}{" vain" if one.was_in_vain else ""}"'
    match one.medium:
        case Medium.SMS:
            return f'<circle {kind} cx="{x:.1f}" cy="{middle:.1f}" r="{size}"/>'
        case Medium.VOICE:
            corner = f'x="{x - size:.1f}" y="{middle - size:.1f}"'
            return f'<rect {kind} {corner} width="{2 * size:g}" height="{2 * size:g}" rx="2"/>'
        case Medium.EMAIL:
            path = f"M{x - size:.1f} {middle + size:.1f}h{2 * size:g}l{-size:g} {-2 * size:g}z"
            return f'<path {kind} d="{path}"/>'


def _ground(kind: str, begins: float, ends: float, y: float) -> str:
    return f'<rect class="{kind}" x="{begins}" y="{y}" width="{ends - begins}" height="{TRACK}" rx="4"/>'


def _check(x: float, y: float) -> str:
    tick = f"M{x - 5:.1f} {y:.1f}l4 4.5l7 -8.5"
    return f'<circle class="taken" cx="{x:.1f}" cy="{y:.1f}" r="11"/><path class="tick-mark" d="{tick}"/>'


def _label(x: float, y: float, words: str, kind: str = "") -> str:
    """Write centred over a place, or beside it at the ends of the picture."""
    anchor = "start" if x < LEFT + 40 else "end" if x > RIGHT - 40 else "middle"
    at = {"start": x - 8, "end": x + 8, "middle": x}[anchor]
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{at:.1f}" y="{y}" text-anchor="{anchor}"{named}>{_safe(words)}</text>'


def _safe(words: str, limit: int = 300) -> str:
    """Alert text is data: one line of it, and no markup."""
    leading = " " * 2 if words.startswith("  ") else " " if words.startswith(" ") else ""
    return leading.replace("  ", "\u00a0\u00a0") + escape(one_line(words, limit))
