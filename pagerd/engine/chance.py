"""The one place that draws: ids, reply codes, keys of a call, tokens. The lab seeds it."""

import hashlib
import random  # noqa: TID251  # this is the one place
import secrets
from datetime import datetime

from pagerd.core.paging.facts import ACK_DIGITS
from pagerd.core.paging.reply import CODE_ALPHABET

_ID_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz"
"""Signs that a tired eye does not confuse: no 0 and O, no 1, I and l."""


class Chance:
    """Draws from the system's entropy, or from a seed."""

    def __init__(self, seed: int | None = None) -> None:
        self._random: random.Random = random.SystemRandom() if seed is None else random.Random(seed)  # noqa: S311
        self._seeded = seed is not None

    def _draw(self, alphabet: str, length: int) -> str:
        """Draw so many signs with one question to the source: the system's entropy costs a system call each time."""
        size = len(alphabet)
        drawn = self._random.randrange(size**length)
        signs = []
        for _ in range(length):
            drawn, place = divmod(drawn, size)
            signs.append(alphabet[place])
        return "".join(signs)

    def object_id(self, prefix: str) -> str:
        """Draw the id of a page (`p`), a ticket (`t`), a silence (`s`)...: short enough to be typed, 6 signs."""
        return f"{prefix}-{self._draw(_ID_ALPHABET, 6)}"

    def row_id(self, now: datetime) -> str:
        """Draw an id that nobody types: milliseconds since 1970, then 80 bits.

        Rows of one moment stand together, and a commit of many writes a few pages of the index instead of one each.
        """
        return f"{int(now.timestamp() * 1000):012x}{self._random.getrandbits(80):020x}"

    def short_code(self) -> str:
        """Draw a reply code of two digits."""
        return self._draw("0123456789", 2)

    def digits(self, count: int) -> str:
        """Draw a code of so many digits."""
        return self._draw("0123456789", count)

    def long_code(self) -> str:
        """Draw a reply code of four signs."""
        return self._draw(CODE_ALPHABET, 4)

    def digit(self) -> str:
        """Draw the key that acknowledges in one call."""
        return self._random.choice(ACK_DIGITS)

    def token(self) -> str:
        """Draw 128 bits for a link, as 22 signs that are safe in an URL."""
        if self._seeded:
            return self._draw(_ID_ALPHABET, 22)
        return secrets.token_urlsafe(16)


def hash_of(token: str) -> str:
    """Return what is stored of a token. It has 128 bits and more of its own, so that a fast hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
