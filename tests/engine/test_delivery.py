"""Attempts: what goes out to a provider, and what is not promised in it."""

import pytest

from pagerd.core.paging.message import CallScript, Mail, Text
from pagerd.core.people import Medium
from pagerd.engine.clock import VirtualClock
from pagerd.engine.delivery import Delivery
from pagerd.lab.phones import Phones
from tests.builders import NOON, a_plan
from tests.engine.test_rendering import a_claimed


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
