"""Reads `rules/incidents.yaml`: how incidents are run, beside what each severity asks."""

from pagerd.config import incident_actions, incident_calendar, incident_checks
from pagerd.config.document import Node
from pagerd.config.findings import Span
from pagerd.config.reader import Reader, Shape, fields
from pagerd.core.incidents.rules import IncidentRules

FILE = "rules/incidents.yaml"

FILE_SHAPE = Shape(
    FILE,
    f"`{FILE}`",
    "How incidents are run; every key has a default.",
    (
        incident_calendar.KEY,
        incident_actions.KEY,
        incident_checks.KEY,
    ),
)
SHAPES = (
    FILE_SHAPE,
    incident_calendar.SHAPE,
    incident_actions.SHAPE,
    *incident_checks.SHAPES,
)


def read_incidents(reader: Reader, node: Node | None) -> IncidentRules:
    """Read the file; a missing one means the defaults."""
    found = fields(reader, node, FILE_SHAPE, (), Span(FILE))
    if incident_calendar.KEY not in found:
        fields(reader, None, incident_calendar.SHAPE, (incident_calendar.KEY.name,), found.span)
    if incident_actions.KEY not in found:
        fields(reader, None, incident_actions.SHAPE, (incident_actions.KEY.name,), found.span)
    return IncidentRules(
        calendar=found[incident_calendar.KEY],
        actions=found[incident_actions.KEY],
        checks=found[incident_checks.KEY],
    )
