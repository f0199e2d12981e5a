"""What a person is told, in the words of each medium: `text`, `script` and `mail` of the same Facts.

The text is here. Its rules: always one GSM-7 segment; severity and how to answer are never cut; it works without its
link, which comes last and only whole; the words of alerts and people give way first, and hold no line ends.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from pagerd.core.paging.facts import ACK_DIGITS, ASKING, Facts
from pagerd.core.paging.gsm import SEGMENT, fit, plain, septets
from pagerd.core.paging.ledger_words import NEWS, OF_THE_LEDGER, how_to_answer, with_link
from pagerd.core.paging.mailed import mail
from pagerd.core.paging.message import Text
from pagerd.core.paging.purpose import Purpose
from pagerd.core.paging.sign_in_words import sign_in_text
from pagerd.core.paging.spoken import script
from pagerd.core.plain import clock_time, length

__all__ = ["ACK_DIGITS", "Facts", "mail", "script", "text"]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a text that may be cut: first to `floor` septets, further only when all others are at theirs."""

    said: str
    floor: int

    @property
    def size(self) -> int:
        return septets(self.said)

    def cut_by(self, excess: int, floor: int) -> "_Piece":
        """Give up to `excess` septets back, keeping `floor`; a remnant that would say nothing goes altogether."""
        keep = max(self.size - excess, min(floor, self.size))
        return _Piece("" if keep < 8 else fit(self.said, keep), self.floor)


def text(facts: Facts) -> Text:
    """Say it in one SMS: severity, what, where, since when, the first action, how to answer, the link if it fits."""
    if facts.purpose is Purpose.ALARM:
        return Text(fit(f"pagerd ALARM: {plain(facts.note or facts.title or facts.summary) or 'look at its status'}"))
    if facts.purpose is Purpose.ANSWER:
        return Text(fit(plain(facts.note) or "pagerd has your text"))
    if facts.purpose is Purpose.SIGN_IN:
        return Text(sign_in_text(facts))
    if facts.purpose is Purpose.INCIDENT:
        return Text(fit(plain(facts.note) or "pagerd incident list has news"))
    if facts.purpose in OF_THE_LEDGER:
        how = how_to_answer(facts)
        room = SEGMENT - septets(how) - 1 if how else SEGMENT
        said = fit(plain(facts.note) or NEWS[facts.purpose], room)
        return Text(with_link(facts, "\n".join(part for part in (said, how) if part)))
    end = _end(facts)
    severity = fit(plain(facts.severity_id), 16)
    ticket = f"Ticket {severity}" if facts.pages_count == 1 else f"{facts.pages_count} tickets, worst {severity}"
    start = {Purpose.TICKET: ticket.rstrip(), Purpose.TEST: ""}.get(facts.purpose, severity)
    room = SEGMENT - septets(start) - septets(end)
    pieces = _shrunk(_pieces(facts), room)
    middle = "".join(piece.said for piece in pieces)
    body = f"{start}{middle}".strip()
    return Text(_with_extras(facts, body, end))


def _pieces(facts: Facts) -> dict[str, _Piece]:
    """Return what may be cut, in the order in which it is said."""
    if facts.purpose is Purpose.TEST:
        reader = fit(plain(facts.reader), 30)
        why = plain(facts.why_you)
        lead = f"TEST page from pagerd{f' for {reader}' if reader else ''}"
        return {"lead": _Piece(lead, 60), "summary": _Piece(f": {why}" if why else "", 0)}
    title, summary = plain(facts.title), plain(facts.summary or facts.note)
    if not title:
        title, summary = summary or "something is wrong", ""
    lead = _lead(facts)
    where = plain(facts.where)
    wants_action = facts.purpose in ASKING or facts.purpose is Purpose.TICKET
    action = plain(facts.first_action) if wants_action else ""
    return {
        "lead": _Piece(f" {lead}{'' if lead.endswith('?') else ':'}" if lead else "", 50),
        "title": _Piece(f" {title}", 40),
        "summary": _Piece(f": {summary}" if summary and summary != title else "", 0),
        "where": _Piece(f"\n{where}" if where else "", 26),
        "since": _Piece(_since(facts), 30),
        "action": _Piece(f"\nDo: {action}" if action else "", 30),
    }


def _shrunk(pieces: dict[str, _Piece], room: int) -> Iterable[_Piece]:
    """Cut the pieces until they fit: the summary goes first, then all to their floors, then below them."""
    excess = sum(piece.size for piece in pieces.values()) - room
    for below_floor in (False, True):
        for name in ("summary", "action", "where", "title", "lead", "since"):
            if excess > 0 and name in pieces:
                whole = pieces[name]
                pieces[name] = whole.cut_by(excess, 0 if below_floor else whole.floor)
                excess -= whole.size - pieces[name].size
    return pieces.values()


