"""Reads `rules/severity.yaml`: how bad is how bad, and what that does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from pagerd.config import incident_policy, kinds
from pagerd.config.document import Node
from pagerd.config.findings import Span
from pagerd.config.reader import (
    Fields,
    Kind,
    Path,
    Reader,
    Shape,
    choice,
    defaulted,
    fields,
    mapping_of,
    optional,
    required,
    shaped,
)
from pagerd.config.times import duration_text
from pagerd.config.words import on_violation_text
from pagerd.core.incidents.severity import default_policy
from pagerd.core.people import Urgency
from pagerd.core.plan import OnViolation, Severity, VerdictKind

FILE = "rules/severity.yaml"

_LATER = OnViolation(page=True, after=timedelta(minutes=10))
_TICKET = OnViolation(page=False)

DEFAULT_SEVERITIES: Mapping[str, Severity] = {
    one.id: one
    for one in (
        Severity(
            id="sev1",
            rank=1,
            name="Critical",
            verdict=VerdictKind.PAGE,
            urgency=Urgency.HIGH,
            on_violation=OnViolation(page=True),
            response_target=timedelta(minutes=5),
            incident=default_policy(1),
        ),
        Severity(
            id="sev2",
            rank=2,
            name="High",
            verdict=VerdictKind.PAGE,
            urgency=Urgency.HIGH,
            on_violation=_LATER,
            response_target=timedelta(minutes=15),
            incident=default_policy(2),
        ),
        Severity(
            id="sev3",
            rank=3,
            name="Medium",
            verdict=VerdictKind.BUSINESS_HOURS,
            urgency=Urgency.LOW,
            on_violation=_TICKET,
            response_target=timedelta(hours=1),
            incident=default_policy(3),
        ),
        Severity(
            id="sev4",
            rank=4,
            name="Low",
            verdict=VerdictKind.TICKET,
            urgency=Urgency.LOW,
            on_violation=_TICKET,
            incident=default_policy(4, is_ticket=True),
        ),
    )
}
DEFAULT_LABELS: Mapping[str, str] = {
    "page": "sev2",
    "critical": "sev2",
    "error": "sev3",
    "warning": "sev4",
    "info": "sev4",
    "none": "sev4",
}

NAME = optional("name", kinds.TEXT, "what people call it", "its key")
VERDICT = required(
    "verdict", choice(VerdictKind, VerdictKind.PAGE), "what becomes of its alerts when they pass the four tests"
)
URGENCY = optional("urgency", choice(Urgency, Urgency.HIGH), "how hard its pages page", "high for page, else low")
ON_VIOLATION = defaulted(
    "on_violation", kinds.ON_VIOLATION, _TICKET, "ticket", "what becomes of an alert that should page and fails a test"
)
RESPONSE_TARGET = optional("response_target", kinds.DURATION, "how soon somebody should have answered")
SEVERITY = Shape(
    "a severity",
    f"`severities` in `{FILE}`, by name, the worst first",
    "One row of the severity policy.",
    (NAME, VERDICT, URGENCY, ON_VIOLATION, RESPONSE_TARGET, *incident_policy.KEYS),
)

Placed = Callable[[int], Severity]
"""A severity as it was written, that waits for its rank: what it does not say of incidents goes by that."""


def _make(reader: Reader, found: Fields, path: Path) -> Placed:
    verdict = found[VERDICT]
    urgency = found[URGENCY] or (Urgency.HIGH if verdict is VerdictKind.PAGE else Urgency.LOW)
    reader.settle((*path, NAME.name), path[-1])
    reader.settle((*path, URGENCY.name), urgency.value)
    if verdict is VerdictKind.PAGE and ON_VIOLATION not in found:
        message = f"{path[-1]} pages, and does not say what becomes of an alert that fails a test"
        expected = f"on_violation: {ON_VIOLATION.kind.name}"
        reader.report("E007", found.span, message, expected, "an urgent alert must not get lost by accident")

    def place(rank: int) -> Severity:
        default = default_policy(rank, is_ticket=verdict in (VerdictKind.TICKET, VerdictKind.DROP))
        return Severity(
            id=path[-1],
            rank=rank,
            name=found[NAME] or path[-1],
            verdict=verdict,
            urgency=urgency,
            on_violation=found[ON_VIOLATION],
            response_target=found[RESPONSE_TARGET],
            incident=incident_policy.read_policy(reader, found, path, default),
        )

    return place


_SEVERITIES: Kind[Mapping[str, Placed | None]] = mapping_of(
    kinds.NAME, shaped(SEVERITY, None, _make), name="mapping of names to severities"
)
_LABELS: Kind[Mapping[str, str]] = mapping_of(
    kinds.LABEL_VALUE, kinds.NAME, name="mapping of label values to severities"
)

SEVERITIES = defaulted(
    "severities", _SEVERITIES, {}, "sev1 to sev4, below", "the severities, the worst first", structure=True
)
LABELS = defaulted("labels", _LABELS, {}, "below", "what an alert's own label severity means", structure=True)
UNKNOWN = defaulted(
    "unknown",
    kinds.ON_VIOLATION,
    _LATER,
    "page after 10m",
    "what becomes of an alert without a severity label, or with one that `labels` does not list",
)
FILE_SHAPE = Shape(FILE, f"`{FILE}`", "How bad is how bad, and what that does.", (LABELS, SEVERITIES, UNKNOWN))
SHAPES = (FILE_SHAPE, SEVERITY)


@dataclass(frozen=True, slots=True)
class SeverityPolicy:
    """All of the file, the defaults filled in."""

    severities: Mapping[str, Severity]
    labels: Mapping[str, str]
    unknown: OnViolation


def read_severity(reader: Reader, node: Node | None) -> SeverityPolicy:
    """Read the file; a missing one means the defaults. The order of the file is the order of the severities."""
    found = fields(reader, node, FILE_SHAPE, (), Span(FILE))
    severities: Mapping[str, Severity] = DEFAULT_SEVERITIES
    if SEVERITIES in found:
        placed = [one for one in found[SEVERITIES].values() if one is not None]
        severities = {one.id: one for one in (place(rank) for rank, place in enumerate(placed, 1))}
        if not severities:
            reader.report("E009", found.span_of(SEVERITIES), "there are no severities", "sev1, sev2...")
    else:
        _remember_severities(reader)
    labels = found[LABELS] if LABELS in found else _default_labels(reader, severities)
    return SeverityPolicy(severities, labels, found[UNKNOWN])


def _default_labels(reader: Reader, severities: Mapping[str, Severity]) -> Mapping[str, str]:
    labels = {label: severity for label, severity in DEFAULT_LABELS.items() if severity in severities}
    for label, severity in labels.items():
        reader.remember(("labels", label), severity)
    return labels


def _remember_severities(reader: Reader) -> None:
    for one in DEFAULT_SEVERITIES.values():
        path = ("severities", one.id)
        reader.remember((*path, NAME.name), one.name)
        reader.remember((*path, VERDICT.name), one.verdict.value)
        reader.remember((*path, URGENCY.name), one.urgency.value)
        reader.remember((*path, ON_VIOLATION.name), on_violation_text(one.on_violation))
        target = duration_text(one.response_target) if one.response_target is not None else RESPONSE_TARGET.shown
        reader.remember((*path, RESPONSE_TARGET.name), target)
        incident_policy.remember_policy(reader, path, one.incident)
