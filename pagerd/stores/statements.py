"""What a unit may say on every engine: one statement that reads or changes rows, with `$1`, `$2` for its values."""

import re
from collections.abc import Iterator
from typing import Final

from pagerd.stores.base import Value

STATEMENTS_MAX: Final = 2_000  # statements are constants; the limit is for the day somebody builds them

_TOKEN = re.compile(
    r"""'(?:[^']|'')*' | "(?:[^"]|"")*" | --[^\n]* | /\*.*?\*/ | \$(?P<number>\d+) | (?P<word>[A-Za-z_]\w*) | [;?]""",
    re.VERBOSE | re.DOTALL,
)
_FIRST_WORDS = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "VALUES", "EXPLAIN"})


def places(sql: str) -> Iterator[re.Match[str]]:
    """Yield where the values of a statement stand, each with its `number`, and refuse what a unit may not say.

    That is two statements in one, transactions, changes of the schema, PRAGMA and SET.
    """
    first, ended = "", False
    for token in _TOKEN.finditer(sql):
        text = token[0]
        if text.startswith(("--", "/*")):
            continue
        if ended:
            raise ValueError(f"a statement stands alone, something follows its semicolon: {sql!r}")
        ended = text == ";"
        word = (token["word"] or "").upper()
        first = first or word
        if text == "?" or word == "ROLLBACK":
            raise ValueError(f"{text} has no place in a statement of a unit: {sql!r}")
        if token["number"]:
            yield token
    if first not in _FIRST_WORDS:
        raise ValueError(f"a unit may only read and change rows, not {first or 'nothing'}: {sql!r}")


def check_values(values: tuple[Value, ...]) -> None:
    """Refuse values that not every engine can keep: SQLite would make NULL of NaN, PostgreSQL has no NUL in text."""
    for value in values:
        if value.__class__ is str:
            if "\0" in value:
                raise ValueError(f"text with NUL cannot be stored: {value!r:.80}")
        elif value != value:  # noqa: PLR0124 - true of NaN alone
            raise ValueError("NaN cannot be stored")
