"""Replaces a person by a pseudonym in what was stored about them.

A person's id is short and may be anybody's word, so it is replaced where it stands for a person: whole, under a key
that names people, or after `by`. Names and addresses are replaced wherever they stand.
"""

import re
from dataclasses import dataclass
from typing import Any

NAMES_PEOPLE = frozenset(
    {
        "acknowledged_by", "answered_by", "asked", "by", "closed_by", "decided_by", "done_by", "drafted_by", "ended_by",
        "followers", "giver", "holder", "instead_of", "judged_by", "last_acknowledged_by", "of", "opened_by", "over_by",
        "owner", "paged", "people", "person", "raised_by", "reached", "resolved_by", "settled_by", "spared",
        "submitted_by", "taken_by", "taker", "targets", "to",
    }
)  # fmt: skip
"""Keys of events, timeline details and states whose value is a person, or several."""

ERASED_PHONE = "+12025550100"
"""Stands where a phone number stood in files that must still be readable; kept free for fiction, so nobody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """Who is erased: by id, names and addresses, and what they are called instead."""

    person: str
    pseudonym: str
    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()

    def words(self, text: str) -> str:
        """Return a text without the person's names and addresses, nor their id after `by`."""
        for known in sorted({*self.names, *self.addresses}, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(known)}(?!\w)", self.pseudonym, text)
        return re.sub(rf"\bby {re.escape(self.person)}(?![\w-])", f"by {self.pseudonym}", text)

    def people(self, text: str) -> str:
        """Return one person or several, apart by commas, without this one."""
        parts = [self.pseudonym if part == self.person else self.words(part) for part in text.split(", ")]
        return ", ".join(parts)

    def value(self, value: Any, key: str = "") -> Any:  # noqa: ANN401  # what JSON may hold
        """Return decoded JSON without the person."""
        match value:
            case str():
                return self.people(value) if key in NAMES_PEOPLE else self.words(value)
            case list():
                return [self.value(one, key) for one in value]
            case dict():
                return {name: self.value(one, name) for name, one in value.items()}
            case _:
                return value

    def file(self, text: str) -> str:
        """Return a config file's text in which the person is the pseudonym, and which can still be read."""
        # The longest first: one may be a part of another, and of the longer nothing may be left.
        for address in sorted(self.addresses, key=len, reverse=True):
            stand_in = f"{self.pseudonym}@erased.invalid" if "@" in address else ERASED_PHONE
            text = re.sub(rf"(?<!\w){re.escape(address)}(?!\w)", stand_in, text)
        for name in sorted(self.names, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", self.pseudonym, text)
        return re.sub(rf"(?<![\w./-]){re.escape(self.person)}(?![\w./-])", self.pseudonym, text)
