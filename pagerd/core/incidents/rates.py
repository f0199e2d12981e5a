"""Shares that are measured of incidents: of so many things, so many were so, with the incidents behind the others."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pagerd.core.actions.chasing import today_of
from pagerd.core.actions.item import ActionItem, ActionStatus
from pagerd.core.incidents.facts import Facts, Slot
from pagerd.core.incidents.incident import Detection, Incident
from pagerd.core.incidents.measures import is_live
from pagerd.core.plan import Plan
from pagerd.core.postmortems.review import ReviewState


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A share: of `due` things, `met` were so. `against` are the incidents of those that were not."""

    name: str
    means: str
    met: int
    due: int
    unknown: int = 0
    against: Sequence[int] = ()

    @property
    def share(self) -> float | None:
        """The share; None of nothing."""
        return self.met / self.due if self.due else None


def rates(found: Iterable[Facts], ranks: Mapping[str, int]) -> tuple[Rate, ...]:
    """Return every share of these incidents. `ranks` are those of the severities that there are."""
    measured = tuple(found)
    live = [facts for facts in measured if is_live(facts)]
    return (
        _cadence(
            "updates_on_time",
            "Of all updates that were promised and are due: those that came in time.",
            live,
            lambda facts: facts.slots,
        ),
        _cadence(
            "customers_on_time",
            "Of all times by which customers were to hear something: those at which they had.",
            live,
            lambda facts: facts.public_slots,
        ),
        _severity(live, ranks),
        _of_resolutions(
            "overridden", "Of all resolutions: those against what was unmet.", live, lambda facts: facts.overridden
        ),
        _of_resolutions(
            "reopened", "Of all resolutions: those after which it was not over.", live, lambda facts: facts.reopened
        ),
        _internally_detected(measured),
    )


def rates_of_what_follows(
    found: Sequence[Facts], items: Iterable[ActionItem], plan: Plan, now: datetime
) -> tuple[Rate, ...]:
    """Return the shares of postmortems and action items; `items` may be those of other incidents, too."""
    numbers = [facts.incident.number for facts in found]
    known = [one for one in items if not one.is_drill]
    due = [one for one in known if one.incident in numbers and is_due(one, plan, now)]
    late = [one for one in due if not was_in_time(one, plan)]
    repeated = {number for one in known for number in one.repeats}
    return (
        _postmortems(found, now),
        Rate(
            name="actions_on_time",
            means="Of all action items of these incidents that are due: those that were verified by then.",
            met=len(due) - len(late),
            due=len(due),
            against=_each_once(one.incident for one in late),
        ),
        Rate(
            name="repeated",
            means="Of all incidents: those with alerts, service or cause of an earlier one whose action item was done.",
            met=sum(number in repeated for number in numbers),
            due=len(numbers),
            against=tuple(number for number in numbers if number in repeated),
        ),
    )


def _postmortems(found: Sequence[Facts], now: datetime) -> Rate:
    due = [facts.incident for facts in found if is_postmortem_due(facts.incident, now)]
    late = [one.number for one in due if not was_accepted_in_time(one)]
    return Rate(
        name="postmortems_on_time",
        means="Of all postmortems that are due: those that were accepted by then.",
        met=len(due) - len(late),
        due=len(due),
        against=tuple(late),
    )


def is_postmortem_due(incident: Incident, now: datetime) -> bool:
    """Should a postmortem have been accepted by now, or was it? One that was waived is not wanted."""
    review = incident.review
    if review is None or review.state is ReviewState.WAIVED:
        return False
    return review.state is ReviewState.ACCEPTED or review.due <= now


def was_accepted_in_time(incident: Incident) -> bool:
    """Was its postmortem accepted by when it was due?"""
    review = incident.review
    is_accepted = review is not None and review.state is ReviewState.ACCEPTED
    return is_accepted and review is not None and review.at is not None and review.at <= review.due


def is_due(item: ActionItem, plan: Plan, now: datetime) -> bool:
    """Should an action item have been verified by now? The day on which it is due ends by its owner's clock."""
    due = item.terms.due
    return item.status is not ActionStatus.DROPPED and due is not None and due < today_of(item, plan, now)


def was_in_time(item: ActionItem, plan: Plan) -> bool:
    """Was an action item verified by the day on which it was due, or on it?"""
    due, over_at = item.terms.due, item.over_at
    if item.status is not ActionStatus.VERIFIED or due is None or over_at is None:
        return False
    return today_of(item, plan, over_at) <= due


def _cadence(name: str, means: str, live: Sequence[Facts], slots_of: Callable[[Facts], Sequence[Slot]]) -> Rate:
    slots = [(facts.incident.number, slot) for facts in live for slot in slots_of(facts)]
    return Rate(
        name=name,
        means=means,
        met=sum(slot.is_met for _, slot in slots),
        due=len(slots),
        against=_each_once(number for number, slot in slots if not slot.is_met),
    )


def _severity(live: Sequence[Facts], ranks: Mapping[str, int]) -> Rate:
    errors = [(facts.incident.number, severity_error(facts, ranks)) for facts in live if facts.severities]
    known = [(number, error) for number, error in errors if error is not None]
    return Rate(
        name="severity_right_at_once",
        means="Of all declarations: those whose severity was also the last one.",
        met=sum(not error for _, error in known),
        due=len(known),
        unknown=len(errors) - len(known),
        against=tuple(number for number, error in known if error),
    )


def severity_error(facts: Facts, ranks: Mapping[str, int]) -> int | None:
    """Return how many ranks the first severity was off the last; None where the files do not have it any more."""
    first = ranks.get(facts.severities[0][1]) if facts.severities else None
    return abs(first - facts.incident.rank) if first is not None else None


def _of_resolutions(name: str, means: str, live: Sequence[Facts], count: Callable[[Facts], int]) -> Rate:
    return Rate(
        name=name,
        means=means,
        met=sum(count(facts) for facts in live),
        due=sum(facts.resolved for facts in live),
        against=tuple(facts.incident.number for facts in live if count(facts)),
    )


def _internally_detected(measured: Sequence[Facts]) -> Rate:
    known = [facts.incident for facts in measured if facts.incident.detection is not None]
    own = [one for one in known if one.detection is Detection.MONITORING]
    return Rate(
        name="internally_detected",
        means="Of all incidents: those that monitoring noticed before anybody outside said so.",
        met=len(own),
        due=len(known),
        unknown=len(measured) - len(known),
        against=tuple(one.number for one in known if one.detection is not Detection.MONITORING),
    )


def _each_once(numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(numbers))
