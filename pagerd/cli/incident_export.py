"""An incident as a document: what happened, when it did, and when it was written down."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pagerd.cli.incident_shown import times_of
from pagerd.core.postmortems.words import plain, wall

SENTENCE_MAX = 4000


def markdown(story: dict[str, Any]) -> str:
    """Return the story of an incident as Markdown; what people and alerts wrote stands in it as words."""
    return "\n".join(_lines(story)) + "\n"


def _lines(story: dict[str, Any]) -> Iterator[str]:
    one, zone = story["incident"], ZoneInfo(story["zone"])
    drill = "Drill: incident" if one["mode"] == "drill" else "Incident"
    yield f"# {drill} {one['number']}: {plain(one['title'])}"
    yield ""
    for name in ("severity", "status", "team", "service", "impact"):
        if one[name]:
            yield f"- {name}: {plain(one[name])}"
    for words in times_of(one, story["zone"]):
        yield f"- {plain(words)}"
    for role in one["roles"]:
        if role["holder"]:
            yield f"- {role['name']}: {plain(role['holder'])}"
    yield ""
    yield f"## Timeline, times of {story['zone']}"
    yield ""
    yield "| When | Written down | Of | What |"
    yield "| - | - | - | - |"
    for entry in story["timeline"]:
        when, written = (datetime.fromisoformat(entry[key]) for key in ("at", "recorded_at"))
        # Nearly everything is written down as it happens: only what was not says when.
        later = wall(written, zone) if wall(written, zone) != wall(when, zone) else ""
        of = plain(entry["page"] or f"i-{one['number']}")
        yield f"| {wall(when, zone)} | {later} | {of} | {plain(entry['sentence'], SENTENCE_MAX)} |"
