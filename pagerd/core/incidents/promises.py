"""Words that promise what nobody can know: when it will be over. A message says when the next one comes instead."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from pagerd.core.plain import one_line

PROMISE_WORDS: Final[tuple[str, ...]] = (
    "will be fixed by",
    "will be fixed in",
    "will be resolved by",
    "will be resolved in",
    "will be restored by",
    "will be restored in",
    "will be back by",
    "will be back in",
    "shortly",
    "soon",
    "any minute",
    "any moment",
    "in no time",
    "guarantee*",
    "we promise",
    "never happen again",
)
"""What the files may replace. A star stands for any ending of a word."""


def promises_in(text: str, words: Iterable[str]) -> tuple[str, ...]:
    """Return the promises in a text as they stand in it, each once, in their order."""
    pattern = _pattern(tuple(words))
    if pattern is None:
        return ()
    # Signs that nobody sees must hide no word.
    found = (match.group().lower() for match in pattern.finditer(one_line(text, len(text) + 1)))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    # The longest first: of two that begin alike the one that says more is named.
    known = sorted((one for one in words if one.strip(" *")), key=len, reverse=True)
    if not known:
        return None
    return re.compile("|".join(map(_one, known)), re.IGNORECASE)


def _one(words: str) -> str:
    stem = r"\s+".join(re.escape(word) for word in words.rstrip("*").split())
    ending = r"\w*" if words.endswith("*") else ""
    return rf"(?<!\w){stem}{ending}(?!\w)"
