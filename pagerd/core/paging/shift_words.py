"""What somebody is told around a shift, in words. Times are on the reader's own clock."""

from collections.abc import Iterable
from datetime import datetime
from typing import assert_never

from pagerd.core.paging.gsm import SEGMENT, fit, plain, septets
from pagerd.core.paging.handoff_words import handover_sections, handover_short
from pagerd.core.paging.letter import Line as Said
from pagerd.core.paging.letter import Section, as_html, as_text
from pagerd.core.paging.mailed import SUBJECT_MAX
from pagerd.core.paging.message import Mail, Text
from pagerd.core.plain import clock_time, one_line
from pagerd.core.plan import Plan
from pagerd.core.shift_notices import Line, News, Notice

_ORDER = (News.BEGAN, News.NOTE, News.GONE, News.MOVED, News.ENDED, News.COMES, News.GIVEN, News.TAKEN)
"""What weighs most is said first: that one is on call, then what is another than was told."""


def notice_mail(notice: Notice, plan: Plan, *, by_text: bool) -> Mail:
    """Say all of it in one mail. Without `by_text` an answer by text would not be heard, so none is offered."""
    lines = _in_order(notice)
    more = f", and {len(lines) - 1} more" if len(lines) > 1 else ""
    subject = one_line(f"[on call] {_short(lines[0], notice, plan)}", SUBJECT_MAX - len(more)) + more
    sections = [
        Section("", tuple(Said(_sentence(line, notice, plan)) for line in lines)),
        *handover_sections(notice, plan, by_text=by_text),
        Section("Why you got this", tuple(Said(one) for one in _why(lines))),
    ]
    return Mail(
        subject=subject,
        text=as_text(sections),
        html=as_html(subject, sections),
        thread=f"shift-{notice.id}",
        first_of_thread=True,
        list_id="shifts.pagerd",
        urgent=False,
    )


def notice_text(notice: Notice, plan: Plan) -> Text:
    """Say it in one segment, what weighs most first."""
    lines = _in_order(notice)
    said = "; ".join(_short(line, notice, plan) for line in lines)
    over = handover_short(notice, lines[0].schedule)
    room = SEGMENT - septets(over)
    return Text(fit(plain(f"pagerd: {said}"), room) + over)


def _in_order(notice: Notice) -> list[Line]:
    return sorted(notice.lines, key=lambda line: (_ORDER.index(line.news), line.start or notice.at, line.schedule))


def _sentence(line: Line, notice: Notice, plan: Plan) -> str:
    clock = _Clock(notice, plan)
    name = line.schedule
    if line.as_shadow:
        return _of_shadow(line, clock, plan)
    match line.news:
        case News.BEGAN:
            since = f" since {clock.at(line.start)}" if line.start is not None else ""
            until = f", until {clock.at(line.end)}" if line.end is not None else ""
            before = f" {_names(line.people, plan)} had it before you." if line.people else ""
            return f"You are on call in {name}{since}{until}{_beside(line, plan)}.{before}"
        case News.COMES:
            before = f", after {_names(line.people, plan)}" if line.people else ""
            return f"You will be on call in {name} {clock.span(line.start, line.end)}{before}{_beside(line, plan)}."
        case News.ENDED:
            again = f" You are on call there again from {clock.at(line.next_start)}." if line.next_start else ""
            return f"You are off in {name} since {clock.at(line.end)}: {_who_has_it(line, plan)} now.{again}"
        case News.MOVED if line.was_start is None:
            until = clock.at(line.end) if line.end is not None else "later than in a month"
            return f"CHANGED: your shift in {name} ends {until}, not {clock.at(line.was_end)}."
        case News.MOVED:
            was = clock.span(line.was_start, line.was_end)
            return f"CHANGED: you will be on call in {name} {clock.span(line.start, line.end)}, not {was}."
        case News.GONE:
            when = clock.span(line.start, line.end)
            return f"CHANGED: you are not on call in {name} {when}: {_who_has_it(line, plan)} then."
        case News.NOTE:
            until = clock.at(line.start)
            return f"{_names(line.people, plan)} left you a note about {name}, which they had until {until}."
        case News.GIVEN:
            place = f", in the place of {_names(line.people, plan)}" if line.people else ""
            return f"{_by(line, plan)} put you on call in {name} {clock.span(line.start, line.end)}{place}."
        case News.TAKEN:
            when = clock.span(line.start, line.end)
            return f"{_by(line, plan)} took you off in {name} {when}: {_who_has_it(line, plan)} then."
        case _:
            assert_never(line.news)


