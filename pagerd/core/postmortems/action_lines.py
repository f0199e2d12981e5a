"""Action items as lines of a postmortem, and back: a title, and below it what it must say.

- **a-3 Alert when the pool is nearly used up**
  - Owner: platform
  - Due: 2026-02-10
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from pagerd.core.actions.item import ActionItem
from pagerd.core.actions.terms import Terms
from pagerd.core.postmortems.sections import Line, has_gap
from pagerd.core.postmortems.words import plain

LABELS: Final[Mapping[str, str]] = {
    "owner": "Owner",
    "due": "Due",
    "priority": "Priority",
    "verification": "Verification",
    "impact": "Expected impact",
    "bars": "Serves",
}
"""What each line below an action item is called."""

_OTHER_LABELS: Final[Mapping[str, str]] = {
    "due date": "due",
    "verify": "verification",
    "verified by": "verification",
    "how we verify": "verification",
    "impact": "impact",
    "quality bar": "bars",
    "bar": "bars",
}
_TITLE = re.compile(r"[-*+]\s+(?:\[[ xX]\]\s+)?(.+)|\d+[.)]\s+(.+)")
_TERM = re.compile(r"\s+[-*+]\s+\**([A-Za-z ]+?)\**\s*:\**\s*(.*)")
_NAME = re.compile(r"(a-\d{1,9})\b\s*")
_STATUS = re.compile(r"(?<!\s)\s*\[[^\[\]]*\]\s*$")
_ESCAPED = re.compile(r"\\([!-/:-@[-`{-~])")


@dataclass(frozen=True, slots=True)
class WrittenAction:
    """An action item as it stands in a text. `name` is that of one that pagerd tracks: `a-3`."""

    line: int
    name: str
    terms: Terms


def action_lines(items: Iterable[ActionItem]) -> tuple[str, ...]:
    """Write action items, as they are now."""
    lines: list[str] = []
    for item in items:
        terms = item.terms
        lines.append(f"- **{item.id} {plain(terms.title)}** [{item.id}#{item.version}, {item.status}]")
        said = {
            "owner": terms.owner,
            "due": terms.due.isoformat() if terms.due is not None else "",
            "priority": terms.priority,
            "verification": terms.verification,
            "impact": terms.impact,
            "bars": ", ".join(terms.bars),
        }
        lines += [f"  - {LABELS[name]}: {plain(value)}" for name, value in said.items() if value]
    return tuple(lines)


def actions_in(lines: Iterable[Line]) -> tuple[WrittenAction, ...]:
    """Read action items from the lines of their section. What is no list item is passed over."""
    found: list[WrittenAction] = []
    terms: dict[str, str] = {}
    heading: tuple[int, str] | None = None
    for line in lines:
        title, term = _TITLE.fullmatch(line.text), _TERM.fullmatch(line.text)
        if title is not None:
            if heading is not None:
                found.append(_made(heading, terms))
            heading, terms = (line.number, title[1] or title[2]), {}
        elif term is not None and heading is not None:
            name = _label(term[1])
            if name and not has_gap(term[2]):
                terms.setdefault(name, _ESCAPED.sub(r"\1", term[2]).strip())
    if heading is not None:
        found.append(_made(heading, terms))
    return tuple(found)


def _label(text: str) -> str:
    word = " ".join(text.casefold().split())
    own = {label.casefold(): name for name, label in LABELS.items()}
    return own.get(word) or _OTHER_LABELS.get(word, "")


def _made(heading: tuple[int, str], said: Mapping[str, str]) -> WrittenAction:
    number, raw = heading
    text = _STATUS.sub("", raw).replace("**", "").strip()
    named = _NAME.match(text)
    title = text[named.end() :] if named is not None else text
    terms = Terms(
        title="" if has_gap(title) else _ESCAPED.sub(r"\1", title).strip(),
        owner=said.get("owner", ""),
        due=_date(said.get("due", "")),
        priority=said.get("priority", "").casefold(),
        verification=said.get("verification", ""),
        impact=said.get("impact", ""),
        bars=tuple(
            one for word in said.get("bars", "").split(",") if (one := word.strip().casefold().replace(" ", "_"))
        ),
    )
    return WrittenAction(number, named[1] if named is not None else "", terms)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
