import hmac
import json
from hashlib import sha256

import pytest
from aiohttp import web

from pagerd.channels.base import AccountFault, DeliveryStatus, Receipt
from pagerd.channels.webhook import Webhook
from pagerd.core.errors import InvalidPlan, Refused, Unavailable, Unconfirmed
from pagerd.core.people import Medium
from tests.channels.conformance import HttpPromises
from tests.channels.samples import SCRIPT, a_mail, an_outgoing, clock


class TestWebhookPromises(HttpPromises):
    @pytest.fixture
    def outgoing(self):
        return an_outgoing(Medium.SMS)

    @pytest.fixture
    def make(self):
        return lambda port: Webhook(
            medium=Medium.SMS, url=f"http://127.0.0.1:{port}/send", secret="s3cret", clock=clock
        )


@pytest.fixture
def outgoing():
    """Return one attempt at a text."""
    return an_outgoing(Medium.SMS)


class Receiver:
    """A service of somebody's own that takes our messages."""

    def __init__(self, status=200, told=b"{}"):
        self.status, self.told, self.requests = status, told, []

    async def __aenter__(self):
        app = web.Application()
        app.router.add_post("/send", self._take)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/send"
        return self

    async def __aexit__(self, *_):
        await self._runner.cleanup()

    async def _take(self, request):
        self.requests.append((dict(request.headers), await request.read()))
        return web.Response(status=self.status, body=self.told)


async def sent(receiver, outgoing, **changes):
    """Send one message to a receiver and return the receipt."""
    given = {"medium": outgoing.medium, "url": receiver.url, "secret": "s3cret", "clock": clock}
    webhook = Webhook(**{**given, **changes})
    try:
        return await webhook.send(outgoing, 5)
    finally:
        await webhook.close()


@pytest.mark.parametrize(
    ("medium", "body"),
    [
        (Medium.SMS, {"text": "P1 payments/checkout: HighErrorRate\nReply 47 = ack"}),
        (
            Medium.VOICE,
            {
                "greeting": SCRIPT.greeting,
                "prompt": SCRIPT.prompt,
                "farewell": SCRIPT.farewell,
                "keys": {"4": "ack", "8": "escalate"},
            },
        ),
        (
            Medium.EMAIL,
            {
                "subject": a_mail().subject,
                "text": a_mail().text,
                "html": a_mail().html,
                "thread": "page-7Kq2",
                "urgent": True,
            },
        ),
    ],
)
async def test_what_is_sent(medium, body):
    """The receiver gets the message as JSON, signed over its bytes and its time, under a key that is stable."""
    async with Receiver(told=b'{"id": "theirs-1"}') as receiver:
        receipt = await sent(receiver, an_outgoing(medium, attempt=2))

    headers, raw = receiver.requests[0]
    assert json.loads(raw) == {
        "version": 1,
        "id": "n-17",
        "attempt": 2,
        "medium": medium.value,
        "to": "ana@example.com" if medium is Medium.EMAIL else "+351912000001",
        "valid_for_seconds": 300,
        "body": body,
    }
    expected = hmac.new(b"s3cret", b"1774747800." + raw, sha256).hexdigest()
    assert headers["X-Pagerd-Timestamp"] == "1774747800"
    assert headers["X-Pagerd-Signature"] == f"sha256={expected}"
    assert headers["Idempotency-Key"] == "n-17"
    assert headers["Content-Type"] == "application/json"
    assert receipt == Receipt("webhook", "theirs-1", DeliveryStatus.ACCEPTED, "answered 200")


@pytest.mark.parametrize("told", [b"", b"OK", b"[]", b'{"id": 7}', b'{"id": ""}', b'{"id": "' + b"a" * 500 + b'"}'])
async def test_the_answer_need_not_be_json(outgoing, told):
    """Any 2xx is taken; without an id of theirs the message keeps ours."""
    async with Receiver(status=202, told=told) as receiver:
        receipt = await sent(receiver, outgoing)

    assert receipt.provider_id == "n-17"


@pytest.mark.parametrize(
    ("status", "told", "kind"),
    [
        (400, b'{"refused": true, "reason": "no such number"}', Refused),
        (404, b'{"refused": true}', Refused),
        (410, b'{"refused": true}', Refused),
        (422, b'{"refused": true}', Refused),
        (400, b"{}", AccountFault),
        (404, b"not found", AccountFault),
        (410, b'{"refused": "yes"}', AccountFault),
        (422, b'{"refused": false}', AccountFault),
        (401, b'{"refused": true}', AccountFault),
        (403, b'{"refused": true}', AccountFault),
        (408, b"", Unavailable),
        (500, b'{"refused": true}', Unconfirmed),
    ],
)
async def test_only_words_refuse(outgoing, status, told, kind):
    """A status alone breaks no contact: the receiver must say that the person is refused."""
    async with Receiver(status, told) as receiver:
        with pytest.raises((Refused, Unavailable, Unconfirmed)) as raised:
            await sent(receiver, outgoing)

    assert type(raised.value) is kind


@pytest.mark.parametrize(
    "settings",
    [
        {"url": "http://sms.example.net/send"},
        {"url": "ftp://sms.example.net/send"},
        {"url": "sms.example.net/send"},
        {"url": "https://user:password@sms.example.net/send"},
        {"url": "https://[::1/send"},
        {"url": ""},
        {"secret": ""},
    ],
)
def test_settings_that_cannot_be_right(settings):
    """Plain http to elsewhere, credentials in the URL and an empty secret are found before the first page."""
    with pytest.raises(InvalidPlan):
        Webhook(**{"medium": Medium.SMS, "url": "https://a.example", "secret": "s", "clock": clock, **settings})


async def test_a_metadata_service_is_out_of_reach(outgoing):
    """Not even a network of our own holds a cloud's metadata."""
    webhook = Webhook(medium=Medium.SMS, url="http://169.254.169.254/latest", secret="s", clock=clock, own_network=True)

    with pytest.raises(Unavailable, match="metadata"):
        await webhook.send(outgoing, 5)

    await webhook.close()
