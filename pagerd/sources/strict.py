"""The strict front of every JSON source: what happens to a body that could not be read in one go.

A source first decodes the whole body into its own types; that is the fast way, and nearly every body takes it. What is
under unknown keys is skipped there, never built. Only when that fails the list of alerts is cut into its elements here,
without decoding anything, so that each is read or quarantined alone: an alert with NaN, half a surrogate pair, or lists
nested ten thousand deep takes none of its siblings with it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated

import msgspec

from pagerd.core.alerts.alert import Quarantined, ReceivedAlert
from pagerd.core.errors import Unreadable
from pagerd.sources.base import Limits

UNDECODABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What msgspec raises for a body that is not JSON, is of another shape, is not UTF-8, or is nested too deep."""

RAW_MAX = 4096
"""Characters of an unreadable alert that are kept: an ordinary one, with all its labels, fits four times."""

TOKENS_MAX = 1_000_000
"""Strings and signs of one body that is cut by hand: 10,000 ordinary alerts have 700,000. It takes about a second."""

ESCAPES_MAX = 1_000_000
"""Backslashes of one body that is cut by hand: each links' `&` is one. A text of nothing else takes 35 ms."""

STRINGS_MAX = 20_000
"""Strings of one alert: twenty times what 256 labels and 256 annotations have. They take 6 ms."""

REASON_MAX = 500
"""Characters of why something could not be read: the decoder repeats what stood there, be it as long as the body."""

NUMBER_MAX = 64
"""Characters of a number or an instant: longer ones are refused unread, because a number of 8 MB takes 200 ms."""

WHOLE_MAX = 512 * 1024
"""Bytes of a body that is decoded in one go: 800 ordinary alerts. The most hostile takes 25 ms, and the decoder lets
no other thread run meanwhile, the event loop's neither."""

SLICE = 64 * 1024
"""Bytes of a longer body that are decoded in one go: between two slices others run."""

URL_MAX = 8192
"""Characters of a link that is kept: a query of two pages, escaped."""

Count = Annotated[int, msgspec.Meta(ge=0)]
"""How many of something."""

# What lies before a token is skipped in one go, and the end is a token, too, an empty one: so each byte is looked at
# once. A string that is never closed reaches to the end.
_TOKEN = re.compile(rb'[^"\[\]{},]*+("[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[\[\]{},]|\Z)', re.DOTALL)
_VALUE = re.compile(rb"[ \t\r\n]*:[ \t\r\n]*(\[|null)?")
_OPENER_OF = {b"]": b"[", b"}": b"{"}
_BLANK = b" \t\r\n"
_TRUNCATED = "Input data was truncated"


@dataclass(frozen=True, slots=True)
class Parts:
    """A body taken apart: the elements of its list, and the body as long as it was, without them."""

    elements: list[bytes]
    around: bytes


def cut(body: bytes, key: str, what: str) -> Parts | None:
    """Cut the list under a top-level key into its elements, or return None when there is no such key.

    Unreadable when the body is no object, its brackets do not close, or something else than a list is there. Of two
    such keys the last counts, as for every decoder.
    """
    if not body.lstrip(_BLANK).startswith(b"{"):
        raise Unreadable(f"{what}: expected a JSON object, found {_glimpse(body, 0)}")
    quoted = f'"{key}"'.encode()
    elements: list[bytes] = []
    list_from = list_to = element_from = -1
    is_inside = False
    for token, at, end, depth in _walk(body, what):
        if is_inside:
            is_over = token == b"]" and depth == 1
            if is_over or (token == b"," and depth == 2):
                elements.append(body[element_from:at].strip(_BLANK))
                element_from = end
            if is_over:
                is_inside, list_to = False, end
        elif at == list_from:
            is_inside, element_from = True, end
        elif depth == 1 and token == quoted and (value := _VALUE.match(body, end)) is not None:
            list_from, list_to = value.span(1)
            elements = []
            if list_from < 0:
                raise Unreadable(f"{what}: expected a list at `$.{key}`, found {_glimpse(body, value.end())}")
    if list_from < 0:
        return None
    # One blank element is an empty list. Among others it is a comma too many, and is told like every other bad element.
    return Parts([] if elements == [b""] else elements, _emptied(body, list_from, list_to))


