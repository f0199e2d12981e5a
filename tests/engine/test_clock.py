"""The clock that nodes share is the database's, carried on between two looks at it."""

from datetime import UTC, datetime, timedelta

from pagerd.engine.clock import SharedClock, VirtualClock

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_the_database_says_what_time_it_is():
    """However wrong this machine's clock is, what the database said counts, and the time that has passed since."""
    own = VirtualClock(NOON)
    clock = SharedClock(own)
    clock.saw(NOON - timedelta(hours=1))

    own.move_to(NOON + timedelta(seconds=30))

    assert clock.now() == NOON - timedelta(minutes=59, seconds=30)
    assert clock.monotonic() == 30


def test_before_the_database_was_seen_the_machine_says_it():
    """The files are read before there is a database to ask."""
    assert SharedClock(VirtualClock(NOON)).now() == NOON


def test_each_look_counts_anew():
    """A database that moved to another machine has the clock of that one."""
    own = VirtualClock(NOON)
    clock = SharedClock(own)
    clock.saw(NOON)
    own.move_to(NOON + timedelta(seconds=5))
    clock.saw(NOON + timedelta(seconds=4))

    assert clock.now() == NOON + timedelta(seconds=4)
