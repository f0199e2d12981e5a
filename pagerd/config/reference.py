"""Writes docs/config.md from the declarations that decode the files, so that the two cannot differ.

python -m pagerd.config.reference > docs/config.md
"""

import sys

from pagerd.config import (
    escalation,
    exceptions,
    holidays,
    incidents,
    installation,
    people,
    providers,
    rotations,
    rules,
    schedules,
    severity,
)
from pagerd.config.document import ALL_CHARS_MAX, ALL_NODES_MAX, DEPTH_MAX, FILE_CHARS_MAX, FILES_MAX
from pagerd.config.findings import CATALOGUE
from pagerd.config.reader import Key, Shape
from pagerd.config.runbooks import FIRST_ACTION_MAX
from pagerd.core.plan import RUNBOOK_SECTIONS

SHAPES: tuple[tuple[str, tuple[Shape, ...]], ...] = (
    ("The installation: `pagerd.yaml`", (*installation.SHAPES, *providers.SHAPES)),
    ("People: `rotations/people.yaml`", people.SHAPES),
    ("A team: `rotations/TEAM.yaml`", (*rotations.SHAPES, *schedules.SHAPES, *exceptions.SHAPES)),
    ("Holidays: `rotations/holidays.yaml`", holidays.SHAPES),
    ("Escalation: `rotations/escalation.yaml`", escalation.SHAPES),
    ("Whose is it, and what pages: `rules/owners.yaml`, `rules/TEAM.yaml`", rules.SHAPES),
    ("Severities: `rules/severity.yaml`", severity.SHAPES),
    ("Incidents: `rules/incidents.yaml`", incidents.SHAPES),
)

_KINDS = (
    ("text", "words for people, on one line", "`Restart the canary`"),
    (
        "name",
        "lower case letters, digits, `-` and `_`; people, teams, schedules and roles share one namespace",
        "`ana`",
    ),
    ("true or false", "these two words", "`true`"),
    ("duration", "elapsed time as in Prometheus: `d`, `h`, `m`, `s`", "`1h30m`"),
    ("days or forever", "how long something is kept: whole days", "`400d`"),
    ("time of day", "hours and minutes of a clock", "`12:00`"),
    ("time of day or never", "hours and minutes of a clock, or not at all", "`06:00`"),
    ("length of a turn", "in words; hours are elapsed time, days, weeks and months are wall clock", "`2 weeks`"),
    ("wall time", "date and time of day, in the zone that the key's own text names", "`2026-01-05 09:00`"),
    ("wall time or date", "as an end, a date includes that day", "`2026-07-15`"),
    (
        "weekdays and hours",
        "`mon` to `sun`; hours that end before they start end on the next day",
        "`mon-fri 18:00-09:00`",
    ),
    (
        "window",
        "weekdays and hours, weekdays alone, a longer span of the week, or `holidays` in the place of weekdays",
        "`fri 17:00-mon 09:00`",
    ),
    ("date", "a day of the calendar", "`2026-12-25`"),
    ("code of a country", "two letters of ISO 3166", "`DE`"),
    ("hours of the day", "two times of day", "`23:00-06:30`"),
    ("time zone", "an IANA name", "`Europe/Berlin`"),
    ("phone number", "in international form, in quotes for other readers of YAML", '`"+351912000001"`'),
    ("matcher", "as in Alertmanager; a missing label is the empty string", '`service=~"checkout\\|payments.*"`'),
    ("medium, or delay and medium", "`sms`, `voice`, `email`; the first of a list goes at once", "`2m voice`"),
    (
        "path or credential:NAME",
        "a file with a secret; `credential:NAME` is a file of `$CREDENTIALS_DIRECTORY`",
        "`.pagerd/x.token`",
    ),
)

_OPENING = f"""\
# The config directory

<!-- Written by `python -m pagerd.config.reference`. A test compares: change the declarations, not this page. -->

`pagerd.yaml`, `rules/*.yaml`, `rotations/*.yaml` and `runbooks/*.md` are read together, all or nothing.
`pagerd check` says everything that is wrong with them, `pagerd config show` what is in force and where it comes from.
Values are read by the type that is expected from the text that was written:
`22:30`, `no` and `+15551234567` mean what they look like.
Anchors, aliases, merge keys, tags and several documents in a file are not part of the format.
Unknown and duplicate keys are errors.
A file has at most {FILE_CHARS_MAX:,} characters and {DEPTH_MAX} levels, a directory {FILES_MAX} files.
All files together have at most {ALL_CHARS_MAX:,} characters and {ALL_NODES_MAX:,} values.
No secret stands in a file: keys that end in `_file` or `_files` name where it is.
"""

_RUNBOOKS = f"""\
## Runbooks: `runbooks/NAME.md`

A whole runbook answers the questions of the first 15 minutes, each under a heading with its words:
{", ".join(f"*{section}*" for section in RUNBOOK_SECTIONS)}.
Common synonyms count (`Rollback`, `Failover`, `Contacts`), the level of the heading does not.
An empty section is none.

The first action goes into the text message: the first list item under a heading such as `First action`;
without that heading the first list item under `Roll back`, then the first list item anywhere, then the first sentence.
It is cut at {FIRST_ACTION_MAX} characters; a text has room for about sixty.
"""


def reference() -> str:
    """Return docs/config.md."""
    parts = [_OPENING, _values()]
    for title, shapes in SHAPES:
        parts.append(f"## {title}\n")
        parts += [_table(shape) for shape in shapes]
    parts += [_RUNBOOKS, _findings()]
    return "\n".join(parts)


def _values() -> str:
    rows = (f"| {name} | {meaning} | {example} |" for name, meaning, example in _KINDS)
    return _lines("## Values\n", "| Type | Is | Example |", "| - | - | - |", *rows)


def _table(shape: Shape) -> str:
    heading = shape.title.removeprefix("a ").removeprefix("an ").removeprefix("the ")
    opening = f"### {heading[0].upper()}{heading[1:]}\n\n{shape.where}. {shape.meaning}\n"
    return _lines(opening, "| Key | Type | Default | Meaning |", "| - | - | - | - |", *map(_row, shape.keys))


def _row(key: Key[object]) -> str:
    return f"| `{key.name}` | {_cell(key.kind.name)} | {_cell(key.shown)} | {_cell(key.meaning)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _findings() -> str:
    rows = (f"| `{finding_id}` | {meaning} |" for finding_id, meaning in CATALOGUE.items())
    opening = (
        "## Findings\n\nWhat `pagerd check` prints.\n"
        "E is an error: the files are not used, and the last good ones stay in force. W is a warning.\n"
        "N is a note for whoever reviews a change; it fails nothing.\n"
    )
    return _lines(opening, "| Id | Means |", "| - | - |", *rows)


def _lines(*lines: str) -> str:
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(reference())
