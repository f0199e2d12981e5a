"""Rows as they are moved from one engine to the other: which tables there are, and how two sets of rows are compared.

The order of rows is each engine's own (texts sort by bytes in SQLite, by a language in PostgreSQL, and some tables have
no key), so the digest of a table is one that does not depend on it: the sum of the digests of its rows.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from pagerd.stores.base import Row, Value

MIGRATIONS_TABLE = "schema_migrations"
"""Each database's own: a migration may have another text on another engine, and is applied at another time."""

_MODULUS = 1 << 256


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its columns, in the order in which the schema has them."""

    name: str
    columns: tuple[str, ...]

    @property
    def count(self) -> str:
        """The statement that counts its rows."""
        return f'SELECT count(*) FROM "{self.name}"'  # noqa: S608  # a name of the schema's own

    @property
    def select(self) -> str:
        """The statement that reads all its rows, in no order."""
        columns = ", ".join(f'"{column}"' for column in self.columns)
        return f'SELECT {columns} FROM "{self.name}"'  # noqa: S608  # the same


class TableDigest:
    """The number of rows of a table, and the sum of their digests."""

    __slots__ = ("_sum", "rows")

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def add(self, rows: Iterable[Row]) -> None:
        """Count rows in."""
        for row in rows:
            self.rows += 1
            self._sum += int.from_bytes(_digest(row))
        self._sum %= _MODULUS

    @property
    def hexdigest(self) -> str:
        """The sum, as text. Two sets of rows that differ do not have the same one by accident."""
        return f"{self._sum:064x}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TableDigest) and (self.rows, self._sum) == (other.rows, other._sum)

    __hash__ = None  # type: ignore[assignment]  # it grows, and so is nobody's key


def _digest(row: Row) -> bytes:
    """Return the digest of one row: of each value its type, its length and its bytes, so that no two rows are alike."""
    digest = hashlib.sha256()
    for value in row:
        kind, content = _bytes_of(value)
        digest.update(b"%c%d:" % (kind, len(content)))
        digest.update(content)
    return digest.digest()


def _bytes_of(value: Value) -> tuple[bytes, bytes]:
    match value:
        case None:
            return b"n", b""
        case str():
            return b"s", value.encode()
        case int():
            return b"i", b"%d" % value
        case float():
            return b"f", value.hex().encode()
        case bytes():
            return b"b", value
