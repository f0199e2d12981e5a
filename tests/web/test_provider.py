import base64
import hmac
from datetime import timedelta
from hashlib import sha1
from random import Random  # noqa: TID251  # seeded, so that what fails can be seen again
from urllib.parse import urlencode

import pytest

from pagerd.core.paging.notification import NotificationStatus
from pagerd.core.people import Medium
from pagerd.engine import commands, queries
from pagerd.engine.doors import ProviderDesk
from tests.builders import a_plan
from tests.figures import note
from tests.share import in_share
from tests.web.front import PUBLIC_URL, TWILIO_TOKEN, TwilioDesk, a_front

FORM = "application/x-www-form-urlencoded"


def signed(path, fields, token=TWILIO_TOKEN):
    """Sign a form as Twilio does: the public URL, then each sorted name with its value."""
    text = PUBLIC_URL + path + "".join(name + value for name, value in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), sha1).digest()).decode()


async def post(front, path, fields, *, signature=None):
    """Send a form as a provider does."""
    fields = list(fields.items()) if isinstance(fields, dict) else fields
    headers = {"Content-Type": FORM}
    if signature != "":
        headers["X-Twilio-Signature"] = signature or signed(path, fields)
    return await front.ask("POST", path, data=urlencode(fields).encode(), headers=headers)


async def a_call(front):
    """Page by text and call; return the page and the notification of the call."""
    page = await front.page()
    story = await front.engine.read(lambda c: queries.page_story(c, page))
    return page, next(one for one in story.notifications if one.medium is Medium.VOICE)


async def status_of(front, page):
    """Return the page's status."""
    return (await front.engine.read(lambda c: queries.page_story(c, page))).page.status.value


async def test_the_key_that_was_drawn_acknowledges(front):
    """A key of the call is an act of the person who was called; the call says what became of it."""
    page, call = await a_call(front)
    answer = await post(front, f"/api/v1/provider/{call.id}/key", {"CallSid": "CA1", "Digits": call.digit})

    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/xml")
    assert "is yours until" in answer.text
    assert await status_of(front, page) == "acknowledged"


async def test_another_key_says_the_menu_again(front):
    """A key that means nothing brings the script once more, its keys back to the same address."""
    page, call = await a_call(front)
    wrong = next(digit for digit in "12345" if digit != call.digit)
    answer = await post(front, f"/api/v1/provider/{call.id}/key", {"CallSid": "CA1", "Digits": wrong})

    assert "<Say" in answer.text
    assert "That key does nothing. Not acknowledged." in answer.text
    assert f"Press {call.digit} to acknowledge" in answer.text
    assert f"{PUBLIC_URL}/api/v1/provider/{call.id}/key" in answer.text
    assert await status_of(front, page) == "triggered"


@pytest.mark.parametrize("path", ["/api/v1/provider/{id}", "/api/v1/provider/{id}/status"])
async def test_a_delivery_report_moves_the_notification(front, path):
    """What the provider says later is stored; both addresses take it."""
    page = await front.page()
    one = front.sent[-1].notification
    answer = await post(front, path.format(id=one.id), {"MessageSid": "SM1", "MessageStatus": "delivered"})

    assert answer.status == 204
    story = await front.engine.read(lambda c: queries.page_story(c, page))
    assert NotificationStatus.DELIVERED in {other.status for other in story.notifications if other.id == one.id}


async def test_a_report_about_nothing_of_ours_is_taken_and_counted(front):
    """The provider shall not repeat what nobody waits for."""
    answer = await post(front, "/api/v1/provider/nothing", {"MessageSid": "SM1", "MessageStatus": "sent"})

    assert answer.status == 204
    assert front.metric("pagerd_reports_unknown_total") == 1


async def test_a_signed_request_that_makes_no_sense_is_400(front):
    """What does not look like the provider's documents is refused with a reason."""
    answer = await post(front, "/api/v1/provider/x/status", {"MessageSid": "SM1", "MessageStatus": "strange"})

    assert answer.status == 400
    assert "strange" in answer.json["error"]


