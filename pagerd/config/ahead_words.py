"""How `check` says what it found in the calendar: on the clock of the schedule's zone, the first few of many."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pagerd.config.times import duration_text
from pagerd.core.oncall.ahead import Between, Stay
from pagerd.core.oncall.clocks import is_repeated
from pagerd.core.oncall.fairness import Burden, Sharing
from pagerd.core.oncall.proving import OddHandoff, ShortRest, Twice
from pagerd.core.oncall.wall import clock
from pagerd.core.plain import counted

SHOWN_MAX = 3
"""How many of the same kind one finding names; the others are counted."""


def moment_text(at: datetime, zone: ZoneInfo) -> str:
    """Write an instant on the clock of a zone; where that shows it twice, with its distance from UTC."""
    wall = clock(at, zone)
    text = f"{wall:%Y-%m-%d %H:%M}"
    return f"{text}{at.astimezone(zone):%z}" if is_repeated(wall, zone) else text


def span_text(span: Between, zone: ZoneInfo) -> str:
    """Write from when to when."""
    return f"{moment_text(span[0], zone)} to {moment_text(span[1], zone)}"


def listed(said: Sequence[str], count: int) -> str:
    """Write the first few, and how many there are besides."""
    more = count - len(said)
    return "; ".join([*said, f"and {more} more"] if more > 0 else said)


def listed_spans(spans: Sequence[Between], zone: ZoneInfo) -> str:
    """Write the first few spans of time."""
    return listed([span_text(one, zone) for one in spans[:SHOWN_MAX]], len(spans))


def twice_text(twice: Twice, zone: ZoneInfo) -> str:
    """Write who is on call twice, and when."""
    return f"{twice.person} {span_text((twice.start, twice.end), zone)}"


def stay_text(stay: Stay, zone: ZoneInfo) -> str:
    """Write how long somebody is on call."""
    return days_text(clock(stay.end, zone) - clock(stay.start, zone))


def days_text(length: timedelta) -> str:
    """Write a length in days, as people count those of a shift."""
    days, rest = length.days, length - timedelta(days=length.days)
    if not days:
        return duration_text(length)
    return counted(days, "day") + (f" and {duration_text(rest)}" if rest >= timedelta(minutes=1) else "")


_BURDENS: Mapping[Burden, str] = {
    Burden.NIGHTS: "nights",
    Burden.WEEKENDS: "days of weekends",
    Burden.HOLIDAYS: "holidays",
}


def share_text(sharing: Sharing, over: int) -> str:
    """Write who has most of a burden, and what would be equal."""
    worst, *others = sharing.unfair(over)
    more = f", and {counted(len(others), 'other')} more than theirs" if others else ""
    return (
        f"{worst.person} has {worst.has:.0f} of {sharing.total:.0f} {_BURDENS[sharing.burden]} in {sharing.layer}, "
        f"where an equal share is {worst.equal:.0f}{more}"
    )


def rest_text(found: ShortRest, zone: ZoneInfo) -> str:
    """Write how long somebody can rest, after which night and before what."""
    night = span_text((found.night.start, found.night.end), zone)
    rest = duration_text(found.rest) if found.rest else "no time"
    duty = f"{found.schedule} {night}"
    return f"{found.night.person} has {rest} to rest between {duty} and {found.then_schedule} ({zone.key})"


def handoff_text(odd: OddHandoff) -> str:
    """Write what becomes of a handoff where the clocks change."""
    wall, zone = f"{odd.wall:%Y-%m-%d %H:%M}", odd.zone.key
    if odd.is_gap:
        return f"{wall} is left out in {zone}, so it is at {clock(odd.at, odd.zone):%H:%M}"
    local = odd.at.astimezone(odd.zone)
    which = "second" if local.fold else "first"
    return f"{wall} comes twice in {zone}, and it is at the {which} ({local:%H:%M%z})"
