"""Reading what a person texts when asked how long they were up, or whether somebody's rest is granted.

The code of such a question is N and two digits. No code of a page looks like that (two digits, or four signs), so that
an answer to this is never an acknowledgement, and the other way round. Without a code only a text that is nothing but a
length of time is an answer, and whoever asks here must know that no page is open.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from pagerd.core.paging.reply import typed_by_hand
from pagerd.core.worklog.worked import MINUTES_MAX


class Said(StrEnum):
    """What was said: a LENGTH, YES or NO to a request, a number that may be MINUTES or hours, or nothing CLEAR."""

    LENGTH = "length"
    YES = "yes"
    NO = "no"
    HOURS_OR_MINUTES = "hours_or_minutes"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class NightReply:
    """One text about a night. Without `code` it is nothing but a length of time. `number`: digits that stood alone."""

    said: Said
    code: str | None = None
    minutes: int | None = None
    number: str = ""


def code_of_digits(digits: str) -> str:
    """Return the code of two digits as it is printed."""
    return f"N{digits}"


_CODE = re.compile(r"(?<!\w)#?n-?([0-9]{2})(?!\w)")
_FILLERS = re.compile(
    r"(?<!\w)(?:i|was|i've|ive|been|it|took|me|up|awake|working|worked|work|for|about|around|roughly|approx|ca|circa|"
    r"only|just|last|night|in|total|all|and|please|pls|thanks|thx|ty|hi|hello|so|the|rest|sorry)(?!\w)"
)
_SIGNS = re.compile(r"~|(?:(?<![0-9])[.,:]|[.,:](?![0-9])|[;!()\[\]=*&+\"'/_])+|(?<![^\s])-(?![0-9])")
_NOTHING = frozenset({"none", "no", "nothing", "nope", "not at all", "zero", "nil", "0", "0m", "0h", "0 min"})
_YES = frozenset({"ok", "okay", "y", "yes", "yep", "sure", "approve", "approved", "granted", "grant", "fine", "👍"})
_NO = frozenset({"no", "n", "nope", "decline", "declined", "denied", "deny", "reject", "rejected", "👎"})

_MINUTES = r"(?:m|min|mins|minute|minutes)"
_HOURS = r"(?:h|hr|hrs|hour|hours)"
_LENGTHS = (
    re.compile(rf"(?P<hours>[0-9]{{1,2}}) ?{_HOURS}(?: ?(?P<minutes>[0-5]?[0-9]) ?{_MINUTES}?)?"),
    re.compile(rf"(?P<hours>[0-9]{{1,2}}):(?P<minutes>[0-5][0-9])(?: ?{_HOURS})?"),
    re.compile(rf"(?P<hours>[0-9]{{1,2}}[.,][0-9]{{1,2}}) ?{_HOURS}"),
    re.compile(rf"(?P<minutes>[0-9]{{1,3}}) ?{_MINUTES}"),
    re.compile(r"(?P<minutes>[0-9]{2,3})"),
)
_WORDS = (
    ("an hour and a half", "90m"),
    ("one and a half hours", "90m"),
    ("half an hour", "30m"),
    ("half hour", "30m"),
    ("an hour", "60m"),
    ("one hour", "60m"),
    ("two hours", "120m"),
    ("three hours", "180m"),
)
"""Lengths in words; the longer words stand before those that are a part of them."""


def read_night_reply(body: str) -> NightReply | None:
    """Say what a text says about a night; None where it is about none. Never raises, and never guesses."""
    typed = " ".join(typed_by_hand(body).split())
    codes = {code_of_digits(digits) for digits in _CODE.findall(typed)}
    if len(codes) > 1:
        return NightReply(Said.UNCLEAR, min(codes))
    code = codes.pop() if codes else None
    rest = _stripped(_CODE.sub(" ", typed))
    said, minutes = _read(rest)
    if code is not None and said is Said.UNCLEAR:
        # Behind the code and a length a person may go on in words of their own, as long as there is no other number.
        first, _, remark = _CODE.sub(" ", typed).strip(" :,.;").partition(",")
        if remark and not any(sign.isdecimal() for sign in remark):
            said, minutes = _read(_stripped(first))
            said = said if said is Said.LENGTH else Said.UNCLEAR
    if code is None and said not in (Said.LENGTH, Said.HOURS_OR_MINUTES, Said.NO):
        return None
    if code is None and said is Said.NO and rest not in _NOTHING:
        return None
    return NightReply(said, code, minutes, rest if rest.isdecimal() else "")


def _stripped(text: str) -> str:
    text = " ".join(_SIGNS.sub(" ", text).split())
    for words, length in _WORDS:
        text = re.sub(rf"(?<!\w){words}(?!\w)", length, text)
    return text if text in _NOTHING | _YES | _NO else " ".join(_FILLERS.sub(" ", text).split())


def _read(rest: str) -> tuple[Said, int | None]:
    if rest in _YES:
        return Said.YES, None
    if rest in _NOTHING or rest in _NO:
        return Said.NO, 0 if rest in _NOTHING else None
    if re.fullmatch(r"[1-9]", rest):
        return Said.HOURS_OR_MINUTES, None
    for pattern in _LENGTHS:
        found = pattern.fullmatch(rest)
        if found is not None:
            parts = found.groupdict()
            hours = float((parts.get("hours") or "0").replace(",", "."))
            length = timedelta(hours=hours, minutes=int(parts.get("minutes") or 0))
            minutes = round(length.total_seconds() / 60)
            return (Said.LENGTH, minutes) if minutes <= MINUTES_MAX else (Said.UNCLEAR, None)
    return Said.UNCLEAR, None