async def test_a_text_acknowledges_and_is_answered(front):
    """The code of the page, from the person's own number, is an acknowledgement; the reply goes back in the answer."""
    page = await front.page()
    number = a_plan().people["ana"].sms
    fields = {"MessageSid": "SM9", "From": number, "To": "+1", "Body": f"{front.code()} ack"}
    answer = await post(front, "/api/v1/provider/sms", fields)

    assert answer.status == 200
    assert "<Message>" in answer.text
    assert await status_of(front, page) == "acknowledged"
    again = await post(front, "/api/v1/provider/sms", fields)
    assert again.body == answer.body


async def test_a_stranger_gets_silence(front):
    """A number of nobody gets an empty answer."""
    page = await front.page()
    fields = {"MessageSid": "SM9", "From": "+1999", "Body": f"{front.code()} ack"}
    answer = await post(front, "/api/v1/provider/sms", fields)

    assert answer.text == "<Response/>"
    assert await status_of(front, page) == "triggered"


async def test_a_signature_that_does_not_fit_is_403_and_does_nothing(front):
    """No signature, another token's, another URL's, another body's: nothing is read, nothing happens."""
    page, call = await a_call(front)
    path, fields = f"/api/v1/provider/{call.id}/key", [("CallSid", "CA1"), ("Digits", call.digit)]
    good = signed(path, fields)
    for bad in (
        "",
        "x",
        signed(path, fields, "another token"),
        signed("/api/v1/provider/sms", fields),
        signed(path, [*fields, ("More", "1")]),
        signed(path, []),
        good[:-2] + "A=",
        good.lower(),
    ):
        answer = await post(front, path, fields, signature=bad)
        assert answer.status == 403, bad
    assert (await front.ask("POST", path, json=dict(fields), headers={"X-Twilio-Signature": good})).status == 403
    assert await status_of(front, page) == "triggered"
    assert front.metric("pagerd_replies_total", channel="provider", result="unauthorized") == 9


async def test_the_query_is_signed_and_forwarded_headers_are_not_believed(front):
    """The URL is made of public_url and the raw path and query, whatever Host or X-Forwarded say."""
    path, fields = "/api/v1/provider/x/status?a=%20b&c", [("MessageSid", "SM1"), ("MessageStatus", "sent")]
    headers = {
        "Content-Type": FORM,
        "Host": "evil.example",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http",
        "X-Twilio-Signature": signed(path, fields),
    }
    answer = await front.ask("POST", path, data=urlencode(fields).encode(), headers=headers)
    assert answer.status == 204
    other = path.replace("b", "d")
    assert (await front.ask("POST", other, data=urlencode(fields).encode(), headers=headers)).status == 403


async def test_blanks_and_repeated_fields_count(front):
    """All fields as received are signed: empty ones, padded ones, the same name twice."""
    path = "/api/v1/provider/x/status"
    fields = [
        ("MessageSid", "SM1"),
        ("MessageStatus", "sent"),
        ("A", ""),
        ("B", " x "),
        ("C", "1"),
        ("C", "2"),
        ("Ü", "+ %"),
    ]
    assert (await post(front, path, fields)).status == 204


async def test_two_tokens_are_good_while_one_is_changed(tmp_path):
    """During a rotation a signature with either token does."""
    async with a_front(tmp_path, provider=TwilioDesk("old", "new")) as front:
        fields = [("MessageSid", "SM1"), ("MessageStatus", "sent")]
        path = "/api/v1/provider/x/status"
        for token, status in (("old", 204), ("new", 204), ("older", 403)):
            assert (await post(front, path, fields, signature=signed(path, fields, token))).status == status


@pytest.mark.parametrize(
    "missing",
    [{"provider": None}, {"provider": TwilioDesk()}, {"public_url": None}],
    ids=["desk", "token", "public_url"],
)
async def test_without_a_way_to_verify_everything_is_refused(tmp_path, missing):
    """It fails closed: 503, and not one request is believed."""
    async with a_front(tmp_path, **missing) as front:
        fields = [("MessageSid", "SM1"), ("MessageStatus", "sent")]
        for path in ("/api/v1/provider/x", "/api/v1/provider/x/key", "/api/v1/provider/sms"):
            for token in (TWILIO_TOKEN, ""):
                answer = await post(front, path, fields, signature=signed(path, fields, token))
                assert answer.status == 503


