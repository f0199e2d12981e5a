"""How a mail of sections is written: plain text 72 columns wide, and the same as simple HTML without pictures.

What stands in a line may come from an alert: it is cleaned by whoever says it, and escaped here.
"""

import html
import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pagerd.core.plain import one_line

WIDTH = 72


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a section: words, or a labelled address. Only http and https addresses become links."""

    words: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that belong together, under a heading or under none."""

    heading: str
    lines: tuple[Line, ...]


def as_text(sections: Iterable[Section]) -> str:
    """Write it as text; a section without lines must be left out by whoever calls."""
    blocks = []
    for section in sections:
        indent = "  " if section.heading else ""
        lines = [section.heading] if section.heading else []
        for line in section.lines:
            words = f"{line.words}:" if line.address and line.words else line.words
            if words and len(indent) + len(words) <= WIDTH:
                lines.append(indent + words)
            elif words:
                lines += _wrapped(words, indent)
            if line.address:
                # An address stands on a line of its own and is never broken: a phone must be able to open it.
                lines.append(indent + one_line(line.address, 2000))
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


@lru_cache(maxsize=256)
def _wrapped(words: str, indent: str) -> tuple[str, ...]:
    """Wrap a long line. Most long lines are sentences of ours, or of one runbook, and come again with every mail."""
    return tuple(
        textwrap.wrap(
            words,
            WIDTH,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )


_STYLE = (
    "body{margin:0;padding:16px;background:#fff;color:#1a1a1a;font:16px/1.5 system-ui,sans-serif}"
    "table{max-width:600px;border-spacing:0}td{padding:0 0 16px;overflow-wrap:anywhere}"
    "h2{margin:0;font-size:14px;color:#555}a{color:#0b57d0}"
    "@media(prefers-color-scheme:dark){body{background:#121212;color:#e8e8e8}h2{color:#aaa}a{color:#8ab4f8}}"
)

_HTTP = re.compile(r"https?://[^\s<>\"'\\]+", re.IGNORECASE)


def as_html(subject: str, sections: Iterable[Section]) -> str:
    """Write it as HTML that a phone shows in the light or the dark."""
    rows = "".join(f"<tr><td>{_section_as_html(section)}</td></tr>\n" for section in sections)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{html.escape(subject)}</title><style>{_STYLE}</style></head>\n"
        f'<body><table role="presentation">\n{rows}</table></body></html>\n'
    )


def _section_as_html(section: Section) -> str:
    heading = f"<h2>{html.escape(section.heading)}</h2>" if section.heading else ""
    return heading + "<br>\n".join(_line_as_html(line) for line in section.lines)


def _line_as_html(line: Line) -> str:
    words = html.escape(line.words)
    if not line.address:
        return words
    address = one_line(line.address, 2000)
    # What is no web address (javascript:, data:, a path) is shown as text, never made into something to press.
    shown = html.escape(address)
    if _HTTP.fullmatch(address):
        shown = f'<a href="{shown}" rel="noreferrer">{shown}</a>'
    return f"{words}: {shown}" if words else shown
