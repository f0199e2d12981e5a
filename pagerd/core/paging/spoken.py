"""What a call says: short words for an ear that was asleep, the most important first, under 20 seconds once through.

No addresses, no underscores, no signs that a voice would spell or leave out. A metric's name is taken apart into words,
digits are said singly.
"""

import re
import unicodedata
from datetime import timedelta
from typing import assert_never

from pagerd.core.paging.facts import ASKING, Facts
from pagerd.core.paging.message import CallScript
from pagerd.core.paging.purpose import Purpose
from pagerd.core.plain import in_zone, length, one_line

_SIGNS = {
    "%": " percent ",
    ">": " above ",
    "<": " below ",
    "=": " equals ",
    "&": " and ",
    "+": " plus ",
    "€": " euro ",
    "$": " dollar ",
}

_UNITS = {"s": "second", "m": "minute", "h": "hour", "d": "day"}

_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://\S*", re.IGNORECASE)
_DECIMAL = re.compile(r"(?<=[0-9])\.(?=[0-9])")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NEXT_TO_DIGIT = re.compile(r"(?<=[0-9])(?=\w)|(?<=\w)(?=[0-9])")
_NO_WORD = re.compile(r"[^\w\s,.']|_")

WORD_MAX = 16
"""Letters of one spoken word: what is longer is a hash or an id, which nobody can hear."""


def spoken(text: str, letters_max: int) -> str:
    """Return a text as it can be said: words, single digits, no signs; whole words, in at most so many letters."""
    said = unicodedata.normalize("NFKC", _ADDRESS.sub(" ", one_line(text, 400)))
    for sign, word in _SIGNS.items():
        said = said.replace(sign, word)
    said = _DECIMAL.sub(" point ", said)
    said = _NO_WORD.sub(" ", said)
    said = _HUMP.sub(" ", said)
    said = _NEXT_TO_DIGIT.sub(" ", said)
    words = [word[:WORD_MAX] for word in said.split() if word.strip(".,'")]
    while len(" ".join(words)) > letters_max:
        words.pop()
    return " ".join(words).strip(" ,.")


def script(facts: Facts) -> CallScript:
    """Say it in one call. Where no key can acknowledge, it is only read out, and says how to answer instead."""
    greeting = ". ".join(part for part in _greeting(facts) if part) + "."
    if facts.purpose not in ASKING and facts.purpose is not Purpose.TEST:
        return CallScript(greeting=greeting, prompt="", farewell="Goodbye.")
    key = facts.key
    if key is None:
        by_text = facts.by_text and facts.answer_code
        how = f"Answer by text: {_singly(facts.answer_code)} ack." if by_text else "Answer with pagerd ack."
        prompt = f"No key can be taken in this call. {how}"
        return CallScript(greeting=greeting, prompt=prompt, farewell="Not acknowledged. Goodbye.")
    repeat = (("0", "repeat"), ("*", "repeat"))
    if facts.purpose is Purpose.TEST:
        return CallScript(
            greeting=greeting,
            prompt=f"Press {key} to confirm. 0 to hear this again.",
            farewell="Not confirmed. Goodbye.",
            keys=((key, "ack"), *repeat),
        )
    these = f" all {_singly(str(facts.pages_count))}" if facts.pages_count > 1 else ""
    return CallScript(
        greeting=greeting,
        prompt=f"Press {key} to acknowledge{these}. 6 to resolve. 8 to escalate. 0 to hear this again.",
        farewell="Not acknowledged. The page goes on. Goodbye.",
        keys=((key, "ack"), ("6", "resolve"), ("8", "escalate"), *repeat),
    )


def _greeting(facts: Facts) -> list[str]:
    """Return the sentences of the greeting, each bounded, so that greeting and prompt stay under 20 seconds."""
    if facts.purpose is Purpose.ALARM:
        return ["Pagerd alarm", spoken(facts.note or facts.title or facts.summary, 180)]
    if facts.purpose is Purpose.TEST:
        return ["Pagerd. This is a test page" + (f" for {spoken(facts.reader, 30)}" if facts.reader else "")]
    what = spoken(facts.title, 60) or spoken(facts.summary or facts.note, 60) or "something is wrong"
    where = spoken(f"{facts.service or facts.team} {facts.place}", 36)
    return [
        f"Pagerd. {_severity(facts)}{_lead(facts)}",
        what,
        where,
        _since(facts) if facts.purpose is not Purpose.RESOLVED else "",
    ]


def _severity(facts: Facts) -> str:
    found = re.fullmatch(r"sev[- ]?([0-9])", facts.severity_id.strip().casefold())
    return f"Severity {found[1]}" if found else spoken(facts.severity_name or facts.severity_id, 16) or "Page"


def _lead(facts: Facts) -> str:
    actor = spoken(facts.actor, 20) or "a colleague"
    match facts.purpose:
        case Purpose.HELP:
            return f". {actor} asks for your help"
        case Purpose.HELP_COMES:
            return f". {actor} comes to help"
        case Purpose.REASSIGNED:
            return f". Handed to you by {actor}"
        case Purpose.REMINDER | Purpose.STILL_YOURS:
            return ". Is it still yours"
        case Purpose.ACKNOWLEDGED_BY_OTHER:
            return f". {actor} has it"
        case Purpose.RESOLVED:
            return ". Resolved"
        case Purpose.MORE_ALERTS:
            return ". More alerts on your page"
        case Purpose.TICKET:
            return ". A ticket that pages unless somebody takes it" if facts.pages_at is not None else ". A ticket"
        case (
            Purpose.PAGE
            | Purpose.ALARM
            | Purpose.TEST
            | Purpose.ANSWER
            | Purpose.DIGEST
            | Purpose.PUBLIC
            | Purpose.SHADOW
            | Purpose.NIGHT
            | Purpose.REST
            | Purpose.SWAP
            | Purpose.SIGN_IN
            | Purpose.INCIDENT
            | Purpose.SHIFT
        ):
            return _signs_of_trouble(facts)
        case _:
            assert_never(facts.purpose)


def _signs_of_trouble(facts: Facts) -> str:
    if facts.pages_count > 1:
        return f". {_singly(str(min(facts.pages_count, 9999)))} pages, the worst"
    if facts.late_by is not None:
        return f", {_span(facts.late_by)} late"
    if facts.is_last_resort:
        return ". Last resort"
    if facts.escalated_from:
        return f". Escalated from {spoken(facts.escalated_from[0], 20) or 'a colleague'}"
    return ". Again" if facts.follows else ""


def _since(facts: Facts) -> str:
    if facts.since is None:
        return ""
    local = in_zone(facts.since, facts.zone)
    return f"Since {_singly(f'{local.hour:02}')}, {_singly(f'{local.minute:02}')}"


def _span(span: timedelta) -> str:
    parts = length(span).split()
    return " ".join(f"{_singly(part[:-1])} {_UNITS[part[-1]]}{'' if part[:-1] == '1' else 's'}" for part in parts)


def _singly(text: str | None) -> str:
    return " ".join(text or "")