async def test_a_callback_has_a_limit(front):
    """A body beyond 64 KiB is not read before its signature could be."""
    answer = await front.ask(
        "POST", "/api/v1/provider/sms", data=b"Body=" + b"x" * 70_000, headers={"Content-Type": FORM}
    )

    assert answer.status == 413


def test_the_desk_of_these_tests_is_one():
    """The fake desk has what the Protocol asks for."""
    desk: ProviderDesk = TwilioDesk("x")
    assert desk.is_ready()


def changed_by_a_byte(chance, path, fields, signature):
    """Change one sign of what was signed, or of the signature; return the three, or None where nothing differs."""
    place = chance.randrange(3)
    if place == 0:
        at = chance.randrange(len(signature) - 2)  # the last sign of base64 before its padding has unused bits
        return path, fields, signature[:at] + chance.choice(BASE64.replace(signature[at], "")) + signature[at + 1 :]
    if place == 1:
        # Not a bare `?`: that is the same URL, and means nothing.
        return path + chance.choice(("?a=1", "?a", "/", "%20")), fields, signature
    number = chance.randrange(len(fields))
    pair = list(fields[number])
    which = chance.randrange(2)
    text = pair[which]
    at = chance.randrange(len(text) + 1)
    other = chance.choice("abc019+ \u00e9")
    pair[which] = chance.choice(
        (text[:at] + other + text[at:], text[:at] + text[at + 1 :], text[:at] + other + text[at + 1 :])
    )
    new = [*fields[:number], tuple(pair), *fields[number + 1 :]]
    return None if sorted(new) == sorted(fields) else (path, new, signature)


BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


async def test_no_request_that_was_changed_by_a_sign_is_taken(front):
    """Neither in its path, nor in the name or value of a field, nor in its signature; nothing is written for it."""
    page = await front.page()
    path = "/api/v1/provider/sms"
    fields = [("MessageSid", "SM1"), ("From", "+4915110000001"), ("Body", f"ack {front.code()}"), ("NumMedia", "0")]
    good = signed(path, fields)
    chance = Random(7)
    writes = front.store.writes
    tried = 0
    taken = []
    while tried < in_share(ci=400, proof=5_000):
        changed = changed_by_a_byte(chance, path, fields, good)
        if changed is None:
            continue
        tried += 1
        wrong_path, wrong_fields, signature = changed
        answer = await post(front, wrong_path, wrong_fields, signature=signature)
        if answer.status not in (403, 404):
            taken.append(changed)

    note("requests of Twilio with one sign changed: accepted", len(taken), n=tried, at_most=0)
    assert taken == []
    assert front.store.writes == writes
    assert await status_of(front, page) == "triggered"


async def test_what_is_replayed_changes_nothing_more(front):
    """The same signed request again, and hours later: it is answered, and the page is as it was after the first."""
    page = await front.page()
    story = await front.engine.read(lambda c: queries.page_story(c, page))
    sender = next(one.address for one in story.notifications if one.medium is Medium.SMS)
    fields = {"MessageSid": "SM9", "From": sender, "Body": f"ack {front.code()}"}
    path = "/api/v1/provider/sms"
    assert (await post(front, path, fields)).status == 200
    after = await front.engine.read(lambda c: queries.page_story(c, page))
    await front.engine.transact(lambda work: commands.undo(work, page, "ana", "cli"))
    undone = await front.engine.read(lambda c: queries.page_story(c, page))
    for hours in (0, 0, 5):
        front.clock.move_to(front.clock.now() + timedelta(hours=hours))
        assert (await post(front, path, fields)).status == 200
    replayed = await front.engine.read(lambda c: queries.page_story(c, page))

    assert after.page.acknowledgement.by == "ana"
    assert undone.page.acknowledgement is None
    assert replayed.page == undone.page
    assert len(replayed.entries) == len(undone.entries)
