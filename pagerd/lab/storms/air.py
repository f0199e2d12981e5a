"""What is in the air: messages that were claimed and whose outcome is not stored yet. And what came of it."""

from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Protocol

from pagerd.engine.work import Claimed


class Air:
    """Counts who carries what, and what may go once more because nobody knows what became of it."""

    def __init__(self) -> None:
        self._carried: dict[str, list[Claimed]] = {}
        self.excused: Counter[str] = Counter()
        """By notification: how often it may have gone once more, because of an attempt whose end was not stored."""
        self.found_twice: list[str] = []

    async def carry(self, claimed: Claimed, deliver: Callable[[Claimed], Awaitable[None]]) -> None:
        """Let an attempt be made, and note whether what became of it was stored."""
        lead = claimed.notification.id
        if lead in self._carried and not self.excused[lead]:
            self.found_twice.append(lead)
        self._carried.setdefault(lead, []).append(claimed)
        try:
            await deliver(claimed)
        except BaseException:
            self.excuse(claimed)
            raise
        finally:
            self._let_go(claimed)

    def excuse(self, claimed: Claimed) -> None:
        """Everything that this message says may be said once more."""
        for one in claimed.all:
            self.excused[one.id] += 1

    def excuse_all(self) -> None:
        """Time was lost: claims may end while their messages are in the air."""
        for some in self._carried.values():
            for claimed in some:
                self.excuse(claimed)

    def claimed(self, notification_id: str) -> Claimed | None:
        """Return what whoever carries a message claimed; None where nobody does."""
        carried = self._carried.get(notification_id)
        return carried[-1] if carried else None

    def _let_go(self, claimed: Claimed) -> None:
        """One carries it no more; where time was lost, another may."""
        lead = claimed.notification.id
        carried = self._carried[lead]
        carried.remove(claimed)
        if not carried:
            del self._carried[lead]


class Taker(Protocol):
    """A provider as it is counted: `taken` are the messages that it took, by our id and its own.

    `said` is what became of each, as it told or would tell; `heard` is what of that it told, and pagerd answered.
    """

    taken: list[tuple[str, str]]
    looked_at: int
    said: set[tuple[str, str]]
    heard: set[tuple[str, str, str]]
