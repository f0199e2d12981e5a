"""Who is on call for somebody who rests: the next in turn, behind whoever is on call already.

The schedules themselves say who that is: the person who rests, whoever was woken lately, whoever cannot be reached, and
whoever is on call beside them (the secondary) are taken for away, and the rotation's own rule names the next. Where
that leaves nobody, whoever is on call beside them may cover; where that leaves nobody either, the person stays. A
schedule never has fewer people by a rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from pagerd.core.oncall.lookup import people_on_call
from pagerd.core.oncall.override import new_override
from pagerd.core.oncall.schedule import Away, Book, Override
from pagerd.core.oncall.shifts import Shift, shifts
from pagerd.core.paging.notification import is_reachable
from pagerd.core.people import Urgency
from pagerd.core.plan import Plan


@dataclass(frozen=True, slots=True)
class Covered:
    """What a rest does to one shift: who comes, and the override that puts them there; without one nobody does."""

    schedule: str
    start: datetime
    end: datetime
    people: tuple[str, ...] = ()
    override: Override | None = None


def covers(
    plan: Plan, person: str, start: datetime, end: datetime, *, woken: frozenset[str], why: str, by: str
) -> tuple[Covered, ...]:
    """Say who covers each shift that a person has in a span. `woken` were woken too, and cover nobody."""
    book, found = plan.book, []
    unfit = woken | {one for one in plan.people if not is_reachable(plan, one, Urgency.HIGH)} - {person}
    for schedule in sorted(book.schedules):
        for shift in shifts(book, schedule, start, end):
            if person not in shift.people:
                continue
            for one in _covered(plan, book, schedule, shift, person, unfit, why, by):
                found.append(one)
                if one.override is not None:
                    book = replace(book, overrides=(*book.overrides, one.override))
    return tuple(found)


def _covered(
    plan: Plan, book: Book, schedule: str, shift: Shift, person: str, unfit: frozenset[str], why: str, by: str
) -> Iterable[Covered]:
    beside = frozenset(
        one
        for other in _beside(plan, schedule)
        for one in people_on_call(book, other, shift.start)
        if one not in shift.people
    )
    for excluded in (unfit | beside, unfit):
        spans = shifts(_without(book, excluded | {person}, shift), schedule, shift.start, shift.end)
        if all(len(span.people) >= len(shift.people) and person not in span.people for span in spans):
            for span in spans:
                people = tuple(one for one in span.people if one not in shift.people)
                override = _put_in(plan, book, schedule, shift, span, person, why, by)
                yield Covered(schedule, span.start, span.end, people, override)
            return
    yield Covered(schedule, shift.start, shift.end)


def _beside(plan: Plan, schedule: str) -> tuple[str, ...]:
    """Return the other schedules of the teams whose steps this one serves."""
    names = {
        target
        for team in plan.teams.values()
        if schedule in team.roles.values()
        for target in team.roles.values()
        if target != schedule and target in plan.book.schedules
    }
    return tuple(sorted(names))


def _without(book: Book, people: Iterable[str], shift: Shift) -> Book:
    away = tuple(Away(person=one, start=shift.start, end=shift.end) for one in sorted(people))
    return replace(book, away=(*book.away, *away))


def _put_in(
    plan: Plan, book: Book, schedule: str, shift: Shift, span: Shift, person: str, why: str, by: str
) -> Override:
    """Return an override after which these people are on call.

    To replace one person lets everybody else's turns be; where the person is there by an override, which none replaces,
    all that are on call are named: nothing beats the last override that does.
    """

    def made(instead_of: str | None, people: tuple[str, ...]) -> Override:
        return new_override(
            book,
            plan.people,
            id=f"rest {schedule} {span.start.isoformat()}",
            schedule=schedule,
            start=span.start,
            end=span.end,
            people=people,
            instead_of=instead_of,
            why=why,
            by=by,
            order=_LAST,
        )

    # There is a newcomer: as many are on call as before, and the person is not among them.
    gentle = made(person, tuple(one for one in span.people if one not in shift.people))
    tried = replace(book, overrides=(*book.overrides, gentle))
    result = shifts(tried, schedule, span.start, span.end)
    is_enough = all(set(one.people) == set(span.people) for one in result)
    return gentle if is_enough else made(None, span.people)


_LAST = 2**62
"""A stored override beats those that were stored before; until it is stored, it is the last of all."""
