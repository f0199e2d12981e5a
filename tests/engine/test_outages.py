"""What fails again and again is said when it begins, once a minute, and when it is over."""

import pytest
from structlog.testing import capture_logs

from pagerd.engine.outages import Outage


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still."""
    return Clock()


@pytest.fixture
def outage(clock: Clock) -> Outage:
    """Something that may fail."""
    return Outage("store.away", "store.back", clock)


def test_an_outage_of_five_minutes_is_six_lines(clock: Clock, outage: Outage) -> None:
    """It fails each second: the first time is said, then each minute with the count, then the end."""
    with capture_logs() as logs:
        for _ in range(300):
            outage.fails("nobody answers")
            clock.seconds += 1
        outage.works()
        outage.works()

    said = [(one["event"], one["times"], one["seconds"]) for one in logs]
    assert said == [
        ("store.away", 1, 0),
        ("store.away", 61, 60),
        ("store.away", 121, 120),
        ("store.away", 181, 180),
        ("store.away", 241, 240),
        ("store.back", 300, 300),
    ]


def test_the_next_outage_is_another_one(clock: Clock, outage: Outage) -> None:
    """What failed, worked and fails again begins anew."""
    with capture_logs() as logs:
        for _ in range(2):
            outage.fails("nobody answers")
            clock.seconds += 5
            outage.works()

    assert [one["event"] for one in logs] == ["store.away", "store.back"] * 2
    assert [one["times"] for one in logs] == [1, 1, 1, 1]


def test_another_failure_is_said_at_once(outage: Outage) -> None:
    """The server is gone, and then it is there and lets nobody in: that is news."""
    with capture_logs() as logs:
        for trouble in ("unreachable", "unreachable", "refused", "refused"):
            outage.fails("no", trouble=trouble)

    assert [(one["trouble"], one["times"]) for one in logs] == [("unreachable", 1), ("refused", 3)]
