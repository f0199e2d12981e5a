"""How often the lab lets something go on within one instant of virtual time, until nothing is due."""

from pagerd.engine.clock import Clock

ROUNDS_MAX = 10_000
"""More would mean that something is due for ever: on virtual time that ends in no test, and in no report."""


class Rounds:
    """The rounds of one instant."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._begun = 0

    def begin(self) -> None:
        """Begin one more; raises AssertionError where there have been too many."""
        self._begun += 1
        if self._begun > ROUNDS_MAX:
            raise AssertionError(f"something is due for ever at {self._clock.now().isoformat()}")
