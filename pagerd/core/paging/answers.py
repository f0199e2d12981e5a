"""What pagerd sends back when a person answered by text: one GSM-7 segment each, the outcome first.

A person who hears nothing must take it that nothing was done; so each answer says what is so now, and a wrong one says
what would be right. `what` is a page in few words, such as `HighErrorRate payments/checkout`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.paging.gsm import SEGMENT, fit, plain, septets
from pagerd.core.plain import clock_time, length

Open = tuple[str, str]
"""A page that this person may answer for: its code, and what it is."""


def acknowledged(what: str, until: datetime, zone: ZoneInfo, now: datetime, code: str | None = None) -> str:
    """Say that the page is theirs, and how to go on."""
    how = f" When fixed: {_code(code)} res. By mistake: {_code(code)} undo." if code else ""
    return _said("Acked, it is yours: ", what, f". It asks again at {clock_time(until, zone, now)}.{how}")


def still_yours(what: str, until: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Say to the holder, who acknowledged again, until when the page is theirs."""
    return _said("Still yours: ", what, f". It asks again at {clock_time(until, zone, now)}.")


def acknowledged_several(
    count: int, of: int, code: str, until: datetime, zone: ZoneInfo, now: datetime, rest: str = ""
) -> str:
    """Say that the pages of one code are theirs, and how to take that back. `rest` speaks of those that are not."""
    which = f"all {count}" if count == of else f"{count} of {of}"
    again = clock_time(until, zone, now)
    are = "is" if count == 1 else "are"
    return _said(f"Acked, {which} pages {are} yours. They ask again at {again}.{rest} A mistake? Reply {code} undo.")


def several(done: str, count: int, of: int, rest: str = "") -> str:
    """Say what was done with the pages of one code, and what about the others."""
    return _said(f"{done} {count} of {of} pages.{rest}" if count != of else f"{done} all {count} pages.{rest}")


def none_of_several(of: int, rest: str) -> str:
    """Say that nothing was done with any page of one code."""
    return _said(f"NOTHING DONE with these {of} pages.{rest}")


