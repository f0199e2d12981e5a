"""How messages about a night or a shift are answered: the morning's question, a request for a rest or for a swap."""

from pagerd.core.paging.facts import Facts
from pagerd.core.paging.gsm import SEGMENT, plain, septets
from pagerd.core.paging.purpose import Purpose

OF_THE_LEDGER = frozenset({Purpose.NIGHT, Purpose.REST, Purpose.SWAP})
"""What they say is the note, whole; only how to answer depends on the road by which they travel."""

_COMMAND = {
    Purpose.NIGHT: "pagerd nights worked last 40m",
    Purpose.REST: "pagerd rest",
    Purpose.SWAP: "pagerd swap list",
}

NEWS = {
    Purpose.NIGHT: "pagerd nights has news",
    Purpose.REST: "pagerd rest has news",
    Purpose.SWAP: "pagerd swap list has news",
}
"""What a text says whose note was lost: where to look."""


def how_to_answer(facts: Facts) -> str:
    """Say how to answer: by text where one would be heard, else by command; nothing where nothing is asked."""
    code = facts.answer_code
    if code is None:
        return ""
    if not facts.by_text:
        return f"Answer with: {_COMMAND[facts.purpose]}"
    return f"Reply {code} 40m (or 1h30, none)" if facts.purpose is Purpose.NIGHT else f"Reply {code} ok, or {code} no"


def how_to_answer_mail(facts: Facts) -> str:
    """Say the same in a mail, which itself is no road back."""
    if facts.answer_code is None:
        return ""
    by_text = f"{how_to_answer(facts)} by text, to the number that pages you; or " if facts.by_text else ""
    on_the_web = f"; or on your page, {facts.link}/me" if facts.link and facts.purpose is Purpose.SWAP else ""
    return f"{by_text}{_COMMAND[facts.purpose]}{on_the_web}. An answer to this mail is not read."


def with_link(facts: Facts, said: str) -> str:
    """Add the link to a text that has room for all of it: a press behind it is an answer."""
    link = plain(facts.link or "")
    whole = f"{said}\n{link}"
    fits = link and link == facts.link and facts.answer_code is not None and septets(whole) <= SEGMENT
    return whole if fits else said
