"""A simulation in words: what happens when, who is told by what and why, how it ends, and a small picture of it.

What one step sends to one person is one line under that step, so that a night fits on a screen; `--texts` writes each
message where it leaves, with all that it says.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from pagerd.core.explaining.shapes import outcome_sentence
from pagerd.core.paging.notification import NotificationStatus
from pagerd.core.paging.page import PageStatus
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium
from pagerd.core.placement import Place
from pagerd.core.plain import clock_time, counted, full_time, in_zone, length
from pagerd.core.timeline import sentence
from pagerd.core.values import changed
from pagerd.lab.course import Course, Ending, Fired, Message, Report, alert_name
from pagerd.lab.course_shapes import MEDIUM_WORDS, unheard_words

INDENT = " " * 19
ALERTS_SHOWN_MAX = 10
"""Alerts of one instant that have a line each; the rest is counted."""

UNSAID = frozenset({"page.opened", "ticket.opened", "alert.joined", "step.timed_out", "alert.resolved"})
"""Lines of the timeline that repeat what the line of the alert says, or say that nothing but time passed."""


def story(course: Course, zone: ZoneInfo, *, with_texts: bool) -> Iterator[str]:
    """Give the lines of the timeline, on the clock of a zone."""
    teller = _Teller(course, zone, with_texts=with_texts)
    day: date | None = None
    for at, items in groupby(sorted(teller.items(), key=lambda one: (one.at, one.rank)), key=lambda one: one.at):
        local = in_zone(at, zone)
        if local.date() != day:
            if day is not None:
                yield ""
            day = local.date()
            yield f"{local:%a %Y-%m-%d}, times of {zone}"
        lines = [line for item in items for line in item.lines]
        stamp = f"{local:%H:%M:%S}  {'+' + length(at - course.began_at):<8} "
        for line in lines:
            yield f"{stamp}{line}"
            stamp = INDENT


@dataclass(frozen=True, slots=True)
class _Item:
    """Some lines that belong to an instant, and their place in it."""

    at: datetime
    rank: int
    lines: Sequence[str]


@dataclass(slots=True)
class _Teller:
    """Puts a course into words, and knows what it has said already."""

    course: Course
    zone: ZoneInfo
    with_texts: bool
    _said: set[str] = field(default_factory=set)

    def __init__(self, course: Course, zone: ZoneInfo, *, with_texts: bool) -> None:
        self.course = course
        self.zone = zone
        self.with_texts = with_texts
        self._said = set()

    def items(self) -> Iterator[_Item]:
        course = self.course
        for at, fired in groupby(course.fired, key=lambda one: one.at):
            yield _Item(at, 0, [*self._fired(list(fired))])
        for at, ended in groupby(course.resolved, key=lambda one: one.at):
            names = [alert_name(one.alert) for one in ended]
            yield _Item(at, 0, [f"{_some(names)} stop{'s' if len(names) == 1 else ''} firing."])
        yield from self._entries()
        for at, person in course.unheard:
            yield _Item(at, 1, [unheard_words(person)])
        if self.with_texts:
            yield from self._each_message()
        else:
            yield from self._tellings()

    def _fired(self, fired: Sequence[Fired]) -> Iterator[str]:
        """Say of the alerts of one instant what became of them; those of which the same is said, in one line."""
        alike: dict[str, list[Fired]] = {}
        for one in fired:
            words = self.course.renamed(outcome_sentence(one.outcome, self.course.scenario.plan, self.zone))
            alike.setdefault(f"{alert_name(one.alert)} fires@. {words}", []).append(one)
        for line, some in list(alike.items())[:ALERTS_SHOWN_MAX]:
            times = f" {len(some)} times" if len(some) > 1 else ""
            names = dict.fromkeys(name for one in some if (name := one.page or one.ticket) is not None)
            called = f" [{_named(list(names))}]" if self._several and names else ""
            yield line.replace("@", times, 1) + called
            why = "; ".join(some[0].outcome.verdict.reasons)
            if why not in self._said:
                self._said.add(why)
                yield from (f"  {reason}" for reason in some[0].outcome.verdict.reasons)
        rest = [one for some in list(alike.values())[ALERTS_SHOWN_MAX:] for one in some]
        if rest:
            places = [one.outcome.place for one in rest]
            counts = ", ".join(f"{places.count(place)} {_PLACE_WORDS[place]}" for place in dict.fromkeys(places))
            yield f"{len(rest)} more fire: {counts}."

    @property
    def _several(self) -> bool:
        """Are there several pages and tickets, so that each line must say of which it is?"""
        return len(self.course.pages) + len(self.course.tickets) > 1

    def _entries(self) -> Iterator[_Item]:
        """Give the lines of all timelines; what several of them say at one instant, once."""
        opened = {(one.at, name) for one in self.course.fired for name in (one.page, one.ticket)}
        alike: dict[tuple[datetime, str], list[str]] = {}
        for told in self.course.told:
            with_its_alert = (told.at, told.object) in opened
            if told.entry.kind in UNSAID and (with_its_alert or "opened" not in told.entry.kind):
                continue
            details = {key: self.course.renamed(text) for key, text in told.entry.details.items()}
            if told.entry.kind in ("page.opened", "ticket.opened"):
                # All the other reasons stand with the alert.
                details["reasons"] = details.get("reasons", "").partition("; ")[0]
            words = sentence(changed(told.entry, details=details), self.zone)
            alike.setdefault((told.at, words), []).append(told.object)
        for (at, words), objects in alike.items():
            about = f"{_named(list(dict.fromkeys(objects)))}: " if self._several else ""
            yield _Item(at, 1, [f"{about}{words}"])

    def _tellings(self) -> Iterator[_Item]:
        """Give what one step, or one event, sends to one person as one line."""

        def key(one: Message) -> tuple[datetime, str, str, tuple[str, ...]]:
            return one.asked_at, one.person or one.address, one.purpose.value, one.pages

        for _key, some in groupby(sorted(self.course.messages, key=key), key=key):
            messages = sorted(some, key=lambda one: one.first_at)
            first = messages[0]
            about = _about(first, several=len(self.course.pages) > 1)
            ways = "; ".join(self._way(one) for one in messages)
            lines = [f"→ {first.person or first.address}{about}{self._there(first)}: {ways}"]
            words = next((one.words.splitlines()[0] for one in messages if one.words), "")
            if words and words not in self._said:
                self._said.add(words)
                lines.append(f"    “{self.course.renamed(words)}”")
            yield _Item(first.first_at, 2, lines)

    def _way(self, one: Message) -> str:
        at = in_zone(one.first_at, self.zone)
        clock = f"{at:%H:%M}" if not at.second else f"{at:%H:%M:%S}"
        last = one.reports[-1] if one.reports else None
        return f"{MEDIUM_WORDS[one.medium]} {clock}{_hurry(one)}{_fate(one, last)}"

    def _there(self, one: Message) -> str:
        """Say that it is night for its reader, and which time it is there where that is another."""
        person = self.course.scenario.plan.people.get(one.person)
        if person is None:
            return ""
        own = in_zone(one.first_at, person.zone)
        here = in_zone(one.first_at, self.zone)
        clock = f"{own:%H:%M} there" if own.utcoffset() != here.utcoffset() else ""
        night = "night" if person.sleeps_at(one.first_at) and one.medium is not Medium.EMAIL else ""
        both = ", ".join(part for part in (night, clock) if part)
        return f" ({both})" if both else ""

    def _each_message(self) -> Iterator[_Item]:
        for one in self.course.messages:
            about = _about(one, several=len(self.course.pages) > 1)
            last = one.reports[-1] if one.reports else None
            who = one.person or one.address
            line = f"→ {MEDIUM_WORDS[one.medium]} to {who}{about}{self._there(one)}{_hurry(one)}{_fate(one, last)}"
            words = [f"    {line}" for line in self.course.renamed(one.words).splitlines()]
            yield _Item(one.first_at, 2, [line, *words])


_PLACE_WORDS = {
    Place.OPENS_PAGE: "open pages of their own",
    Place.JOINS_PAGE: "join pages",
    Place.HELD: "wait for business hours",
    Place.MUTED: "are muted",
    Place.TICKET: "become tickets",
    Place.DROPPED: "are dropped",
}


def _named(names: Sequence[str]) -> str:
    """Name some pages or tickets: all of a few, else the first, the last and how many."""
    names = sorted(names, key=lambda name: (name[0], int(name[1:])))
    return ", ".join(names) if len(names) <= 3 else f"{names[0]} … {names[-1]}, {len(names)} of them"


def _some(names: Sequence[str]) -> str:
    shown = list(dict.fromkeys(names))[:3]
    left = len(names) - len(shown)
    return ", ".join(shown) + (f" and {left} more" if left else "")


def _about(one: Message, *, several: bool) -> str:
    """Say what a message is for, where it is no plain page, and for which pages, where there are several."""
    words = {
        Purpose.PAGE: "",
        Purpose.ACKNOWLEDGED_BY_OTHER: " is told that somebody has it",
        Purpose.RESOLVED: " is told that it is over",
        Purpose.REMINDER: " is reminded",
        Purpose.STILL_YOURS: " is asked whether it is still theirs",
        Purpose.TICKET: " is told of the ticket",
        Purpose.ALARM: " is told as an operator of pagerd",
        Purpose.MORE_ALERTS: " is told of more alerts",
        Purpose.ANSWER: " is answered",
        Purpose.NIGHT: " is asked how long the night was",
        Purpose.REST: " is told of rest",
        Purpose.SWAP: " is told of a swap",
        Purpose.INCIDENT: " is told of the incident",
        Purpose.SHADOW: " is told as a shadow",
    }
    about = words.get(one.purpose, f" ({one.purpose.value.replace('_', ' ')})")
    pages = f" {one.pages[0]}" if len(one.pages) == 1 else f" {len(one.pages)} pages at once"
    return f"{about}{pages if several and one.pages else ''}"


def _hurry(one: Message) -> str:
    return {"hurried": " at once, because the one before did not arrive", "again": " once more"}.get(one.cause, "")


def _fate(one: Message, last: Report | None) -> str:
    """Say what is worth saying of how far it came; that a text arrived is not."""
    if last is None:
        return ""
    if one.left_at is None:
        tries = sum(report.status in (NotificationStatus.PENDING, NotificationStatus.FAILED) for report in one.reports)
        return f", NOT SENT in {tries} tries" if tries > 1 else ", NOT SENT"
    statuses = {report.status for report in one.reports}
    if NotificationStatus.NOT_REACHED in statuses:
        return ", not picked up" if one.medium is Medium.VOICE else ", not reached"
    if NotificationStatus.ANSWERED in statuses:
        return ", picked up"
    return ", refused" if NotificationStatus.REFUSED in statuses else ""


def result(course: Course, zone: ZoneInfo) -> Iterator[str]:
    """Give the lines that say how it ended."""
    alike: dict[str, list[str]] = {}
    for name in course.pages:
        alike.setdefault(_page_line(course, name, zone), []).append(name)
    for words, names in list(alike.items())[:ALERTS_SHOWN_MAX]:
        yield f"page{'s' if len(names) > 1 else ''} {_named(names)} {words}"
    if len(alike) > ALERTS_SHOWN_MAX:
        yield f"… and {sum(map(len, list(alike.values())[ALERTS_SHOWN_MAX:]))} pages more"
    for name, ticket in list(course.tickets.items())[:ALERTS_SHOWN_MAX]:
        waits = f", pages at {clock_time(ticket.page_at, zone, course.ended_at)}" if ticket.page_at else ""
        yield f"ticket {name} of team {ticket.team}, {ticket.severity}: {ticket.status.value}{waits}"
    left = [one for one in course.messages if one.left_at is not None]
    asked = [one for one in left if one.asks]
    if asked:
        first = asked[0]
        after = first.first_at - course.began_at
        yield (
            f"first told: {first.person}, {length(after) + ' after' if after else 'at once with'} the first alert,"
            f" by {MEDIUM_WORDS[first.medium]}"
        )
    elif course.pages:
        yield "NOBODY was told of a page."
    else:
        yield "nobody is paged."
    counts = {medium: sum(one.medium is medium for one in left) for medium in Medium}
    if left:
        yield f"messages: {', '.join(counted(count, MEDIUM_WORDS[one]) for one, count in counts.items() if count)}"
    if course.woken:
        yield f"woken in their own night: {', '.join(_when_woken(course, person) for person in course.woken)}"
    if course.nights:
        yield f"night ledger: {counted(len(course.nights), 'night page')}"
    after_last = course.last_resort_after
    if after_last is not None:
        yield f"last resort: after {length(after_last)}"
    yield _ending(course, zone)


def _when_woken(course: Course, person: str) -> str:
    """Say when it was where they sleep."""
    first = next(one for one in course.messages if one.person == person and one.asleep)
    known = course.scenario.plan.people.get(person)
    return f"{person} at {in_zone(first.first_at, known.zone):%H:%M}" if known is not None else person


def _page_line(course: Course, name: str, zone: ZoneInfo) -> str:
    page = course.pages[name]
    head = f"of team {page.subject.team}, {page.severity}, {page.subject.title}"
    by, at = course.answers.get(name, ("", None))
    answered = f"answered by {by} after {length(at - page.opened_at)}" if at is not None else "answered by NOBODY"
    if page.status is PageStatus.RESOLVED:
        ended = page.resolved_at if page.resolved_at is not None else course.ended_at
        return f"{head}: {answered}, resolved after {length(ended - page.opened_at)}"
    held = page.acknowledgement
    if held is not None:
        return f"{head}: {answered}; {held.by} has it until {clock_time(held.until, zone, course.ended_at)}"
    return f"{head}: {answered}"


def _ending(course: Course, zone: ZoneInfo) -> str:
    at = full_time(course.ended_at, zone)
    match course.ending:
        case Ending.TIME:
            return f"looked at until {at}"
        case Ending.LIMIT:
            return f"looked at until {at}, which is as long as a simulation goes; --until looks further"
        case Ending.SETTLED if course.last_resort_after is not None and not course.answers:
            every = length(course.scenario.plan.last_resort.every)
            return f"looked at until {at}: from then on the last resort is paged every {every}, until somebody answers"
        case Ending.SETTLED:
            return f"looked at until {at}: nothing new happens by itself; --for 2h looks further"


CHART_WIDTH = 60
"""Columns of the small picture: with a name beside it, it fits on any terminal."""

_COLUMNS = tuple(
    timedelta(seconds=seconds)
    for seconds in (15, 30, 60, 120, 180, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200)
)
"""What one column may stand for, so that the times above it are round."""


def chart(course: Course, zone: ZoneInfo, width: int = CHART_WIDTH) -> Iterator[str]:
    """Give a small picture: a row for each person in the order in which they are told, a column for a while."""
    left = [one for one in course.messages if one.left_at is not None and one.person]
    if not left:
        return
    begins = min(one.first_at for one in left).replace(second=0, microsecond=0)
    # An answer has a column of its own at the end, too.
    ends = max([one.first_at for one in left] + [at for _by, at in course.answers.values()])
    column = next((one for one in _COLUMNS if (ends - begins) / one < width), _COLUMNS[-1])
    columns = min(int((ends - begins) / column) + 1, width)
    people = list(dict.fromkeys(one.person for one in left))
    gutter = max(len(one) for one in people) + 2
    yield _axis(begins, column, columns, gutter, zone)
    for person in people:
        marks = [_ground(course, person, begins + column * index) for index in range(columns)]
        for one in left:
            if one.person == person:
                place = min(int((one.first_at - begins) / column), columns - 1)
                sign = _SIGNS[one.medium]
                marks[place] = max(marks[place], sign, key=_LOUDNESS.index)
        for by, at in course.answers.values():
            if by == person and at >= begins:
                marks[min(int((at - begins) / column), columns - 1)] = "A"
        yield f"{person:<{gutter}}{''.join(marks)}"
    yield f"{'':<{gutter}}t text, c call, m mail, A answers; ░ their own night"


_SIGNS = {Medium.SMS: "t", Medium.VOICE: "c", Medium.EMAIL: "m"}
_LOUDNESS = "·░mtcA"


def _ground(course: Course, person: str, at: datetime) -> str:
    known = course.scenario.plan.people.get(person)
    return "░" if known is not None and known.sleeps_at(at) else "·"


def _axis(begins: datetime, column: timedelta, columns: int, gutter: int, zone: ZoneInfo) -> str:
    """Write the times above their columns, as many as fit."""
    line = " " * gutter
    for index in range(0, columns, 10 if column >= timedelta(seconds=30) else 12):
        label = f"{in_zone(begins + column * index, zone):%H:%M}"
        line = f"{line:<{gutter + index}}{label}"
    return line.rstrip()
