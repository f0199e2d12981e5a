"""Why an alert paged or not: all that was looked at, what became of it, who would be paged, what would change it.

It is built from the functions that decide, and holds their answers; the words for people are made in `shapes.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from pagerd.core import hours
from pagerd.core.alerts.muting import NOT_YET, OVER, Hindrance, hindrances
from pagerd.core.explaining.changes import Changes, smallest_changes
from pagerd.core.explaining.outcome import Groups, Outcome, Situation, decided
from pagerd.core.explaining.road import StepTaken, road
from pagerd.core.paging.decide import decide
from pagerd.core.paging.opening import fresh_page, joining
from pagerd.core.paging.page import Page
from pagerd.core.placement import Place
from pagerd.core.plan import Plan, Silence, VerdictKind
from pagerd.core.policy import Verdict
from pagerd.core.timeline import Entry
from pagerd.core.trace import Trace
from pagerd.core.values import changed

NEAR_IN_TIME = timedelta(days=1)
"""A silence that was over or will begin within a day is a near miss: somebody may have counted on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceTried:
    """A silence that mutes the alert, or misses it by exactly one thing."""

    silence: Silence
    hindrance: Hindrance | None
    """None: it matches and is in force."""
    decides: bool
    """Is it the one of those in force that lasts longest?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All of it. `road` is who is paged if nobody answers; for what does not page now, who would be if it did then.

    `joined` is what joining its open page does there. `changes` is None for alerts that no judge sees.
    """

    situation: Situation
    at: datetime
    trace: Trace
    outcome: Outcome
    silences: tuple[SilenceTried, ...]
    silences_count: int
    road: tuple[StepTaken, ...]
    road_from: datetime | None
    joined: tuple[Entry, ...]
    changes: Changes | None


def explain(
    situation: Situation, at: datetime, groups: Groups, *, verdict: Verdict | None = None, with_changes: bool = True
) -> Explanation:
    """Explain one alert under one plan at an instant. `verdict` is given for alerts of pagerd's own."""
    trace = Trace()
    outcome = decided(situation, at, groups, trace=trace, verdict=verdict)
    begins = _begins(outcome, situation.plan, at)
    seeks = with_changes and verdict is None
    return Explanation(
        situation=situation,
        at=at,
        trace=trace,
        outcome=outcome,
        silences=tuple(_silences(situation, outcome, at)),
        silences_count=len(situation.plan.silences),
        road=_road(situation, outcome, begins) if begins is not None else (),
        road_from=begins,
        joined=_joined(situation, outcome, at),
        changes=smallest_changes(situation, outcome, at, groups) if seeks else None,
    )


def _silences(situation: Situation, outcome: Outcome, at: datetime) -> Iterator[SilenceTried]:
    for silence in situation.plan.silences:
        found = tuple(hindrances(silence, situation.alert.labels, at, outcome.verdict.team))
        decides = outcome.silence is not None and silence is outcome.silence
        if not found:
            yield SilenceTried(silence=silence, hindrance=None, decides=decides)
        elif len(found) == 1 and (found[0] not in (NOT_YET, OVER) or _is_near(silence, at)):
            yield SilenceTried(silence=silence, hindrance=found[0], decides=False)


def _is_near(silence: Silence, at: datetime) -> bool:
    return silence.start - NEAR_IN_TIME <= at < silence.end + NEAR_IN_TIME


def _begins(outcome: Outcome, plan: Plan, at: datetime) -> datetime | None:
    """Return when a page of its own would open, if nothing else happens; None where none would."""
    match outcome.place:
        case Place.OPENS_PAGE:
            return at
        case Place.HELD:
            return outcome.held_until
        case Place.MUTED if outcome.verdict.kind in (VerdictKind.PAGE, VerdictKind.BUSINESS_HOURS):
            return _after_silence(outcome, plan)
        case Place.TICKET:
            ticket = outcome.ticket
            if ticket is not None:
                # The clock of the group's ticket has run since it was opened; a taken one has none.
                return ticket.page_at if ticket.page_at is not None and ticket.page_at > at else None
            return at + outcome.verdict.page_after if outcome.verdict.page_after is not None else None
        case _:
            return None


def _after_silence(outcome: Outcome, plan: Plan) -> datetime | None:
    """Return when a muted alert that still fires is judged again and pages."""
    if outcome.silence is None or outcome.verdict.kind is VerdictKind.PAGE:
        return outcome.silence.end if outcome.silence is not None else None
    team = plan.teams[outcome.verdict.team]
    return hours.next_opening(team.hours, team.zone, outcome.silence.end)


def _road(situation: Situation, outcome: Outcome, begins: datetime) -> tuple[StepTaken, ...]:
    alert, plan, verdict = situation.alert, situation.plan, outcome.verdict
    if outcome.place is Place.TICKET:
        verdict = changed(verdict, kind=VerdictKind.PAGE)
    last = outcome.last
    page = fresh_page("", alert, verdict, plan, begins, follows=last.id if last is not None else None)
    return tuple(road(page, plan, before=last.last_acknowledged_by if last is not None else None))


def _joined(situation: Situation, outcome: Outcome, at: datetime) -> tuple[Entry, ...]:
    page: Page | None = outcome.page
    if outcome.place is not Place.JOINS_PAGE or page is None or not page.is_open:
        return ()
    event = joining(situation.alert, outcome.verdict, muted=outcome.silence is not None, fired_before=False)
    return decide(page, event, situation.plan, at).entries
