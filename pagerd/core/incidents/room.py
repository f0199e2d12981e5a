"""The room of an incident: where its people meet. A bridge of a pool, an address made of a pattern, or its own page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

INCIDENT = "{incident}"
"""Stands in a pattern for the number of the incident."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomRules:
    """Where people meet. `bridges` are lent, each to one open incident; `url` is for those that find none left."""

    bridges: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where people meet, and since when."""

    place: str
    since: datetime


def free_place(rules: RoomRules, number: int, taken: Collection[str]) -> str | None:
    """Return where the people of an incident meet: the first bridge that no open incident has, else by the pattern."""
    bridge = next((one for one in rules.bridges if one not in taken), None)
    if bridge is not None:
        return bridge
    return rules.url.replace(INCIDENT, str(number)) if rules.url else None
