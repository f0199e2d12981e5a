"""The reply code that must be typed behind the link of a mail: gateways press buttons, but they read no mail."""

import hmac
from collections import deque
from dataclasses import dataclass, field
from enum import Enum, auto

WRONG_MAX, WRONG_WITHIN = 5, 600.0
"""Wrong codes in ten minutes before none is taken any more: with two digits, 5 of 100 guesses."""

READERS_REMEMBERED = 10_000
"""Readers whose wrong codes are counted; more than can be on call anywhere."""


class Refused(Enum):
    """Why a button does nothing: not even the right code is taken now, none was typed, or another one."""

    TOO_MANY = auto()
    MISSING = auto()
    WRONG = auto()


@dataclass(slots=True)
class WrongCodes:
    """Counts wrong codes by reader and by what they are about, not by link: each mail has a link of its own."""

    times: dict[tuple[str, str], deque[float]] = field(default_factory=dict)

    def judge(self, person: str, subject: str, code: str | None, typed: str, now: float) -> Refused | None:
        """Say why what was typed does not do, and count it where it is wrong; None: it is the code."""
        times = self._of(person, subject, now)
        if len(times) >= WRONG_MAX:
            return Refused.TOO_MANY
        if _is_right(code, typed):
            return None
        if not _tidied(typed):
            return Refused.MISSING
        times.append(now)
        return Refused.WRONG

    def _of(self, person: str, subject: str, now: float) -> deque[float]:
        times = self.times.setdefault((person, subject), deque())
        while times and now - times[0] > WRONG_WITHIN:
            times.popleft()
        while len(self.times) > READERS_REMEMBERED:
            self.times.pop(next(iter(self.times)))
        return times


def _tidied(typed: str) -> str:
    """Return a code as it may have been meant: people type blanks, and small letters."""
    return "".join(typed.split()).upper()


def _is_right(code: str | None, typed: str) -> bool:
    """Is what was typed the code? In constant time, and never where there is none."""
    expected = (code or "").upper().encode()
    return bool(expected) and hmac.compare_digest(expected, _tidied(typed).encode(errors="replace"))
