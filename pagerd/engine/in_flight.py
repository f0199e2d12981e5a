"""How many messages of each medium the senders have in hand, and how many more may be handed to them."""

from datetime import datetime

from pagerd.core.people import Medium
from pagerd.engine.carriers import Carriers
from pagerd.engine.limits import Limits
from pagerd.engine.work import Room


class InFlight:
    """Counts messages from when they are handed out until their attempt is over. `limits` say how many there may be."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._handed_out = dict.fromkeys(Medium, 0)
        self._not_begun = dict.fromkeys(Medium, 0)

    @property
    def count(self) -> int:
        """How many messages are being sent, or wait in memory for a sender."""
        return sum(self._handed_out.values())

    def hand_out(self, medium: Medium) -> None:
        """Count one that the senders are given."""
        self._handed_out[medium] += 1
        self._not_begun[medium] += 1

    def begin(self, medium: Medium) -> None:
        """Count one that a sender took up."""
        self._not_begun[medium] -= 1

    def end(self, medium: Medium, carriers: Carriers) -> bool:
        """Count one whose attempt is over; say whether its medium had no room until now."""
        was_full = self._handed_out[medium] >= self._max(medium, carriers)
        self._handed_out[medium] -= 1
        return was_full

    def room(self, carriers: Carriers, now: datetime, *, is_alone: bool) -> Room:
        """Return how many messages of each medium may be handed out now."""
        free: dict[Medium, int] = {}
        limited: dict[Medium, datetime] = {}
        others: set[Medium] = set()
        for medium, handed_out in self._handed_out.items():
            free[medium] = max(self._max(medium, carriers) - handed_out, 0)
            if not is_alone and carriers.is_given_up(medium, now):
                others.add(medium)
                continue
            allowance = carriers.allowance(medium, now)
            if allowance.count is None or not free[medium]:
                continue
            allowed = max(allowance.count - self._not_begun[medium], 0)
            limited[medium] = now if allowed else allowance.more_at
            free[medium] = min(free[medium], allowed)
        return Room(free, limited, frozenset(others))

    def _max(self, medium: Medium, carriers: Carriers) -> int:
        works = any(not one.standing.in_trouble for one in carriers.of(medium))
        return self.limits.in_flight_max if works else self.limits.in_trouble_max
