"""What people are told about nights: the morning's question, and what their answer did."""

from datetime import date, timedelta

from pagerd.core.paging.gsm import fit, plain
from pagerd.core.plain import length
from pagerd.core.worklog.worked import WorkedNight

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_text(day: date) -> str:
    """Write the day on which a night began: `Tue 6 Jan`."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def minutes_text(minutes: int) -> str:
    """Write a length of work: `1h 30m`, `none`."""
    return length(timedelta(minutes=minutes)) if minutes else "none"


def question(night: WorkedNight) -> str:
    """Ask how long somebody was up, and say what was seen of it."""
    count = len(night.pages)
    seen = f"{minutes_text(night.seen_minutes)} of work were seen" if night.seen_minutes else "no work was seen"
    pages = f"{count} page{'s' if count != 1 else ''}"
    return f"Night of {day_text(night.date)}: {pages} rang you, {seen}. How long were you up?"


def noted(night: WorkedNight, code: str | None) -> str:
    """Say what stands in the ledger now."""
    again = f" Wrong? Reply {code} and the right time." if code else ""
    return fit(plain(f"Noted for the night of {day_text(night.date)}: {minutes_text(night.minutes)}.{again}"))


def not_a_length(code: str, day: date) -> str:
    """Say that nothing was noted, and what would be."""
    start = f"NOTHING NOTED. How long were you up in the night of {day_text(day)}?"
    return fit(plain(f"{start} Reply {code} 40m, {code} 1h30 or {code} none"))


def hours_or_minutes(code: str, number: str) -> str:
    """Ask what a small number means."""
    return fit(plain(f"NOTHING NOTED: {number} hours or {number} minutes? Reply {code} {number}h or {code} {number}m"))


def page_or_minutes(code: str, number: str) -> str:
    """Ask whether a number is the code of a page or a length of time."""
    return fit(
        plain(f"NOTHING DONE: page {number} is over. If you were up for {number} minutes, reply {code} {number}m")
    )


def unknown_night_code(code: str) -> str:
    """Say that nothing was noted, because nobody asked this person by that code."""
    return fit(
        plain(f"NOTHING NOTED: {code} is no question of ours to you. To say how long you were up: pagerd nights")
    )
