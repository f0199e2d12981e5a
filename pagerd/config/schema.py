"""JSON Schemas of the config files, for editors, from the declarations that decode the files.

python -m pagerd.config.schema schemas
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from pagerd.config import escalation, holidays, incidents, installation, people, rotations, rules, severity
from pagerd.config.reader import Json, Shape, schema_of

DRAFT = "http://json-schema.org/draft-07/schema#"
"""What every editor knows; later drafts bring nothing that is needed here."""

KINDS: Mapping[str, tuple[Shape, str]] = {
    "pagerd": (installation.INSTALLATION, "pagerd.yaml"),
    "people": (people.FILE_SHAPE, "rotations/people.yaml"),
    "team": (rotations.TEAM_SHAPE, "rotations/TEAM.yaml"),
    "escalation": (escalation.FILE_SHAPE, "rotations/escalation.yaml"),
    "holidays": (holidays.FILE_SHAPE, holidays.FILE),
    "owners": (rules.OWNERS_SHAPE, "rules/owners.yaml"),
    "rules": (rules.RULES_SHAPE, "rules/TEAM.yaml"),
    "severity": (severity.FILE_SHAPE, "rules/severity.yaml"),
    "incidents": (incidents.FILE_SHAPE, incidents.FILE),
}
"""Each kind of file, with what it holds and where it stands."""


def schema(kind: str) -> Json:
    """Return the schema of one kind of file."""
    shape, file = KINDS[kind]
    return {"$schema": DRAFT, "title": f"pagerd: {file}", **schema_of(shape)}


def kind_of(file: str) -> str:
    """Return the kind of a file by its name in the config directory; a name that is no other is a team's."""
    named = {place: kind for kind, (_, place) in KINDS.items()}
    return named.get(file) or ("team" if file.startswith("rotations/") else "rules")


def written(kind: str) -> str:
    """Return the schema as a file."""
    return json.dumps(schema(kind), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for one in KINDS:
        (Path(sys.argv[1]) / f"{one}.json").write_text(written(one))
