"""Changes whose answer nobody waits for, sent together: each round trip that is saved shortens every node's turn.

A change without RETURNING answers with nothing, so a unit need not wait for it. It is sent with the next statement that
has an answer, or at the unit's end. Those that change different tables and read nothing else go as one statement, which
PostgreSQL runs on one snapshot: none could see what another did, so it is the same as one after the other. So do rows
that are added to one table with their keys: of two that are equal the second fails, as it would alone. So does the
question behind them, where it does not name their tables: our schema has no triggers, views and cascades that would
read or change one table for another. A change that fails dooms its unit there and not a line earlier, and a unit that
fails is undone either way.
"""

import re
from collections.abc import Sequence
from typing import Final

from pagerd.stores.base import Value

Change = tuple[str, tuple[Value, ...]]

PENDING_MAX: Final = 16  # more in one statement would make a plan that nothing else uses
COMBINATIONS_MAX: Final = 500

_TABLE = re.compile(r"\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+(?P<table>\w+)\s", re.IGNORECASE)
_KEYED = re.compile(r"\s*INSERT\s+INTO\s+\w+\s*\(id,", re.IGNORECASE)
_READS = re.compile(r"\b(?:RETURNING|SELECT|FROM|USING)\b", re.IGNORECASE)
_ODD = re.compile(r"""[;"]|--|/\*""")
_TEXT = re.compile(r"'[^']*'")
_QUESTION = re.compile(r"\s*(?:SELECT|INSERT|UPDATE|DELETE)\s", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_PLACE = re.compile(r"\$(\d+)")
_tables: dict[str, str | None] = {}
_words: dict[str, frozenset[str]] = {}
_combined: dict[tuple[str, ...], str] = {}


def table_of(sql: str) -> str | None:
    """Return the one table that a statement changes and that is all it touches; None of every other statement."""
    if sql not in _tables:
        if len(_tables) >= COMBINATIONS_MAX:
            _tables.clear()
        found = _TABLE.match(sql)
        is_plain = found is not None and not _is_odd(sql) and not _READS.search(sql, found.end())
        _tables[sql] = found["table"].lower() if found is not None and is_plain else None
    return _tables[sql]


def _is_odd(sql: str) -> bool:
    # Where a text might hold a place, or a statement might end, it is left alone: places are counted anew.
    return bool(_ODD.search(sql)) or any("$" in text for text in _TEXT.findall(sql))


def _adds_with_a_key(sql: str) -> bool:
    # Rows that bring their keys do not see each other, and get no number by which of them came first.
    return bool(_KEYED.match(sql)) and "ON CONFLICT" not in sql.upper()


def words_of(sql: str) -> frozenset[str]:
    """Return the words of a statement, all tables that it might read among them; none where it must stand alone."""
    if sql not in _words:
        if len(_words) >= COMBINATIONS_MAX:
            _words.clear()
        goes_along = _QUESTION.match(sql) and not _is_odd(sql)
        _words[sql] = frozenset(_WORD.findall(sql.lower())) if goes_along else frozenset()
    return _words[sql]


def together(changes: Sequence[Change], question: Change | None = None) -> list[Change]:
    """Put changes into as few statements as may be, in their order, and what asks for an answer into the last."""
    groups: list[list[Change]] = []
    changed: set[str | None] = set()
    added_to: set[str | None] = set()
    for change in changes:
        table, adds = table_of(change[0]), _adds_with_a_key(change[0])
        if not groups or table in changed or (table in added_to and not adds):
            groups.append([])
            changed, added_to = set(), set()
        groups[-1].append(change)
        (added_to if adds else changed).add(table)
    if question is not None:
        words = words_of(question[0])
        if groups and words and words.isdisjoint(changed | added_to):
            groups[-1].append(question)
        else:
            groups.append([question])
    return [_one(group) for group in groups]


def _one(group: Sequence[Change]) -> Change:
    if len(group) == 1:
        return group[0]
    statements = tuple(sql for sql, _ in group)
    if statements not in _combined:
        if len(_combined) >= COMBINATIONS_MAX:
            _combined.clear()
        _combined[statements] = _combine(group)
    return _combined[statements], tuple(value for _, values in group for value in values)


def _combine(group: Sequence[Change]) -> str:
    parts: list[str] = []
    places = 0
    for sql, values in group:
        parts.append(_moved(sql, places))
        places += len(values)
    named = ", ".join(f"change{number} AS ({sql})" for number, sql in enumerate(parts[:-1]))
    return f"WITH {named} {parts[-1]}"


def _moved(sql: str, by: int) -> str:
    """Count the places of a statement from another number on."""
    return _PLACE.sub(lambda place: f"${int(place[1]) + by}", sql)
