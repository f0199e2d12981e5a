import base64
import hmac
import itertools
from datetime import UTC, datetime
from hashlib import sha1, sha256
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from pagerd.channels.base import DeliveryStatus, InboundText, KeyPress, OptOut
from pagerd.channels.callbacks import (
    CALL_STATUS,
    MESSAGE_STATUS,
    parse_inbound_sms,
    parse_key,
    parse_status,
    verify,
)
from pagerd.core.errors import Unreadable

TOKEN = "12345"
OLD_TOKEN = "54321"
URL = "https://pager.example.com/twilio/n-17?foo=1&bar=2"
FORM = (
    ("CallSid", "CA1234567890ABCDE"),
    ("Caller", "+14158675309"),
    ("Digits", "1234"),
    ("From", "+14158675309"),
    ("To", "+18005551212"),
)


class Repeated(dict):
    """A form as frameworks hand it to the SDK: a name may have several values."""

    def getall(self, name):
        return self[name]


def signed(url, form=(), token=TOKEN):
    """Return the signature that Twilio's SDK computes."""
    grouped = Repeated()
    for name, value in form:
        grouped.setdefault(name, []).append(value)
    return RequestValidator(token).compute_signature(url, grouped)


def test_the_documented_example():
    """Signature and request of Twilio's own documentation."""
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"

    assert verify(url, FORM, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", [TOKEN])


VECTORS = {
    "no fields": (URL, ()),
    "no query": ("https://pager.example.com/twilio", FORM),
    "root": ("https://pager.example.com/", FORM),
    "path prefix": ("https://example.com/on-call/pager/twilio/n-17", FORM),
    "http": ("http://pager.example.com/twilio", FORM),
    "port": ("https://pager.example.com:8443/twilio", FORM),
    "default port written": ("https://pager.example.com:443/twilio", FORM),
    "http default port written": ("http://pager.example.com:80/twilio", FORM),
    "percent and plus in the query": ("https://pager.example.com/t?a=%20b+c%2Bd", FORM),
    "upper case in the path": ("https://pager.example.com/T/N-17", FORM),
    "IPv6": ("https://[2001:db8::1]/t", FORM),
    "blank value": (URL, (*FORM, ("FromCity", ""))),
    "spaces around": (URL, (*FORM, ("Body", "  ack 47 \n"))),
    "plus in a value": (URL, (*FORM, ("Body", "1+1 = 2"))),
    "unicode": (URL, (*FORM, ("Body", "åck 47 – 👍"))),
    "name with brackets": (URL, (*FORM, ("Media[0]", "x"))),
    "repeated, equal": (URL, (("A", "1"), ("A", "1"), *FORM)),
    "repeated, out of order": (URL, (("A", "2"), ("A", "1"), *FORM)),
    "names out of order": (URL, tuple(reversed(FORM))),
    "lower after upper": (URL, (("a", "1"), ("B", "2"), ("Z", "3"), ("b", "4"))),
    "long": (URL, (("Body", "x" * 1600), *FORM)),
}


@pytest.mark.parametrize("name", VECTORS)
def test_what_the_sdk_signs_is_accepted(name):
    """Whatever Twilio's own code signs is good, under either token, and not under another."""
    url, form = VECTORS[name]

    assert verify(url, form, signed(url, form), [TOKEN])
    assert verify(url, form, signed(url, form), [OLD_TOKEN, TOKEN])
    assert not verify(url, form, signed(url, form), [OLD_TOKEN])


@pytest.mark.parametrize(
    ("told", "used"),
    [
        ("https://pager.example.com/t", "https://pager.example.com:443/t"),
        ("https://pager.example.com:443/t", "https://pager.example.com/t"),
        ("http://pager.example.com/t", "http://pager.example.com:80/t"),
        ("https://pager.example.com:8443/t", "https://pager.example.com/t"),
        ("https://[2001:db8::1]:8443/t", "https://[2001:db8::1]/t"),
    ],
)
def test_ports_may_be_signed_or_not(told, used):
    """Twilio is not of one mind about ports, so either way is good."""
    assert verify(told, FORM, signed(used, FORM), [TOKEN])


MUTATIONS = {
    "other path": ("https://pager.example.com/twilio/n-18?foo=1&bar=2", FORM),
    "other host": ("https://pager.example.org/twilio/n-17?foo=1&bar=2", FORM),
    "other scheme": ("http://pager.example.com/twilio/n-17?foo=1&bar=2", FORM),
    "other port": ("https://pager.example.com:444/twilio/n-17?foo=1&bar=2#", FORM),
    "query reordered": ("https://pager.example.com/twilio/n-17?bar=2&foo=1", FORM),
    "query added": (URL + "&x=", FORM),
    "query missing": ("https://pager.example.com/twilio/n-17", FORM),
    "trailing slash": ("https://pager.example.com/twilio/n-17/?foo=1&bar=2", FORM),
    "upper case": (URL.upper(), FORM),
    "field added": (URL, (*FORM, ("Extra", "1"))),
    "field missing": (URL, FORM[:-1]),
    "value changed": (URL, (*FORM[:-1], ("To", "+18005551213"))),
    "value with a space": (URL, (*FORM[:-1], ("To", "+18005551212 "))),
    "value blanked": (URL, (*FORM[:-1], ("To", ""))),
    "second value": (URL, (*FORM, ("To", "+1"))),
    "name changed": (URL, (*FORM[:-1], ("to", "+18005551212"))),
    "sent as JSON": (URL, b"{}"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_changed_request_is_refused(name):
    """A signature stands for one URL and one set of fields."""
    url, form = MUTATIONS[name]

    assert not verify(url, form, signed(URL, FORM), [TOKEN])


@pytest.mark.parametrize(
    ("signature", "tokens"),
    [
        (None, [TOKEN]),
        ("", [TOKEN]),
        (" ", [TOKEN]),
        ("good", []),
        ("good", [""]),
        ("nonsense", [TOKEN]),
        ("é" * 28, [TOKEN]),
        ("\ud800", [TOKEN]),
        ("good!", [TOKEN]),
        ("ood", [TOKEN]),
        ("under an empty token", ["", ""]),
        ("GOOD", [TOKEN]),
    ],
)
def test_what_is_missing_fails_closed(signature, tokens):
    """No signature, no token, or a token that is empty: never good."""
    good = signed(URL, FORM)
    signs = {
        "good": good,
        "good!": good + "=",
        "ood": good[1:],
        "GOOD": good.swapcase(),
        "under an empty token": signed(URL, FORM, token=""),
    }

    assert not verify(URL, FORM, signs.get(signature, signature), tokens)


def test_any_single_character_matters():
    """Each single change of a signature is refused."""
    good = signed(URL, FORM)

    for position, sign in itertools.product(range(len(good)), "A+="):
        changed = good[:position] + sign + good[position + 1 :]
        assert verify(URL, FORM, changed, [TOKEN]) == (changed == good)


@pytest.mark.parametrize(
    ("body", "told", "good"),
    [
        (b'{"a": 1}', sha256(b'{"a": 1}').hexdigest(), True),
        (b'{"a": 1}', sha256(b'{"a": 1}').hexdigest().upper(), True),
        (b"", sha256(b"").hexdigest(), True),
        (b'{"a": 2}', sha256(b'{"a": 1}').hexdigest(), False),
        (b'{"a": 1}', "", False),
        (b'{"a": 1}', "é", False),
    ],
)
def test_other_bodies_are_bound_by_their_hash(body, told, good):
    """What is no form is signed by the URL, which names the hash of the body."""
    url = f"https://pager.example.com/t?bodySHA256={quote(told)}"

    assert verify(url, body, signed(url), [TOKEN]) is good


def test_a_body_without_a_hash_is_refused():
    """A signed URL alone says nothing about a body."""
    assert not verify(URL, b"{}", signed(URL), [TOKEN])


@settings(max_examples=150, deadline=None)
@given(
    form=st.lists(st.tuples(st.text(st.characters(codec="utf-8"), max_size=5), st.text(st.characters(codec="utf-8")))),
    path=st.text("abc/%20+?&=:", max_size=20),
)
def test_we_agree_with_the_sdk(form, path):
    """For any form and path, ours accepts exactly what the SDK's signer makes."""
    url = "https://pager.example.com/" + path

    assert verify(url, form, signed(url, form), [TOKEN])
    assert not verify(url, [*form, ("added", "x")], signed(url, form), [TOKEN])


def test_any_broken_url_is_refused_and_not_raised():
    """A URL that cannot be taken apart is signed by nobody."""
    other = base64.b64encode(hmac.new(b"x", b"y", sha1).digest()).decode()

    assert not verify("https://[::1/t", FORM, other, [TOKEN])
    assert not verify("https://pager.example.com:99999999/t", FORM, other, [TOKEN])


MESSAGE_ROWS = {
    ("accepted", ""): DeliveryStatus.ACCEPTED,
    ("scheduled", ""): DeliveryStatus.ACCEPTED,
    ("queued", ""): DeliveryStatus.ACCEPTED,
    ("sending", ""): DeliveryStatus.ACCEPTED,
    ("sent", ""): DeliveryStatus.SENT,
    ("delivered", ""): DeliveryStatus.DELIVERED,
    ("partially_delivered", ""): DeliveryStatus.DELIVERED,
    ("read", ""): DeliveryStatus.DELIVERED,
    ("undelivered", ""): DeliveryStatus.NOT_REACHED,
    ("failed", ""): DeliveryStatus.NOT_REACHED,
    ("canceled", ""): DeliveryStatus.NOT_REACHED,
    ("undelivered", "30003"): DeliveryStatus.NOT_REACHED,
    ("undelivered", "30007"): DeliveryStatus.NOT_REACHED,
    ("undelivered", "30008"): DeliveryStatus.NOT_REACHED,
    ("undelivered", "30034"): DeliveryStatus.NOT_REACHED,
    ("failed", "30001"): DeliveryStatus.NOT_REACHED,
    ("failed", "30036"): DeliveryStatus.NOT_REACHED,
    ("undelivered", "99999"): DeliveryStatus.NOT_REACHED,
    ("undelivered", "nonsense"): DeliveryStatus.NOT_REACHED,
    ("undelivered", "30004"): DeliveryStatus.REFUSED,
    ("undelivered", "30005"): DeliveryStatus.REFUSED,
    ("undelivered", "30006"): DeliveryStatus.REFUSED,
    ("failed", "21610"): DeliveryStatus.REFUSED,
    # A code beside a success is a remark.
    ("delivered", "30005"): DeliveryStatus.DELIVERED,
    ("sent", "30003"): DeliveryStatus.SENT,
}


@pytest.mark.parametrize("row", MESSAGE_ROWS, ids="-".join)
def test_what_a_message_status_means(row):
    """Accepted is not sent, sent is not delivered, and some failures are for ever."""
    status, code = row

    report = parse_status({"MessageSid": "SM1", "MessageStatus": status, "ErrorCode": code})

    assert (report.provider_id, report.status) == ("SM1", MESSAGE_ROWS[row])
    assert report.detail


CALL_ROWS = {
    ("queued", ""): DeliveryStatus.ACCEPTED,
    ("initiated", ""): DeliveryStatus.SENT,
    ("ringing", ""): DeliveryStatus.RINGING,
    ("in-progress", ""): DeliveryStatus.ANSWERED,
    ("answered", ""): DeliveryStatus.ANSWERED,
    ("in-progress", "human"): DeliveryStatus.ANSWERED,
    ("in-progress", "unknown"): DeliveryStatus.ANSWERED,
    ("in-progress", "machine_start"): DeliveryStatus.NOT_REACHED,
    ("completed", ""): DeliveryStatus.NOT_REACHED,
    ("completed", "human"): DeliveryStatus.NOT_REACHED,
    ("completed", "machine_start"): DeliveryStatus.NOT_REACHED,
    ("completed", "fax"): DeliveryStatus.NOT_REACHED,
    ("busy", ""): DeliveryStatus.NOT_REACHED,
    ("no-answer", ""): DeliveryStatus.NOT_REACHED,
    ("failed", ""): DeliveryStatus.NOT_REACHED,
    ("canceled", ""): DeliveryStatus.NOT_REACHED,
    ("", "human"): DeliveryStatus.ANSWERED,
    ("", "unknown"): DeliveryStatus.ANSWERED,
    ("", "machine_start"): DeliveryStatus.NOT_REACHED,
    ("", "machine_end_beep"): DeliveryStatus.NOT_REACHED,
    ("", "machine_end_silence"): DeliveryStatus.NOT_REACHED,
    ("", "machine_end_other"): DeliveryStatus.NOT_REACHED,
    ("", "fax"): DeliveryStatus.NOT_REACHED,
}


@pytest.mark.parametrize("row", CALL_ROWS, ids="-".join)
def test_what_a_call_status_means(row):
    """A phone that rang, a mailbox that answered and a call that ended are no human."""
    status, answered_by = row
    form = {"CallSid": "CA1", "CallStatus": status, "AnsweredBy": answered_by}

    report = parse_status(form)

    assert (report.provider_id, report.status) == ("CA1", CALL_ROWS[row])
    assert report.detail


def test_every_row_is_tested():
    """The tables here cover the tables there."""
    assert {status for status, _ in MESSAGE_ROWS} == set(MESSAGE_STATUS)
    assert {status for status, _ in CALL_ROWS} - {""} == set(CALL_STATUS)


def test_details_of_a_call():
    """When it happened and what the network said are kept; a phone that is off is called no answer."""
    form = {"CallSid": "CA1", "CallStatus": "failed", "Timestamp": "Sun, 29 Mar 2026 01:30:05 +0000"}

    off = parse_status(form | {"SipResponseCode": "480"})
    gone = parse_status(form | {"SipResponseCode": "404"})

    assert off.at == datetime(2026, 3, 29, 1, 30, 5, tzinfo=UTC)
    assert (off.detail, gone.detail) == ("no answer (SIP 480)", "the call failed (SIP 404)")
    assert parse_status(form | {"Timestamp": "yesterday"}).at is None


def test_reports_in_any_order_end_alike():
    """Whatever order callbacks come in, and however often, the highest rank stands."""
    statuses = ["queued", "sending", "sent", "delivered", "read", "sent"]

    for order in itertools.permutations(statuses):
        standing = None
        for status in order:
            report = parse_status({"SmsSid": "SM1", "SmsStatus": status})
            if standing is None or report.rank > standing.rank:
                standing = report
        assert standing.status is DeliveryStatus.DELIVERED


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"MessageSid": "SM1"},
        {"MessageSid": "", "MessageStatus": "sent"},
        {"MessageStatus": "sent"},
        {"MessageSid": "SM1", "MessageStatus": "received"},
        {"MessageSid": "SM1", "MessageStatus": "SENT"},
        {"CallSid": "CA1"},
        {"CallSid": "", "CallStatus": "ringing"},
        {"CallSid": "CA1", "CallStatus": "\x1b[2Jringing"},
        {"CallSid": "CA1", "CallStatus": "x" * 50_000},
        {"MessageSid": "SM1", "MessageStatus": "x" * 50_000},
    ],
)
def test_what_is_no_report(form):
    """A form without an id, or with a status Twilio does not have, is Unreadable, in few printable words."""
    with pytest.raises(Unreadable) as raised:
        parse_status(form)

    assert str(raised.value).isprintable()
    assert len(str(raised.value)) < 200


