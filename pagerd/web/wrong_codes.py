"""The reply code that must be typed behind the link of a mail: gateways press buttons, but they read no mail."""

import hmac
from collections import deque
from dataclasses import dataclass, field

WRONG_MAX, WRONG_WITHIN = 5, 600.0
"""Wrong codes in ten minutes before none is taken any more: with two digits, 5 of 100 guesses."""

READERS_REMEMBERED = 10_000
"""Readers whose wrong codes are counted; more than can be on call anywhere."""


@dataclass(slots=True)
class WrongCodes:
    """Counts wrong codes by reader and by what they are about, not by link: each mail has a link of its own."""

    times: dict[tuple[str, str], deque[float]] = field(default_factory=dict)

    def are_too_many(self, person: str, subject: str, now: float) -> bool:
        """Were there so many lately that not even the right one is taken?"""
        return len(self._of(person, subject, now)) >= WRONG_MAX

    def note(self, person: str, subject: str, now: float) -> None:
        """Count one."""
        self._of(person, subject, now).append(now)

    def _of(self, person: str, subject: str, now: float) -> deque[float]:
        times = self.times.setdefault((person, subject), deque())
        while times and now - times[0] > WRONG_WITHIN:
            times.popleft()
        while len(self.times) > READERS_REMEMBERED:
            self.times.pop(next(iter(self.times)))
        return times


def tidied(typed: str) -> str:
    """Return a code as it may have been meant: people type blanks, and small letters."""
    return "".join(typed.split()).upper()


def is_right(code: str | None, typed: str) -> bool:
    """Is what was typed the code? In constant time, and never where there is none."""
    expected = (code or "").upper().encode()
    return bool(expected) and hmac.compare_digest(expected, tidied(typed).encode(errors="replace"))