def _with_extras(facts: Facts, body: str, end: str) -> str:
    """Add what is good to have and fits whole: the link, then the failed tests, then how to escalate."""
    said = fit(body, SEGMENT - septets(end)) + end
    link = plain(facts.link or "")
    with_link = f"\n{link}" if link and link == facts.link and facts.purpose in ASKING else ""
    if septets(said + with_link) > SEGMENT:
        with_link = ""
    fails = plain(", ".join(facts.violations), 200)
    if fails and facts.purpose in ASKING and septets(said + with_link + f"\nFails: {fails}") <= SEGMENT:
        said = f"{said.removesuffix(end)}\nFails: {fails}{end}"
    hint = f", {facts.answer_code}e = escalate"
    if facts.asks and facts.purpose is Purpose.PAGE and septets(said + with_link + hint) <= SEGMENT:
        said += hint
    return (said + with_link).strip()


def _lead(facts: Facts) -> str:
    actor = fit(plain(facts.actor), 20) or "a colleague"
    match facts.purpose:
        case Purpose.HELP:
            return f"{actor} asks for your help"
        case Purpose.HELP_COMES:
            return f"{actor} comes to help"
        case Purpose.REASSIGNED:
            return f"handed to you by {actor}"
        case Purpose.MORE_ALERTS:
            return f"YOURS, now {facts.alerts_count} alerts firing"
        case Purpose.REMINDER:
            return "Is it still yours?"
        case Purpose.STILL_YOURS:
            return "STILL YOURS?"
        case Purpose.ACKNOWLEDGED_BY_OTHER:
            return f"{actor} has {facts.pages_count} pages, worst" if facts.pages_count > 1 else f"{actor} has it"
        case Purpose.RESOLVED if facts.pages_count > 1:
            return f"{facts.pages_count} pages RESOLVED{f' by {actor}' if facts.actor else ''}, worst"
        case Purpose.RESOLVED:
            after = f" after {length(facts.at - facts.since)}" if facts.since is not None else ""
            return f"RESOLVED{after}{f' by {actor}' if facts.actor else ''}"
        case Purpose.TICKET if facts.pages_at is not None:
            return f"PAGES AT {clock_time(facts.pages_at, facts.zone, facts.at)} unless taken"
        case (
            Purpose.TICKET
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
            return ""
        case Purpose.PAGE:
            return " ".join(_signs_of_trouble(facts))
        case _:
            assert_never(facts.purpose)


def _signs_of_trouble(facts: Facts) -> Iterable[str]:
    """Say first what makes this page another one than a first page on time."""
    if facts.pages_count > 1:
        yield f"{facts.pages_count} PAGES, worst"
    if facts.late_by is not None:
        yield f"LATE {length(facts.late_by)}"
    if facts.follows:
        yield "AGAIN"
    if facts.is_stale:
        yield "STALE"
    if facts.is_last_resort:
        yield "LAST RESORT"
    if facts.escalated_from:
        first = fit((plain(facts.escalated_from[0]).split() or ["somebody"])[0], 14)
        others = len(facts.escalated_from) - 1
        yield f"ESCALATED from {first}{f' +{others}' if others else ''}"


def _since(facts: Facts) -> str:
    since = f" since {clock_time(facts.since, facts.zone, facts.at)}" if facts.since is not None else ""
    told = facts.purpose in {Purpose.MORE_ALERTS, Purpose.RESOLVED}
    return since + (f" +{facts.alerts_count - 1} more" if facts.alerts_count > 1 and not told else "")


def _end(facts: Facts) -> str:
    """Say how to answer, or that nothing needs to be done; never cut. What stands for several names none of them."""
    name = fit(plain(facts.page_id), 20) if facts.pages_count == 1 else ""
    match facts.purpose:
        case Purpose.ACKNOWLEDGED_BY_OTHER:
            return f"\nNothing to do{f' ({name})' if name else ''}"
        case Purpose.RESOLVED:
            return f"\nNo action needed{f' ({name})' if name else ''}"
        case Purpose.HELP_COMES:
            return f"\nIt stays yours{f' ({name})' if name else ''}"
        case Purpose.TICKET | Purpose.MORE_ALERTS:
            return f"\n({name})" if name else ""
        case _ if not facts.asks:
            how = f"To ack: pagerd ack {name}" if name else "To ack: pagerd pages"
            return f"\n{how}" if facts.page_id else ""
        case Purpose.REMINDER | Purpose.STILL_YOURS:
            return f"\nReply {facts.answer_code} ack to keep it"
        case _:
            several = f" = all {facts.pages_count}" if facts.pages_count > 1 else ""
            return f"\nReply {facts.answer_code} ack{several}"
