"""What people write to be kept: all of it. What is too long is refused, and never cut off unseen."""

from pagerd.core.errors import Conflict
from pagerd.core.plain import one_line

TEXT_MAX = 1000
"""Signs of what somebody writes at once: a note, a reason, what an update says."""


def lines_of(text: str) -> str:
    """Return the text with one sign for each line end: a browser sends two."""
    return "\n".join(text.splitlines()).strip()


def whole(text: str, most: int = TEXT_MAX, what: str = "this text") -> str:
    """Return the text as it is. Raises Conflict where it has more signs than are kept."""
    if len(text) > most:
        raise Conflict(f"{what} has {len(text):,} signs, and at most {most:,} can be kept: shorten it")
    return text


def as_sentence(text: str) -> str:
    """Return what somebody wrote on one line, without the point at its end. Raises Conflict where it is too long."""
    return one_line(whole(" ".join(text.split())), TEXT_MAX).removesuffix(".")


def needed(text: str, complaint: str) -> str:
    """Return the sentence that somebody wrote. Raises Conflict where that is nothing, or too long."""
    if not (said := as_sentence(text)):
        raise Conflict(complaint)
    return said
