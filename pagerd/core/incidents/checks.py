"""What is read by machine of a resolution criterion: the checks of the files, and what an answer to one means.

There are three answers, never two. Green and red are read. Whatever could not be read is unknown: no answer, no data,
a value that is no number. It is not red, because nobody knows, and not green for the same reason.
"""

import math
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import assert_never

from pagerd.core.incidents.incident import Incident, ReadingState
from pagerd.core.incidents.severity import IncidentPolicy
from pagerd.core.plain import one_line

WITHIN = timedelta(seconds=5)
"""How long an answer may take where the files say nothing."""

SIGNS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
}

WHY_MAX = 200
"""Signs of the reason of one reading: it stands in a text message and in one line of a table."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What every value must keep, such as `< 0.01`."""

    sign: str
    value: float

    def holds(self, value: float) -> bool:
        """Does a value keep it?"""
        return SIGNS[self.sign](value, self.value)

    def __str__(self) -> str:
        """Write it as in the files."""
        return f"{self.sign} {self.value:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromqlCheck:
    """A question to a Prometheus: green while every series of the answer keeps the bound. No series is no answer."""

    expression: str
    bound: Bound
    prometheus: str
    name: str = ""
    within: timedelta = WITHIN


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpProbe:
    """A GET that is green when it is answered with this status, red with another one, unknown without an answer."""

    url: str
    status: int = 200
    name: str = ""
    within: timedelta = WITHIN


Check = PromqlCheck | HttpProbe


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksOf:
    """The checks of a service, of a team, of a service of that team, or, where neither is named, of every incident."""

    service: str = ""
    team: str = ""
    checks: Mapping[str, tuple[Check, ...]] = field(default_factory=dict)
    """By criterion."""

    def fits(self, incident: Incident) -> bool:
        """Is the incident about what these checks are about?"""
        return self.service in ("", incident.service) and self.team in ("", incident.team)


def checks_for(
    rules: Iterable[ChecksOf], incident: Incident, policy: IncidentPolicy
) -> Mapping[str, tuple[Check, ...]]:
    """Return the checks of each criterion that the severity asks for and that a machine can read."""
    fit = [one for one in rules if one.fits(incident)]
    found: dict[str, tuple[Check, ...]] = {}
    for criterion in policy.criteria:
        checks = tuple(check for one in fit for check in one.checks.get(criterion, ()))
        if checks:
            found[criterion] = checks
    return found


@dataclass(frozen=True, slots=True)
class Sample:
    """What one look came to. `state` is green, red or unknown, `why` says what was seen."""

    state: ReadingState
    why: str


@dataclass(frozen=True, slots=True)
class Value:
    """One series of Prometheus' answer, as it is now."""

    labels: Mapping[str, str]
    value: float


def of_values(check: PromqlCheck, values: Sequence[Value]) -> Sample:
    """Say what Prometheus' answer means."""
    name = named(check)
    if not values:
        return Sample(ReadingState.UNKNOWN, f"{name}: Prometheus has no data")
    # One series that breaks the bound is red, whatever others are: a share of nothing beside it is no comfort.
    broken = [one for one in values if not math.isnan(one.value) and not check.bound.holds(one.value)]
    if not broken and any(math.isnan(one.value) for one in values):
        return Sample(ReadingState.UNKNOWN, f"{name} is no number")
    if not broken:
        seen = _shown(values[0].value) if len(values) == 1 else f"{check.bound} in all {len(values)} series"
        return Sample(ReadingState.GREEN, f"{name} is {seen}")
    first = min(broken, key=lambda one: sorted(one.labels.items()))
    where = ",".join(f"{label}={value}" for label, value in sorted(first.labels.items()) if label != "__name__")
    of_it = f" for {one_line(where, 60)}" if where else ""
    more = f", and {len(broken) - 1} more of {len(values)}" if len(broken) > 1 else ""
    return Sample(ReadingState.RED, f"{name} is {_shown(first.value)}{of_it}, not {check.bound}{more}")


def of_status(probe: HttpProbe, status: int) -> Sample:
    """Say what the answer to a probe means."""
    state = ReadingState.GREEN if status == probe.status else ReadingState.RED
    wanted = "" if state is ReadingState.GREEN else f", not {probe.status}"
    return Sample(state, f"{named(probe)} answered {status}{wanted}")


def unread(check: Check, why: str) -> Sample:
    """Say that there was no answer."""
    return Sample(ReadingState.UNKNOWN, f"{named(check)}: {one_line(why, WHY_MAX)}")


def named(check: Check) -> str:
    """Name a check for people: as the files do, else by what is asked, without a query that may hold secrets."""
    if check.name:
        return check.name
    match check:
        case PromqlCheck():
            return one_line(check.expression, 60)
        case HttpProbe():
            return one_line(check.url.partition("?")[0], 60)
        case _:
            assert_never(check)


_WORST_FIRST = (ReadingState.RED, ReadingState.UNKNOWN, ReadingState.GREEN)


def together(samples: Sequence[Sample]) -> Sample:
    """Return what the checks of one criterion, of which there is one, come to: the worst that was read, and why."""
    worst = min((one.state for one in samples), key=_WORST_FIRST.index)
    return Sample(worst, one_line("; ".join(one.why for one in samples if one.state is worst), WHY_MAX))


def _shown(value: float) -> str:
    return f"{value:.4g}"
