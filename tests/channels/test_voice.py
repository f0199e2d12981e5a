from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pagerd.channels.base import AccountFault, Busy, DeliveryStatus, Receipt
from pagerd.channels.voice import WITHOUT_KEYS, TwilioVoice, twiml_again, twiml_call, twiml_say
from pagerd.core.errors import Refused, Unavailable, Unconfirmed
from pagerd.core.paging.message import CallScript
from pagerd.core.people import Medium
from tests.channels.conformance import HttpPromises
from tests.channels.fake_twilio import ACCOUNT, NUMBER, TOKEN, AcceptThenHang, FakeTwilio, Ok, Refuse
from tests.channels.samples import CALLBACK, SCRIPT, an_outgoing


def an_account(url):
    """Return a channel for a Twilio on loopback."""
    return TwilioVoice(account=ACCOUNT, token=TOKEN, sender=NUMBER, api_url=url)


@pytest.fixture
async def twilio():
    """Run a Twilio."""
    async with FakeTwilio() as fake:
        yield fake


@pytest.fixture
async def voice(twilio):
    """Open a channel to it."""
    provider = an_account(twilio.url)
    yield provider
    await provider.close()


@pytest.fixture
def outgoing():
    """Return one attempt at a call."""
    return an_outgoing(Medium.VOICE)


class TestVoicePromises(HttpPromises):
    @pytest.fixture
    def make(self):
        return lambda port: an_account(f"http://127.0.0.1:{port}")


def read(twiml):
    """Take TwiML apart."""
    return ET.fromstring(twiml)  # noqa: S314  # ours


def spoken(twiml):
    """Return what is said, in order."""
    return [say.text for say in read(twiml).iter("Say")]


async def test_a_call_is_placed(twilio, voice, outgoing):
    """The call rings shortly, carries its whole script, reports each step, and looks for a mailbox meanwhile."""
    receipt = await voice.send(outgoing, 5)

    call = await twilio.next_call()
    assert receipt == Receipt("twilio", call.sid, DeliveryStatus.ACCEPTED, "queued by Twilio", can_be_asked=True)
    assert [pair for pair in call.form if pair[0] != "Twiml"] == [
        ("To", "+351912000001"),
        ("From", NUMBER),
        ("StatusCallback", CALLBACK),
        ("StatusCallbackEvent", "initiated"),
        ("StatusCallbackEvent", "ringing"),
        ("StatusCallbackEvent", "answered"),
        ("StatusCallbackEvent", "completed"),
        ("Timeout", "25"),
        ("MachineDetection", "Enable"),
        ("AsyncAmd", "true"),
        ("AsyncAmdStatusCallback", CALLBACK),
        ("TimeLimit", "180"),
    ]


async def test_without_public_url_it_is_only_read_out(twilio, voice, outgoing):
    """Where no key could reach us, the call says to answer by text, and asks for no reports."""
    await voice.send(replace(outgoing, callback_url=None), 5)

    call = twilio.calls[0]
    assert call.action() is None
    assert SCRIPT.greeting in call.said()
    assert WITHOUT_KEYS in call.said()
    assert {name for name, _ in call.form} == {"To", "From", "Twiml", "Timeout", "TimeLimit"}


@pytest.mark.parametrize(
    ("code", "kind"), [(21215, AccountFault), (21210, AccountFault), (21211, Refused), (22005, Busy)]
)
async def test_error_codes(twilio, voice, outgoing, code, kind):
    """A refused call is named for what the caller must do."""
    twilio.behave(Refuse(code))

    with pytest.raises((Refused, Unavailable)) as raised:
        await voice.send(outgoing, 5)

    assert type(raised.value) is kind


async def test_a_call_that_failed_at_once_is_no_receipt(twilio, voice, outgoing):
    """A call that is created as failed was not placed."""
    twilio.behave(Ok(status="failed"))

    with pytest.raises(Unavailable):
        await voice.send(outgoing, 5)


