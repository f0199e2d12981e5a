"""The text of one scalar into one value: one way to write each, and a wrong one says what would be right.

Every function takes the text as it stands in the file and raises Mismatch; where it stands is the reader's business.
"""

import re
from dataclasses import dataclass
from datetime import time, timedelta
from urllib.parse import urlsplit

import phonenumbers

from pagerd.core.paging.standing import Rate

TEXT_MAX = 1000
"""Characters of a name, a reason, an action: a text message has 160."""

INTEGER_MAX = 1_000_000_000


class Mismatch(Exception):  # it is not an error of ours: it is what a value can be
    """The text is not such a value. Never leaves this package."""

    def __init__(self, message: str, expected: str, *, id: str = "E010", hint: str = "") -> None:  # noqa: A002  # the word of Finding
        super().__init__(message)
        self.message = message
        self.expected = expected
        self.id = id
        self.hint = hint


@dataclass(frozen=True, slots=True)
class DailyHour:
    """An hour of each day, or none."""

    at: time | None

    def __str__(self) -> str:
        """Write it as the files do."""
        return "none" if self.at is None else f"{self.at:%H:%M}"


def shown(text: str) -> str:
    """Quote a value for a message, cut where it is long."""
    return repr(text if len(text) <= 60 else text[:57] + "...")


def text(raw: str) -> str:
    """Read words for people, on one line."""
    stripped = " ".join(raw.split())
    if not stripped:
        raise Mismatch("the text is empty", "some words", id="E009")
    if len(stripped) > TEXT_MAX:
        raise Mismatch(f"the text has {len(stripped):,} characters", f"at most {TEXT_MAX:,} characters")
    return stripped


_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
RESERVED = frozenset({"none"})


def name(raw: str) -> str:
    """Read a name that other places use: of a person, a team, a schedule, a role, a policy, a runbook."""
    expected = "lower case letters, digits, - and _"
    if not _NAME.fullmatch(raw):
        better = re.sub(r"[^a-z0-9_-]+", "-", raw.lower()).strip("-_")[:63]
        hint = f"write {better}" if better else ""
        raise Mismatch(f"{shown(raw)} is not a name", expected, hint=hint)
    if raw in RESERVED:
        raise Mismatch(f"{shown(raw)} is a word of the format and cannot be a name", expected)
    return raw


_SERVICE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,127}")


def service(raw: str) -> str:
    """Read a service's name as its alerts carry it in their label."""
    if not _SERVICE.fullmatch(raw):
        raise Mismatch(f"{shown(raw)} is not a service name", "letters, digits, - _ . and /")
    return raw


_LABEL = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]{0,127}")


def label(raw: str) -> str:
    """Read the name of a label."""
    if not _LABEL.fullmatch(raw):
        raise Mismatch(f"{shown(raw)} is not the name of a label", "letters, digits and _")
    return raw


def boolean(raw: str) -> bool:
    """Read true or false."""
    if raw not in {"true", "false"}:
        word = raw.lower()
        hint = ""
        if word in {"yes", "on", "y", "1", "true"}:
            hint = "write true"
        elif word in {"no", "off", "n", "0", "false"}:
            hint = "write false"
        raise Mismatch(f"{shown(raw)} is neither true nor false", "true or false", hint=hint)
    return raw == "true"


def integer(raw: str) -> int:
    """Read a whole number, zero or more."""
    if not re.fullmatch(r"0|[1-9][0-9]{0,9}", raw) or int(raw) > INTEGER_MAX:
        raise Mismatch(f"{shown(raw)} is not a whole number", f"digits alone, 0 to {INTEGER_MAX}")
    return int(raw)


