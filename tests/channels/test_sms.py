import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.channels.base import AccountFault, Busy, ContentFault, Declined, DeliveryStatus, OptOut, Receipt
from pagerd.channels.sms import TwilioSms
from pagerd.core.errors import Refused, Unavailable, Unconfirmed
from pagerd.core.paging.message import Text
from pagerd.core.people import Medium
from tests.channels.conformance import HttpPromises
from tests.channels.fake_twilio import (
    ACCOUNT,
    NUMBER,
    TOKEN,
    AcceptThenHang,
    AcceptThenReset,
    Answer,
    FakeTwilio,
    Hang,
    Ok,
    Refuse,
)
from tests.channels.samples import CALLBACK, NOW, an_outgoing


def an_account(url, **changes):
    """Return a channel for a Twilio on loopback."""
    return TwilioSms(**{"account": ACCOUNT, "token": TOKEN, "sender": NUMBER, "api_url": url, **changes})


@pytest.fixture
async def twilio():
    """Run a Twilio."""
    async with FakeTwilio() as fake:
        yield fake


@pytest.fixture
async def sms(twilio):
    """Open a channel to it."""
    provider = an_account(twilio.url)
    yield provider
    await provider.close()


@pytest.fixture
def outgoing():
    """Return one attempt at a text."""
    return an_outgoing(Medium.SMS)


class TestSmsPromises(HttpPromises):
    @pytest.fixture
    def make(self):
        return lambda port: an_account(f"http://127.0.0.1:{port}")


async def test_a_text_is_handed_over(twilio, sms, outgoing):
    """What Twilio is asked for is the text, its sender, how long it is worth sending, and where to report."""
    receipt = await sms.send(outgoing, 5)

    message = await twilio.next_message()
    assert receipt == Receipt("twilio", message.sid, DeliveryStatus.ACCEPTED, "queued by Twilio", can_be_asked=True)
    assert dict(message.form) == {
        "To": "+351912000001",
        "From": NUMBER,
        "Body": "P1 payments/checkout: HighErrorRate\nReply 47 = ack",
        "ValidityPeriod": "300",
        "StatusCallback": CALLBACK,
    }


@pytest.mark.parametrize(
    ("valid_for", "asked"),
    [
        (timedelta(0), "1"),
        (timedelta(seconds=-5), "1"),
        (timedelta(milliseconds=2900), "2"),
        (timedelta(hours=10), "36000"),
        (timedelta(days=3), "36000"),
    ],
)
async def test_validity_is_kept_within_what_twilio_takes(twilio, sms, outgoing, valid_for, asked):
    """A text expires with its step, inside the bounds of the API."""
    await sms.send(replace(outgoing, valid_for=valid_for), 5)

    assert twilio.messages[0].field("ValidityPeriod") == asked


async def test_without_public_url_no_callback_is_asked_for(twilio, sms, outgoing):
    """An installation that nobody can call back still sends."""
    await sms.send(replace(outgoing, callback_url=None), 5)

    assert twilio.messages[0].field("StatusCallback") is None


async def test_a_messaging_service_is_a_sender(twilio, outgoing):
    """A sender that begins with MG is named as the service it is."""
    provider = an_account(twilio.url, sender="MG" + "1" * 32)
    await provider.send(outgoing, 5)
    await provider.close()

    assert twilio.messages[0].field("MessagingServiceSid") == "MG" + "1" * 32
    assert twilio.messages[0].field("From") is None


async def test_no_text_breaks_the_request(twilio, sms, outgoing):
    """Controls, half characters and length of alert text never fail a page."""
    await sms.send(replace(outgoing, body=Text("a\x00b\ud800c\u202e\r\n&To=+1" + "x" * 3000)), 5)

    body = twilio.messages[0].body
    assert body.startswith("a b c \n&To=+1xxx")
    assert len(body) == 1600
    assert twilio.messages[0].to == "+351912000001"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (20003, AccountFault),
        (20404, AccountFault),
        (10001, AccountFault),
        (30002, AccountFault),
        (21606, AccountFault),
        (21408, AccountFault),
        (21608, AccountFault),
        (30032, AccountFault),
        (30034, AccountFault),
        (21609, AccountFault),
        (21211, Refused),
        (21614, Refused),
        (21612, Refused),
        (21610, Refused),
        (30005, Refused),
        (30006, Refused),
        (30004, Refused),
        (30007, ContentFault),
        (21617, ContentFault),
        (30010, ContentFault),
        (30001, Declined),
        (30003, Declined),
        (30008, Declined),
        (30410, Declined),
        (20429, Busy),
        (21611, Busy),
        (30036, Declined),
        (99999, Declined),
    ],
)
async def test_error_codes(twilio, sms, outgoing, code, kind):
    """Each code is named for what the caller must do, keeps its number, and leaves the phone number out."""
    twilio.behave(Refuse(code))

    with pytest.raises((Refused, Unavailable)) as raised:
        await sms.send(outgoing, 5)

    assert type(raised.value) is kind
    assert str(code) in str(raised.value)
    assert "351912000001" not in str(raised.value)
    assert twilio.requests == 1


