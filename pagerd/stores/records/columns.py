"""How values become columns and come back."""

from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, overload

import msgspec

from pagerd.stores.base import Value

T = TypeVar("T")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

encoder = msgspec.json.Encoder()


@overload
def micros(at: datetime) -> int: ...
@overload
def micros(at: None) -> None: ...
def micros(at: datetime | None) -> int | None:
    """Return microseconds since 1970, UTC."""
    return None if at is None else (at - _EPOCH) // _MICROSECOND


def instant(column: Value) -> datetime:
    """Return the instant of a column that is never null."""
    assert isinstance(column, int)
    return _EPOCH + timedelta(microseconds=column)


def instant_or_none(column: Value) -> datetime | None:
    """Return the instant of a column that may be null."""
    return None if column is None else instant(column)


def text(column: Value) -> str:
    """Return the text of a column that is never null."""
    assert isinstance(column, str)
    return column


def text_or_none(column: Value) -> str | None:
    """Return the text of a column that may be null."""
    return None if column is None else text(column)


def number(column: Value) -> int:
    """Return the number of a column that is never null."""
    assert isinstance(column, int)
    return column


def places(count: int, *, after: int) -> str:
    """Number so many places of a statement, behind others."""
    return ", ".join(f"${number}" for number in range(after + 1, after + 1 + count))


def to_json(value: Any) -> str:  # noqa: ANN401  # anything that msgspec writes
    """Write a value as JSON text."""
    return encoder.encode(value).decode()


def reader(kind: type[T]) -> msgspec.json.Decoder[T]:
    """Return a decoder for JSON text of one type; our own writing is trusted, but its shape is checked."""
    return msgspec.json.Decoder(kind)
