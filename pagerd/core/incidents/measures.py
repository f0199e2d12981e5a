"""What is measured of incidents: each number with its definition, its two instants, how many it is of, and the list.

Durations are skewed and there are few of them: a median and a 90th percentile are values that occur, and a mean is
computed only for whoever asks. A time that is not known stays unknown, and one that contradicts another is invalid;
both are counted, and neither is averaged. Teams are never ranked.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pagerd.core.incidents.facts import Facts
from pagerd.core.incidents.figures import doubtful
from pagerd.core.incidents.incident import Incident, IncidentStatus, Mode
from pagerd.core.incidents.roles import Role
from pagerd.core.worklog.load import Spread, spread

CAUTION = (
    "Durations are skewed and few: a change of a median over some months says little, and nobody is ranked by them."
)


class Left(StrEnum):
    """Why an incident is in no number."""

    DRILL = "drill"
    CANCELLED = "cancelled"
    MERGED = "merged"
    SUSPECTED = "suspected"


def left_out(incident: Incident) -> Left | None:
    """Say why an incident is measured nowhere: it was none, it is another one, it is not sure yet, or it is a drill."""
    if incident.is_drill:
        return Left.DRILL
    return {
        IncidentStatus.CANCELLED: Left.CANCELLED,
        IncidentStatus.MERGED: Left.MERGED,
        IncidentStatus.TRIAGE: Left.SUSPECTED,
    }.get(incident.status)


class State(StrEnum):
    """Whether a value counts: an instant may be unknown, contradict another one, or be still to come."""

    COUNTED = "counted"
    UNKNOWN = "unknown"
    INVALID = "invalid"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One duration of one incident, with its two instants."""

    incident: int
    since: datetime | None
    until: datetime | None
    state: State

    @property
    def seconds(self) -> float | None:
        """How long it took; None for what does not count."""
        if self.state is not State.COUNTED or self.since is None or self.until is None:
            return None
        return (self.until - self.since).total_seconds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A definition, and what it came to. `since` and `until` name the two instants."""

    name: str
    means: str
    since: str
    until: str
    values: Sequence[Value]

    @property
    def spread(self) -> Spread | None:
        """How the values that count are spread."""
        return spread(self._seconds())

    @property
    def mean(self) -> float | None:
        """The mean of them, for whoever asks."""
        found = self._seconds()
        return sum(found) / len(found) if found else None

    def count(self, state: State) -> int:
        """Return how many values are of a state."""
        return sum(one.state is state for one in self.values)

    def _seconds(self) -> list[float]:
        return [one.seconds for one in self.values if one.seconds is not None]


Instants = Callable[[Facts], tuple[datetime | None, datetime | None]]


@dataclass(frozen=True, slots=True)
class _Definition:
    name: str
    means: str
    since: str
    until: str
    instants: Instants
    is_of: Callable[[Facts], bool] = lambda _: True


def _between(since: str, until: str) -> Instants:
    return lambda facts: (getattr(facts.incident, since), getattr(facts.incident, until))


def is_live(facts: Facts) -> bool:
    """Did it happen while pagerd was there, and no drill?"""
    return facts.incident.mode is Mode.LIVE


def _told_until_taken(facts: Facts) -> tuple[datetime | None, datetime | None]:
    page = facts.page
    return (page.told_at, page.acknowledged_at) if page is not None else (None, None)


def _declaring(facts: Facts) -> tuple[datetime | None, datetime | None]:
    detected = facts.incident.detected_at
    first = min(detected, facts.page.opened_at) if facts.page is not None else detected
    return first, facts.incident.declared_at


def _commanded(facts: Facts) -> tuple[datetime | None, datetime | None]:
    declared, taken = facts.incident.declared_at, facts.taken.get(Role.IC)
    # Who took the command of a suspicion had it when it was declared.
    return declared, max(declared, taken) if declared is not None and taken is not None else taken


def _was_another(severities: Sequence[tuple[datetime, str]]) -> bool:
    """Was it declared with a severity that it did not end with?"""
    return bool(severities) and severities[0][1] != severities[-1][1]


def _corrected(facts: Facts) -> tuple[datetime | None, datetime | None]:
    return facts.incident.declared_at, facts.severities[-1][0]


_DEFINITIONS = (
    _Definition(
        "time_to_detect",
        "From when customers began to feel it until it was noticed.",
        "impact_started_at",
        "detected_at",
        _between("impact_started_at", "detected_at"),
    ),
    _Definition(
        "time_to_acknowledge",
        "From when pagerd first told somebody of its first page until somebody first took that page.",
        "told_at",
        "acknowledged_at",
        _told_until_taken,
        lambda facts: is_live(facts) and facts.page is not None,
    ),
    _Definition(
        "impact_to_acknowledge",
        "From when customers began to feel it until somebody first took its first page.",
        "impact_started_at",
        "acknowledged_at",
        lambda facts: (facts.incident.impact_started_at, _told_until_taken(facts)[1]),
        lambda facts: is_live(facts) and facts.page is not None,
    ),
    _Definition(
        "time_to_declare",
        "From its first page, or when it was noticed, whichever came first, until it was declared.",
        "first_sign_at",
        "declared_at",
        _declaring,
        is_live,
    ),
    _Definition(
        "time_to_role",
        "From the declaration until somebody was incident commander, where one was wanted.",
        "declared_at",
        "commander_at",
        _commanded,
        lambda facts: is_live(facts) and (Role.IC in facts.asked or Role.IC in facts.taken),
    ),
    _Definition(
        "time_to_mitigate",
        "From when customers began to feel it until somebody said that they do not any more.",
        "impact_started_at",
        "mitigated_at",
        _between("impact_started_at", "mitigated_at"),
        is_live,
    ),
    _Definition(
        "time_to_restore",
        "From when customers began to feel it until they did not any more: how long the impact was.",
        "impact_started_at",
        "impact_ended_at",
        _between("impact_started_at", "impact_ended_at"),
    ),
    _Definition(
        "time_to_resolve",
        "From when customers began to feel it until it was resolved, the watch period included.",
        "impact_started_at",
        "resolved_at",
        _between("impact_started_at", "resolved_at"),
    ),
    _Definition(
        "time_to_right_severity",
        "From the declaration until it had the severity that it ended with, where that was another one.",
        "declared_at",
        "severity_changed_at",
        _corrected,
        lambda facts: is_live(facts) and _was_another(facts.severities),
    ),
)


def durations(found: Iterable[Facts]) -> tuple[Duration, ...]:
    """Return every duration of these incidents. Those that are measured nowhere must not be among them."""
    measured = tuple(found)
    return (
        *(
            Duration(
                name=one.name,
                means=one.means,
                since=one.since,
                until=one.until,
                values=tuple(_value(one, facts) for facts in measured if one.is_of(facts)),
            )
            for one in _DEFINITIONS
        ),
        _late_updates(measured),
    )


def _value(definition: _Definition, facts: Facts) -> Value:
    since, until = definition.instants(facts)
    state = State.COUNTED
    if until is None and facts.incident.is_open:
        state = State.OPEN
    elif since is None or until is None:
        state = State.UNKNOWN
    elif since > until or doubtful(facts.incident) & {definition.since, definition.until}:
        state = State.INVALID
    return Value(incident=facts.incident.number, since=since, until=until, state=state)


def _late_updates(measured: Sequence[Facts]) -> Duration:
    values = [
        Value(
            incident=facts.incident.number,
            since=slot.promised_at,
            until=slot.posted_at,
            state=State.COUNTED if slot.posted_at is not None else State.OPEN,
        )
        for facts in measured
        for slot in facts.slots
        if not slot.is_met
    ]
    return Duration(
        name="update_late",
        means="Of updates that came late: from when one was promised until it was posted.",
        since="promised_at",
        until="posted_at",
        values=tuple(values),
    )
