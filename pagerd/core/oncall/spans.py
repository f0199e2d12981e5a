"""Dated spans laid side by side, so that one bisection says which of them hold at an instant."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Generic, TypeVar

T = TypeVar("T")
D = TypeVar("D")


class Spans(Generic[D]):
    """Between two cuts the same spans hold; what they come to is digested once for each such stretch.

    Spans are half-open. One that ends before it begins, or as it begins, never holds.
    """

    __slots__ = ("_cuts", "_digests")

    def __init__(self, spans: Iterable[tuple[datetime, datetime, T]], digest: Callable[[tuple[T, ...]], D]) -> None:
        begins: dict[datetime, list[int]] = {}
        ends: dict[datetime, list[int]] = {}
        items: list[T] = []
        for start, end, item in spans:
            # Two local times of one zone compare by their clocks, so an instant is made of each first.
            begin, finish = start.astimezone(UTC), end.astimezone(UTC)
            if begin < finish:
                begins.setdefault(begin, []).append(len(items))
                ends.setdefault(finish, []).append(len(items))
                items.append(item)
        self._cuts = sorted({*begins, *ends})
        holding: set[int] = set()
        self._digests = [digest(())]
        for cut in self._cuts:
            holding.difference_update(ends.get(cut, ()))
            holding.update(begins.get(cut, ()))
            self._digests.append(digest(tuple(items[index] for index in sorted(holding))))

    def at(self, instant: datetime) -> tuple[D, datetime | None]:
        """Return the digest of the spans that hold at an instant (UTC), and the next cut; None: there is none."""
        index = bisect_right(self._cuts, instant)
        return self._digests[index], self._cuts[index] if index < len(self._cuts) else None
