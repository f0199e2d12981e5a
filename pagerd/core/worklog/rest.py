"""Whether a night earns a rest, which one, and what is decided about it."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.oncall import wall
from pagerd.core.plain import length
from pagerd.core.timeline import Entry
from pagerd.core.values import changed
from pagerd.core.worklog.grant import Grant, GrantStatus, must_follow
from pagerd.core.worklog.rules import NightRules, RestKind, RestMode
from pagerd.core.worklog.worked import NightState, Outcome, WorkedNight, union

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

OPEN = frozenset({GrantStatus.PROPOSED, GrantStatus.PROVISIONAL})
"""What no person has decided yet: it goes by itself when the work turns out to be less."""


def is_earned(night: WorkedNight, rules: NightRules) -> bool:
    """Was there more work in this night than the rule allows? Where it allows none, one act is more."""
    if rules.rest is RestKind.NONE:
        return False
    is_any = not rules.rest_after and night.state is NightState.SEEN and bool(night.stretches)
    return is_any or timedelta(minutes=night.minutes) > rules.rest_after


def must_be_proposed(night: WorkedNight, rules: NightRules) -> bool:
    """Is a rest earned that nobody has proposed, or only one that was withdrawn since?"""
    is_free = night.grant is None or (night.grant.status is GrantStatus.WITHDRAWN and not night.grant.decided_by)
    return is_free and is_earned(night, rules)


def must_be_withdrawn(night: WorkedNight, rules: NightRules) -> bool:
    """Is a rest under way that the night does not earn any more, and that nobody has decided about?"""
    return night.grant is not None and night.grant.status in OPEN and not is_earned(night, rules)


def proposed(
    night: WorkedNight, now: datetime, rules: NightRules, asked: tuple[str, ...], plan_revision: str
) -> Outcome:
    """Propose what the rule says; a morning that is over already is half a day at another time."""
    zone = ZoneInfo(night.zone)
    kind, end = rules.rest, _end(night, rules, zone)
    if end is not None and end <= now:
        kind, end = RestKind.HALF_DAY, None
    provisional_at = None
    if rules.provisional_from is not None:
        provisional_at = max(_wall(night, rules.provisional_from, zone), now)
    begins = provisional_at if provisional_at is not None and end is not None else night.end
    grant = Grant(
        kind=kind,
        status=GrantStatus.PROPOSED,
        minutes=night.minutes,
        rule=_rule(rules),
        plan_revision=plan_revision,
        proposed_at=now,
        start=min(max(begins, now), end) if end is not None else None,
        end=end,
        missed_minutes=_missed(night, end, rules, zone),
        provisional_at=provisional_at,
        asked=asked,
    )
    details = {
        "person": night.person,
        "people": ", ".join(asked),
        "minutes": str(night.minutes),
        "kind": KINDS[kind],
        "rest_until": end.isoformat() if end is not None else "",
        "provisional_at": provisional_at.isoformat() if provisional_at is not None else "",
    }
    return changed(night, grant=grant), (Entry(now, "rest.proposed", details),)


def lengthened(night: WorkedNight, now: datetime, rules: NightRules) -> Outcome | None:
    """Let hours of rest last from the last act, where there was one since they were proposed; None where there was not.

    What nobody was told for sure yet moves quietly; of what is in force it is written down.
    """
    grant = night.grant
    if grant is None or grant.kind is not RestKind.HOURS or rules.rest is not RestKind.HOURS or grant.end is None:
        return None
    zone = ZoneInfo(night.zone)
    end = _end(night, rules, zone)
    if grant.status not in (*OPEN, GrantStatus.APPROVED) or end is None or end <= grant.end:
        return None
    after = changed(night, grant=changed(grant, end=end, missed_minutes=_missed(night, end, rules, zone)))
    if not grant.is_in_force:
        return after, ()
    return after, (Entry(now, "rest.longer", {"person": night.person, "rest_until": end.isoformat()}),)


def decided(night: WorkedNight, now: datetime, status: GrantStatus, *, by: str, via: str, why: str = "") -> Outcome:
    """Let a grant become something else: by a person, or by itself where `by` is empty. Raises IllegalTransition."""
    grant = night.grant
    assert grant is not None, f"night {night.id} has no rest to decide about"
    must_follow(grant, status)
    start = max(grant.start, now) if grant.start is not None else None
    remind_at = grant.remind_at if status is GrantStatus.PROVISIONAL else None
    after = changed(grant, status=status, decided_at=now, decided_by=by, why=why, start=start, remind_at=remind_at)
    details = {"person": night.person, "by": by, "via": via, "why": why}
    return changed(night, grant=after), (Entry(now, f"rest.{status.value}", details),)


KINDS = {
    RestKind.MORNING: "the morning off",
    RestKind.HOURS: "hours of rest",
    RestKind.HALF_DAY: "half a day off",
    RestKind.PAY: "pay",
}
"""What is owed, in words."""


def _hours_in_words(rules: NightRules) -> str:
    said = f": {length(rules.rest_lasts)} from the last act"
    if rules.rest_mode is RestMode.RESUME and rules.working_day is not None:
        said = f": {length(rules.rest_lasts)} from {rules.working_day.end:%H:%M} on, without the work"
    if rules.weekly_rest is not None:
        said += f", {length(rules.weekly_rest)} after work on a {DAYS[rules.weekly_rest_day]}"
    if rules.working_day is not None:
        said += f"; what is missed of the working day is {rules.missed_hours.value.replace('_', ' ')}"
    return said


def _rule(rules: NightRules) -> str:
    """Say the rule in words, with its figures: they may be others next year."""
    until = {
        RestKind.MORNING: f" until {rules.morning_ends:%H:%M}",
        RestKind.HOURS: _hours_in_words(rules),
    }.get(rules.rest, "")
    allowed = f"more than {length(rules.rest_after)} of" if rules.rest_after else "any"
    return f"{allowed} work in one night: {KINDS[rules.rest]}{until}"


def _end(night: WorkedNight, rules: NightRules, zone: ZoneInfo) -> datetime | None:
    """Return when the rest ends, None for one without a time."""
    match rules.rest:
        case RestKind.MORNING:
            return _wall(night, rules.morning_ends, zone)
        case RestKind.HOURS:
            return _hours_end(night, rules, zone)
        case _:
            return None


def _hours_end(night: WorkedNight, rules: NightRules, zone: ZoneInfo) -> datetime:
    """Return when hours of rest end: counted from the last act, less what was rested before where that counts."""
    last = max((one.until for one in night.stretches), default=night.rung_at)
    lasts = rules.rest_lasts
    if rules.weekly_rest is not None and last.astimezone(zone).weekday() == rules.weekly_rest_day:
        lasts = max(lasts, rules.weekly_rest)
    if rules.rest_mode is RestMode.RESUME and rules.working_day is not None:
        since = wall.instant(datetime.combine(night.date, rules.working_day.end), zone)
        had = last - since - union(night.stretches, since, last) if since < last else timedelta(0)
        lasts = max(lasts - had, timedelta(0))
    return last + lasts


def _missed(night: WorkedNight, end: datetime | None, rules: NightRules, zone: ZoneInfo) -> int:
    """Return the minutes of working days after the night that lie within a rest of hours."""
    day = rules.working_day
    if day is None or end is None or rules.rest is not RestKind.HOURS:
        return 0
    date, last, missed = night.end.astimezone(zone).date(), end.astimezone(zone).date(), timedelta(0)
    while date <= last:
        start, over = (wall.instant(datetime.combine(date, clock), zone) for clock in (day.start, day.end))
        if date.weekday() in day.weekdays:
            missed += max(min(end, over) - start, timedelta(0))
        date += timedelta(days=1)
    return int(missed.total_seconds()) // 60


def _wall(night: WorkedNight, clock: time, zone: ZoneInfo) -> datetime:
    """Return the instant of a wall time on the day on which the night ended."""
    return wall.instant(datetime.combine(night.end.astimezone(zone).date(), clock), zone)
