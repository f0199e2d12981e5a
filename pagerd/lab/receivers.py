"""Simulated chats and services that are told of incidents."""

from collections.abc import Callable, Iterable, Mapping

from pagerd.channels.base import AccountFault, Busy, Told
from pagerd.core.errors import Refused, Unavailable, Unconfirmed
from pagerd.lab.phones import Mood


class Receiver:
    """Takes what it is told, as its mood is. `refuses` is a kind that it never takes."""

    def __init__(self, name: str, heard: Callable[[str, Told], None]) -> None:
        self._name = name
        self._heard = heard
        self.mood = Mood.WORKS
        self.refuses = ""

    async def tell(self, told: Told, deadline_seconds: float) -> None:
        """Take one message, as the mood is."""
        match self.mood:
            case Mood.DOWN:
                raise Unavailable(f"{self._name} did not answer within {deadline_seconds:g} s")
            case Mood.BUSY:
                raise Busy(f"{self._name} takes no more just now", retry_after_seconds=60)
            case Mood.REFUSES_US:
                raise AccountFault(f"{self._name} answered 404: no_service")
            case _ if told.kind == self.refuses:
                raise Refused(f"{self._name} answered 400: invalid_payload")
            case _:
                self._heard(self._name, told)
        if self.mood is Mood.LOSES_ANSWERS:
            raise Unconfirmed(f"{self._name} took it and did not answer")

    async def close(self) -> None:
        """Nothing is held."""


class Receivers:
    """All of a world, by name. What they took is in `told`, in order."""

    def __init__(self) -> None:
        self.told: list[tuple[str, Told]] = []
        self._known: dict[str, Receiver] = {}

    def of(self, name: str) -> Receiver:
        """Return a receiver, the same at every start."""
        return self._known.setdefault(name, Receiver(name, lambda who, told: self.told.append((who, told))))

    def named(self, receivers: Mapping[str, Iterable[str]]) -> dict[str, Receiver]:
        """Return those of a plan that are no mail."""
        return {name: self.of(name) for name, addresses in receivers.items() if not tuple(addresses)}
