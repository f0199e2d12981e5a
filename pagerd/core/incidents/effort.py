"""Who was at work in an incident, as each act in it shows.

Whoever acts is at work then. Whoever holds a role is at work from when they took it until the last act of anybody while
they held it: the commander coordinates also where others write it down, and an incident that waits for Monday, in which
nobody does anything, is nobody's night. What was written down afterwards, or after the end, is office work.
"""

from dataclasses import dataclass
from datetime import datetime

from pagerd.core.incidents.incident import Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class AtWork:
    """One person who was at work in an incident, since then."""

    person: str
    since: datetime


def at_work(before: Incident, by: str, now: datetime) -> tuple[AtWork, ...]:
    """Return who was at work in an incident as it was when somebody acted: they, and whoever held a role until then."""
    if not before.is_open or not before.is_real:
        return ()
    since = {by: now}
    for standing in before.roles.values():
        if standing.holder is not None and standing.since is not None:
            since[standing.holder] = min(since.get(standing.holder, now), standing.since)
    return tuple(AtWork(person=person, since=at) for person, at in since.items())
