"""Did you mean."""

import difflib
from collections.abc import Iterable

_CANDIDATES_MAX = 1000
_WORD_MAX = 64


def nearest(word: str, known: Iterable[str]) -> str:
    """Return `did you mean X?` for the known name that is nearest, or nothing where none is near."""
    # Comparing is quadratic in the lengths: what is longer than any name is no misspelling of one.
    if len(word) > _WORD_MAX:
        return ""
    candidates = sorted({one for one in known if len(one) <= _WORD_MAX})[:_CANDIDATES_MAX]
    found = difflib.get_close_matches(word, candidates, n=1, cutoff=0.6)
    if not found:
        found = [one for one in candidates if one.lower() == word.lower()]
    return f"did you mean {found[0]}?" if found else ""


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """Say that there is nothing of that name, and which is near, or which there are."""
    there = sorted(known)
    hint = nearest(name, there) or (f"there are {listed(there)}" if there else "there is none at all")
    return f"there is no {what} {name[:_WORD_MAX]!r}; {hint}"


def listed(known: Iterable[str], most: int = 12) -> str:
    """Return names for the `expected` of a finding."""
    names = sorted(known)
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
