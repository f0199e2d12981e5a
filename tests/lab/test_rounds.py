import pytest

from pagerd.engine.clock import VirtualClock
from pagerd.lab.rounds import ROUNDS_MAX, Rounds
from tests.builders import NOON


def test_what_is_due_for_ever_ends():
    """With the instant at which it stands, or whoever reads it would not know where to look."""
    rounds = Rounds(VirtualClock(NOON))
    for _ in range(ROUNDS_MAX):
        rounds.begin()

    with pytest.raises(AssertionError, match=NOON.isoformat().replace("+", r"\+")):
        rounds.begin()
