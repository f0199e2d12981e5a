"""How a provider stands, and who is asked first."""

from datetime import timedelta

import pytest

from pagerd.core.paging.standing import (
    BUSY_FOR,
    BUSY_MAX,
    PROBE_AFTER,
    TROUBLE_AFTER,
    WELL,
    Rate,
    due,
    failed,
    order,
    probed,
    took_one,
    unmasked,
    wants_fewer,
)
from tests.builders import NOON

SECOND = timedelta(seconds=1)


def in_trouble(at=NOON):
    """A provider that has just failed often enough."""
    standing = WELL
    for _ in range(TROUBLE_AFTER):
        standing = failed(standing, at, "down")
    return standing


def test_trouble_begins_with_the_third_failure_in_a_row():
    """One failure and two are hiccups; what it failed with is kept."""
    twice = failed(failed(WELL, NOON, "down"), NOON, "down")
    third = failed(twice, NOON + SECOND, "still down")

    assert not twice.in_trouble
    assert (third.trouble_since, third.detail) == (NOON + SECOND, "still down")


def test_a_fault_of_our_account_is_trouble_at_once():
    """Credit and credentials do not mend themselves between two messages."""
    assert failed(WELL, NOON, "no such account", for_everybody=True).in_trouble


def test_failures_in_trouble_do_not_move_its_beginning_or_its_probe():
    """Thirty messages that fail together are one trouble."""
    standing = in_trouble()
    later = failed(standing, NOON + 20 * SECOND, "down")

    assert (later.trouble_since, later.probe_at) == (NOON, standing.probe_at)


def test_probes_come_at_growing_pauses_and_never_end():
    """The pause after each probe is the next of the list, and the last one repeats."""
    standing, pauses, now = in_trouble(), [], NOON
    for _ in range(len(PROBE_AFTER) + 2):
        pauses.append(standing.probe_at - now)
        now = standing.probe_at
        assert standing.may_be_probed(now)
        assert not standing.may_be_probed(now - SECOND)
        standing = failed(probed(standing, now), now, "down")

    assert pauses == [*PROBE_AFTER, PROBE_AFTER[-1], PROBE_AFTER[-1]]


def test_whoever_reloads_lets_the_next_message_try():
    """A token may have been mended: the next probe is due, and the pauses begin anew."""
    standing = due(probed(probed(in_trouble(), NOON), NOON), NOON)

    assert standing.may_be_probed(NOON)
    assert probed(standing, NOON).probe_at == NOON + PROBE_AFTER[1]


@pytest.mark.parametrize(
    ("asked", "pause"),
    [(None, BUSY_FOR[0]), (0.0, BUSY_FOR[0]), (20.0, 20 * SECOND), (86_400.0, BUSY_MAX)],
)
def test_whoever_wants_fewer_gets_none_for_as_long_as_asked_within_bounds(asked, pause):
    """A whole day of silence is more than a page can grant, and none at all is no answer to what was just said."""
    standing = wants_fewer(WELL, NOON, asked)

    assert standing.is_busy(NOON + pause - SECOND / 2)
    assert not standing.is_busy(NOON + pause)
    assert not standing.in_trouble


def test_who_says_it_again_waits_longer():
    """Without a word on how long, the pauses grow with each refusal."""
    standing, pauses = WELL, []
    for _ in range(len(BUSY_FOR) + 1):
        standing = wants_fewer(standing, NOON, None)
        pauses.append(standing.busy_until - NOON)

    assert pauses == [*BUSY_FOR, BUSY_FOR[-1]]


def test_one_that_takes_what_it_does_not_carry_is_believed_by_its_reports_alone():
    """Taking one more message ends no trouble that began with a report, and asking for fewer changes nothing of it."""
    lies = unmasked(WELL, NOON, "the account is suspended")

    assert lies.in_trouble
    assert took_one(lies) == lies
    assert wants_fewer(lies, NOON, 20) == lies
    assert unmasked(in_trouble(), NOON, "the account is suspended").by_report
    assert took_one(in_trouble()) == WELL


BUSY, LATER = wants_fewer(WELL, NOON, 20), NOON + PROBE_AFTER[0]


@pytest.mark.parametrize(
    ("standings", "at", "may_probe", "expected"),
    [
        ([WELL, WELL], NOON, True, (0, 1)),
        ([in_trouble(), WELL], NOON, True, (1, 0)),
        ([WELL, in_trouble(), WELL], NOON, True, (0, 2, 1)),
        # Half-open: one message finds out, before those that are known to work.
        ([in_trouble(), WELL], LATER, True, (0, 1)),
        ([WELL, in_trouble()], LATER, True, (1, 0)),
        ([WELL, in_trouble()], LATER, False, (0, 1)),
        # When nobody works everybody is asked, whatever the pauses say.
        ([in_trouble(), in_trouble()], NOON, True, (0, 1)),
        ([in_trouble(LATER), in_trouble()], LATER, False, (1, 0)),
        ([BUSY, WELL], NOON, True, (1,)),
        ([BUSY, in_trouble()], NOON, True, ()),
        ([BUSY, in_trouble()], LATER, True, (1, 0)),
        ([BUSY], NOON, True, ()),
        ([], NOON, True, ()),
    ],
)
def test_the_order(standings, at, may_probe, expected):
    """Those that work come first in the files' order, and nobody who is in trouble is left out for good."""
    assert order(standings, at, may_probe=may_probe) == expected


def test_a_message_that_must_not_be_lost_is_not_tried_on_one_that_loses_them():
    """It would be taken, and nobody would hear of it for as long as the report takes."""
    lies = unmasked(WELL, NOON, "the account is suspended")

    assert order([lies, WELL], LATER, may_probe=True, may_be_lost=False) == (1, 0)
    assert order([lies, WELL], LATER, may_probe=True, may_be_lost=True) == (0, 1)
    assert order([lies], LATER, may_probe=True, may_be_lost=False) == (0,)


def test_a_rate_is_written_as_it_is_read():
    """Status and files say it in the same words."""
    assert str(Rate(30, timedelta(minutes=1))) == "30/m"
    assert Rate(4, timedelta(minutes=1)).each == timedelta(seconds=15)
