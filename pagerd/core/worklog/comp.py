"""The month's account for whoever does payroll: nights worked in, their minutes, what is owed, and how sure that is.

A night counts in the month in which it begins, on the clock of the person whose night it was. Nobody is ranked: people
come in the order of their names.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pagerd.core.worklog.grant import GrantStatus
from pagerd.core.worklog.load import Spread, spread
from pagerd.core.worklog.rules import RestKind
from pagerd.core.worklog.worked import NightState, WorkedNight


class CompState(StrEnum):
    """DISPUTED: somebody objects. PROVISIONAL: a lead has not decided yet. APPROVED: nothing is left to decide."""

    DISPUTED = "disputed"
    PROVISIONAL = "provisional"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonComp:
    """What one person is owed for some nights. Only what is in force is owed; `pay_minutes` are those to be paid."""

    person: str
    nights: int
    pages: int
    minutes: int
    seen_minutes: int
    mornings: int
    hours: int
    half_days: int
    pay_minutes: int
    declined: int
    undecided: int
    disputed: int
    state: CompState
    night_ids: tuple[str, ...]
    plans: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NightSum:
    """Nights of one person or one team: how many, with how many pages, and how their minutes are spread."""

    name: str
    nights: int
    pages: int
    minutes: int
    spread: Spread | None


def of_month(nights: Iterable[WorkedNight], first: date) -> list[WorkedNight]:
    """Return the nights that begin in the month of a day."""
    return [one for one in nights if (one.date.year, one.date.month) == (first.year, first.month)]


def comp_of(nights: Iterable[WorkedNight]) -> tuple[PersonComp, ...]:
    """Return what each person is owed for these nights, by name."""
    return tuple(_comp(name, own) for name, own in _grouped(nights, lambda one: one.person))


def state_of(night: WorkedNight) -> CompState:
    """Say how sure it is what a night earns."""
    if night.state is NightState.DISPUTED:
        return CompState.DISPUTED
    undecided = night.grant is not None and night.grant.status in (GrantStatus.PROPOSED, GrantStatus.PROVISIONAL)
    return CompState.PROVISIONAL if undecided else CompState.APPROVED


def night_sums(nights: Iterable[WorkedNight], key: Callable[[WorkedNight], str]) -> tuple[NightSum, ...]:
    """Sum nights up by person or by team, in the order of the names."""
    return tuple(
        NightSum(
            name=name,
            nights=len(own),
            pages=sum(len(one.pages) for one in own),
            minutes=sum(one.minutes for one in own),
            spread=spread(one.minutes for one in own),
        )
        for name, own in _grouped(nights, key)
    )


def _grouped(
    nights: Iterable[WorkedNight], key: Callable[[WorkedNight], str]
) -> list[tuple[str, Sequence[WorkedNight]]]:
    groups: dict[str, list[WorkedNight]] = {}
    for one in nights:
        groups.setdefault(key(one), []).append(one)
    return sorted(groups.items())


def _comp(person: str, nights: Sequence[WorkedNight]) -> PersonComp:
    owed = [one for one in nights if one.grant is not None and one.grant.is_in_force]
    kinds = [one.grant.kind for one in owed if one.grant is not None]
    states = [state_of(one) for one in nights]
    return PersonComp(
        person=person,
        nights=len(nights),
        pages=sum(len(one.pages) for one in nights),
        minutes=sum(one.minutes for one in nights),
        seen_minutes=sum(one.seen_minutes for one in nights),
        mornings=kinds.count(RestKind.MORNING),
        hours=kinds.count(RestKind.HOURS),
        half_days=kinds.count(RestKind.HALF_DAY),
        pay_minutes=sum(one.minutes for one in owed if one.grant is not None and one.grant.kind is RestKind.PAY),
        declined=sum(one.grant is not None and one.grant.status is GrantStatus.DECLINED for one in nights),
        undecided=states.count(CompState.PROVISIONAL),
        disputed=states.count(CompState.DISPUTED),
        state=next(one for one in CompState if one in states),
        night_ids=tuple(one.id for one in nights),
        plans=tuple(sorted({one.plan_revision for one in nights})),
    )
