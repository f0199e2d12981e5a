"""Text that came from alerts, made safe for where it is shown: alert text is data everywhere."""

import re

# C0 and C1 controls, line and paragraph separators, bidirectional overrides and marks, and what is no character at all.
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_SPACE = re.compile(r"\s+")


def printable(text: str) -> str:
    """Return text in which only line feeds and tabs control anything; each other control becomes a space."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return text  # what nearly every text is, said without a look at each sign
    return _UNSHOWABLE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Return text fit for a header, a label or a log line: printable, on one line, without space at its ends."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACE.sub(" ", printable(text)).strip()
