"""On-call as a calendar: of a person, a team, a schedule, or of all schedules.

The rules:

- An entry is a whole shift. Where the calendar begins and ends cuts none of them, so that what somebody has subscribed
  to does not move from day to day; a shift that has gone on for longer than HORIZON begins where the calendar does.
- A person's entries are their own shifts, whoever is on call beside them; those of a schedule name everybody.
- An entry is known by its schedule, its people and its beginning: under the same id it may end sooner or later.
- A gap is no entry. `pagerd check` and `pagerd shifts` say where nobody is.
- Names stand in it, and how somebody is reached does not: the address of a calendar is passed around.
- It is as of the last midnight (UTC) before it was asked for, so that it stays the same, sign by sign, until the plan
  or the day changes.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta

from pagerd.core.errors import NotFound
from pagerd.core.membership import schedules_behind, schedules_of
from pagerd.core.oncall.ical import CalendarEntry, written
from pagerd.core.oncall.lookup import HORIZON
from pagerd.core.oncall.shifts import shifts, shifts_of
from pagerd.core.plan import Plan

PAST, AHEAD = timedelta(days=31), timedelta(days=120)
"""What a feed shows around today: the last month for whoever writes down their hours, the next four for holidays."""

_LOOKS = (timedelta(days=8), timedelta(days=36), timedelta(days=130), HORIZON)
"""How far is looked for where a shift begins or ends: past a week's turn, a month's, a quarter's."""

People = tuple[str, ...]


def feed_of(plan: Plan, name: str | None, now: datetime) -> str:
    """Write the calendar that whoever subscribed sees; of a name that is gone an empty one, so that entries go too."""
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        return calendar_of(plan, name, today - PAST, today + AHEAD, today)
    except NotFound:
        return written(f"On call: {name}", (), today)


def calendar_of(plan: Plan, name: str | None, start: datetime, end: datetime, as_of: datetime) -> str:
    """Write the calendar of a person, a team, a schedule, or (None) of all schedules. Raises NotFound."""
    if name is not None and name in plan.people:
        entries = _of_person(plan, name, start, end)
    else:
        entries = _of_schedules(plan, schedules_behind(plan, name), start, end)
    title = f"On call: {_titled(plan, name)}" if name is not None else "On call"
    return written(title, sorted(entries, key=lambda one: (one.start, one.uid)), as_of)


def _titled(plan: Plan, name: str) -> str:
    if name in plan.people:
        return plan.people[name].name
    return plan.teams[name].name if name in plan.teams else name


def _of_person(plan: Plan, person: str, start: datetime, end: datetime) -> Iterator[CalendarEntry]:
    def is_on(people: People) -> bool:
        return person in people

    for one in shifts_of(plan.book, person, schedules_of(plan, person), start, end):
        begins, ends = _whole(plan, one.schedule, (one.start, one.end), (start, end), is_on)
        yield CalendarEntry(
            uid=_uid("person", one.schedule, (person,), begins),
            start=begins or one.start,
            end=ends,
            summary=f"On call: {one.schedule}",
            description=_said(plan, one.schedule, (person,)),
        )


def _of_schedules(plan: Plan, schedules: Iterable[str], start: datetime, end: datetime) -> Iterator[CalendarEntry]:
    for schedule in schedules:
        for one in shifts(plan.book, schedule, start, end):
            if not one.people:
                continue
            begins, ends = _whole(plan, schedule, (one.start, one.end), (start, end), one.people.__eq__)
            names = ", ".join(_names(plan, one.people))
            yield CalendarEntry(
                uid=_uid("schedule", schedule, one.people, begins),
                start=begins or one.start,
                end=ends,
                summary=f"{names} ({schedule})",
                description=_said(plan, schedule, one.people),
            )


def _said(plan: Plan, schedule: str, people: People) -> str:
    team = plan.book.schedules[schedule].team
    of_team = plan.teams[team].name if team in plan.teams else team
    return f"{' and '.join(_names(plan, people))}: on call in {schedule} of {of_team}."


def _names(plan: Plan, people: People) -> tuple[str, ...]:
    return tuple(plan.people[one].name if one in plan.people else one for one in people)


def _uid(kind: str, schedule: str, people: People, begins: datetime | None) -> str:
    since = begins.isoformat() if begins is not None else "ever"
    key = "\n".join((kind, schedule, *sorted(people), since))
    return f"{hashlib.sha256(key.encode()).hexdigest()[:32]}@pagerd"


def _whole(
    plan: Plan,
    schedule: str,
    shift: tuple[datetime, datetime],
    cut: tuple[datetime, datetime],
    is_on: Callable[[People], bool],
) -> tuple[datetime | None, datetime]:
    """Return where a shift really begins and ends; its beginning is None where it is longer ago than HORIZON."""
    begins: datetime | None = shift[0]
    if shift[0] == cut[0]:
        begins = _began(plan, schedule, shift[0], is_on)
    return begins, _ends(plan, schedule, shift[1], is_on) if shift[1] == cut[1] else shift[1]


def _began(plan: Plan, schedule: str, at: datetime, is_on: Callable[[People], bool]) -> datetime | None:
    for look in _LOOKS:
        for one in reversed(shifts(plan.book, schedule, at - look, at)):
            if not is_on(one.people):
                return one.end
    return None


def _ends(plan: Plan, schedule: str, at: datetime, is_on: Callable[[People], bool]) -> datetime:
    """Return where what holds until an instant ends; where it goes on beyond HORIZON, that instant."""
    for look in _LOOKS:
        for one in shifts(plan.book, schedule, at, at + look):
            if not is_on(one.people):
                return one.start
    return at
