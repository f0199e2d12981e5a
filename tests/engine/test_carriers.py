"""How many messages providers take now, and what is kept of them when the settings change."""

from datetime import timedelta

import pytest

from pagerd.core.paging import standing as standings
from pagerd.core.paging.standing import WELL, Rate
from pagerd.core.people import Medium
from pagerd.engine.carriers import Carriers
from pagerd.engine.work import Proof
from pagerd.lab.phones import Phones
from tests.builders import NOON

SECOND = timedelta(seconds=1)
TWO_A_MINUTE = Rate(2, timedelta(minutes=1))


def carriers(*names, **rates):
    """Providers of texts by name; a keyword is the rate of one of them."""
    phones = [Phones(Medium.SMS, lambda _sent: None, name) for name in names]
    return Carriers({Medium.SMS: phones}, {(Medium.SMS, name): rate for name, rate in rates.items()}, NOON)


def in_trouble(some, place, at=NOON):
    """Let one of them fail until it is in trouble."""
    one = some.of(Medium.SMS)[place]
    for _ in range(standings.TROUBLE_AFTER):
        some.stands(Medium.SMS, one, standings.failed(one.standing, at, "down"))


def names(some, at=NOON, *, may_probe=True):
    """Who is asked, in order."""
    return [one.name for one in some.ordered(Medium.SMS, at, may_probe=may_probe)]


def test_a_rate_lets_its_count_go_at_once_and_then_one_in_each_share():
    """Two at once, the third after half a minute; a long pause fills it up to two and no further."""
    some = carriers("a", a=TWO_A_MINUTE)
    [one] = some.of(Medium.SMS)

    assert some.allowance(Medium.SMS, NOON).count == 2
    one.take(NOON)
    one.take(NOON)
    none_left = some.allowance(Medium.SMS, NOON)
    assert (none_left.count, none_left.more_at) == (0, NOON + 30 * SECOND)
    assert names(some) == []
    assert some.allowance(Medium.SMS, none_left.more_at).count == 1
    assert some.allowance(Medium.SMS, NOON + timedelta(hours=5)).count == 2


@pytest.mark.parametrize("count", [1, 3, 7, 11, 60, 999])
def test_room_is_there_when_it_was_promised(count):
    """However the shares of a minute round, the heartbeat that wakes then finds room, or it would turn for ever."""
    some, now = carriers("a", a=Rate(count, timedelta(minutes=1))), NOON
    [one] = some.of(Medium.SMS)
    for _ in range(count):
        one.take(now)
    for _ in range(100):
        now = some.allowance(Medium.SMS, now).more_at
        assert some.allowance(Medium.SMS, now).count == 1
        one.take(now)


def test_a_clock_that_is_set_back_gives_nothing_and_takes_nothing():
    """What had room before has it after."""
    some = carriers("a", a=TWO_A_MINUTE)
    some.of(Medium.SMS)[0].take(NOON)

    assert some.allowance(Medium.SMS, NOON - timedelta(hours=1)).count == 1


def test_what_one_cannot_take_the_next_one_does():
    """A limit of the first is no reason to wait for it; without a limit on the second nothing waits at all."""
    some = carriers("a", "b", a=TWO_A_MINUTE)
    one, _ = some.of(Medium.SMS)
    one.take(NOON)
    one.take(NOON)

    assert names(some) == ["b"]
    assert some.allowance(Medium.SMS, NOON).count is None


def test_messages_wait_for_the_one_that_works_instead_of_going_to_one_in_trouble():
    """Room at a provider that fails is no room; when none works, it is all there is."""
    some = carriers("a", "b", a=TWO_A_MINUTE)
    in_trouble(some, 1)
    for _ in range(2):
        some.of(Medium.SMS)[0].take(NOON)

    assert some.allowance(Medium.SMS, NOON).count == 0
    assert names(some) == []
    in_trouble(some, 0)
    assert some.allowance(Medium.SMS, NOON).count is None
    assert names(some) == ["b"]


def test_one_that_wanted_fewer_is_given_one_at_a_time_until_it_took_one():
    """After the pause a thousand at once would be answered as the first thousand were."""
    some = carriers("a")
    [one] = some.of(Medium.SMS)
    some.stands(Medium.SMS, one, standings.wants_fewer(one.standing, NOON, 20))
    at = some.allowance(Medium.SMS, NOON).more_at

    assert at == NOON + 20 * SECOND
    assert some.allowance(Medium.SMS, at).count == 1
    one.asking = 1
    assert some.allowance(Medium.SMS, at).count == 0
    one.asking = 0
    some.stands(Medium.SMS, one, WELL)
    assert some.allowance(Medium.SMS, at).count is None


def test_only_a_delivery_ends_what_a_report_began():
    """A provider that takes everything and carries nothing is passed over until a report says that one arrived."""
    some = carriers("a", "b")
    some.heed(Proof(Medium.SMS, "a", "the account is suspended"), NOON)
    assert names(some) == ["b", "a"]
    some.heed(Proof(Medium.SMS, "b"), NOON)
    assert names(some) == ["b", "a"]
    some.heed(Proof(Medium.SMS, "a"), NOON)
    assert names(some) == ["a", "b"]
    assert [turn.provider for turn in some.turns] == ["a", "a"]


def test_turns_are_noted_once():
    """Into trouble and out of it are news; each failure in between is none."""
    some = carriers("a")
    in_trouble(some, 0)
    in_trouble(some, 0)
    some.stands(Medium.SMS, some.of(Medium.SMS)[0], WELL)

    assert [turn.after.in_trouble for turn in some.turns] == [True, False]


def test_new_settings_keep_what_was_learnt_and_let_the_next_message_try():
    """A reload forgets no trouble and no message that went, unless the rate is another one."""
    old = carriers("a", "b", "gone", b=TWO_A_MINUTE)
    in_trouble(old, 0)
    old.of(Medium.SMS)[1].take(NOON)
    new, other_rate = carriers("b", "a", b=TWO_A_MINUTE), carriers("b", b=Rate(5, timedelta(minutes=1)))
    new.inherit(old, NOON)
    other_rate.inherit(old, NOON)

    assert [one.standing.in_trouble for one in new.of(Medium.SMS)] == [False, True]
    assert names(new) == ["a", "b"]
    assert new.of(Medium.SMS)[0].room(NOON) == 1
    assert other_rate.of(Medium.SMS)[0].room(NOON) == 5
    assert [turn.provider for turn in new.turns] == ["a"]
