"""Room on the disk that is held for the day it is full: a file beside the database that can be thrown off.

What it gives is for people and timers: an answer is a few kilobytes, and 16 MiB are thousands of them. New alerts do
not get it, since their senders keep what they are refused and send it again.
"""

import contextlib
import os
from pathlib import Path

BALLAST_BYTES = 16 << 20

ROOM_BYTES = 32 << 20
"""So much more must be free before ballast is laid again: else the next alerts would have it thrown off at once."""


class Ballast:
    """The file, beside the database that it belongs to; one of no bytes is never there."""

    def __init__(self, database: Path, size: int = BALLAST_BYTES) -> None:
        self.path = database.with_name(database.name + ".ballast")
        self._size = size

    def lay(self) -> bool:
        """Take the room, where there is enough of it; say whether it is held."""
        if not self._size:
            return False
        try:
            if self.path.exists() and self.path.stat().st_size == self._size:
                return True
            disk = os.statvfs(self.path.parent)
            if disk.f_bavail * disk.f_frsize < self._size + ROOM_BYTES:
                return False
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
            try:
                # Blocks, not a hole: a file that is only said to be long holds no room.
                os.posix_fallocate(descriptor, 0, self._size)
            finally:
                os.close(descriptor)
        except OSError:
            self.throw_off()
            return False
        return True

    def throw_off(self) -> bool:
        """Give the room back; say whether there was any."""
        with contextlib.suppress(OSError):
            self.path.unlink()
            return True
        return False
