"""Reads `rules/incidents.yaml`: how incidents are run, beside what each severity asks."""

from pagerd.config import (
    incident_actions,
    incident_calendar,
    incident_checklists,
    incident_checks,
    incident_drills,
    incident_ladder,
    incident_messages,
    incident_postmortems,
    incident_public,
    incident_room,
)
from pagerd.config.document import Node
from pagerd.config.findings import Span
from pagerd.config.reader import Key, Reader, Shape, fields
from pagerd.core.incidents.rules import IncidentRules

FILE = "rules/incidents.yaml"

KEYS: tuple[tuple[Key[object], Shape | None], ...] = (
    (incident_calendar.KEY, incident_calendar.SHAPE),
    (incident_postmortems.KEY, incident_postmortems.SHAPE),
    (incident_actions.KEY, incident_actions.SHAPE),
    (incident_checks.KEY, None),
    (incident_messages.KEY, incident_messages.MESSAGES),
    (incident_public.KEY, incident_public.PUBLIC),
    *((key, None) for key in incident_checklists.KEYS),
    (incident_drills.KEY, incident_drills.SHAPE),
    (incident_ladder.KEY, incident_ladder.SHAPE),
    (incident_room.KEY, incident_room.ROOM),
    (incident_room.ALL_HANDS, None),
    (incident_room.RELIEF_AFTER, None),
)
"""Each key of the file, with the shape that has its defaults, where it is a mapping of settings."""

FILE_SHAPE = Shape(FILE, f"`{FILE}`", "How incidents are run; every key has a default.", tuple(key for key, _ in KEYS))
SHAPES = (
    FILE_SHAPE,
    incident_calendar.SHAPE,
    incident_postmortems.SHAPE,
    incident_actions.SHAPE,
    *incident_checks.SHAPES,
    *incident_messages.SHAPES,
    *incident_public.SHAPES,
    *incident_checklists.SHAPES,
    incident_drills.SHAPE,
    *incident_ladder.SHAPES,
    incident_room.ROOM,
)


def read_incidents(reader: Reader, node: Node | None) -> IncidentRules:
    """Read the file; a missing one means the defaults."""
    found = fields(reader, node, FILE_SHAPE, (), Span(FILE))
    for key, shape in KEYS:
        if shape is not None and key not in found:
            fields(reader, None, shape, (key.name,), found.span)
    return IncidentRules(
        calendar=found[incident_calendar.KEY],
        postmortems=found[incident_postmortems.KEY],
        actions=found[incident_actions.KEY],
        checks=found[incident_checks.KEY],
        messages=found[incident_messages.KEY],
        public=found[incident_public.KEY],
        checklists=incident_checklists.read_checklists(reader, found),
        changes_before=found[incident_checklists.CHANGES_BEFORE],
        drills=found[incident_drills.KEY],
        ladder=found[incident_ladder.KEY],
        room=found[incident_room.KEY],
        all_hands=found[incident_room.ALL_HANDS],
        relief_after=found[incident_room.RELIEF_AFTER],
    )