def cut_list(body: bytes, what: str) -> list[bytes]:
    """Cut a body that is a list itself into its elements. Unreadable when it is none, or its brackets do not close."""
    if not body.lstrip(_BLANK).startswith(b"["):
        raise Unreadable(f"{what}: expected a JSON list, found {_glimpse(body, 0)}")
    elements: list[bytes] = []
    element_from = list_to = -1
    for token, at, end, depth in _walk(body, what):
        if element_from < 0:
            element_from = end
        elif list_to < 0 and ((is_over := token == b"]" and depth == 0) or (token == b"," and depth == 1)):
            elements.append(body[element_from:at].strip(_BLANK))
            element_from = end
            list_to = end if is_over else -1
    if body[list_to:].strip(_BLANK):
        raise Unreadable(f"{what}: expected nothing after the list at byte {list_to}, found {_glimpse(body, list_to)}")
    return [] if elements == [b""] else elements


def _emptied(body: bytes, start: int, end: int) -> bytes:
    """Blank the list out; the places that an error names are still those of what was sent."""
    if body[start:end] == b"null":
        return body
    return body[: start + 1] + b" " * (end - start - 2) + body[end - 1 :]


def _walk(body: bytes, what: str) -> Iterator[tuple[bytes, int, int, int]]:
    """Yield each string, bracket and comma with its span and how many brackets it lies in; all brackets close."""
    if body.count(b"\\") > ESCAPES_MAX:
        raise Unreadable(f"{what}: expected at most {ESCAPES_MAX} escaped characters, found more")
    brackets: list[bytes] = []
    for number, found in enumerate(_TOKEN.finditer(body)):
        if number >= TOKENS_MAX:
            raise Unreadable(f"{what}: expected at most {TOKENS_MAX} strings and signs, found more")
        token, at = found[1], found.start(1)
        if not token:
            break
        opener = _OPENER_OF.get(token)
        if opener is not None and (not brackets or brackets.pop() != opener):
            raise Unreadable(f"{what}: expected no `{token.decode()}` at byte {at}")
        yield token, at, found.end(), len(brackets)
        if token in {b"[", b"{"}:
            brackets.append(token)
    if brackets:
        raise Unreadable(f"{what}: expected `{brackets[-1].decode()}` to be closed, found the end of the body")


def slices(body: bytes, start: int, end: int, seam: bytes) -> Iterator[bytes]:
    """Yield the elements of a list in lists of about SLICE bytes; a seam ends with the start of the next element.

    Unreadable when the seams lie too far apart for that.
    """
    while end - start > SLICE:
        found = body.find(seam, start + SLICE, end)
        if not 0 <= found - start <= 2 * SLICE:
            break
        yield b"[%b]" % body[start : found + 1]
        start = found + 2
    if end - start > 2 * SLICE:
        raise Unreadable(f"expected elements of at most {SLICE} bytes")
    yield b"[%b]" % body[start:end]


def check_size(element: bytes) -> None:
    """Refuse an alert of so many strings that decoding it would hold up the others."""
    strings = (element.count(b'"') - element.count(b'\\"')) // 2 if len(element) > SLICE else 0
    if strings > STRINGS_MAX:
        raise Unreadable(f"expected at most {STRINGS_MAX} strings in one alert, found {strings}")


def texts_within(limits: Limits) -> type[dict[str, str]]:
    """Return a map of texts that needs no tidying, for a decoder: the limits are checked on the way, in C."""
    text = Annotated[str, msgspec.Meta(max_length=limits.text_max)]
    return Annotated[dict[text, text], msgspec.Meta(max_length=limits.labels_max)]  # type: ignore[return-value]  # of these, too


def read_each(
    elements: Sequence[bytes], read_one: Callable[[bytes], ReceivedAlert], limits: Limits
) -> tuple[list[ReceivedAlert], list[Quarantined]]:
    """Read each element alone: what cannot be read is quarantined with the reason, and its siblings are kept."""
    alerts: list[ReceivedAlert] = []
    quarantined: list[Quarantined] = []
    for number, element in enumerate(elements):
        try:
            alerts.append(read_one(element))
        except (*UNDECODABLE, Unreadable) as error:
            reason = why(error, limits) if element else "expected an alert, found a comma too many"
            quarantined.append(Quarantined(raw_of(element), f"alert {number}: {reason}"))
    return alerts, quarantined


