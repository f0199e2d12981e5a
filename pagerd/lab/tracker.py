"""A simulated tracker: it gives each ticket and action item a name of its own, unless it is down or refuses."""

import json
from typing import Any

from pagerd.channels.base import TicketEvent, Tracked
from pagerd.core.errors import Refused, Unavailable, Unconfirmed
from pagerd.lab.phones import Mood


class Tracker:
    """Keeps what it was told, in order, and what it calls each thing. `refuses` is an event that it never takes."""

    def __init__(self) -> None:
        self.mood = Mood.WORKS
        self.refuses: str | None = None
        self.told: list[dict[str, Any]] = []
        self.refs: dict[str, str] = {}

    async def post(self, event: TicketEvent, deadline_seconds: float) -> Tracked:
        """Take one event, as the mood is."""
        if self.mood is Mood.DOWN:
            raise Unavailable(f"the tracker did not answer within {deadline_seconds:g} s")
        said = json.loads(event.body)
        if said["event"] == self.refuses:
            raise Refused(f"the tracker will never take {self.refuses}")
        self.told.append(said)
        if self.mood is Mood.LOSES_ANSWERS:
            raise Unconfirmed("the tracker took it and did not answer")
        about = event.id.partition("/")[0]
        ref = self.refs.setdefault(about, f"OPS-{len(self.refs) + 1}")
        return Tracked(ref=ref, url=f"https://tracker.example.com/{ref}")

    async def close(self) -> None:
        """Nothing is held."""
