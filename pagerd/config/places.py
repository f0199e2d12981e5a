"""Which file says what: a team has files of its own, and the rest stands in one file each."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from pagerd.config import escalation, holidays, incidents, installation, people, rules, severity
from pagerd.config.document import Node, Scalar, Table
from pagerd.config.findings import Span
from pagerd.config.reader import Reader, Shape

_SHAPES: Mapping[str, Shape] = {
    people.FILE: people.FILE_SHAPE,
    escalation.FILE: escalation.FILE_SHAPE,
    holidays.FILE: holidays.FILE_SHAPE,
    rules.OWNERS_FILE: rules.OWNERS_SHAPE,
    severity.FILE: severity.FILE_SHAPE,
    incidents.FILE: incidents.FILE_SHAPE,
}

ONCE = frozenset({installation.FILE, *_SHAPES})
"""The files that are not about a team. There is one of each."""


def is_misplaced(reader: Reader, file: str, node: Node | None) -> bool:
    """Note a file in the place of a team's that is empty, or that says only what one of the others says.

    Nothing more is read of it: what a team lacks there would be noise about a file whose name is wrong.
    """
    if node is None or (isinstance(node, Scalar) and node.is_empty):
        reader.report("E017", Span(file), "the file is empty", "a team's file", "write it, or take it away")
        return True
    home = _home_of(file, node)
    if home:
        hint = f"rename it to {home}, or move what it says there"
        reader.report("E017", node.span, f"pagerd reads this from {home} alone", "a team's file", hint)
    return bool(home)


def _home_of(file: str, node: Node) -> str:
    """Return the file that has all keys of a mapping, in the same folder; nothing where none has."""
    if not isinstance(node, Table) or not node.entries:
        return ""
    keys = {key.text for key, _ in node.entries}
    folder = PurePosixPath(file).parent
    homes = (home for home, shape in _SHAPES.items() if keys <= {key.name for key in shape.keys})
    return next((home for home in homes if PurePosixPath(home).parent == folder), "")
