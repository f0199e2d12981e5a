"""Simulated instruments: what each expression and each address is now, or that nobody answers."""

from collections.abc import Sequence
from datetime import timedelta

from pagerd.core.errors import Unavailable
from pagerd.core.incidents.checks import Value


class Instruments:
    """Answers with what was set. What nobody set has no data, and an address that nobody set does not answer."""

    def __init__(self) -> None:
        self.measured: dict[str, tuple[Value, ...]] = {}
        self.answered: dict[str, int] = {}
        self.rules: dict[str, str] = {}
        """The alert rules there are, each with its health."""
        self.is_down = False

    async def values(self, prometheus: str, expression: str, within: timedelta) -> Sequence[Value]:
        """Return what an expression was set to."""
        self._or_raise(prometheus, within)
        return self.measured.get(expression, ())

    async def alert_rules(self, prometheus: str, name: str, within: timedelta) -> Sequence[str]:
        """Return the health of a rule that was set."""
        self._or_raise(prometheus, within)
        return [self.rules[name]] if name in self.rules else []

    async def status(self, url: str, within: timedelta) -> int:
        """Return with which status an address was set to answer."""
        self._or_raise(url, within)
        if url not in self.answered:
            raise Unavailable(f"asking {url}: could not connect")
        return self.answered[url]

    def _or_raise(self, what: str, within: timedelta) -> None:
        if self.is_down:
            raise Unavailable(f"asking {what}: no answer within {within.total_seconds():g} s")
