"""What `pagerd check` proves about the time ahead: everything about who is on call that can be known beforehand.

It reads the calendar of each schedule that a page uses, once, over AHEAD. A daemon that reads its files looks only at
the next days (`check_people.py`): it has to start, and whoever wrote the files has read this before they were merged.

An error would keep the files from being used, and none of this does: a step without anybody is skipped and said. What
may well be meant is a note.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pagerd.config.ahead_words import (
    SHOWN_MAX,
    days_text,
    handoff_text,
    listed,
    listed_spans,
    rest_text,
    share_text,
    span_text,
    stay_text,
    twice_text,
)
from pagerd.config.check_people import everybody_behind, resolved, used_schedules
from pagerd.config.findings import Span
from pagerd.config.reader import Path, Reader
from pagerd.config.times import duration_text
from pagerd.core.oncall.ahead import Ahead, Between, Stay
from pagerd.core.oncall.fairness import nights
from pagerd.core.oncall.lookup import HORIZON
from pagerd.core.oncall.planned import sharings_of
from pagerd.core.oncall.proving import (
    ShortRest,
    more_than,
    nobody_at_all,
    odd_handoffs,
    shift_limits,
    short_rests,
    stray_overlaps,
    too_long,
    twice_on_call,
)
from pagerd.core.oncall.schedule import SHIFT, Schedule
from pagerd.core.oncall.wall import clock
from pagerd.core.paging.notification import is_reachable
from pagerd.core.people import LOUD, Urgency
from pagerd.core.plain import counted
from pagerd.core.plan import Plan, Team, VerdictKind

AHEAD = HORIZON
"""A year and a month: both changes of the clocks, every holiday, and for whoever plans by the year the next one."""

AWAY_FOR_LONG = timedelta(days=28)
"""An absence in which the others notice that they are one fewer."""

_SOMEWHERE = Span("rotations")


def prove(reader: Reader, plan: Plan, now: datetime) -> None:
    """Note what the calendar of the next 400 days has that somebody should know now."""
    proof = _Proof(reader, plan, now)
    for name in proof.schedules:
        proof.holes(name)
        proof.numbers(name)
        proof.lengths(name)
        proof.fairness(name)
        proof.handoffs(name)
    for team in plan.teams.values():
        proof.levels(team)
        proof.whole_escalation(team)
    proof.rest()
    proof.reachability()
    proof.leavers()
    proof.long_absences()


class _Proof:
    """The calendar, and what is to be said of it."""

    def __init__(self, reader: Reader, plan: Plan, now: datetime) -> None:
        self.reader = reader
        self.plan = plan
        self.now = now
        self.ahead = Ahead(plan.book, now, now + AHEAD)
        self.schedules = [name for name in used_schedules(plan) if everybody_behind(plan, name)]

    def holes(self, name: str) -> None:
        """Nobody is on call, and no turn of `none` says that it is meant."""
        found = self.ahead.holes(name)
        if not found:
            return
        schedule = self.plan.book.schedules[name]
        message = f"{name} has nobody {self._times(found, schedule.zone)}"
        hint = "add an override, or a layer below the others; there people: [none] says that nobody is meant"
        self._report("W205", schedule, message, "somebody", self._also(found, schedule.zone, hint))

    def numbers(self, name: str) -> None:
        """More people than are expected."""
        schedule = self.plan.book.schedules[name]
        at_once = schedule.expected.at_once
        if at_once is not None:
            found = more_than(self.ahead.segments(name), at_once)
            if found:
                message = f"{name} has more than {at_once} on call at once {self._times(found, schedule.zone)}"
                hint = self._also(found, schedule.zone, "at_once stands in checks")
                self._report("W226", schedule, message, f"at most {at_once} at once", hint)
            return
        usual, found = stray_overlaps(self.ahead, schedule)
        if found:
            message = f"layers side by side of {name} overlap {self._times(found, schedule.zone)}"
            hint = self._also(found, schedule.zone, f"checks: {{at_once: {usual + 1}}} says that it is meant")
            self._report("N227", schedule, message, f"{usual} at once, as nearly always", hint)

    def lengths(self, name: str) -> None:
        """Somebody is on call for longer in a row than is allowed."""
        schedule = self.plan.book.schedules[name]
        source = self.plan.book.schedules.get(schedule.copy or name, schedule)
        limits = shift_limits(source, schedule.expected.shift_max)
        found = too_long(self.ahead.stays(name), limits, schedule.zone)
        if not found:
            return
        (stay, limit), zone = found[0], schedule.zone
        spans = [(one.start, one.end) for one, _ in found]
        long = f"{stay.person} is on call in {name} for {stay_text(stay, zone)} in a row"
        others = [f"{one.person} {span_text((one.start, one.end), zone)}" for one, _ in found[1:SHOWN_MAX]]
        hint = _with_others("an override hands a part of it over", others, len(found))
        self._report("W222", schedule, f"{long} {self._times(spans, zone)}", f"at most {days_text(limit)}", hint)

    def fairness(self, name: str) -> None:
        """Nights, weekends or holidays fall to few. A copy shares as what it copies, and is not told twice."""
        schedule = self.plan.book.schedules[name]
        over = schedule.expected.unfair_over
        if schedule.copy is not None or over is None:
            return
        found = [one for one in sharings_of(self.plan, self.ahead, schedule) if one.unfair(over)]
        if not found:
            return
        said = [share_text(one, over) for one in found]
        message = f"{name} is not shared out evenly in the next {AHEAD.days} days: {said[0]}"
        hint = ("; ".join(said[1:SHOWN_MAX]) + "; " if said[1:] else "") + "`pagerd report shares` shows all of it"
        self._report("N224", schedule, message, f"at most {over} % above an equal share", hint)

    def handoffs(self, name: str) -> None:
        """A handoff stands where the clocks change."""
        schedule = self.plan.book.schedules[name]
        found = odd_handoffs(self.ahead, schedule)
        if not found:
            return
        said = [handoff_text(one) for one in found]
        message = f"{name} hands over where the clocks change: {said[0]}{_more(len(said))}"
        hint = _with_others("another hour of the day has no such days", said[1:SHOWN_MAX], len(said))
        self._report("N225", schedule, message, "a wall time that comes once", hint)

    def levels(self, team: Team) -> None:
        """One person is asked twice by one escalation, so that the second step has nobody new."""
        levels = list(levels_of(self.plan, team))
        for place, (later, schedule) in enumerate(levels):
            for earlier, above in levels[:place]:
                found = twice_on_call(self.ahead.segments(above), self.ahead.segments(schedule))
                if above == schedule or not found:
                    continue
                zone = self.plan.book.schedules[schedule].zone
                first = found[0]
                spans = [(one.start, one.end) for one in found]
                message = (
                    f"{first.person} is {earlier} and {later} of team {team.id} at once {self._times(spans, zone)}"
                )
                others = [twice_text(one, zone) for one in found[1:SHOWN_MAX]]
                hint = "a step with nobody new is passed over at once; copy with offset never names one twice"
                hint = _with_others(hint, others, len(found))
                path: Path = ("teams", team.id, later)
                span = self.reader.span_of(
                    path if self.reader.is_written(path) else _of(team, schedule, self.plan), _SOMEWHERE
                )
                self.reader.report("W220", span, message, "two people", hint)

    def whole_escalation(self, team: Team) -> None:
        """No step has anybody. With one schedule that is its hole, and told as such."""
        policy = self.plan.policies.get(team.escalation)
        targets = [target for step in policy.steps for target in step.targets] if policy is not None else []
        names = dict.fromkeys(resolved(self.plan, team, target) for target in targets)
        schedules = [name for name in names if name in self.plan.book.schedules]
        if len(schedules) < 2 or any(name in self.plan.people for name in names):  # levels
            return
        found = nobody_at_all(map(self.ahead.segments, schedules))
        if found:
            message = f"no step of team {team.id} has anybody {self._times(found, team.zone)}"
            hint = self._also(found, team.zone, "a page goes straight to the last resort then")
            span = self.reader.span_of(("teams", team.id, "team"), _SOMEWHERE)
            self.reader.report("W229", span, message, "somebody at one of the levels", hint)

    def rest(self) -> None:
        """A night of one rotation, and too soon another rotation."""
        names = {schedule for team in self.plan.teams.values() for _, schedule in levels_of(self.plan, team)}
        schedules = [name for name in self.schedules if name in names]
        sleeps = {one.id: nights(one.night, one.zone, *self.ahead.span) for one in self.plan.people.values()}
        rests = {name: self.plan.book.schedules[name].expected.rest for name in schedules}
        by_schedule: dict[str, list[ShortRest]] = {}
        for one in short_rests(self.ahead, schedules, rests, sleeps):
            by_schedule.setdefault(one.schedule, []).append(one)
        for name, found in by_schedule.items():
            schedule = self.plan.book.schedules[name]
            first, rest = found[0], rests[name]
            assert rest is not None
            message = f"{rest_text(first, schedule.zone)}{_more(len(found))}"
            others = [rest_text(one, schedule.zone) for one in found[1:SHOWN_MAX]]
            hint = _with_others("checks: {rest: none} says that it is agreed", others, len(found))
            self._report("W223", schedule, message, f"{duration_text(rest)} of rest after a night", hint)

    def reachability(self) -> None:
        """Somebody will be on call whom what can wait does not reach. Who is not reached at all is E403.

        Where no channel is quiet, that is a choice of the installation and no person's lack.
        """
        plan = self.plan
        if plan.media <= LOUD:
            return
        waits = (VerdictKind.PAGE, VerdictKind.BUSINESS_HOURS)
        if not any(one.urgency is Urgency.LOW and one.verdict in waits for one in plan.severities.values()):
            return
        on_call: dict[str, str] = {}
        for name in self.schedules:
            for segment in self.ahead.segments(name):
                for person in segment.people:
                    on_call.setdefault(person, name)
        for person, name in sorted(on_call.items()):
            is_known = person in plan.people and is_reachable(plan, person, Urgency.HIGH)
            if not is_known or is_reachable(plan, person, Urgency.LOW):
                continue
            span = self.reader.span_of(("people", person), _SOMEWHERE)
            message = f"{person} will be on call in {name}, and pages of low urgency do not reach them"
            hint = "low urgency never uses texts or calls; the step is skipped at once, and the skip is said"
            self.reader.report("W410", span, message, "email: an address", hint)

    def leavers(self) -> None:
        """Somebody leaves, and is still counted on after that."""
        plan = self.plan
        for person in plan.people.values():
            if person.until is None or person.until >= self.ahead.end:
                continue
            day = clock(person.until - timedelta(seconds=1), person.zone)
            leaves = f"{person.id} {'leaves' if person.until > self.now else 'has left'} on {day:%Y-%m-%d}"
            with_them = self.ahead.without_absence(person.id)
            for name in self.schedules:
                if person.id not in everybody_behind(plan, name):
                    continue
                schedule = plan.book.schedules[name]
                later = [one for one in with_them.stays(name) if one.person == person.id and one.end > person.until]
                spans = [(max(one.start, person.until), one.end) for one in later]
                if spans:
                    turns = counted(len(spans), "turn")
                    message = (
                        f"{leaves}, and {turns} of {name} would be theirs after that in the next {AHEAD.days} days"
                    )
                    hint = f"{_who_covers(later)}: {listed_spans(spans, schedule.zone)}"
                    span = self._span_of_member(schedule, person.id)
                    self.reader.report("W221", span, message, "turns of people who stay", hint)
            for what, path in named_directly(plan, person.id):
                span = self.reader.span_of(path, _SOMEWHERE)
                hint = "whoever is named as a person is paged all the same: absences concern schedules alone"
                self.reader.report("W221", span, f"{leaves}, and is {what} after that", "somebody who stays", hint)

    def long_absences(self) -> None:
        """Somebody is away for so long that their turns are others' for good."""
        for absence in self.plan.book.away:
            person = self.plan.people.get(absence.person)
            start, end = max(absence.start, self.now), min(absence.end, self.ahead.end)
            if person is None or end - start < AWAY_FOR_LONG or (person.until is not None and start >= person.until):
                continue
            with_them = self.ahead.without_absence(person.id)
            for name in self.schedules:
                if person.id not in everybody_behind(self.plan, name):
                    continue
                schedule = self.plan.book.schedules[name]
                spans = [
                    (max(one.start, start), min(one.end, end))
                    for one in with_them.stays(name)
                    if one.person == person.id and one.start < end and one.end > start
                ]
                if spans:
                    away = f"{person.id} is away {span_text((start, end), person.zone)} ({person.zone.key})"
                    message = f"{away}, and others have {counted(len(spans), 'turn')} of theirs in {name}"
                    hint = listed_spans(spans, schedule.zone)
                    self.reader.report(
                        "N228",
                        self._span_of_member(schedule, person.id),
                        message,
                        "turns of people who are there",
                        hint,
                    )

    def _span_of_member(self, schedule: Schedule, person: str) -> Span:
        """Return where a schedule first names a person in its turns, else its shifts; else where it stands."""
        path: Path = ("teams", schedule.team, "schedules", schedule.id)
        for place, level in enumerate(schedule.levels, 1):
            for beside, layer in enumerate(level, 1):
                here: Path = (*path, "layers", str(place), str(beside))
                if not self.reader.is_written((*here, "people")):
                    here = (*path, "layers", str(place))
                for turn, members in enumerate(layer.members, 1):
                    if person in members:
                        one = str(members.index(person) + 1)
                        return self.reader.span_of((*here, "people", str(turn), one), _SOMEWHERE)
        for place, shift in enumerate(schedule.fixed, 1):
            if person in shift.people:
                return self.reader.span_of((*path, "shifts", str(place)), _SOMEWHERE)
        return self.reader.span_of(path, _SOMEWHERE)

    def _report(self, finding_id: str, schedule: Schedule, message: str, expected: str, hint: str) -> None:
        span = self.reader.span_of(("teams", schedule.team, "schedules", schedule.id), _SOMEWHERE)
        self.reader.report(finding_id, span, message, expected, hint)

    def _times(self, spans: Sequence[Between], zone: ZoneInfo) -> str:
        """Say when it is first, and how often within the span."""
        return f"from {span_text(spans[0], zone)} ({zone.key}){_more(len(spans))}"

    def _also(self, spans: Sequence[Between], zone: ZoneInfo, hint: str) -> str:
        """Name the next few after the first before a hint."""
        return _with_others(hint, [span_text(one, zone) for one in spans[1:SHOWN_MAX]], len(spans))


