"""Writes a Mail as the bytes that go over the wire.

The standard library's EmailMessage takes milliseconds for one multipart mail, forty times what this does; in a storm
that is the whole budget. What a page needs of MIME is little, and is written here directly. The rules that keep it
correct: every header value is ASCII, folded, in encoded words (RFC 2047) where it must; every body part is
quoted-printable (RFC 2045), in which the boundary cannot occur; and the tests read mails back with the standard
library's parser.
"""

import re
from base64 import b64encode
from binascii import b2a_qp
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256
from textwrap import fill

from pagerd.channels.plain import one_line, printable
from pagerd.core.paging.message import Mail

SUBJECT_MAX = 200
"""Characters; the rest of a longer one is in the body."""

VALUE_MAX = 900
"""Characters of any other header: RFC 5322 allows lines of 998, and one word may fill its line."""

LINE_MAX = 76
"""RFC 5322 recommends 78 with the line's end; encoded words allow 76."""

CHUNK_BYTES = 36
"""Of one encoded word: 48 in base64, which leaves room for the header's name on the first line."""

_PLAIN = re.compile(r"[\x20-\x7e]*\Z")
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}\Z")
_ID_SIGN = re.compile(r"[^A-Za-z0-9._-]")
_PHRASE = re.compile(r"[A-Za-z0-9 ]*\Z")

_OURS = re.compile(
    r"(from|to|b?cc|sender|return-path|received|date|subject|message-id|in-reply-to|references|list-id|auto-submitted"
    r"|x-auto-response-suppress|importance|x-priority|mime-version|content-.*|resent-.*)\Z",
    re.IGNORECASE,
)
"""Headers that a Mail's own may not replace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What a mail needs besides its words. `id` is the notification's, the same over attempts."""

    id: str
    sender: str
    sender_name: str
    to: str
    date: datetime


def written(mail: Mail, envelope: Envelope) -> bytes:
    """Return the mail, ready for DATA but for the dots at the beginnings of lines."""
    boundary = f"=_{_id_of(envelope.id)[:40]}_="
    lines = [f"{name}: {value}" for name, value in _headers(mail, envelope)]
    lines += ["MIME-Version: 1.0", f'Content-Type: multipart/alternative; boundary="{boundary}"', "", ""]
    parts = b"".join(
        f'--{boundary}\r\nContent-Type: text/{kind}; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n".encode("ascii")
        + _quoted(text)
        + b"\r\n"
        for kind, text in (("plain", mail.text), ("html", mail.html))
        if text or kind == "plain"
    )
    return "\r\n".join(lines).encode("ascii") + parts + f"--{boundary}--\r\n".encode("ascii")


def message_id(key: str, sender: str) -> str:
    """Make a Message-ID from a stable key, in the sender's domain: a mail that is sent twice is folded into one."""
    return f"<{_id_of(key)}@{domain_of(sender)}>"


def domain_of(address: str) -> str:
    """Return the domain of an address that is ASCII."""
    return address.rpartition("@")[2]


def _headers(mail: Mail, envelope: Envelope) -> Iterator[tuple[str, str]]:
    root = message_id(mail.thread, envelope.sender)
    yield "From", f"{_phrase(envelope.sender_name)}<{envelope.sender}>"
    yield "To", f"<{one_line(envelope.to)}>"
    yield "Date", format_datetime(envelope.date)
    yield "Subject", _unstructured(one_line(mail.subject)[:SUBJECT_MAX], "Subject")
    if mail.first_of_thread:
        yield "Message-ID", root
    else:
        yield "Message-ID", message_id(envelope.id, envelope.sender)
        yield "In-Reply-To", root
        yield "References", root
    list_id = _ID_SIGN.sub("", mail.list_id)[:200]
    if list_id:
        yield "List-Id", f"<{list_id}>"
    # RFC 3834: no out-of-office answers to a page, and nobody takes one of them for an acknowledgement.
    yield "Auto-Submitted", "auto-generated"
    yield "X-Auto-Response-Suppress", "All"
    if mail.urgent:
        yield "Importance", "high"
        yield "X-Priority", "1"
    for name, value in mail.headers:
        # A name that is no header name, or one of ours, is left out: it is never worth failing a page for.
        if _HEADER_NAME.match(name) and not _OURS.match(name):
            yield name, _unstructured(one_line(value), name)


def _unstructured(text: str, name: str) -> str:
    """Write a value as it is, folded at spaces, where it is ASCII; else as encoded words, one to a line."""
    if _PLAIN.match(text) and "=?" not in text:
        if len(text) + len(name) + 2 <= LINE_MAX:
            return text
        return fill(text[:VALUE_MAX], LINE_MAX - len(name) - 2, break_long_words=False, break_on_hyphens=False).replace(
            "\n", "\r\n "
        )
    return "\r\n ".join(_encoded_words(text))


def _phrase(name: str) -> str:
    """Write a display name: plain words as they are, anything else encoded, so that nothing in it needs quoting."""
    shown = one_line(name)[:60]
    if not shown:
        return ""
    return (shown if _PHRASE.match(shown) else "\r\n ".join(_encoded_words(shown))) + " "


def _encoded_words(text: str) -> Iterator[str]:
    """Encode text as RFC 2047 wants it: short words, each whole in itself."""
    return (f"=?utf-8?b?{b64encode(chunk).decode('ascii')}?=" for chunk in _chunks(text))


def _chunks(text: str) -> Iterator[bytes]:
    """Split text into pieces that fit one encoded word each, never inside a character."""
    piece = b""
    for character in text:
        octets = character.encode("utf-8", "replace")
        if len(piece) + len(octets) > CHUNK_BYTES:
            yield piece
            piece = b""
        piece += octets
    if piece:
        yield piece


def _quoted(text: str) -> bytes:
    """Write a body part: quoted-printable, every line ended as SMTP wants it."""
    octets = printable(text).encode("utf-8", "replace")
    return b2a_qp(octets, istext=True).replace(b"\n", b"\r\n")


def _id_of(key: str) -> str:
    """Return a key that may stand left of the @; one with other signs in it gets a digest, to stay unique."""
    plain = _ID_SIGN.sub("", key)[:64]
    if plain and plain == key:
        return key
    digest = sha256(key.encode("utf-8", "replace")).hexdigest()[:24]
    return f"{plain[:24]}.{digest}".lstrip(".")
