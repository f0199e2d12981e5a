"""What is missing from an action item, by code. A list of intentions without these changes nothing."""

from collections.abc import Container, Mapping
from dataclasses import dataclass

from pagerd.core.actions.terms import BARS, Bar, CheckKind, Priority, Terms


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with an action item: a code for programs, and what would be right."""

    code: str
    what: str


CODES: Mapping[str, str] = {
    "title_missing": "it does not say what is to change",
    "owner_missing": "nobody answers for it: name a person or a team",
    "owner_unknown": "its owner is neither a person nor a team of the files",
    "due_missing": "no day is named by which it should be verified",
    "priority_missing": f"it has no priority: {', '.join(Priority)}",
    "verification_missing": "nobody could tell whether it helped: a sentence, or query:, rule: or runbook: and what",
    "impact_missing": "it does not say what will be better",
    "bar_missing": f"it says of no quality bar that it serves it: {', '.join(BARS)}",
}
"""Each code in words."""


def lint(terms: Terms, owners: Container[str] | None = None) -> tuple[Finding, ...]:
    """Return what is missing, in the order in which it is written; `owners` are the known ones, where it matters."""
    found = {
        "title_missing": not terms.title.strip(),
        "owner_missing": not terms.owner,
        "owner_unknown": bool(terms.owner) and owners is not None and terms.owner not in owners,
        "due_missing": terms.due is None,
        "priority_missing": terms.priority not in set(Priority),
        "verification_missing": not terms.verification.strip() or _names_nothing(terms.verification),
        "impact_missing": not terms.impact.strip(),
        "bar_missing": not set(terms.bars) & set(Bar),
    }
    return tuple(Finding(code, CODES[code]) for code, is_so in found.items() if is_so)


def _names_nothing(verification: str) -> bool:
    """Is it a kind of check, and no word of what is to be looked at?"""
    word, colon, what = verification.partition(":")
    is_check = word.strip().lower().partition("@")[0] in set(CheckKind)
    return is_check and bool(colon) and not what.strip()
