import asyncio
import json
from datetime import timedelta

import pytest
from aiohttp import web

from pagerd.channels.base import AccountFault, Busy, ContentFault, Declined, DeliveryStatus, OptOut
from pagerd.channels.callbacks import parse_inbound_sms, parse_key, parse_status, verify
from pagerd.channels.twilio import TwilioAccount, fault_of
from pagerd.channels.voice import twiml_again, twiml_call, twiml_say
from pagerd.clients.http import Answer
from pagerd.core.errors import PagerdError, Refused, Unavailable, Unconfirmed
from tests.channels.fake_twilio import ACCOUNT, NUMBER, SENT_AT, TOKEN, FakeTwilio, Hang, Refuse
from tests.channels.fake_twilio import Answer as Said
from tests.channels.samples import SCRIPT

PUBLIC = "https://pager.example.com"


def answer(status, told, headers=None):
    """Return an answer as our HTTP client gives it."""
    return Answer(status, headers or {}, told if isinstance(told, bytes) else json.dumps(told).encode())


@pytest.mark.parametrize(
    ("status", "told", "kind"),
    [
        (201, {"sid": "SM1"}, None),
        (200, {"messages": []}, None),
        (201, {"sid": None}, Unconfirmed),
        (201, [], Unconfirmed),
        (201, b"", Unconfirmed),
        (204, b"", Unconfirmed),
        (201, b"[" * 50_000, Unconfirmed),
        (302, b"", AccountFault),
        (400, {"code": 21610}, Refused),
        (400, {"code": 21606}, AccountFault),
        (400, {"code": 21617}, ContentFault),
        (400, {"code": 21611}, Busy),
        (400, {"code": 20001}, Declined),
        (400, {"code": "21610"}, Unavailable),
        (400, {"code": True}, Unavailable),
        (400, {"code": 1e99}, Unavailable),
        (400, {}, Unavailable),
        (400, b"<html>", Unavailable),
        (401, b"<html>", AccountFault),
        (404, {"code": 20404}, AccountFault),
        (407, b"", Unavailable),
        (429, {"code": 20429}, Busy),
        # A gateway's own failure means what it is, whatever code it repeats.
        (500, {"code": 21610}, Unconfirmed),
        (503, {"code": 21610}, Unavailable),
    ],
)
def test_what_an_answer_means(status, told, kind):
    """Each answer is named for what the caller must do."""
    fault = fault_of(answer(status, told), "trying")

    assert (None if fault is None else type(fault)) is kind


def test_how_long_to_wait():
    """What Retry-After asks for is handed on."""
    assert fault_of(answer(429, {}, {"Retry-After": "3"}), "trying").retry_after_seconds == 3


def test_their_words_are_left_out():
    """Twilio repeats the number in its messages; ours do not."""
    fault = fault_of(answer(400, {"code": 21211, "message": "The 'To' number +351912000001 is not valid"}), "trying")

    assert str(fault) == "trying: answered 400, the number is not valid (Twilio code 21211, destination)"


async def test_no_settings_come_from_the_environment(monkeypatch):
    """What happens to stand in the environment changes neither account nor region."""
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", "ACelsewhere")
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "elsewhere")
    monkeypatch.setenv("TWILIO_REGION", "au1")
    monkeypatch.setenv("TWILIO_EDGE", "sydney")
    async with FakeTwilio() as twilio:
        account = TwilioAccount(ACCOUNT, TOKEN, api_url=twilio.url + "/")
        created = await account.create_message(
            deadline_seconds=5, to="+1", sender=NUMBER, body="x", valid_seconds=60, callback_url=None
        )
        await account.close()

        assert created.sid == twilio.messages[0].sid


async def test_asking_after_what_is_not_there():
    """A message that Twilio does not know is one of the errors that everybody knows."""
    async with FakeTwilio() as twilio:
        account = TwilioAccount(ACCOUNT, TOKEN, api_url=twilio.url)
        with pytest.raises(AccountFault, match="20404"):
            await account.report_of_message("SM404", 5)
        await account.close()


