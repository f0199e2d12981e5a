"""What people are told about nights: the morning's question, and what their answer did."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.paging.gsm import fit, plain
from pagerd.core.plain import clock_time, counted, length
from pagerd.core.plan import Plan
from pagerd.core.worklog.grant import GrantStatus
from pagerd.core.worklog.rules import RestKind
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
    seen = f"{minutes_text(night.seen_minutes)} of work were seen" if night.seen_minutes else "no work was seen"
    woken = f"{counted(len(night.pages), 'page')} rang you, " if night.pages else ""
    numbers = ", ".join(str(number) for number in night.incidents)
    where = f" (incident {numbers})" if numbers else ""
    return f"Night of {day_text(night.date)}: {woken}{seen}{where}. How long were you up?"


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
    return fit(plain(f"NOTHING NOTED: {code} is no question to you. To say how long you were up: pagerd nights"))


def rest_asked(night: WorkedNight, person: str, zone: ZoneInfo, now: datetime) -> str:
    """Ask a lead for somebody's rest."""
    grant = night.grant
    assert grant is not None, f"night {night.id} has no rest to ask for"
    worked = f"{_name(person)} worked {minutes_text(night.minutes)} in the night of {day_text(night.date)}"
    if grant.status is GrantStatus.PROVISIONAL:
        unless = " In force until you say no."
    elif grant.provisional_at is not None:
        unless = f" In force from {clock_time(grant.provisional_at, zone, now)} unless you say no."
    else:
        unless = ""
    return plain(f"{worked}. {_owed(night, zone, now)}?{unless}")


def rest_in_force(night: WorkedNight, plan: Plan, zone: ZoneInfo, now: datetime) -> str:
    """Tell the person that they may rest."""
    grant = night.grant
    assert grant is not None, f"night {night.id} has no rest to tell of"
    sure = "" if grant.status is GrantStatus.APPROVED else " Provisional: your lead has not answered yet."
    start = f"After {minutes_text(night.minutes)} of work in the night of {day_text(night.date)}"
    return plain(f"{start}: {_owed(night, zone, now)}.{_covered(night, plan)}{sure}")


def rest_over(night: WorkedNight, why: str) -> str:
    """Tell the person that the rest is not in force any more."""
    assert night.grant is not None, f"night {night.id} has no rest that could be over"
    start = f"Your rest after the night of {day_text(night.date)} is {night.grant.status.value}"
    return plain(f"{start}{f': {why}' if why else ''}.")


def cover_asked(night: WorkedNight, plan: Plan, reader: str, zone: ZoneInfo, now: datetime) -> str:
    """Tell somebody that they are on call for one who rests."""
    grant = night.grant
    assert grant is not None, f"night {night.id} has no rest to cover"
    theirs = [one for one in grant.covers if reader in one.people]
    spans = ", ".join(
        f"{one.schedule} {clock_time(one.start, zone, now)} to {clock_time(one.end, zone, now)}" for one in theirs
    )
    return plain(f"You are on call for {_name(plan.name_of(night.person))}, who rests after a night: {spans}.")


def cover_over(night: WorkedNight, person: str) -> str:
    """Tell somebody that they cover no more."""
    return plain(f"You are not on call for {_name(person)} any more: the rest of {day_text(night.date)} is taken back.")


def rest_decided(night: WorkedNight, plan: Plan) -> str:
    """Say to the lead what their answer did."""
    grant = night.grant
    assert grant is not None, f"night {night.id} has no rest that was decided"
    covered = _covered(night, plan) if grant.is_in_force else ""
    return fit(plain(f"Rest of {_name(plan.name_of(night.person))}: {grant.status.value}.{covered}"))


def _covered(night: WorkedNight, plan: Plan) -> str:
    """Say who is on call instead, and where nobody is."""
    assert night.grant is not None, f"night {night.id} has no rest to cover"
    found = dict.fromkeys(
        f" {_name(plan.name_of(one))} covers {cover.schedule}." for cover in night.grant.covers for one in cover.people
    )
    left = dict.fromkeys(
        f" Nobody is left to cover {cover.schedule}." for cover in night.grant.covers if not cover.people
    )
    return "".join((*found, *left))


def ok_or_no(code: str, person: str) -> str:
    """Say to the lead that nothing was decided, and what would decide it."""
    return fit(plain(f"NOTHING DECIDED about the rest of {_name(person)}. Reply {code} ok, or {code} no"))


def _owed(night: WorkedNight, zone: ZoneInfo, now: datetime) -> str:
    grant = night.grant
    assert grant is not None, f"night {night.id} owes nothing"
    until = f" until {clock_time(grant.end, zone, now)}" if grant.end is not None else ""
    return f"{_KINDS[grant.kind]}{until}"


_KINDS = {
    RestKind.MORNING: "Morning off",
    RestKind.HOURS: "Rest",
    RestKind.HALF_DAY: "Half a day off",
    RestKind.PAY: "Pay for it",
    RestKind.NONE: "Nothing",
}


def _name(name: str) -> str:
    return fit(plain(name), 20) or "somebody"