async def test_placed_but_not_said(twilio, voice, outgoing):
    """A call may ring although we never heard of it."""
    twilio.behave(AcceptThenHang())

    with pytest.raises(Unconfirmed):
        await voice.send(outgoing, 0.3)


async def test_status_can_be_asked_for(twilio, voice, outgoing):
    """A call can be asked after when its callbacks are lost."""
    receipt = await voice.send(outgoing, 5)
    twilio.reach("https://pager.example.com", twilio.url)
    await twilio.report_call(twilio.calls[0], "completed", answered_by="machine_start")

    report = await voice.report(receipt.provider_id, 5)

    assert (report.status, report.detail) == (DeliveryStatus.NOT_REACHED, "voicemail answered")


def test_the_menu():
    """The menu is read three times, each reading inside a Gather that takes one key, then the farewell."""
    response = read(twiml_call(SCRIPT, CALLBACK))

    assert [child.tag for child in response] == ["Gather", "Gather", "Gather", "Say"]
    for gather in response.findall("Gather"):
        assert gather.attrib == {
            "input": "dtmf",
            "numDigits": "1",
            "finishOnKey": "",
            "timeout": "6",
            "action": CALLBACK + "/key",
            "method": "POST",
        }
    assert spoken(twiml_call(SCRIPT, CALLBACK)) == [
        SCRIPT.greeting,
        SCRIPT.prompt,
        SCRIPT.prompt,
        SCRIPT.prompt,
        SCRIPT.farewell,
    ]


def test_a_script_without_keys_is_read_out():
    """Without keys nothing is listened for, and nothing is said of keys."""
    script = CallScript("This is a test page.", "All is well.", "Goodbye.")

    assert read(twiml_call(script, CALLBACK)).find("Gather") is None
    assert spoken(twiml_call(script, CALLBACK)) == [
        "This is a test page.",
        "All is well.",
        "All is well.",
        "Goodbye.",
    ]


def test_the_menu_again():
    """A key that repeats gets everything once more, and then the menu."""
    response = read(twiml_again(SCRIPT, CALLBACK + "/key"))

    assert [gather.get("action") for gather in response.findall("Gather")] == [CALLBACK + "/key"] * 2
    assert spoken(twiml_again(SCRIPT, CALLBACK + "/key"))[:2] == [SCRIPT.greeting, SCRIPT.prompt]


def test_the_answer_to_a_key():
    """What a key did is said, and the call ends."""
    response = read(twiml_say("Acknowledged. Escalation stopped."))

    assert [child.tag for child in response] == ["Say", "Hangup"]
    assert spoken(twiml_say("Acknowledged.")) == ["Acknowledged."]


def test_alert_text_is_spoken_and_never_markup():
    """Markup in an alert's text is neither a verb nor spoken as signs."""
    script = replace(SCRIPT, prompt='</Say><Dial>+1900</Dial><Say a="b">\x00R&D high_error_rate')

    twiml = twiml_call(script, CALLBACK)

    assert {element.tag for element in read(twiml).iter()} == {"Response", "Gather", "Say"}
    assert spoken(twiml)[1] == '/Say Dial +1900 /Dial Say a="b" R and D high error rate'


@settings(max_examples=100, deadline=None)
@given(
    greeting=st.text(max_size=3000),
    prompt=st.text(max_size=3000),
    farewell=st.text(max_size=3000),
    url=st.sampled_from([None, CALLBACK, "https://pager.example.com/" + "a" * 200]),
)
def test_any_script_can_be_said(greeting, prompt, farewell, url):
    """Whatever the words, the TwiML is well formed and short enough for Twilio to take."""
    script = CallScript(greeting, prompt, farewell, SCRIPT.keys)

    for twiml in (twiml_call(script, url), twiml_again(script, "https://pager.example.com/key"), twiml_say(prompt)):
        assert read(twiml).tag == "Response"
        assert len(twiml) <= 4000
        assert twiml.encode("utf-8")