class PublicSide:
    """What the daemon's web side does with Twilio's requests, in a few lines."""

    def __init__(self):
        self.reports, self.texts, self.keys, self.refused = [], [], [], 0

    async def __aenter__(self):
        app = web.Application()
        app.router.add_post("/{path:.*}", self._take)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_):
        await self._runner.cleanup()

    async def _take(self, request):
        form = await request.post()
        if not verify(
            PUBLIC + request.path_qs, form.items(), request.headers.get("X-Twilio-Signature"), ["old", TOKEN]
        ):
            self.refused += 1
            return web.Response(status=403)
        if request.path.endswith("/key"):
            self.keys.append(parse_key(form))
            repeat = self.keys[-1].digits == "0"
            twiml = twiml_again(SCRIPT, PUBLIC + request.path) if repeat else twiml_say("Acknowledged.")
            return web.Response(text=twiml, content_type="text/xml")
        if request.path == "/inbound":
            self.texts.append(parse_inbound_sms(form))
        else:
            self.reports.append(parse_status(form))
        return web.Response(status=204)


async def test_the_whole_conversation():
    """From a text that is not delivered, over a call, to the key: all of it signed, read and answered."""
    async with FakeTwilio() as twilio, PublicSide() as public:
        account = TwilioAccount(ACCOUNT, TOKEN, api_url=twilio.url)
        twilio.reach(PUBLIC, public.url)
        twilio.inbound_url = PUBLIC + "/inbound"
        callback = PUBLIC + "/twilio/n-17?x=%201"

        await account.create_message(
            deadline_seconds=5, to="+1", sender=NUMBER, body="x", valid_seconds=60, callback_url=callback
        )
        text = await twilio.next_message()
        assert await twilio.report_message(text, "undelivered", error_code=30003) == 204
        callback = PUBLIC + "/twilio/n-18"
        await account.create_call(
            deadline_seconds=5,
            to="+1",
            sender=NUMBER,
            twiml=twiml_call(SCRIPT, callback),
            settings={"status_callback": callback, "async_amd_status_callback": callback},
        )
        call = await twilio.next_call()
        await twilio.report_call(call, "ringing")
        await twilio.report_call(call, "in-progress")
        await twilio.report_machine_detection(call, "human")
        assert SCRIPT.prompt in call.said()
        await twilio.press(call, "0")
        assert SCRIPT.prompt in call.said()
        await twilio.press(call, "4")
        assert call.said() == "Acknowledged."
        await twilio.send_inbound_sms("+351912000001", "STOP")
        assert (await twilio.post(callback, {"CallSid": "CA1"}, signature="forged"))[0] == 403
        await account.close()

    assert [(report.status, report.detail) for report in public.reports] == [
        (
            DeliveryStatus.NOT_REACHED,
            "not delivered: the phone is off or out of reach (Twilio code 30003, transient)",
        ),
        (DeliveryStatus.RINGING, "ringing"),
        (DeliveryStatus.ANSWERED, "answered"),
        (DeliveryStatus.ANSWERED, "answered"),
    ]
    assert [key.digits for key in public.keys] == ["0", "4"]
    assert [key.provider_id for key in public.keys] == [call.sid, call.sid]
    assert [text.opt_out for text in public.texts] == [OptOut.STOP]
    assert public.refused == 1


async def test_many_at_once():
    """A hundred texts at the same time go over a few connections, and each is one request."""
    async with FakeTwilio() as twilio:
        account = TwilioAccount(ACCOUNT, TOKEN, api_url=twilio.url)
        created = await asyncio.gather(
            *(
                account.create_message(
                    deadline_seconds=20, to=f"+1{n}", sender=NUMBER, body="x", valid_seconds=60, callback_url=None
                )
                for n in range(100)
            )
        )
        await account.close()

        assert len({one.sid for one in created}) == twilio.requests == 100


@pytest.fixture
async def twilio():
    """Run a Twilio."""
    async with FakeTwilio() as fake:
        yield fake


@pytest.fixture
async def account(twilio):
    """Open an account there."""
    account = TwilioAccount(ACCOUNT, TOKEN, api_url=twilio.url)
    yield account
    await account.close()