@pytest.mark.parametrize(
    ("body", "type_", "opt_out"),
    [
        ("ack 47", "", None),
        ("STOP", "", OptOut.STOP),
        (" stop ", "", OptOut.STOP),
        ("Unsubscribe", "", OptOut.STOP),
        ("revoke", "", OptOut.STOP),
        ("stop it", "", None),
        ("start", "", OptOut.START),
        ("YES", "", OptOut.START),
        ("Info", "", OptOut.HELP),
        ("arrêt", "STOP", OptOut.STOP),
        ("ack", "NONSENSE", None),
        ("", "", None),
    ],
)
def test_inbound_texts(body, type_, opt_out):
    """A text is read as it came; a carrier's keyword is told apart, by Twilio's word or by its own."""
    form = {"MessageSid": "MM9", "From": "+351912000001", "To": "+15550000001", "Body": body, "OptOutType": type_}

    text = parse_inbound_sms(form)

    assert text == InboundText(provider_id="MM9", sender="+351912000001", to="+15550000001", body=body, opt_out=opt_out)


@pytest.mark.parametrize("missing", ["MessageSid", "From"])
def test_an_inbound_text_names_itself_and_its_sender(missing):
    """Without an id or a sender it is Unreadable."""
    form = {"MessageSid": "SM9", "From": "+351912000001", "Body": "ack"}
    del form[missing]

    with pytest.raises(Unreadable, match=missing):
        parse_inbound_sms(form)


def test_keys():
    """Pressed keys are read as they are; silence is an empty string; anything else is no key."""
    assert parse_key({"CallSid": "CA1", "Digits": "4"}) == KeyPress("CA1", "4")
    assert parse_key({"CallSid": "CA1", "Digits": "*"}) == KeyPress("CA1", "*")
    assert parse_key({"CallSid": "CA1"}) == KeyPress("CA1", "")
    assert parse_key({"CallSid": "CA1"}, "x" * 5000).request_id == "x" * 100
    for digits in ("4 4", "ack", "٤", "4" * 33):
        with pytest.raises(Unreadable):
            parse_key({"CallSid": "CA1", "Digits": digits})
    with pytest.raises(Unreadable):
        parse_key({"Digits": "4"})


@pytest.mark.parametrize(("code", "is_ours"), [("30034", True), ("30032", True), ("30002", True), ("30003", False)])
def test_a_fault_of_our_account_is_told_in_a_report(code, is_ours):
    """Carriers refuse our registration after the text was taken: the person is not reached, and it is our fault."""
    report = parse_status({"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": code})

    assert report.status is DeliveryStatus.NOT_REACHED
    assert report.account_fault is is_ours
