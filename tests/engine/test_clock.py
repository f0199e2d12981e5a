"""The clock of one pagerd never goes back; that which nodes share is the database's, carried on between two looks."""

from datetime import UTC, datetime, timedelta

import pytest

from pagerd.engine.clock import SharedClock, SteadyClock, VirtualClock
from pagerd.lab.nodes import NodeClock

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


@pytest.fixture
def time():
    """The time that passes, a wall clock that is set, and what pagerd makes of both."""
    passes = VirtualClock(NOON)
    wall = NodeClock(passes, timedelta(0))
    return passes, wall, SteadyClock(wall)


def go(passes, seconds):
    """Let time pass."""
    passes.move_to(passes.now() + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("step", "shows", "lead"),
    [
        # seconds by which the wall is set; what is shown 0, 0.5, 1 and 60 s later, from noon on; how far ahead it is
        (0, (0, 0.5, 1, 60), 0),
        (7200, (7200, 7200.5, 7201, 7260), 0),
        (0.3, (0.3, 0.8, 1.3, 60.3), 0),
        (-0.8, (0, 0, 0.2, 59.2), 0),
        (-1, (0, 0, 0, 59), 0),
        (-1.1, (0, 0.5, 1, 60), 1.1),
        (-3600, (0, 0.5, 1, 60), 3600),
        (-86400, (0, 0.5, 1, 60), 86400),
    ],
)
def test_time_goes_on_whatever_the_wall_shows(time, step, shows, lead):
    """Forward it is believed; a little back it is waited for; far back it is led, at the pace of time."""
    passes, wall, clock = time
    clock.now()
    wall.off_by = timedelta(seconds=step)
    shown = []
    for after in (0, 0.5, 0.5, 59):
        go(passes, after)
        shown.append((clock.now() - NOON).total_seconds())

    assert shown == list(shows)
    assert clock.lead == timedelta(seconds=lead)
    assert clock.monotonic() == 60


def test_a_step_that_nobody_saw_is_not_lost(time):
    """Within a sleep of the heart the wall was set back, and has come as far as it was: that is no time that passed."""
    passes, wall, clock = time
    clock.now()
    go(passes, 5)
    wall.off_by = timedelta(seconds=-5)

    assert clock.now() == NOON + timedelta(seconds=5)
    assert clock.lead == timedelta(seconds=5)


def test_a_wall_that_is_slewed_is_followed(time):
    """A clock that is made to lose a twelfth is right: it is led by nothing, and never shown going back."""
    passes, wall, clock = time
    before = clock.now()
    for _ in range(1_000):
        go(passes, 5)
        wall.off_by -= timedelta(seconds=5 / 12)

        assert clock.now() > before
        assert clock.now() == wall.now()
        before = clock.now()


def test_a_lead_ends_where_the_wall_catches_up(time):
    """Set right again, the wall is believed from the instant on at which it is not behind any more."""
    passes, wall, clock = time
    wall.off_by = timedelta(hours=-1)
    go(passes, 10)
    assert clock.lead == timedelta(hours=1)
    wall.off_by = timedelta(minutes=-10)
    go(passes, 10)
    assert (clock.now() - NOON, clock.lead) == (timedelta(seconds=20), timedelta(minutes=10))
    wall.off_by = timedelta(seconds=-0.5)

    assert (clock.now() - NOON, clock.lead) == (timedelta(seconds=20), timedelta(0))
    go(passes, 10)
    assert clock.now() == wall.now()


def test_two_steps_add_up(time):
    """Whoever sets a clock back twice is led twice as far."""
    passes, wall, clock = time
    for _ in range(2):
        wall.off_by -= timedelta(minutes=1)
        go(passes, 10)
        clock.now()

    assert (clock.now() - NOON, clock.lead) == (timedelta(seconds=20), timedelta(minutes=2))


def test_an_earlier_run_is_gone_on_from(time):
    """What is stored was seen: a start begins no earlier, and one that begins later has nothing to lead."""
    passes, _, clock = time
    clock.go_on_from(NOON - timedelta(days=1))
    assert (clock.now(), clock.lead) == (NOON, timedelta(0))
    clock.go_on_from(NOON + timedelta(hours=2))
    go(passes, 30)

    assert (clock.now() - NOON, clock.lead) == (timedelta(hours=2, seconds=30), timedelta(hours=2))
    clock.follow_wall()
    assert (clock.now() - NOON, clock.lead) == (timedelta(seconds=30), timedelta(0))