async def test_texts_are_fetched_over_several_pages(twilio, account):
    """However many came in, all of them are read, oldest first, with the instant at which Twilio got them."""
    for n in range(450):
        await twilio.send_inbound_sms("+351912000001", f"{n} ack")

    texts = await account.inbound_since(NUMBER, SENT_AT, 10)

    assert [text.body for text in texts] == [f"{n} ack" for n in range(450)]
    assert {text.at for text in texts} == {SENT_AT}
    assert len(twilio.questions) == 3


async def test_reading_stops_where_it_is_old(twilio, account):
    """Twilio filters by days: what is older than was asked for is not read, and no page behind it is asked for."""
    twilio.now = lambda: SENT_AT - timedelta(minutes=1)
    for n in range(300):
        await twilio.send_inbound_sms("+351912000001", f"old {n}")
    twilio.now = lambda: SENT_AT
    await twilio.send_inbound_sms("+351912000001", "47 ack")

    texts = await account.inbound_since(NUMBER, SENT_AT, 10)

    assert [text.body for text in texts] == ["47 ack"]
    assert len(twilio.questions) == 1


async def test_only_texts_to_us_are_replies(twilio, account):
    """Texts that we sent to one of our own numbers, and those to other numbers of the account, are not read."""
    await twilio.send_inbound_sms("+351912000001", "47 ack")
    twilio.inbound[-1]["direction"] = "outbound-api"
    await twilio.send_inbound_sms("+351912000001", "47 ack")
    twilio.inbound[-1]["to"] = "+15550000009"

    assert await account.inbound_since(NUMBER, SENT_AT, 10) == []


NONSENSE = [
    Said(200, "<html>"),
    Said(200, '{"messages": 5}'),
    Said(200, '{"messages": [5]}'),
    Said(200, '{"messages": [{"sid": "SM1", "from": 5, "to": [], "direction": "inbound", "body": {}}]}'),
    Said(200, '{"messages": [{"sid": "SM1", "date_sent": 5}]}'),
    Said(200, '{"messages": [], "next_page_uri": "ftp://elsewhere"}'),
]


@pytest.mark.parametrize("behaviour", [Refuse(20003, 401), Refuse(20429, 429), Said(503), *NONSENSE])
async def test_a_list_that_cannot_be_read_is_one_of_our_errors(twilio, account, behaviour):
    """Whatever Twilio answers to a question for texts, it is a list or an error that everybody knows."""
    twilio.behave_when_asked(behaviour)
    try:
        texts = await account.inbound_since(NUMBER, SENT_AT, 5)
    except PagerdError:
        return

    assert texts == []


async def test_a_list_that_hangs_is_given_up(twilio, account):
    """The deadline is for all pages together."""
    twilio.behave_when_asked(Hang())

    with pytest.raises((Unavailable, Unconfirmed)):
        await account.inbound_since(NUMBER, SENT_AT, 0.2)


@pytest.mark.parametrize("told", ["[]", '{"sid": 5}', '{"sid": "1", "status": "new"}', '{"sid": "1", "status": []}'])
async def test_a_report_that_cannot_be_read_is_one_of_our_errors(twilio, account, told):
    """A status that nobody knows yet is not taken for one that we know."""
    twilio.behave_when_asked(Said(200, told), times=2)

    with pytest.raises(PagerdError):
        await account.report_of_message("SM1", 5)
    with pytest.raises(PagerdError):
        await account.report_of_call("CA1", 5)


async def test_how_far_a_call_came_says_what_it_went_through(twilio, account):
    """A call that nobody answered rang, one that ended was answered, a busy one is not known to have rung."""
    call = await account.create_call(deadline_seconds=5, to="+1", sender=NUMBER, twiml="<Response/>", settings={})
    said = {}
    for status in ("ringing", "no-answer", "completed", "busy", "failed"):
        twilio.becomes(twilio.calls[0], status)
        said[status] = (await account.report_of_call(call.sid, 5)).passed

    assert said == {
        "ringing": None,
        "no-answer": DeliveryStatus.RINGING,
        "completed": DeliveryStatus.ANSWERED,
        "busy": None,
        "failed": None,
    }
