from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP, default
from email.utils import parseaddr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pagerd.channels.mime import SUBJECT_MAX, Envelope, message_id, written
from pagerd.channels.plain import one_line, printable
from tests.channels.samples import NOW, a_mail

ENVELOPE = Envelope(id="n-17", sender="pagerd@example.com", sender_name="pagerd", to="ana@example.com", date=NOW)


def read(mail=None, envelope=ENVELOPE):
    """Write a mail and have the standard library read it."""
    return message_from_bytes(written(mail or a_mail(), envelope), policy=default)


def body(message, kind):
    """Return the words of one body part."""
    return message.get_body((kind,)).get_content()


def test_the_first_mail_of_a_thread():
    """Its headers let people filter and thread it, and let no robot answer it."""
    assert dict(read().items()) == {
        "From": "pagerd <pagerd@example.com>",
        "To": "ana@example.com",
        "Date": "Sun, 29 Mar 2026 01:30:00 +0000",
        "Subject": "[P1] payments/checkout: HighErrorRate",
        "Message-ID": "<page-7Kq2@example.com>",
        "List-Id": "<payments.pages.example.com>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Importance": "high",
        "X-Priority": "1",
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/alternative; boundary="=_n-17_="',
    }


def test_a_later_mail_of_a_thread():
    """It has its own stable id and hangs below the first; low urgency is not shouted."""
    message = read(a_mail(first_of_thread=False, urgent=False))

    assert message["Message-ID"] == "<n-17@example.com>"
    assert message["In-Reply-To"] == message["References"] == "<page-7Kq2@example.com>"
    assert message["Importance"] is None


def test_the_same_mail_twice_is_the_same_bytes():
    """A second attempt cannot be told from the first, so mailboxes fold them."""
    assert written(a_mail(), ENVELOPE) == written(a_mail(), ENVELOPE)


def test_both_bodies():
    """Plain text comes first, HTML is the better alternative."""
    message = read(a_mail(text="5 % – é 👍\n", html="<p>5&nbsp;% – é</p>\n"))

    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert body(message, "plain").strip() == "5 % – é 👍"
    assert body(message, "html").strip() == "<p>5&nbsp;% – é</p>"


def test_without_html():
    """A mail without HTML has one part, one without any words still has a body."""
    assert len(list(read(a_mail(html="")).iter_parts())) == 1
    assert len(list(read(a_mail(html="", text="")).iter_parts())) == 1


@pytest.mark.parametrize(
    "subject",
    ["a\r\nBcc: eve@example.com", "a\nBcc: eve@example.com", "a\rBcc: eve@example.com", "a\u2028Bcc: eve@example.com"],
)
def test_no_header_from_a_subject(subject):
    """Line breaks in alert text make no header."""
    message = read(a_mail(subject=subject))

    assert message["Bcc"] is None
    assert message["Subject"] == "a Bcc: eve@example.com"


def test_headers_of_the_mail_itself():
    """Further headers are kept; one that is no header, or would replace ours, is left out."""
    further = (
        ("X-Pagerd-Page", "7Kq2\r\nBcc: eve@example.com"),
        ("X-Pagerd-Team", "zahlung – straße"),
        ("Reply-To", "pagerd+a1b2c3@example.com"),
        ("Bcc", "eve@example.com"),
        ("content-type", "text/x-evil"),
        ("FROM", "eve@example.com"),
        ("X Bad", "1"),
        ("X-Bad\r\nBcc", "1"),
        ("", "1"),
    )
    message = read(a_mail(headers=further))

    assert message["X-Pagerd-Page"] == "7Kq2 Bcc: eve@example.com"
    assert message["X-Pagerd-Team"] == "zahlung – straße"
    assert message["Reply-To"] == "pagerd+a1b2c3@example.com"
    assert message["From"] == "pagerd <pagerd@example.com>"
    assert set(message.keys()) & {"Bcc", "X Bad", "X-Bad", ""} == set()


@pytest.mark.parametrize("name", ["pagerd", "", "Pager – Zahlungen", 'a "quoted" <name>', "x" * 300])
def test_names_of_the_sender(name):
    """Whatever the display name, the address is the sender's."""
    message = message_from_bytes(written(a_mail(), replace(ENVELOPE, sender_name=name)))

    assert parseaddr(str(message["From"]).replace("\n", ""))[1] == "pagerd@example.com"


@pytest.mark.parametrize("key", ["", "a b", "ä", "a>b", "x" * 500, "..", "\ud800", "a\r\nb"])
def test_any_key_makes_a_message_id(key):
    """A key that is no plain word still makes one, always the same, and never that of another key."""
    made = message_id(key, "pagerd@example.com")

    assert made == message_id(key, "pagerd@example.com")
    assert made != message_id(key + "x", "pagerd@example.com")
    assert made.isascii()
    assert made.count("@") == 1
    assert not set(made[1:-1]) & set(" <>\r\n")
    assert len(made) < 100


text = st.text(max_size=300)


@settings(max_examples=150, deadline=None)
@given(subject=text, plain=text, html=text, name=text, value=text, key=text)
def test_any_words_survive(subject, plain, html, name, value, key):
    """Whatever an alert says, the mail is well formed, says it, and keeps to the lengths of SMTP."""
    mail = a_mail(subject=subject, text=plain, html=html, headers=(("X-Pagerd-Page", value),), list_id=key)
    wire = written(mail, replace(ENVELOPE, id=key, sender_name=name))
    message = message_from_bytes(wire, policy=default)

    assert wire.isascii()
    assert b"\n" not in wire.replace(b"\r\n", b"")
    assert b"\r" not in wire.replace(b"\r\n", b"")
    assert max(map(len, wire.split(b"\r\n"))) <= 998
    assert message.defects == []
    assert message["To"] == "ana@example.com"
    assert message["Subject"] == one_line(subject)[:SUBJECT_MAX].strip()
    assert message["X-Pagerd-Page"] == one_line(value)
    assert body(message, "plain").replace("\r\n", "\n").rstrip("\n") == printable(plain).rstrip("\n")
    if html:
        assert body(message, "html").replace("\r\n", "\n").rstrip("\n") == printable(html).rstrip("\n")


def test_the_standard_library_writes_the_same_words():
    """Read back and written again by EmailMessage, nothing of the meaning changes."""
    message = read(a_mail(subject="Fehler – sehr viele, und das schon seit zwei Uhr nachts in der ganzen Anlage"))
    again = message_from_bytes(message.as_bytes(policy=SMTP), policy=default)

    assert again["Subject"] == message["Subject"]
    assert body(again, "plain") == body(message, "plain")