def _short(line: Line, notice: Notice, plan: Plan) -> str:
    clock = _Clock(notice, plan)
    name = line.schedule
    if line.as_shadow:
        return _of_shadow_short(line, clock)
    match line.news:
        case News.BEGAN:
            return f"You are on call in {name}{f' until {clock.at(line.end)}' if line.end is not None else ''}"
        case News.COMES:
            return f"You will be on call in {name} from {clock.at(line.start)}"
        case News.ENDED:
            return f"You are off in {name}: {_who_has_it(line, plan)} now"
        case News.MOVED:
            begins = f"from {clock.at(line.start)} " if line.was_start not in (None, line.start) else ""
            until = clock.at(line.end) if line.end is not None else "later"
            return f"CHANGED: you are on call in {name} {begins}until {until}"
        case News.GONE:
            return f"CHANGED: you are not on call in {name} from {clock.at(line.start)}"
        case News.NOTE:
            return f"{_names(line.people, plan)} left you a note about {name}"
        case News.GIVEN:
            return f"{_by(line, plan)} put you on call in {name} {clock.span(line.start, line.end)}"
        case News.TAKEN:
            return f"{_by(line, plan)} took you off in {name} {clock.span(line.start, line.end)}"
        case _:
            assert_never(line.news)


_NOT_COUNTED_ON = "You are not paged first, and nobody waits for you: what it pages comes to you as a quiet copy."


def _of_shadow(line: Line, clock: "_Clock", plan: Plan) -> str:
    """Say it to whoever shadows those on call: they must not take themself for one of them."""
    name, beside = line.schedule, f", beside {_names(line.beside, plan)}" if line.beside else ""
    match line.news:
        case News.BEGAN:
            since = f" since {clock.at(line.start)}" if line.start is not None else ""
            until = f", until {clock.at(line.end)}" if line.end is not None else ""
            return f"You are a shadow in {name}{since}{until}{beside}. {_NOT_COUNTED_ON}"
        case News.COMES:
            return f"You will be a shadow in {name} {clock.span(line.start, line.end)}{beside}. {_NOT_COUNTED_ON}"
        case News.ENDED:
            again = f" You are one again from {clock.at(line.next_start)}." if line.next_start else ""
            return f"You are no shadow in {name} any more, since {clock.at(line.end)}.{again}"
        case News.MOVED if line.was_start is None:
            until = clock.at(line.end) if line.end is not None else "later than in a month"
            return f"CHANGED: you are a shadow in {name} until {until}, not {clock.at(line.was_end)}."
        case News.MOVED:
            was = clock.span(line.was_start, line.was_end)
            return f"CHANGED: you will be a shadow in {name} {clock.span(line.start, line.end)}, not {was}."
        case _:
            return f"CHANGED: you are no shadow in {name} {clock.span(line.start, line.end)}."


def _of_shadow_short(line: Line, clock: "_Clock") -> str:
    name = line.schedule
    match line.news:
        case News.BEGAN:
            until = f" until {clock.at(line.end)}" if line.end is not None else ""
            return f"You are a shadow in {name}{until}: not paged first"
        case News.COMES:
            return f"You will be a shadow in {name} from {clock.at(line.start)}: not paged first"
        case News.ENDED:
            return f"You are no shadow in {name} any more"
        case News.MOVED:
            begins = f"from {clock.at(line.start)} " if line.was_start not in (None, line.start) else ""
            until = clock.at(line.end) if line.end is not None else "later"
            return f"CHANGED: you are a shadow in {name} {begins}until {until}"
        case _:
            return f"CHANGED: you are no shadow in {name} from {clock.at(line.start)}"


class _Clock:
    """Writes instants as their reader reads them."""

    def __init__(self, notice: Notice, plan: Plan) -> None:
        self._seen_from = notice.at
        self._zone = plan.people[notice.person].zone

    def at(self, instant: datetime | None) -> str:
        return clock_time(instant or self._seen_from, self._zone, self._seen_from)

    def span(self, start: datetime | None, end: datetime | None) -> str:
        return f"from {self.at(start)}{f' to {self.at(end)}' if end is not None else ''}"


def _who_has_it(line: Line, plan: Plan) -> str:
    return f"{_names(line.people, plan) or 'NOBODY'} {_has(line.people)} it"


def _by(line: Line, plan: Plan) -> str:
    return one_line(plan.name_of(line.by), 40)


def _names(people: Iterable[str], plan: Plan) -> str:
    return " and ".join(one_line(plan.name_of(person), 40) for person in people)


def _has(people: tuple[str, ...]) -> str:
    return "have" if len(people) > 1 else "has"


def _beside(line: Line, plan: Plan) -> str:
    return f", together with {_names(line.beside, plan)}" if line.beside else ""


def _why(lines: Iterable[Line]) -> Iterable[str]:
    schedules = ", ".join(dict.fromkeys(line.schedule for line in lines))
    yield f"The rotations of your team name you: pagerd oncall {schedules.split(', ')[0]} says who is on call."
    yield "What you are told around shifts is `shift_notices`, of you in people.yaml or in your team's file."
