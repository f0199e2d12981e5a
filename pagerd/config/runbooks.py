"""Reads `runbooks/*.md`: which of the six questions of the first 15 minutes it answers, and what to do first.

A heading counts by its words, whatever its level and whatever stands around them, and only with text under it. The
first action is the first list item under a heading such as `First action`; without that heading the first list item
under `Roll back`, then the first list item anywhere, then the first sentence. It goes into a text message as it is, so
it should be short, and it should be safe: the reader has just woken up.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from pagerd.config.findings import Span
from pagerd.config.reader import Reader
from pagerd.core.plan import RUNBOOK_SECTIONS, Runbook

_SYNONYMS = {
    "dashboards": ("dashboard", "dashboards", "graphs", "metrics"),
    "logs": ("log", "logs", "logging", "traces"),
    "dependencies": ("dependency", "dependencies", "depends on", "upstream", "upstreams"),
    "roll back": ("roll back", "rollback", "rolling back", "roll-back", "revert", "undo the deploy"),
    "fail over": (
        "fail over",
        "failover",
        "failing over",
        "fail-over",
        "switch over",
        "degraded mode",
        "disaster recovery",
    ),
    "who to call": ("who to call", "whom to call", "contacts", "contact", "escalation", "escalate", "who to ask"),
}
assert tuple(_SYNONYMS) == RUNBOOK_SECTIONS, "every section of the first 15 minutes has its words"

_SECTION_WORDS = {
    section: re.compile(r"(?i)\b(?:" + "|".join(re.escape(word) for word in words) + r")\b")
    for section, words in _SYNONYMS.items()
}
_FIRST_ACTION = re.compile(
    r"(?i)\b(?:first action|first actions|do first|do this first|first step|immediate action|immediate actions)\b"
)

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_LIST_ITEM = re.compile(r"\s*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(\S.*)")
_LINK = re.compile(r"!?\[([^\]\[]*)\]\([^()\s]*\)")
_EMPHASIS = re.compile(r"\*\*|__|`")

FIRST_ACTION_MAX = 200
"""Characters of a first action; a text message has 160 for everything."""


LINE_MAX = 1000
"""Characters of a line that can be a heading; the rest of a longer one is not looked at for a first action."""


@dataclass(slots=True)
class _Section:
    """A heading and the lines under it; the lines before the first heading have level 0."""

    heading: str
    level: int
    lines: list[str]

    @property
    def has_text(self) -> bool:
        return any(line.strip() for line in self.lines)

    def first_item(self) -> str:
        return next((found[1] for line in self.lines if (found := _LIST_ITEM.fullmatch(line))), "")

    def first_line(self) -> str:
        return next((line for line in self.lines if line.strip() and not _FENCE.match(line)), "")


def read_runbook(reader: Reader, file: str, text: str) -> Runbook:
    """Read one runbook. Its id is the file's name without `.md`."""
    sections = _sections(text)
    name = PurePosixPath(file).stem
    title = next((_plain(one.heading) for one in sections if one.level == 1 and one.heading), name)
    answered = frozenset(key for key, words in _SECTION_WORDS.items() if _is_answered(words, sections))
    action = _first_action(sections)
    if not action:
        hint = "begin with a heading `First action` and a list"
        reader.report("W107", Span(file), f"{name} says nothing that could stand in a text", "a first action", hint)
    return Runbook(id=name, title=title, sections=answered, first_action=action, text=text)


def _is_answered(words: re.Pattern[str], sections: list[_Section]) -> bool:
    """Is there a heading with these words, and text under it or under a heading inside it?"""
    for place, section in enumerate(sections):
        if section.level > 1 and words.search(section.heading):
            outside = (n for n in range(place + 1, len(sections)) if sections[n].level <= section.level)
            if any(one.has_text for one in sections[place : next(outside, len(sections))]):
                return True
    return False


def _sections(text: str) -> list[_Section]:
    sections = [_Section("", 0, [])]
    fence = ""
    for line in text.splitlines():
        found = _FENCE.match(line)
        if found and not fence:
            fence = found[1]
        elif found and found[1].startswith(fence):
            fence = ""
        heading = _HEADING.fullmatch(line) if not fence and len(line) <= LINE_MAX else None
        if heading is not None:
            sections.append(_Section((heading[2] or "").strip(), len(heading[1]), []))
        else:
            sections[-1].lines.append(line)
    return sections


def _first_action(sections: list[_Section]) -> str:
    opening = [one for one in sections if _FIRST_ACTION.search(one.heading)]
    rollback = [one for one in sections if one.level > 1 and _SECTION_WORDS["roll back"].search(one.heading)]
    candidates = (
        *_items_and_lines(opening),
        *(one.first_item() for one in rollback),
        *(one.first_item() for one in sections),
        *(_sentence(one.first_line()) for one in sections),
    )
    return next((plain for one in candidates if (plain := _plain(one))), "")


def _items_and_lines(sections: Iterable[_Section]) -> Iterable[str]:
    for one in sections:
        yield one.first_item() or one.first_line()


def _sentence(line: str) -> str:
    return re.split(r"(?<=[.!?])\s", line, maxsplit=1)[0]


def _plain(markdown: str) -> str:
    """Return one line of Markdown as plain words."""
    words = _EMPHASIS.sub("", _LINK.sub(r"\1", markdown[:LINE_MAX]))
    plain = " ".join("".join(char if char.isprintable() else " " for char in words).split())
    return plain if len(plain) <= FIRST_ACTION_MAX else plain[: FIRST_ACTION_MAX - 3].rstrip() + "..."
