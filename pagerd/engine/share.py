"""What a node takes up of what is due on a store that it shares.

Nobody leads and nothing is assigned: each node computes from the nodes that are there which rows it takes up at once,
and leaves the others to whose turn it is, for a moment. Two that disagree both look, and the second finds it done: this
spares them work, and no decision hangs on it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zlib import crc32

from pagerd.stores.records.timers import Timer

HESITATES = timedelta(seconds=1)
"""How long a node leaves to another one what is due. A node that is there takes it within milliseconds.

It is also how late a timer is at most that was the turn of a node which stops: no other one knows that before its beat.
"""


@dataclass(frozen=True, slots=True)
class Share:
    """The place of a node among so many; one that is alone takes up everything."""

    place: int = 0
    count: int = 1

    @property
    def is_all(self) -> bool:
        """Is there nobody else?"""
        return self.count == 1

    def begins_at(self, timer: Timer) -> datetime:
        """Return when this node takes up a timer: when it is due, or a moment later where it is another one's."""
        is_mine = crc32(f"{timer.kind} {timer.subject}".encode()) % self.count == self.place
        return timer.due if is_mine else timer.due + HESITATES


ALONE = Share()