def _who_covers(stays: Iterable[Stay]) -> str:
    """Say who is on call where somebody is not who would be: a shift by name has no next in turn."""
    by_name = [SHIFT in one.layers for one in stays]
    if all(by_name):
        return "the layers below a shift by name show"
    turns = "the next in turn covers"
    return f"{turns}, and below a shift by name the layers show" if any(by_name) else turns


def _more(count: int) -> str:
    """Say how often it is besides the first time, within the span."""
    more = {1: "", 2: ", and once more"}.get(count, f", and {count - 1} more times")
    return f"{more} in the next {AHEAD.days} days"


def _with_others(hint: str, others: Sequence[str], count: int) -> str:
    """Name the next few of so many before a hint; the first stands in the message."""
    return f"also {listed(others, count - 1)}; {hint}" if others else hint


def levels_of(plan: Plan, team: Team) -> Iterable[tuple[str, str]]:
    """Give the schedules of a team's escalation, in the order of its steps: the role, or the name, and the schedule.

    A role that is the same for all teams stands behind each of them, and may well be filled by one of its own people.
    """
    policy = plan.policies.get(team.escalation)
    for step in policy.steps if policy is not None else ():
        for target in step.targets:
            name = resolved(plan, team, target)
            if name in plan.book.schedules and (target in team.roles or target not in plan.roles):
                yield target, name


def named_directly(plan: Plan, person: str) -> Iterable[tuple[str, Path]]:
    """Give where a person is named as such, not in turns: as what, and where that stands."""
    for team in plan.teams.values():
        for role, name in team.roles.items():
            if name == person:
                yield f"{role} of team {team.id}", ("teams", team.id, role)
    for role, name in plan.roles.items():
        if name == person:
            yield f"{role} of all teams", ("roles", role)
    for policy in plan.policies.values():
        for place, step in enumerate(policy.steps, 1):
            if person in step.targets:
                one = str(step.targets.index(person) + 1)
                yield (
                    f"paged by step {place} of {policy.id}",
                    ("escalation", policy.id, "steps", str(place), "page", one),
                )
    if person in plan.last_resort.targets:
        one = str(plan.last_resort.targets.index(person) + 1)
        yield "in the last resort", ("last_resort", "page", one)
    if person in plan.operators:
        yield "an operator", ("settings", "operators", str(plan.operators.index(person) + 1))


def _of(team: Team, schedule: str, plan: Plan) -> Path:
    owner = plan.book.schedules[schedule].team
    return ("teams", owner, "schedules", schedule) if owner == team.id else ("teams", team.id, "team")
