from datetime import timedelta

import pytest

from pagerd.engine.clock import VirtualClock
from pagerd.engine.lag import LoopLag
from pagerd.engine.metrics import Metrics
from tests.builders import NOON


class Over(Exception):
    """Ends the endless."""


async def test_what_the_loop_is_late_is_what_is_measured():
    """Woken on time, three tenths late, and early by a rounding: the lateness counts, and is never negative."""
    clock, metrics = VirtualClock(NOON), Metrics()
    delays = iter((0.0, 0.3, -0.001))

    async def sleep(seconds):
        delay = next(delays, None)
        if delay is None:
            raise Over
        clock.move_to(clock.now() + timedelta(seconds=seconds + delay))

    with pytest.raises(Over):
        await LoopLag(clock, metrics, sleep).run()

    def counted(name, **labels):
        return metrics.registry.get_sample_value(f"pagerd_event_loop_lag_seconds_{name}", labels)

    assert counted("count") == 3
    assert counted("sum") == pytest.approx(0.3)
    assert counted("bucket", le="0.1") == 2
    assert counted("bucket", le="0.5") == 3
