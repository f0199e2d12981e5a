"""What a drill showed: each thing that its severity asks of an incident, whether it was so, and by what that is seen.

Nobody grades it: the same history and the same policy give the same score.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pagerd.core.incidents.checklist import StepState, StepStatus
from pagerd.core.incidents.facts import Facts
from pagerd.core.incidents.incident import PROMPTS, IncidentStatus
from pagerd.core.incidents.on_time import GRAVE
from pagerd.core.incidents.roles import ROLE_NAMES
from pagerd.core.incidents.severity import IncidentPolicy
from pagerd.core.plain import counted, length


class Shown(StrEnum):
    """Whether a thing was so; OPEN: it may still be."""

    PASSED = "passed"
    FAILED = "failed"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing that is asked: by when or how, what was found, and the instants that show it, each with its words."""

    name: str
    means: str
    target: str
    found: str
    shown: Shown
    evidence: Sequence[tuple[datetime, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """All that was asked of a drill."""

    points: Sequence[Point]

    @property
    def passed(self) -> int:
        """How many of them were so."""
        return sum(one.shown is Shown.PASSED for one in self.points)

    @property
    def is_final(self) -> bool:
        """Is nothing open any more?"""
        return all(one.shown is not Shown.OPEN for one in self.points)


def score(
    facts: Facts,
    policy: IncidentPolicy,
    response_target: timedelta | None,
    now: datetime,
    *,
    steps: Sequence[StepState] = (),
) -> Score:
    """Hold a drill against what its severity asks. What the severity does not ask is no point.

    `steps` are those of its checklists, as they stand.
    """
    points = [*_points(facts, policy, response_target, now)]
    if steps:
        points.insert(-1, _checklists(facts, steps))
    return Score(points=tuple(points))


def _points(facts: Facts, policy: IncidentPolicy, response_target: timedelta | None, now: datetime) -> Iterator[Point]:
    incident = facts.incident
    if response_target is not None:
        if facts.asked or facts.answered_at is not None:
            yield _in_time(
                facts, "answered", "somebody took what it asked for", facts.answered_at, response_target, now
            )
        for role in policy.roles:
            yield _in_time(
                facts, str(role), f"somebody was {ROLE_NAMES[role]}", facts.taken.get(role), response_target, now
            )
    if incident.rank <= GRAVE:
        yield _in_time(facts, "tried", "something was tried to stop the bleeding", facts.tried_at, PROMPTS[0], now)
    yield _updates(facts)
    yield _gate(facts)


def _in_time(facts: Facts, name: str, means: str, at: datetime | None, within: timedelta, now: datetime) -> Point:
    declared = facts.incident.declared_at
    begins = declared if declared is not None else facts.incident.opened_at
    if at is not None:
        took = max(at - begins, timedelta(0))
        shown = Shown.PASSED if took <= within else Shown.FAILED
        found = f"after {length(took)}"
    else:
        is_over = not facts.incident.is_open or now > begins + within
        shown, found = (Shown.FAILED, "never") if is_over else (Shown.OPEN, "not yet")
    return Point(
        name=name,
        means=means,
        target=f"within {length(within)}",
        found=found,
        shown=shown,
        evidence=((begins, "declared"), *(((at, means),) if at is not None else ())),
    )


def _updates(facts: Facts) -> Point:
    due = len(facts.slots)
    met = sum(slot.is_met for slot in facts.slots)
    # A drill that was over before any update was due has kept its promises: there were none.
    so_far = Shown.OPEN if facts.incident.is_open else Shown.PASSED
    shown = Shown.FAILED if due > met else so_far
    return Point(
        name="updates",
        means="each promised update came in time",
        target="all of them",
        found=f"{met} of {due}",
        shown=shown,
        evidence=tuple(
            (slot.posted_at or slot.promised_at, f"update {slot.number} {'in time' if slot.is_met else 'late'}")
            for slot in facts.slots
        ),
    )


def _checklists(facts: Facts, steps: Sequence[StepState]) -> Point:
    left = [one.step.text for one in steps if one.status is StepStatus.OPEN]
    so_far = Shown.OPEN if facts.incident.is_open else Shown.FAILED
    return Point(
        name="checklists",
        means="each step of the checklists was done, or skipped with a reason",
        target="all of them",
        found=f"{len(steps) - len(left)} of {len(steps)}" + (f", left: {_some(left)}" if left else ""),
        shown=so_far if left else Shown.PASSED,
        evidence=tuple((one.at, f"{one.step.text}: {one.status.value}") for one in steps if one.at is not None),
    )


NAMED_MAX = 2
"""Steps that are named of those that are left: who wants all of them looks at the incident."""


def _some(left: Sequence[str]) -> str:
    more = f" and {len(left) - NAMED_MAX} more" if len(left) > NAMED_MAX else ""
    return "; ".join(left[:NAMED_MAX]) + more


def _gate(facts: Facts) -> Point:
    incident = facts.incident
    is_resolved = incident.status in (IncidentStatus.RESOLVED, IncidentStatus.CLOSED)
    if incident.is_open:
        shown, found = Shown.OPEN, f"it is {incident.status.value}"
    elif not is_resolved:
        shown, found = Shown.FAILED, f"it was {incident.status.value}"
    elif facts.overridden:
        unmet = [one for one in facts.unmet.split(", ") if one]
        shown, found = Shown.FAILED, f"resolved against {counted(len(unmet), 'unmet thing')}: {facts.unmet}"
    else:
        shown, found = Shown.PASSED, "resolved with everything met"
    return Point(
        name="gate",
        means="it was resolved when all criteria were met and the watch was over",
        target="without an override",
        found=found,
        shown=shown,
        evidence=((incident.resolved_at, "resolved"),) if incident.resolved_at is not None else (),
    )
