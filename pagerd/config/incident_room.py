"""Where the people of an incident meet, who is called, and when the commander is relieved: `rules/incidents.yaml`."""

from datetime import timedelta

from pagerd.config import kinds
from pagerd.config.reader import Fields, Path, Reader, Shape, defaulted, list_of, one_or_more, scalar, shaped
from pagerd.config.times import duration_text
from pagerd.config.values import Mismatch, shown, url
from pagerd.core.incidents.room import INCIDENT, RoomRules

BRIDGES_MAX = 200
"""Bridges of the pool: more incidents at once are not carried by people."""


def _pattern(raw: str) -> str:
    """Read an address with the number of the incident in it."""
    if INCIDENT not in raw:
        raise Mismatch(f"{shown(raw)} is the same for every incident", f"an address with {INCIDENT} in it")
    url(raw.replace(INCIDENT, "1"))
    return raw


BRIDGES = defaulted(
    "bridges",
    list_of(kinds.TEXT, most=BRIDGES_MAX),
    (),
    "none",
    "addresses or numbers to dial; each is lent to one open incident, and free again when that is over",
)
URL = defaulted(
    "url",
    scalar(f"URL with {INCIDENT}", "", _pattern),
    "",
    "none",
    f"where the others meet, such as `https://meet.example.com/{INCIDENT}`",
)
ROOM = Shape(
    "the room",
    "`room` in `rules/incidents.yaml`",
    "Where the people of an incident meet; without both, on its own page.",
    (BRIDGES, URL),
)


def _make(reader: Reader, found: Fields, path: Path) -> RoomRules:
    bridges = found[BRIDGES]
    for place, one in enumerate(bridges, 1):
        if one in bridges[: place - 1]:
            at = reader.span_of((*path, BRIDGES.name, str(place)), found.span)
            reader.report("E020", at, f"{one} is in the pool already", "each bridge once")
    return RoomRules(bridges=bridges, url=found[URL])


KEY = defaulted("room", shaped(ROOM, RoomRules(), _make), RoomRules(), "below", "where people meet", structure=True)
ALL_HANDS = defaulted(
    "all_hands",
    one_or_more(kinds.NAME),
    (),
    "nobody",
    "who is paged when somebody calls all hands: roles, schedules or people",
)
_RELIEF_AFTER = timedelta(hours=4)
RELIEF_AFTER = defaulted(
    "relief_after",
    kinds.DURATION,
    _RELIEF_AFTER,
    duration_text(_RELIEF_AFTER),
    "how long somebody may command before they are reminded to hand over; and again after as long",
)
