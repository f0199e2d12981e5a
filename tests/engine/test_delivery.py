"""Attempts: what goes out to a provider, and what is not promised in it."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.channels.base import Receipt
from pagerd.core.errors import Unconfirmed, Withheld
from pagerd.core.paging.message import CallScript, Mail, Text
from pagerd.core.people import Medium
from pagerd.engine.attempts import OVERDUE_SECONDS, NotSent, Waits, promised
from pagerd.engine.clock import VirtualClock
from pagerd.engine.delivery import ATTEMPT_SECONDS, DEADLINE_SECONDS, STANDBY_SECONDS, Delivery
from pagerd.engine.work import LEASE
from pagerd.lab.phones import Phones
from pagerd.stores.base import StoreUnavailable
from tests.builders import NOON, a_plan
from tests.engine.test_rendering import a_claimed


class Slow(Phones):
    """A provider that never answers in time, and remembers how much time it was given."""

    def __init__(self, clock, name):
        super().__init__(Medium.SMS, lambda _sent: None, name)
        self.clock, self.given = clock, []

    async def send(self, outgoing, deadline_seconds):
        """Take all the time there is."""
        self.given.append(deadline_seconds)
        self.clock.move_to(self.clock.now() + timedelta(seconds=deadline_seconds))
        raise Unconfirmed(f"{self.name} did not answer within {deadline_seconds} s")


async def attempts(clock, *providers, times=1, medium=Medium.SMS):
    """Attempt a page of no great hurry so often, and return what became of each."""
    delivery = Delivery({Medium.SMS: providers}, clock, None)
    claimed = a_claimed(medium)
    claimed.notification = replace(claimed.notification, rank=2)
    return [await delivery.attempt(replace(claimed, not_taken_by=[]), a_plan()) for _ in range(times)]


async def test_one_that_hangs_holds_up_a_page_for_seconds_while_another_stands_ready():
    """Eight seconds at first, five as a probe, and in between none at all."""
    clock = VirtualClock(NOON)
    slow, backup = Slow(clock, "slow"), Phones(Medium.SMS, lambda _sent: None, "backup")
    found = await attempts(clock, slow, backup, times=5)
    clock.move_to(clock.now() + timedelta(seconds=30))

    assert slow.given == [STANDBY_SECONDS] * 3
    assert [one.provider for one in found] == ["backup"] * 5


async def test_all_that_hang_are_asked_within_the_lease():
    """However many there are, the claim is ours until the outcome is stored, and what was perhaps sent stays so."""
    clock = VirtualClock(NOON)
    several = [Slow(clock, f"slow-{number}") for number in range(10)]
    [failed] = await attempts(clock, *several)

    assert (clock.now() - NOON).total_seconds() <= ATTEMPT_SECONDS < LEASE.total_seconds()
    assert sum(bool(one.given) for one in several) >= 2
    assert failed.perhaps_sent


async def test_when_all_are_bad_each_is_asked_in_full():
    """Zero tried is never the outcome: without anybody who works, no provider is passed over or hurried."""
    clock = VirtualClock(NOON)
    alone = Slow(clock, "slow")
    await attempts(clock, alone, times=6)

    assert alone.given == [DEADLINE_SECONDS] * 6


async def is_unknown(_claimed):
    """Say that the store cannot tell."""
    raise StoreUnavailable("the store is away")


async def is_not(_claimed):
    """Say that nobody wants it any more."""
    return False


@pytest.mark.parametrize(
    ("is_wanted", "outcome", "heard"),
    [(is_not, NotSent, 0), (is_unknown, Receipt, 1)],
    ids=["somebody has it", "unknown"],
)
async def test_no_further_provider_is_asked_for_what_somebody_took_meanwhile(is_wanted, outcome, heard):
    """The first one kept us waiting, and its person answered another message: the second calls nobody."""
    clock, rung = VirtualClock(NOON), []
    delivery = Delivery({Medium.SMS: (Slow(clock, "slow"), Phones(Medium.SMS, rung.append, "backup"))}, clock, None)
    delivery.attend(lambda _asked: None, is_wanted)
    found = await delivery.attempt(a_claimed(Medium.SMS), a_plan())

    assert (type(found), len(rung)) == (outcome, heard)


class Queueing(Phones):
    """A provider at which a message stands in line for so long that its claim is over when its turn comes."""

    def __init__(self, clock, name):
        super().__init__(Medium.SMS, lambda _sent: None, name)
        self.clock = clock

    async def send(self, outgoing, deadline_seconds):
        """Ask at its turn whether it may still leave."""
        assert outgoing.may_leave()
        self.clock.move_to(self.clock.now() + timedelta(seconds=7))
        if not outgoing.may_leave():
            raise Withheld("it stood in line")
        return await super().send(outgoing, deadline_seconds)


async def test_a_message_whose_claim_ends_in_a_providers_line_is_nobodys_failure():
    """Who has it now stands in the store: no other provider is asked, and this one works."""
    clock = VirtualClock(NOON)
    queueing, backup = Queueing(clock, "first"), Phones(Medium.SMS, lambda _sent: None, "backup")
    delivery = Delivery({Medium.SMS: (queueing, backup)}, clock, None)
    held = replace(a_claimed(Medium.SMS), good_until=clock.monotonic() + 4)
    outcome = await delivery.attempt(held, a_plan())

    assert outcome == Waits(clock.now())
    assert [one.standing.failures for one in delivery.carriers.of(Medium.SMS)] == [0, 0]


async def sent(medium, *, takes_answers, public_url=None):
    """Attempt one page on a medium and return what its provider got."""
    heard = []
    phones = {each: (Phones(each, heard.append),) for each in {medium, Medium.SMS}}
    for (phone,) in phones.values():
        phone.takes_answers = takes_answers
    delivery = Delivery(phones, VirtualClock(NOON), public_url)
    await delivery.attempt(a_claimed(medium), a_plan())
    return heard[0].outgoing.body


@pytest.mark.parametrize("medium", Medium)
async def test_no_answer_is_offered_where_none_can_reach_us(medium):
    """Where nobody reads replies or takes keys the message says what does work."""
    match await sent(medium, takes_answers=False, public_url="https://pager.example.org"):
        case Text(body) | Mail(text=body):
            assert "pagerd ack p-7Kq2Xw" in body
            assert "47" not in body
        case CallScript() as script:
            assert (script.prompt, script.keys) == ("", ())
            assert "pagerd ack p-7Kq2Xw" in script.greeting


async def test_an_answer_is_offered_where_it_can_reach_us():
    """The code and the key are told as soon as somebody listens for them."""
    url = "https://pager.example.org"
    text = await sent(Medium.SMS, takes_answers=True, public_url=url)
    call = await sent(Medium.VOICE, takes_answers=True, public_url=url)

    assert "Reply 47" in text.body
    assert call.keys == (("4", "ack"),)


async def test_without_a_public_address_texts_are_read_and_keys_are_not():
    """A reply is fetched, a key could only be told by a callback: the call offers the code instead."""
    text, call = await sent(Medium.SMS, takes_answers=True), await sent(Medium.VOICE, takes_answers=True)

    assert "Reply 47" in text.body
    assert call.keys == ()
    assert "Reply 47" in call.greeting


async def test_an_adapter_that_does_not_return_is_left():
    """It would keep its message in the air for ever; what times out inside it is a fault of its own, and stays one."""

    async def raises_itself():
        raise TimeoutError

    with pytest.raises(Unconfirmed, match=r"first did not return within -5 s"):
        await promised(asyncio.Event().wait(), -OVERDUE_SECONDS, "first")
    with pytest.raises(TimeoutError):
        await promised(raises_itself(), 10, "first")
