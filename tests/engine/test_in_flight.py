"""How many messages may be handed to the senders, by what they have in hand and by what the providers take."""

from datetime import timedelta

from pagerd.core.paging import standing as standings
from pagerd.core.paging.standing import Rate
from pagerd.core.people import Medium
from pagerd.engine.carriers import Carriers
from pagerd.engine.in_flight import InFlight
from pagerd.engine.limits import Limits
from pagerd.lab.phones import Phones
from tests.builders import NOON

LIMITS = Limits(in_flight_max=3, in_trouble_max=1)


def texts(rate=None):
    """One provider of texts."""
    rates = {} if rate is None else {(Medium.SMS, "a"): rate}
    return Carriers({Medium.SMS: (Phones(Medium.SMS, lambda _sent: None, "a"),)}, rates, NOON)


def in_trouble(carriers):
    """Let it fail until it is in trouble."""
    [one] = carriers.of(Medium.SMS)
    for _ in range(standings.TROUBLE_AFTER):
        carriers.stands(Medium.SMS, one, standings.failed(one.standing, NOON, "down"))


def free(some, carriers):
    """How many more texts may be handed out."""
    return some.room(carriers, NOON, is_alone=True).free[Medium.SMS]


def test_a_message_takes_its_room_until_its_attempt_is_over():
    """Beginning it frees nothing; its end says whether somebody waited for the room."""
    some, carriers = InFlight(LIMITS), texts()
    for _ in range(3):
        some.hand_out(Medium.SMS)
    some.begin(Medium.SMS)

    assert (some.count, free(some, carriers)) == (3, 0)
    assert some.room(carriers, NOON, is_alone=True).open == tuple(one for one in Medium if one is not Medium.SMS)
    assert some.end(Medium.SMS, carriers) is True
    assert (some.count, free(some, carriers)) == (2, 1)
    some.begin(Medium.SMS)
    assert some.end(Medium.SMS, carriers) is False


def test_a_medium_in_trouble_has_less_room():
    """What is in hand already may be more than that, and stays."""
    some, carriers = InFlight(LIMITS), texts()
    some.hand_out(Medium.SMS)
    some.hand_out(Medium.SMS)
    in_trouble(carriers)

    assert free(some, carriers) == 0
    some.begin(Medium.SMS)
    some.end(Medium.SMS, carriers)
    some.begin(Medium.SMS)
    assert some.end(Medium.SMS, carriers) is True
    assert free(some, carriers) == 1


def test_a_rate_leaves_room_for_what_was_handed_out_and_not_begun():
    """A message that a sender took up has taken its part of the rate itself."""
    some, carriers = InFlight(LIMITS), texts(Rate(2, timedelta(minutes=1)))
    [one] = carriers.of(Medium.SMS)
    some.hand_out(Medium.SMS)

    assert free(some, carriers) == 1
    some.begin(Medium.SMS)
    one.take(NOON)
    assert free(some, carriers) == 1
    some.hand_out(Medium.SMS)
    room = some.room(carriers, NOON, is_alone=True)
    assert (room.free[Medium.SMS], room.limited[Medium.SMS]) == (0, NOON + timedelta(seconds=30))


def test_a_node_leaves_to_others_what_nobody_carries_for_it():
    """One that is alone goes on trying."""
    some, carriers = InFlight(LIMITS), texts()
    in_trouble(carriers)

    assert some.room(carriers, NOON, is_alone=False).left_to_others == frozenset({Medium.SMS})
    assert some.room(carriers, NOON, is_alone=True).left_to_others == frozenset()
