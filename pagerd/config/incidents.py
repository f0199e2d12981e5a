"""Reads `rules/incidents.yaml`: how incidents are run, beside what each severity asks."""

from pagerd.config.document import Node
from pagerd.config.findings import Span
from pagerd.config.reader import Reader, Shape, fields
from pagerd.core.incidents.rules import IncidentRules

FILE = "rules/incidents.yaml"

FILE_SHAPE = Shape(FILE, f"`{FILE}`", "How incidents are run; every key has a default.", ())
SHAPES = (FILE_SHAPE,)


def read_incidents(reader: Reader, node: Node | None) -> IncidentRules:
    """Read the file; a missing one means the defaults."""
    fields(reader, node, FILE_SHAPE, (), Span(FILE))
    return IncidentRules()