def why(error: Exception, limits: Limits) -> str:
    """Say why this JSON could not be read; msgspec's own words name the place and what was expected there."""
    if isinstance(error, RecursionError):
        return f"nested deeper than the decoder goes; expected at most {limits.depth_max} levels"
    if isinstance(error, UnicodeDecodeError):
        return f"not UTF-8: a text has the byte 0x{error.object[error.start]:02x}"
    words = str(error)
    said = words if len(words) <= REASON_MAX else words[: REASON_MAX - 1] + "…"
    if "Invalid enum value" in said:  # the status is the only one that every source has
        return f"{said}; expected `firing` or `resolved`"
    # Brackets were seen to close before this is asked, so what the decoder misses is the rest of an escape.
    return "JSON is malformed: an escape is not complete" if said == _TRUNCATED else said


def raw_of(element: bytes) -> str:
    """Return the beginning of what was sent, as text that any store and screen takes."""
    # A character has at most 4 bytes; one that is cut through shows as a replacement character.
    text = untainted(element[: RAW_MAX * 4].decode("utf-8", "replace"))
    return text if len(text) <= RAW_MAX else text[: RAW_MAX - 1] + "…"


def untainted(text: str) -> str:
    """Return the text without NUL, which not every store takes."""
    return text.replace("\x00", "\ufffd")


def tidy(texts: Mapping[str, str], limits: Limits) -> dict[str, str]:
    """Return labels or annotations untainted, and cut where they are too long."""
    return {_tidy(name, limits): _tidy(value, limits) for name, value in texts.items()}


def _tidy(text: str, limits: Limits) -> str:
    if len(text) > limits.text_max:
        mark = f"… (cut by pagerd: {len(text)} characters)"
        text = text[: max(limits.text_max - len(mark), 0)] + mark
    return untainted(text)


def check_count(texts: Mapping[str, str], place: str, limits: Limits) -> None:
    """Refuse more labels or annotations than any honest alert has."""
    if len(texts) > limits.labels_max:
        raise Unreadable(f"expected at most {limits.labels_max} entries at `{place}`, found {len(texts)}")


def instant(at: datetime | None) -> datetime | None:
    """Return the instant in UTC, or None for Go's zero time and what no calendar holds; without an offset it is UTC."""
    if at is None or at.year < 1970:
        return None
    if at.tzinfo is UTC:
        return at
    if at.tzinfo is None:
        return at.replace(tzinfo=UTC)
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return None


def odd_text(raw: msgspec.Raw) -> str:
    """Read a text that costs nobody a page when it is none: then it is empty."""
    if _is_longer(raw, 6 * URL_MAX):  # a sign that is escaped takes six
        return ""
    try:
        return msgspec.json.decode(raw, type=str)
    except UNDECODABLE:
        return ""


def odd_instant(raw: msgspec.Raw) -> datetime | None:
    """Read an instant that costs nobody a page when it is none."""
    if _is_longer(raw, NUMBER_MAX):
        return None
    try:
        return instant(msgspec.json.decode(raw, type=datetime))
    except UNDECODABLE:
        return None


def odd_count(raw: msgspec.Raw) -> int | None:
    """Read a count, or return None where none was sent."""
    if _is_longer(raw, NUMBER_MAX):
        return None
    try:
        return msgspec.json.decode(raw, type=Count)
    except UNDECODABLE:
        return None


def _is_longer(raw: msgspec.Raw, than: int) -> bool:
    return len(memoryview(raw)) > than


@lru_cache(maxsize=1024)
def link(url: str) -> str:
    """Return an http(s) link as it is, and nothing for any other: it is shown to people as something to press.

    Remembered, because a storm has thousands of alerts and a few rules, and a link is its rule's.
    """
    is_web = url.startswith(("http://", "https://")) and len(url) <= URL_MAX
    return url if is_web and url.isprintable() and " " not in url else ""


def _glimpse(body: bytes, at: int) -> str:
    start = body[at : at + 64].strip(_BLANK)
    return f"`{start[:24].decode('utf-8', 'replace')}`" if start else "nothing"
