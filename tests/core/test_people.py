from datetime import time

import pytest

from pagerd.core.people import Night


@pytest.mark.parametrize(
    ("night", "asleep", "awake"),
    [
        (Night(), [time(22), time(0), time(6, 59)], [time(7), time(12), time(21, 59)]),
        (Night(time(9), time(17)), [time(9), time(16, 59)], [time(8, 59), time(17), time(0)]),
        (Night(time(8), time(8)), [time(8), time(20), time(7, 59)], []),
    ],
    ids=["over midnight", "of somebody who sleeps by day", "of whoever is never to be woken"],
)
def test_when_somebody_sleeps(night: Night, asleep: list[time], awake: list[time]) -> None:
    """The start belongs to the night, the end does not."""
    assert all(night.contains(wall) for wall in asleep)
    assert not any(night.contains(wall) for wall in awake)