def phone(raw: str) -> str:
    """Read a phone number in international form."""
    expected = "a number in international form such as +4915112345678"
    compact = re.sub(r"[ ()./-]", "", raw)
    if not re.fullmatch(r"\+[1-9][0-9]{6,14}", raw):
        hint = f'write "{compact}"' if re.fullmatch(r"\+[1-9][0-9]{6,14}", compact) else ""
        if compact.isascii() and compact.isdigit():
            abroad = "+" + compact.removeprefix("00")
            is_abroad = compact.startswith("00") and re.fullmatch(r"\+[1-9][0-9]{6,14}", abroad)
            hint = f'write "{abroad}"' if is_abroad else "begin with + and the country code"
        raise Mismatch(f"{shown(raw)} is not a phone number", expected, id="E401", hint=hint)
    try:
        possible = phonenumbers.is_possible_number(phonenumbers.parse(raw, None))
    except phonenumbers.NumberParseException:
        possible = False
    if not possible:
        raise Mismatch(f"{shown(raw)} cannot be a phone number of that country", expected, id="E401")
    return raw


_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9-]{1,63}"
)


def email(raw: str) -> str:
    """Read a mail address, without a display name."""
    if len(raw) > 254 or not _EMAIL.fullmatch(raw) or ".." in raw:
        raise Mismatch(f"{shown(raw)} is not a mail address", "an address such as ana@example.com", id="E402")
    return raw


def url(raw: str) -> str:
    """Read an http(s) URL that carries no credentials; a final slash is dropped."""
    expected = "a URL such as https://pager.example.com"
    try:
        parts = urlsplit(raw)
        host, user = parts.hostname, parts.username
        _ = parts.port
    except ValueError:
        raise Mismatch("this is not a URL", expected, id="E602") from None
    if user is not None or parts.password is not None:
        raise Mismatch("this URL carries a user or a password", expected, id="E602", hint="credentials go into files")
    if (
        parts.scheme not in {"http", "https"}
        or not host
        or not re.fullmatch(r"[\x21-\x7e]{1,2000}", raw)
        or parts.fragment
    ):
        raise Mismatch(f"{shown(raw)} is not a URL that can be used here", expected, id="E602")
    return raw.rstrip("/")


@dataclass(frozen=True, slots=True)
class Address:
    """A host and a port."""

    host: str
    port: int

    def __str__(self) -> str:
        """Write it as it is written in the files."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


PORT_MAX = 65535


def address(raw: str) -> Address:
    """Read a host and a port, such as 127.0.0.1:8911 or [::1]:8911."""
    expected = "a host and a port such as 127.0.0.1:8911 or [::1]:8911"
    found = re.fullmatch(r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})):([0-9]{1,5})", raw)
    if found is None or int(found[2]) > PORT_MAX:
        raise Mismatch(f"{shown(raw)} is not an address", expected, id="E607")
    return Address(found[1].strip("[]"), int(found[2]))


_RATE = re.compile(r"([1-9][0-9]{0,5})/(s|m|h)")
_PER = {"s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1)}


def rate(raw: str) -> Rate:
    """Read how many messages may go in how much time."""
    found = _RATE.fullmatch(raw)
    if found is None:
        word = re.fullmatch(r"([1-9][0-9]{0,5}) ?(?:/|per) ?(s|m|h)[a-z]*", raw)
        hint = f"write {word[1]}/{word[2]}" if word is not None else ""
        raise Mismatch(
            f"{shown(raw)} is not a rate", "so many messages in a second, minute or hour: 1/s, 30/m", hint=hint
        )
    return Rate(int(found[1]), _PER[found[2]])


_SECRET_FILE = re.compile(r"credential:[A-Za-z0-9_.-]{1,255}|[^\x00-\x1f:]{1,1000}")


def secret_file(raw: str) -> str:
    """Read where a secret stands: a path, relative to the config directory, or credential:NAME."""
    expected = "a path, or credential:NAME for a file of $CREDENTIALS_DIRECTORY"
    if not _SECRET_FILE.fullmatch(raw) or raw in {"credential:.", "credential:.."}:
        raise Mismatch("this is not where a secret can stand", expected, id="E601")
    return raw


def path(raw: str) -> str:
    """Read a path, relative to the config directory or absolute."""
    if not re.fullmatch(r"[^\x00-\x1f]{1,1000}", raw):
        raise Mismatch(f"{shown(raw)} is not a path", "a path")
    return raw