async def test_a_text_that_failed_at_once_is_no_receipt(twilio, sms, outgoing):
    """Twilio may answer 201 with a status of failure: that is not accepted."""
    twilio.behave(Ok(status="failed"))

    with pytest.raises(Unavailable):
        await sms.send(outgoing, 5)


@pytest.mark.parametrize("status", ["handed-to-pigeons", "", "7"])
async def test_a_status_that_nobody_knows_is_taken(twilio, sms, outgoing, status):
    """Twilio took the text: a status of next year must not make it go out again and again."""
    twilio.behave(Ok(status=status))

    assert (await sms.send(outgoing, 5)).status is DeliveryStatus.ACCEPTED


@pytest.mark.parametrize(
    "body", ['{"sid": "SM1", "status": []}', '{"sid": "SM1", "date_sent": 5, "num_segments": {}, "price": []}']
)
async def test_an_answer_that_cannot_be_taken_apart_leaves_it_in_doubt(twilio, sms, outgoing, body):
    """An answer of the right form and of strange content is a receipt or a doubt, never another error."""
    twilio.behave(Answer(201, body))
    try:
        receipt = await sms.send(outgoing, 5)
    except Unconfirmed:
        return

    assert receipt.status is DeliveryStatus.ACCEPTED


async def test_wrong_token(twilio, outgoing):
    """A wrong token is a fault of our account."""
    provider = an_account(twilio.url, token="wrong")

    with pytest.raises(AccountFault, match="20003"):
        await provider.send(outgoing, 5)

    await provider.close()
    assert twilio.messages == []


@pytest.mark.parametrize("behaviour", [AcceptThenHang(), AcceptThenReset(), Answer(201, "<html>"), Answer(200, "[]")])
async def test_taken_but_not_said(twilio, sms, outgoing, behaviour):
    """An answer that is lost or makes no sense leaves it in doubt, and it is not sent again inside."""
    twilio.behave(behaviour)

    with pytest.raises(Unconfirmed):
        await sms.send(outgoing, 0.3)

    assert twilio.requests == 1


async def test_one_hanging_send_does_not_hold_up_another(twilio, sms, outgoing):
    """While one request hangs, the next goes through."""
    twilio.behave(Hang(), times=1)
    async with asyncio.TaskGroup() as tasks:
        hanging = tasks.create_task(sms.send(outgoing, 30))
        await twilio.was_asked()
        receipt = await sms.send(outgoing, 5)
        hanging.cancel()

    assert receipt.status is DeliveryStatus.ACCEPTED


async def test_status_can_be_asked_for(twilio, sms, outgoing):
    """Callbacks get lost, so a text can be asked after."""
    receipt = await sms.send(outgoing, 5)
    twilio.reach("https://pager.example.com", twilio.url)
    await twilio.report_message(twilio.messages[0], "undelivered", error_code=30005)

    report = await sms.report(receipt.provider_id, 5)

    assert report.provider_id == receipt.provider_id
    assert report.status is DeliveryStatus.REFUSED


async def test_replies_can_be_fetched(twilio, sms):
    """Without a public URL, texts to our number are fetched, oldest first."""
    await twilio.send_inbound_sms("+351912000001", "ack 47")
    await twilio.send_inbound_sms("+4915110000002", "STOP")

    texts = await sms.inbound_since(NOW, 5)

    assert [(text.sender, text.body, text.opt_out) for text in texts] == [
        ("+351912000001", "ack 47", None),
        ("+4915110000002", "STOP", OptOut.STOP),
    ]


async def test_nothing_is_logged(twilio, sms, outgoing, caplog):
    """Neither the token nor the number nor the text reaches a log, at any level."""
    caplog.set_level(1)
    await sms.send(outgoing, 5)

    logged = " ".join(record.getMessage() for record in caplog.records)
    assert TOKEN not in logged
    assert "351912000001" not in logged
    assert "HighErrorRate" not in logged


async def test_either_of_two_tokens_signs(twilio, outgoing):
    """While the token is changed at Twilio, texts go out by whichever works, and it is tried first from then on."""
    provider = an_account(twilio.url, token="not-promoted-yet", second_token=TOKEN)
    await provider.send(outgoing, 5)
    tried_at_first = twilio.requests
    await provider.send(outgoing, 5)
    twilio.token = "not-promoted-yet"
    await provider.send(outgoing, 5)
    await provider.close()

    assert len(twilio.messages) == 3
    assert tried_at_first == 2
    assert twilio.requests == 5


async def test_two_wrong_tokens_are_a_fault_of_the_account(twilio, outgoing):
    """Each is tried once."""
    provider = an_account(twilio.url, token="wrong", second_token="wrong as well")

    with pytest.raises(AccountFault, match="20003"):
        await provider.send(outgoing, 5)

    await provider.close()
    assert twilio.requests == 2


async def test_the_second_token_has_what_is_left_of_the_deadline(twilio, outgoing):
    """A second try does not make an attempt take longer than it may."""
    twilio.behave(Refuse(20003, 401), times=1)
    twilio.behave(Hang(), times=1)
    provider = an_account(twilio.url, token="wrong", second_token=TOKEN)
    started = asyncio.get_running_loop().time()

    with pytest.raises(Unconfirmed):
        await provider.send(outgoing, 0.5)

    assert asyncio.get_running_loop().time() - started < 0.5 + 2
    await provider.close()
