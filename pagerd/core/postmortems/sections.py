"""What a postmortem is made of: eight sections, the categories of factors, and the marks in its text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Section(StrEnum):
    """The eight sections, in their order."""

    SUMMARY = "summary"
    IMPACT = "impact"
    TIMELINE = "timeline"
    ROOT_CAUSE = "root_cause"
    FACTORS = "factors"
    WENT_WELL = "went_well"
    WENT_BADLY = "went_badly"
    ACTIONS = "actions"


HEADINGS: Final[Mapping[Section, str]] = {
    Section.SUMMARY: "Summary",
    Section.IMPACT: "Customer impact",
    Section.TIMELINE: "Timeline",
    Section.ROOT_CAUSE: "Root cause",
    Section.FACTORS: "Contributing factors",
    Section.WENT_WELL: "What went well",
    Section.WENT_BADLY: "What did not go well",
    Section.ACTIONS: "Action items",
}
"""How each is headed."""

_OTHER_HEADINGS: Final[Mapping[str, Section]] = {
    "impact": Section.IMPACT,
    "went well": Section.WENT_WELL,
    "did not go well": Section.WENT_BADLY,
    "what went badly": Section.WENT_BADLY,
    "what went wrong": Section.WENT_BADLY,
    "actions": Section.ACTIONS,
}

SUMMARY_LINES: Final = ("What happened", "Customer impact", "Duration", "Severity", "Current status")
"""The five lines of the summary."""


class Factor(StrEnum):
    """What contributed, by category."""

    MISSING_ALERT = "missing alert"
    POOR_RUNBOOK = "poor runbook"
    RISKY_DEPLOYMENT = "risky deployment"
    NO_CIRCUIT_BREAKER = "no circuit breaker"
    NO_LOAD_TEST = "no load test"
    UNCLEAR_OWNERSHIP = "unclear ownership"
    INADEQUATE_ROLLBACK = "inadequate rollback"


ENTRY: Final = re.compile(r"\A\s*(?:[-*+]|\d+[.)]|\|)\s+(?=\S)")
"""What stands before the words of an entry of a list, or of the first cell of a row."""

GAP: Final = "to be filled"
"""The mark of what only people can know, in brackets: `[to be filled: how many customers]`."""

_GAP = re.compile(rf"(?<!\\)\[\s*{GAP}\b", re.IGNORECASE)
_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*")
_NUMBERING = re.compile(r"^\(?\d+[.):]?\s+")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCE = re.compile(r" {0,3}(```|~~~)")


def gap(what: str) -> str:
    """Return the mark for something that people have to write."""
    return f"[{GAP}: {what}]"


def has_gap(line: str) -> bool:
    """Is something of this line still to be filled?"""
    return _GAP.search(line) is not None


def begins_with(text: str, label: str) -> bool:
    """Does a line, which may be an entry of a list, begin with a label and a colon, in whatever type?"""
    words = ENTRY.sub("", text, count=1).replace("*", "").replace("_", " ").strip().casefold()
    return words.startswith(label.casefold()) and words[len(label) :].lstrip()[:1] == ":"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document, and its number from 1 on."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Headed:
    """A section as it stands in a document: the line of its heading, and what is below it."""

    section: Section
    heading: Line
    lines: tuple[Line, ...]


def without_comments(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines with their comments taken out, also those of several lines."""
    if not lines:
        return ()
    text = "\n".join(line.text for line in lines)
    # Nothing after the last end is one, and looking for it from each beginning there takes hours.
    head, end, tail = text.rpartition("-->")
    bare = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), head + end) + tail
    return tuple(Line(line.number, said) for line, said in zip(lines, bare.split("\n"), strict=True))


def section_of(heading: str) -> Section | None:
    """Return the section that a heading names, numbered or not; None for one of somebody's own."""
    words = " ".join(_NUMBERING.sub("", heading.strip()).replace("*", "").casefold().rstrip(":").split())
    own = {text.casefold(): section for section, text in HEADINGS.items()}
    return own.get(words) or _OTHER_HEADINGS.get(words)


def sections_of(text: str) -> tuple[Headed, ...]:
    """Return the sections of a document in its order. A heading of somebody's own of the same level ends one."""
    found: list[Headed] = []
    heading: tuple[Section, Line, int] | None = None
    lines: list[Line] = []
    fence = ""
    for number, raw in enumerate(text.split("\n"), 1):
        line = Line(number, raw.rstrip())
        mark = _FENCE.match(raw)
        if mark is not None and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        title = _HEADING.fullmatch(raw) if not fence else None
        section = section_of(title[2]) if title is not None else None
        ends = title is not None and heading is not None and len(title[1]) <= heading[2]
        if section is None and not ends:
            lines.append(line)
            continue
        if heading is not None:
            found.append(Headed(heading[0], heading[1], tuple(lines)))
        heading = (section, line, len(title[1])) if title is not None and section is not None else None
        lines = []
    if heading is not None:
        found.append(Headed(heading[0], heading[1], tuple(lines)))
    return tuple(found)
