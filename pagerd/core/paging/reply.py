"""Reading the texts that people send back. `read_reply` says what one text asks for, and never guesses.

A wrong acknowledgement leaves a page unheard, a text not understood costs one more text: so whatever is ambiguous is
UNKNOWN, and gets an answer that says what would be right. The rules, in order:

1. A single carrier word (STOP, START, HELP...) belongs to the carrier, never to us.
2. What a phone writes by itself (driving, out of office) is NONE and gets no answer, or two machines would talk on.
3. Quoted text is not what the person says; only the code in our own quoted text tells which page they mean.
4. Any negation is DECLINED, any question or carrier word within a text UNKNOWN.
5. Then every word must be known: at most one verb, one code, one length of time, and words that mean nothing here. Only
   after a whole `ack 47` may a person go on in words of their own.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from pagerd.core.paging import reply_words as words

CODE_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
"""28 signs: no 0, O, 1, I, L to confuse, and no vowels, so that no code is a word."""

CODE_LENGTH = 4

BODY_MAX = 1600
"""The longest text that a provider sends on; what is longer is no answer."""

SNOOZE_MIN = timedelta(minutes=1)
SNOOZE_MAX = timedelta(hours=24)
"""A snooze outside these is not understood rather than bent."""


class Verb(StrEnum):
    """What a text asks for.

    DECLINED says no to something, and deserves to hear how to hand the page on. OPT_OUT, OPT_IN and
    CARRIER are the carrier's own words, which it answers itself. UNKNOWN wants an answer that says what would be right.
    NONE wants no answer at all.
    """

    ACK = "ack"
    RESOLVE = "resolve"
    ESCALATE = "escalate"
    SNOOZE = "snooze"
    LIST = "list"
    UNDO = "undo"
    DECLINED = "declined"
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    CARRIER = "carrier"
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reply:
    """What one text asks for, of which pages. `code` None with a verb: of the only page, if there is exactly one.

    `duration` belongs to SNOOZE; None there means as long as an acknowledgement lasts. An UNKNOWN or DECLINED text may
    still name a code, for the answer's sake.
    """

    verb: Verb
    code: str | None = None
    duration: timedelta | None = None


def normalize_code(typed: str) -> str | None:
    """Return the code that was typed, as it is stored, or None for what cannot be one."""
    code = unicodedata.normalize("NFKC", typed[:32]).strip().lstrip("#").upper()
    if re.fullmatch(r"[0-9]{2}", code) or (len(code) == CODE_LENGTH and all(sign in CODE_ALPHABET for sign in code)):
        return code
    return None


def read_reply(body: str) -> Reply:
    """Say what a text asks for. Never raises; see the rules above."""
    if len(body) > BODY_MAX:
        return Reply(Verb.UNKNOWN)
    folded = _folded(body)
    carrier = _CARRIER.get(" ".join(re.findall(r"\w+", folded)))
    if carrier is not None:
        return Reply(carrier)
    typed, quoted = _without_quotes(folded)
    typed, signed = _without_signature(typed)
    if not typed.strip():
        return Reply(Verb.NONE)
    reply = _read(typed, quoted)
    is_whole = reply.verb in ACTS and reply.code is not None
    if words.AUTOMATIC.search(typed):
        # A machine does not know the code: who writes it is a person, and is owed an answer, but nothing is done.
        return Reply(Verb.UNKNOWN, reply.code) if is_whole else Reply(Verb.NONE)
    return reply if is_whole or not signed else Reply(Verb.NONE)


def typed_by_hand(body: str) -> str:
    """Return what the person wrote themself: in small letters, without what is quoted and without a signature."""
    typed, _quoted = _without_quotes(_folded(body[:BODY_MAX]))
    return _without_signature(typed)[0]


ACTS = frozenset({Verb.ACK, Verb.RESOLVE, Verb.ESCALATE, Verb.SNOOZE, Verb.UNDO})
"""What is done to a page."""


def without_signature(text: str) -> str:
    """Return a text as it was typed, without the lines that a phone adds by itself."""
    return _SIGNATURE.sub("", text)


_CARRIER = {
    **dict.fromkeys(words.OPT_OUT, Verb.OPT_OUT),
    **dict.fromkeys(words.OPT_IN, Verb.OPT_IN),
    **dict.fromkeys(words.CARRIER_HELP, Verb.CARRIER),
}

_QUOTED_LINE = re.compile(r"^[ \t]*(>.*|on .{1,200} wrote:|-+ ?original message ?-+)[ \t]*$", re.MULTILINE)
_QUOTED_SPAN = re.compile(r'"[^"]*"?')
_ALL_IN_QUOTES = re.compile(r'\s*"([^"]*)"[\s.!]*')
_OUR_CODE = re.compile(r"reply ([0-9a-z]{2,4}) ack\b")
_REACTION = re.compile(r"liked|(?:reacted )?👍(?: to)?")
_SIGNATURE = re.compile(
    r"^[ \t]*(?:--|sent (?:from my|via) .{1,60}|get outlook for .{1,40})[ \t]*$", re.MULTILINE | re.IGNORECASE
)


_UNSEEN = frozenset({"Cc", "Cf", "Mn", "Sk"})
"""Controls, joiners, variation selectors, skin tones."""


def _folded(body: str) -> str:
    """Return the text in small letters, full-width signs narrowed, quotes straight, emoji without their skin tone."""
    straight = body.translate(words.STRAIGHT)
    folded = unicodedata.normalize("NFKC", straight).casefold()
    return "".join(sign for sign in folded if sign == "\n" or unicodedata.category(sign) not in _UNSEEN)


def _without_quotes(text: str) -> tuple[str, str]:
    quoted: list[str] = []

    def take(found: re.Match[str]) -> str:
        quoted.append(found[0])
        return " "

    text = _QUOTED_LINE.sub(take, text)
    inside = _ALL_IN_QUOTES.fullmatch(text)
    # Who answers `"47 ack"` quotes our instructions, and means them.
    text = inside[1] if inside is not None else _QUOTED_SPAN.sub(take, text)
    return text, "\n".join(quoted)


def _without_signature(text: str) -> tuple[str, bool]:
    kept, count = _SIGNATURE.subn("", text)
    return kept, count > 0


def _read(typed: str, quoted: str) -> Reply:
    quoted_codes = {code for found in _OUR_CODE.findall(quoted) if (code := normalize_code(found)) is not None}
    if quoted and _REACTION.fullmatch(typed.strip()):
        # A thumb put on our text: the phone quotes it, and the code in it says which page is meant.
        return Reply(Verb.ACK, quoted_codes.pop()) if len(quoted_codes) == 1 else Reply(Verb.UNKNOWN)
    reply = _read_words(typed)
    if not quoted_codes:
        return reply
    meant = quoted_codes | ({reply.code} if reply.code is not None else set())
    if len(meant) > 1:
        return Reply(Verb.UNKNOWN)
    return Reply(reply.verb, meant.pop(), reply.duration)


@dataclass(slots=True)
class _Heard:
    """What was heard so far in one text."""

    verbs: list[Verb] = field(default_factory=list)
    strong: bool = False
    codes: list[str] = field(default_factory=list)
    maybe: list[str] = field(default_factory=list)
    """Signs that are a code or a length of time, such as 345M."""
    durations: list[timedelta] = field(default_factory=list)
    polite: bool = False
    unknown: list[str] = field(default_factory=list)
    own_words: bool = False
    """Has a whole `ack 47` been said, so that what follows is a remark?"""


_WORD = re.compile(r"\+1\b|[^\W_]+(?:'[^\W_]+)*|[^\w\s]")
_PUNCTUATION = frozenset(".,;:!#()[]*-_/=&~'\"@+|<>¡…")
_GLUED = (
    re.compile(r"(?P<code>[0-9]{2})(?P<verb>ack|a|esc|e|res|r)"),
    re.compile(r"(?P<verb>ack|a|esc|e|res|r)(?P<code>[0-9]{2})"),
    # Behind a long code only: R is a sign of such codes, and in front it could be either.
    re.compile(rf"(?P<code>[{CODE_ALPHABET.casefold()}]{{{CODE_LENGTH}}})(?P<verb>ack|a|esc|e|res|r)"),
)


def _read_words(typed: str) -> Reply:
    said = [word for word in _WORD.findall(_joined(typed)) if word not in _PUNCTUATION]
    if said and all(word == "?" for word in said):
        return Reply(Verb.LIST)
    heard = _Heard()
    for word in said:
        _hear(word, heard)
    code = heard.codes[0] if len(set(heard.codes)) == 1 else None
    if any(word in words.NEGATIONS or word.endswith("n't") for word in said):
        return Reply(Verb.DECLINED, code)
    if set(heard.verbs) == {Verb.LIST} and not heard.codes and not heard.unknown:
        return Reply(Verb.LIST)
    if "?" in said or any(word in words.DOUBTS or word in words.CARRIER for word in said):
        return Reply(Verb.UNKNOWN, code)
    if heard.unknown and not heard.own_words:
        return Reply(Verb.UNKNOWN, code)
    return _understood(heard)


def _understood(heard: _Heard) -> Reply:
    """Turn what was heard into one act, or into none."""
    _settle_maybes(heard)
    codes, verbs = set(heard.codes), set(heard.verbs)
    if len(codes) > 1 or len(verbs) > 1 or len(heard.durations) > 1:
        return Reply(Verb.UNKNOWN)
    code = heard.codes[0] if codes else None
    if not verbs:
        # A code alone is an answer, and so is a plain "ok"; a length of time alone is not.
        if code is None and not heard.polite:
            return Reply(Verb.UNKNOWN)
        verbs = {Verb.ACK}
    verb = verbs.pop()
    if not heard.durations:
        return Reply(verb, code)
    duration = heard.durations[0]
    if verb not in {Verb.ACK, Verb.SNOOZE} or not SNOOZE_MIN <= duration <= SNOOZE_MAX:
        return Reply(Verb.UNKNOWN, code)
    return Reply(Verb.SNOOZE, code, duration)


def _settle_maybes(heard: _Heard) -> None:
    """Take 345M for a length of time beside a code or the word snooze, for a code otherwise."""
    for word in heard.maybe:
        duration = _duration(word)
        beside = heard.codes or (Verb.SNOOZE in heard.verbs and not heard.durations)
        if beside and duration is not None:
            heard.durations.append(duration)
        else:
            heard.codes.append(word.upper())


_MINUTES = r"(?:m|min|mins|minute|minutes)"
_HOURS = r"(?:h|hr|hrs|hour|hours)"
_COUNTED = re.compile(rf"\b([0-9]{{1,4}}) ({_MINUTES}|{_HOURS}|d|day|days)\b")
_HOURS_AND_MINUTES = re.compile(rf"\b([0-9]{{1,2}}{_HOURS}) (?:and )?([0-9]{{1,4}}{_MINUTES})\b")
_LENGTH = re.compile(rf"(?:(?P<hours>[0-9]{{1,4}}){_HOURS})?(?:(?P<minutes>[0-9]{{1,4}})(?P<unit>{_MINUTES})?)?")
_DAYS = re.compile(r"([0-9]{1,3})(?:d|day|days)")


def _joined(typed: str) -> str:
    """Turn phrases into one word each, and `20 min` into `20min`."""
    text = " ".join(typed.split())
    for phrase, word in words.PHRASES:
        text = phrase.sub(word, text)
    return _HOURS_AND_MINUTES.sub(r"\1\2", _COUNTED.sub(r"\1\2", text))


def _hear(word: str, heard: _Heard) -> None:
    """Take one word in."""
    code = normalize_code(word)
    glued = next((found for pattern in _GLUED if (found := pattern.fullmatch(word)) is not None), None)
    if word in words.VERBS:
        heard.verbs.append(Verb(words.VERBS[word]))
        heard.strong = heard.strong or word in words.STRONG
    elif word in words.POLITE:
        heard.polite = True
    elif word == "?" or word in words.FILLERS or word in words.DOUBTS or word in words.CARRIER:
        pass
    elif glued is not None:
        heard.codes.append(glued["code"].upper())
        heard.verbs.append(Verb(words.VERBS[glued["verb"]]))
        heard.strong = heard.strong or glued["verb"] == "ack"
    elif code is not None and _duration(word) is not None:
        heard.maybe.append(word)
    elif code is not None:
        heard.codes.append(code)
    elif (duration := _duration(word)) is not None:
        heard.durations.append(duration)
    else:
        heard.unknown.append(word)
        return
    heard.own_words = heard.own_words or (heard.strong and len(heard.codes) == 1 and not heard.unknown)


def _duration(word: str) -> timedelta | None:
    days = _DAYS.fullmatch(word)
    if days is not None:
        return timedelta(days=int(days[1]))
    found = _LENGTH.fullmatch(word)
    if found is None or (found["hours"] is None and found["unit"] is None):
        return None
    return timedelta(hours=int(found["hours"] or 0), minutes=int(found["minutes"] or 0))
