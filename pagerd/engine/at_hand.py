"""What one unit of work has stored already: to read it again would cost a round trip for each alert of a message.

It is the unit's own, and ends with it. Nobody else can store another version in between: SQLite has one writer, and on
PostgreSQL the version that is written is compared.
"""

from collections.abc import Awaitable, Callable
from typing import Generic, Protocol, TypeVar

from pagerd.stores.base import Connection


class Grouped(Protocol):
    """A page or a ticket: a group has at most one that is open."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def group_key(self) -> str: ...  # noqa: D102
    @property
    def is_open(self) -> bool: ...  # noqa: D102


T = TypeVar("T", bound=Grouped)


class AtHand(Generic[T]):
    """The pages, or the tickets, that a unit has stored, as it stored them last; `read` finds the others."""

    __slots__ = ("_by_id", "_of_group", "_read")

    def __init__(self, read: Callable[[Connection, str], Awaitable[T | None]]) -> None:
        self._read = read
        self._by_id: dict[str, T] = {}
        self._of_group: dict[str, T] = {}

    def stored(self, one: T) -> None:
        """Take note of what the unit has just stored."""
        self._by_id[one.id] = self._of_group[one.group_key] = one

    async def find(self, c: Connection, object_id: str) -> T | None:
        """Return it as it is now, or None."""
        return self._by_id.get(object_id) or await self._read(c, object_id)

    def open_of(self, group_key: str) -> T | None:
        """Return the open one of a group, if this unit has stored it; None says nothing of the store."""
        one = self._of_group.get(group_key)
        return one if one is not None and one.is_open else None
