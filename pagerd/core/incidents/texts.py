"""Reading what people text about incidents. `read_incident_text` says what one text asks for, and never guesses.

The word that says so stands first, or behind the code of a page: what follows are the person's own words. A text that
is a whole answer to a page, such as `47 ack`, is never one of these, and neither is what a phone writes by itself.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from pagerd.core.paging.reply import ACTS, BODY_MAX, Reply, Verb, normalize_code, read_reply, without_signature
from pagerd.core.paging.reply_words import AUTOMATIC


class Wish(StrEnum):
    """What is asked for: a suspicion, that it is one indeed, an update, or what is open."""

    SUSPECT = "suspect"
    DECLARE = "declare"
    UPDATE = "update"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class IncidentText:
    """One text about an incident. `code` is of a page that is more than a page, `number` of an incident."""

    wish: Wish
    words: str = ""
    code: str | None = None
    number: int | None = None
    severity: str = ""


WISHES = {
    **dict.fromkeys(("inc", "incident", "more than a page"), Wish.SUSPECT),
    **dict.fromkeys(("declare", "declared"), Wish.DECLARE),
    **dict.fromkeys(("upd", "update"), Wish.UPDATE),
    **dict.fromkeys(("incs", "incidents"), Wish.LIST),
}
"""The words; no carrier takes any of them for its own."""

_WORDS = "|".join(sorted(WISHES, key=len, reverse=True))
_TEXT = re.compile(
    rf"(?:(?P<code>#?[0-9a-z]{{2,5}})[\s:,.]+)?(?:it'?s |is |this is )?(?P<word>{_WORDS})(?![\w'-])(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(r"#?(?P<number>[0-9]{1,9})(?![\w.,%])[\s:.,-]*(?P<rest>.*)", re.DOTALL)
_SEVERITY = re.compile(r"(?:(?:as|is)\s+)?(?P<severity>[a-z][\w-]{0,30})?", re.IGNORECASE)


def read_incident_text(body: str, reply: Reply) -> IncidentText | None:
    """Say what a text asks for of an incident; None where it is about none. `reply` is the same, read as an answer."""
    if (reply.verb in ACTS and reply.code is not None) or reply.verb is Verb.CARRIER:
        return None
    typed = without_signature(body[:BODY_MAX]).strip()
    found = _TEXT.fullmatch(typed)
    if found is None or AUTOMATIC.search(typed.casefold()):
        return None
    code = normalize_code(found["code"]) if found["code"] else None
    if found["code"] and code is None:
        return None
    wish, rest = WISHES[found["word"].lower()], " ".join(found["rest"].lstrip(" :,.;-").split())
    if rest == "?":
        return IncidentText(Wish.LIST) if code is None else None
    within = read_reply(rest)
    if (within.verb in ACTS and within.code is not None) or (code is not None and wish is not Wish.SUSPECT):
        return None
    match wish:
        case Wish.SUSPECT:
            return IncidentText(wish, rest, code)
        case Wish.LIST:
            return IncidentText(wish) if not rest else None
        case Wish.DECLARE:
            return _declared(rest)
        case Wish.UPDATE:
            return _update(rest)
        case _:
            assert_never(wish)


def _declared(rest: str) -> IncidentText | None:
    number = _NUMBER.fullmatch(rest)
    severity = _SEVERITY.fullmatch((number["rest"] if number is not None else rest).rstrip(".!"))
    if severity is None:
        return None
    return IncidentText(
        Wish.DECLARE,
        number=int(number["number"]) if number is not None else None,
        severity=(severity["severity"] or "").lower(),
    )


def _update(rest: str) -> IncidentText:
    number = _NUMBER.fullmatch(rest)
    if number is None:
        return IncidentText(Wish.UPDATE, rest)
    # Whether a number at the start is that of an incident is for whoever knows which are open.
    return IncidentText(Wish.UPDATE, rest, number=int(number["number"]))


def words_behind_number(words: str) -> str:
    """Return the words of an update without the number of the incident that stands before them."""
    found = _NUMBER.fullmatch(words)
    return found["rest"] if found is not None else words
