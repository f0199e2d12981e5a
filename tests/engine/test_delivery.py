"""Attempts: what goes out to a provider, and what is not promised in it."""

import pytest

from pagerd.core.paging.message import CallScript, Mail, Text
from pagerd.core.people import Medium
from pagerd.engine.clock import VirtualClock
from pagerd.engine.delivery import Delivery
from pagerd.lab.phones import Phones
from tests.builders import NOON, a_plan
from tests.engine.test_rendering import a_claimed


async def sent(medium, *, hears_answers):
    """Attempt one page on a medium and return what its provider got."""
    heard = []
    phones = {medium: (Phones(medium, heard.append),)}
    delivery = Delivery(phones, VirtualClock(NOON), None, hears_answers=hears_answers)
    await delivery.attempt(a_claimed(medium), a_plan())
    return heard[0].outgoing.body


@pytest.mark.parametrize("medium", Medium)
async def test_no_answer_is_offered_where_none_can_reach_us(medium):
    """Without a public address nobody reads replies or takes keys: the message says what does work."""
    match await sent(medium, hears_answers=False):
        case Text(body) | Mail(text=body):
            assert "pagerd ack p-7Kq2Xw" in body
            assert "47" not in body
        case CallScript() as script:
            assert (script.prompt, script.keys) == ("", ())
            assert "pagerd ack p-7Kq2Xw" in script.greeting


async def test_an_answer_is_offered_where_it_can_reach_us():
    """The code and the key are told as soon as somebody listens for them."""
    text, call = await sent(Medium.SMS, hears_answers=True), await sent(Medium.VOICE, hears_answers=True)

    assert "Reply 47" in text.body
    assert call.keys == (("4", "ack"),)