def not_theirs(over: int, held: int, undone: int = 0) -> str:
    """Say what became of the pages of one code that an answer did not touch."""
    parts = [
        f"{over} resolved already" if over else "",
        f"{held} held by others" if held else "",
        f"{undone} not yours to undo" if undone else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f" {said[0].upper()}{said[1:]}." if said else ""


def helping(what: str, holder: str) -> str:
    """Say to a helper that whoever asked knows that they come."""
    return _said(f"{_name(holder)} is told that you come to help: ", what, ".")


def undone(what: str, people: Sequence[str]) -> str:
    """Say that the page is not theirs any more, and who is paged again."""
    return _said(f"Undone, it is not yours. Paging again {_names(people) or 'the next step'}: ", what, ".")


def cannot_undo(what: str, code: str | None = None) -> str:
    """Say that it is too late, or not theirs to take back, and how to hand the page on."""
    how = f" Reply {_code(code)} esc to page the next person now." if code else ""
    return _said("NOTHING DONE, no fresh ack of yours to undo: ", what, f".{how}")


def nothing_to_undo() -> str:
    """Say that none of the open pages is theirs."""
    return _said("NOTHING DONE: no open page is yours, so there is no ack to undo.")


def already_acknowledged(what: str, by: str, ago: timedelta) -> str:
    """Say that another was first; nothing changed."""
    return _said(f"Already acked by {_name(by)} {length(ago)} ago: ", what, ". Nothing for you to do.")


def already_resolved(what: str, ago: timedelta | None = None, by: str = "") -> str:
    """Say that it is over; nothing changed."""
    when = f" {length(ago)} ago" if ago is not None else ""
    who = f" by {_name(by)}" if by else ""
    return _said(f"Already resolved{who}{when}: ", what, ". No action needed.")


def resolved(what: str, still_firing: int = 0, held_until: str = "") -> str:
    """Say that the page is closed, and what happens to alerts that still fire. `held_until` is a wall time."""
    alerts = f"{still_firing} alert{'s' if still_firing != 1 else ''}"
    held = f", held until {held_until}" if held_until else ""
    still = f" {alerts} still firing{held}." if still_firing > 0 else ""
    return _said("Resolved: ", what, f".{still}")


def escalated(what: str, people: Sequence[str]) -> str:
    """Say who is paged now instead."""
    return _said(f"Escalated, now paging {_names(people) or 'the next step'}: ", what, ".")


def snoozed(what: str, until: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Say until when the page is quiet."""
    return _said(f"Snoozed until {clock_time(until, zone, now)}, it stays yours: ", what, ".")


def unknown_code(code: str, open_pages: Sequence[Open]) -> str:
    """Say that nothing was done, because the code is none of theirs, and what would be right."""
    start = f"NOTHING DONE: {_code(code)} is no code of yours."
    return _listed(f"{start} Open: ", open_pages, "Reply CODE ack") if open_pages else _said(f"{start} {_NOTHING_OPEN}")


def which_page(open_pages: Sequence[Open], word: str = "ack") -> str:
    """Ask which of several pages was meant by a word such as `ack`."""
    if len(open_pages) < 2:
        return not_understood(open_pages)
    return _listed(f"NOTHING DONE: which of {len(open_pages)}? ", open_pages, f"Reply CODE {word}")


def listing(open_pages: Sequence[Open]) -> str:
    """Say which pages the person may answer for."""
    return _listed(f"{len(open_pages)} open: ", open_pages, "Reply CODE ack") if open_pages else _said(_NOTHING_OPEN)


def not_understood(open_pages: Sequence[Open]) -> str:
    """Say that nothing was done and how to answer, with a code that would work, and of which page it is."""
    if not open_pages:
        return _said(f"Not understood. {_NOTHING_OPEN} INC and what is broken suspects an incident.")
    code, what = _code(open_pages[0][0]), open_pages[0][1]
    others = f" ({len(open_pages)} open, ? lists them)" if len(open_pages) > 1 else ""
    how = f": reply {code} ack, {code} esc, {code} res, or {code} 20m to snooze{others}"
    return _said("NOTHING DONE.", what, how)


def declined(open_pages: Sequence[Open]) -> str:
    """Say to a person who said no that nothing was done, and how to hand it on at once."""
    if not open_pages:
        return _said(f"Nothing done. {_NOTHING_OPEN}")
    if len(open_pages) > 1:
        return _listed(f"Nothing acked, {len(open_pages)} open: ", open_pages, "Reply CODE esc to page the next person")
    code = _code(open_pages[0][0])
    return _said(f"Not acked, it goes on paging. Reply {code} esc to page the next person now, {code} ack to take it.")


def declined_held(what: str, holder: str) -> str:
    """Say to a person who said no that another has the page."""
    return _said(f"No need, {_name(holder)} has it: ", what, ". Nothing for you to do.")


def declined_mine(what: str, code: str) -> str:
    """Say to the holder who said no that the page is theirs until they hand it on."""
    return _said("It is still yours: ", what, f". Reply {_code(code)} esc to page the next person now.")


def too_many_wrong(until: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Say that codes were guessed too often, and where to answer meanwhile."""
    again = clock_time(until, zone, now)
    return _said(f"NOTHING DONE: too many wrong codes. Texts count again at {again}; use the call or pagerd ack.")


_NOTHING_OPEN = "No page of yours is open."


def _said(start: str, what: str = "", end: str = "") -> str:
    """Join the three, cutting `what`: it is what the person may know, the rest they cannot."""
    start, end = plain(start).rstrip() + (" " if what else ""), plain(end)
    room = SEGMENT - septets(start) - septets(end)
    return fit(start + (fit(plain(what), room) if what and room > 0 else "") + end)


def _listed(start: str, pages: Sequence[Open], end: str) -> str:
    """List all pages in as many letters each as fit; where not even the codes fit, say how many are left out."""
    attempts = [(len(pages), width) for width in (40, 24, 12)] + [(shown, 0) for shown in range(len(pages), 0, -1)]
    lists = (_list(start, pages, end, shown, width) for shown, width in attempts)
    # One code always fits behind the longest start; what is left else is for a start that somebody lengthens later.
    return next((said for said in lists if septets(said) <= SEGMENT), fit(plain(start)))


def _list(start: str, pages: Sequence[Open], end: str, shown: int, width: int) -> str:
    entries = [f"{_code(code)} {fit(plain(what), width)}".strip() for code, what in pages[:shown]]
    left = f" +{len(pages) - shown} more" if shown < len(pages) else ""
    return f"{plain(start)} {', '.join(entries)}{left}. {end}"


def _names(people: Sequence[str]) -> str:
    shown = ", ".join(_name(one) for one in people[:2])
    return f"{shown} +{len(people) - 2}" if len(people) > 2 else shown


def _name(name: str) -> str:
    return fit(plain(name), 20) or "somebody"


def _code(code: str) -> str:
    return fit(plain(code), 8)
