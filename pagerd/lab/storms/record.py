"""What happened in a storm: counted, hashed, and the newest of it kept for whoever reads a failure."""

import hashlib
from collections import Counter, deque
from datetime import datetime

from pagerd.lab.storms.virtual import WallClock

TAIL = 400
"""Lines that a failure shows."""


class Record:
    """Takes down every event. Two storms of one seed have the same `trace`."""

    def __init__(self, clock: WallClock) -> None:
        self._clock = clock
        self._hash = hashlib.blake2b(digest_size=16)
        self._tail: deque[tuple[datetime, str]] = deque(maxlen=TAIL)
        self.kinds: Counter[str] = Counter()

    def event(self, kind: str, said: str, count: int = 1) -> None:
        """Take down something that counts as an event, or as several of a kind."""
        self.kinds[kind] += count
        self.note(f"{kind}: {said}")

    def note(self, said: str) -> None:
        """Take down a line."""
        at = self._clock.now()
        self._hash.update(f"{at.timestamp()} {said}".encode())
        self._tail.append((at, said))

    @property
    def events(self) -> int:
        """How many events there were."""
        return self.kinds.total()

    @property
    def trace(self) -> str:
        """The hash of all lines so far."""
        return self._hash.hexdigest()

    @property
    def tail(self) -> tuple[str, ...]:
        """The newest lines."""
        return tuple(f"{at:%d %H:%M:%S.%f}"[:-3] + f"  {said}" for at, said in self._tail)
