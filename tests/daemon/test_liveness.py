from dataclasses import dataclass, field, replace
from types import SimpleNamespace

import pytest

from pagerd.daemon.liveness import Liveness, line
from pagerd.daemon.service_manager import ServiceManager
from pagerd.engine.clock import VirtualClock
from pagerd.stores.base import StoreDamaged
from pagerd.web.services import Status
from tests.builders import NOON

WELL = Status(
    plan_revision="abc",
    plan_ok=True,
    findings=0,
    loaded_at=NOON,
    config_hash="x",
    store_ok=True,
    last_tick_age_seconds=0.0,
    troubles=(),
)


@dataclass(frozen=True)
class Told(ServiceManager):
    """A manager that keeps what it is told."""

    lines: list = field(default_factory=list)

    def tell(self, *lines):
        self.lines.append(lines)


def looked(*, rounds=1, writing_since=None, failed=False, is_damaged=False, watchdog=30.0, status=WELL):
    """Look once, 100 s after the start, at a heart that had made no round before; return what was told."""
    clock = VirtualClock(NOON)
    clock.move_to(NOON.replace(minute=1, second=40))
    manager = Told("@x", watchdog)
    store = SimpleNamespace(failed=failed, is_damaged=is_damaged, writing_since=writing_since)
    Liveness(manager, SimpleNamespace(rounds=rounds), store, clock, lambda: status).look(0)
    [told] = manager.lines
    return told


def test_progress_is_told():
    """A round since the last look and a disk that answers: the watchdog is fed."""
    assert looked() == ("WATCHDOG=1", "STATUS=takes alerts, plan abc is in force")
    assert looked(writing_since=99.9)[0] == "WATCHDOG=1"


@pytest.mark.parametrize(
    ("seen", "why"),
    [
        ({"rounds": 0}, "STATUS=STUCK: the heartbeat finished no round within 10 s"),
        ({"writing_since": 90.0}, "STATUS=STUCK: a write has been on its way to the disk for 10 s"),
        ({"failed": True}, "STATUS=STUCK: the store gave up its file again and again"),
    ],
)
def test_what_is_stuck_is_not_fed_and_says_why(seen, why):
    """Each of the three alone is enough, whatever the others look like."""
    assert looked(**seen) == (why,)


def test_a_damaged_store_ends_the_run():
    """What is due may stand where nobody can read it: the next start saves it, and to wait would be silence."""
    with pytest.raises(StoreDamaged, match="the next start goes on"):
        looked(is_damaged=True)


def test_a_short_patience_is_not_strained():
    """A look takes a third of the watchdog's time, so that one that comes late does no harm; 10 s are the most."""
    paces = {
        seconds: Liveness(ServiceManager("@x", seconds), None, None, None, None).pace_seconds
        for seconds in (3.0, 30.0, 300.0, None)
    }

    assert paces == {3.0: 1.0, 30.0: 10.0, 300.0: 10.0, None: 10.0}


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (replace(WELL, store_ok=False, plan_ok=False), "THE STORE DOES NOT ANSWER"),
        (replace(WELL, troubles=("one", "two"), plan_ok=False), "one; two"),
        (replace(WELL, plan_ok=False), "THE CONFIG FILES ARE BROKEN: the last good plan abc is in force"),
    ],
)
def test_the_worst_is_said_first(status, said):
    """Of several troubles the line says the one that costs pages."""
    assert line(status).startswith(said)
