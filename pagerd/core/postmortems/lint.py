"""What is missing from a postmortem, by code and line: what a reader would send it back for.

An error stands against a review; a warning is for the writer to think about. The rules for one action item are those
of `core/actions/lint.py`. Lines that pagerd wrote are known to be facts, and are not judged.
"""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pagerd.core.actions.item import ActionItem
from pagerd.core.actions.lint import lint as lint_action
from pagerd.core.postmortems.action_lines import WrittenAction, actions_in
from pagerd.core.postmortems.document import fact_lines
from pagerd.core.postmortems.sections import (
    ENTRY,
    HEADINGS,
    SUMMARY_LINES,
    Factor,
    Headed,
    Line,
    Section,
    begins_with,
    has_gap,
    sections_of,
    without_comments,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a postmortem lacks: a code for programs, the line, and what would be right."""

    code: str
    line: int
    what: str
    is_error: bool = True


_TIME: Final = re.compile(r"\**`?(?:\d{4}-\d\d-\d\d[ T])?(?:[01]?\d|2[0-3]):[0-5]\d")
_CITE: Final = re.compile(r"\[[^\[\]]*\b[a-z]-[a-z0-9]+#\d+[^\[\]]*\]")
_STATUS_CLASS: Final = re.compile(r"\b[1-5]xx\b", re.IGNORECASE)
_UNKNOWN: Final = re.compile(r"\b(?:not known|unknown)\b", re.IGNORECASE)
_BLAME: Final = re.compile(
    r"\b(?:fault of|to blame|blame[ds]?|careless\w*|negligen\w*|incompeten\w*|human error|lazy|laziness|stupid\w*"
    r"|should have known|forgot to)\b",
    re.IGNORECASE,
)
_GUESS: Final = re.compile(
    r"\b(?:probably|maybe|perhaps|presumably|i think|we think|we believe|must have)\b", re.IGNORECASE
)


def lint(
    text: str, items: Sequence[ActionItem] | None = None, owners: Container[str] | None = None
) -> tuple[Finding, ...]:
    """Return all findings by line. With `items` the action items are those that pagerd tracks, else those of the text.

    `owners` are the people and teams who can answer for one, where they are known.
    """
    found = [*_sections(text)]
    ours = fact_lines(text)
    for headed in sections_of(text):
        people = tuple(line for line in without_comments(headed.lines) if line.number not in ours)
        found += _RULES[headed.section](headed, people)
        found += _blame(people)
    found += (
        Finding("gap", number, "something is still to be filled here")
        for number, line in enumerate(text.split("\n"), 1)
        if number not in ours and has_gap(line)
    )
    found += _actions(text, items, owners)
    return tuple(sorted(found, key=lambda one: (one.line, one.code)))


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what stands against a review."""
    return tuple(one for one in findings if one.is_error)


def _sections(text: str) -> Iterable[Finding]:
    seen: dict[Section, int] = {}
    for headed in sections_of(text):
        number = headed.heading.number
        if headed.section in seen:
            yield Finding(
                "section_twice", number, f"{HEADINGS[headed.section]} stands on line {seen[headed.section]} too"
            )
        seen.setdefault(headed.section, number)
        if not any(line.text.strip() for line in without_comments(headed.lines)):
            yield Finding("section_empty", number, f"{HEADINGS[headed.section]} says nothing")
    end = text.rstrip("\n").count("\n") + 1
    for section, heading in HEADINGS.items():
        if section not in seen:
            yield Finding("section_missing", end, f"there is no section `## {heading}`")


def _summary(headed: Headed, people: tuple[Line, ...]) -> Iterable[Finding]:
    del people  # some of its lines are facts
    said = {label for label in SUMMARY_LINES for line in headed.lines if begins_with(line.text, label)}
    missing = [label for label in SUMMARY_LINES if label not in said]
    if missing:
        what = f"the summary has five lines, and these are missing: {', '.join(missing)}"
        yield Finding("summary_incomplete", headed.heading.number, what)


def _impact(headed: Headed, people: tuple[Line, ...]) -> Iterable[Finding]:
    text = _STATUS_CLASS.sub("", " ".join(line.text for line in people if not has_gap(line.text)))
    if text.strip() and not re.search(r"\d", text) and not _UNKNOWN.search(text):
        what = "the impact has no number: which share of customers, which rate, or that it is not known"
        yield Finding("impact_without_number", headed.heading.number, what)


def _timeline(headed: Headed, people: tuple[Line, ...]) -> Iterable[Finding]:
    lines = [line for line in people if line.text.strip() and not line.text.lstrip().startswith("#")]
    for line in lines:
        said = ENTRY.sub("", line.text, count=1)
        if _TIME.match(said) is None:
            yield Finding(
                "timeline_no_fact", line.number, "a line of the timeline begins with the time at which it was"
            )
        elif _CITE.search(said) is None:
            how = "`pagerd incident note N --at TIME` writes it down where it can be cited"
            yield Finding("timeline_uncited", line.number, f"nothing says where this comes from: {how}", is_error=False)
        if _GUESS.search(said):
            yield Finding("timeline_guess", line.number, "the timeline has facts, and this is a guess", is_error=False)
    if not any(_TIME.match(ENTRY.sub("", line.text, count=1)) for line in headed.lines):
        yield Finding("timeline_empty", headed.heading.number, "the timeline has no line with a time")


def _root_cause(headed: Headed, people: tuple[Line, ...]) -> Iterable[Finding]:
    statements = _paragraphs(people)
    if not statements:
        yield Finding("root_cause_missing", headed.heading.number, "there is no statement of the root cause")
    for line in statements[1:]:
        what = "one clear statement is the root cause; what made it worse is a contributing factor"
        yield Finding("root_cause_several", line.number, what)


def _factors(headed: Headed, people: tuple[Line, ...]) -> Iterable[Finding]:
    items = [line for line in people if ENTRY.match(line.text) and not line.text.startswith("  ")]
    for line in items:
        if not has_gap(line.text) and not any(begins_with(line.text, factor) for factor in Factor):
            what = f"a factor begins with its category: {', '.join(Factor)}"
            yield Finding("factor_without_category", line.number, what)
    if not items:
        yield Finding("factor_missing", headed.heading.number, "no contributing factor is named")


def _anything(headed: Headed, people: tuple[Line, ...]) -> Iterable[Finding]:
    del headed, people
    return ()


_RULES = {
    Section.SUMMARY: _summary,
    Section.IMPACT: _impact,
    Section.TIMELINE: _timeline,
    Section.ROOT_CAUSE: _root_cause,
    Section.FACTORS: _factors,
    Section.WENT_WELL: _anything,
    Section.WENT_BADLY: _anything,
    Section.ACTIONS: _anything,
}


def _blame(people: Iterable[Line]) -> Iterable[Finding]:
    for line in people:
        found = _BLAME.search(line.text)
        if found is not None:
            what = f"{found[0].lower()!r} speaks of somebody: say what the system let happen"
            yield Finding("blame", line.number, what, is_error=False)


def _actions(text: str, items: Sequence[ActionItem] | None, owners: Container[str] | None) -> Iterable[Finding]:
    headed = next((one for one in sections_of(text) if one.section is Section.ACTIONS), None)
    if headed is None:
        return
    ours = fact_lines(text)
    written = actions_in(line for line in without_comments(headed.lines) if not has_gap(line.text))
    place = {one.name: one.line for one in written if one.name}
    if items is None:
        judged = [(one.line, one.name or f"the action item on line {one.line}", one.terms) for one in written]
    else:
        judged = [(place.get(one.id, headed.heading.number), one.id, one.terms) for one in items]
        yield from _untracked((one for one in written if one.line not in ours), {one.id for one in items})
    if not judged:
        yield Finding("action_missing", headed.heading.number, "there is no action item: then it can happen again")
    for line, name, terms in judged:
        for one in lint_action(terms, owners):
            yield Finding(f"action_{one.code}", line, f"{name}: {one.what}")


def _untracked(written: Iterable[WrittenAction], known: Container[str]) -> Iterable[Finding]:
    for one in written:
        if one.name not in known:
            how = "`pagerd action add` does, and then it stands here by itself"
            yield Finding("action_untracked", one.line, f"nobody tracks this action item: {how}")


def _paragraphs(lines: Iterable[Line]) -> list[Line]:
    """Return the first line of each paragraph and of each entry of a list."""
    found: list[Line] = []
    is_new = True
    for line in lines:
        if not line.text.strip():
            is_new = True
            continue
        if is_new or ENTRY.match(line.text):
            found.append(line)
        is_new = False
    return found
