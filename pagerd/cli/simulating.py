"""What would happen: these alerts, at this time, under these files, with these people answering and those asleep.

The production engine runs on virtual time with invented phones; nothing leaves this machine and nothing is kept. The
files are read as they stand in the directory, so that a change can be looked at before it is in force; what people
stored by command is asked of the daemon, where one answers and the directory was not named.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from pagerd.cli import files, simulated, supposed
from pagerd.cli.either import either
from pagerd.cli.given import alerts_given, by_labels, names_a_page, pairs
from pagerd.cli.out import Context, api, progress
from pagerd.cli.supposed import Supposed
from pagerd.cli.times import now, read_length, shown
from pagerd.config.settings import Settings, names_of
from pagerd.core.alerts.alert import ReceivedAlert
from pagerd.core.alerts.matching import parse_matcher
from pagerd.core.errors import PagerdError, Unreadable
from pagerd.core.oncall.schedule import Override, OverrideKind
from pagerd.core.people import Medium
from pagerd.core.plain import length
from pagerd.core.plan import Plan, Silence
from pagerd.lab.course import Arrival, Course, Scenario, alert_name
from pagerd.lab.course_shapes import course_json
from pagerd.lab.picture import draw
from pagerd.lab.simulation import LASTS_MAX as LASTS_UNTOLD_MAX
from pagerd.lab.simulation import simulate

Json = dict[str, Any]

ALERTS_MAX = 1000
"""Alerts of one simulation. A thousand pages that nobody answers are minutes of work; more is for `make storm`."""

LASTS_MAX = timedelta(days=7)
"""How far a simulation looks where it is told how far: a whole turn of most schedules."""

SPREAD_MAX = timedelta(days=1)
"""How far apart alerts of one file may fire: one that began a week before the others would be nothing but waiting."""

USUAL = timedelta(hours=2)
"""What a progress bar takes for the whole where nobody said until when."""

FAILURES_SAID_MAX = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was typed. Lengths of time are as they were written, and good."""

    what: tuple[str, ...]
    alerts: tuple[str, ...]
    annotations: tuple[str, ...]
    at: datetime | None
    spread: bool
    resolved_after: str | None
    answers: tuple[str, ...]
    unanswered: tuple[str, ...]
    resolves: tuple[str, ...]
    away: tuple[str, ...]
    on_call: tuple[str, ...]
    down: tuple[str, ...]
    lasts: str | None
    until: datetime | None
    texts: bool
    svg: str | None
    fail_unless_told_within: str | None
    fail_unless_answered_within: str | None
    output: str

    @property
    def supposed(self) -> Supposed:
        """What is supposed of people, providers and the end of alerts."""
        return Supposed(
            answers=self.answers,
            unanswered=self.unanswered,
            resolves=self.resolves,
            away=self.away,
            on_call=self.on_call,
            down=self.down,
            resolved_after=self.resolved_after,
        )


def run(ctx: Context, asked: Asked) -> int:
    """Simulate, write what happened, and return the exit code."""
    plan, settings = files.both(ctx.directory)
    arrivals = _arrivals(ctx, asked)
    begins = min(one.at for one in arrivals)
    until = _until(asked, begins)
    plan = supposed.plan_under(asked.supposed, _with_stored(ctx, plan), begins, LASTS_MAX + timedelta(days=1))
    if begins < now() - timedelta(days=1):
        ctx.out.talk(f"{shown(begins)} is over: this is what would have happened under the files as they are.")
    scenario = Scenario(
        plan=plan,
        arrivals=arrivals,
        answers=supposed.manners_of(asked.supposed, plan),
        until=until,
        resolved_after=read_length(asked.resolved_after) if asked.resolved_after is not None else None,
        providers=_providers(settings),
        down=supposed.down_of(asked.supposed, settings),
        hears=settings.public_url is not None,
        rates=_rates(settings),
    )
    expected = (until - begins) if until is not None else USUAL
    with progress("Simulating") as told:
        course = simulate(scenario, lambda at: told(*_share(at - begins, expected)))
    zone = plan.teams[course.fired[0].outcome.verdict.team].zone
    failures = list(_failures(course, asked))
    if asked.svg is not None:
        _write(asked.svg, draw(course, zone, str(asked.supposed)))
    _tell(ctx, asked, course, zone, failures)
    return 1 if failures else 0


def _tell(ctx: Context, asked: Asked, course: Course, zone: ZoneInfo, failures: list[str]) -> None:
    if asked.output == "json":
        ctx.out.json({**course_json(course, zone, asked.supposed.as_json()), "ok": not failures, "failures": failures})
        return
    ctx.out.line(f"SIMULATED under plan {course.scenario.plan.revision}: {asked.supposed}")
    ctx.out.line("")
    for line in simulated.story(course, zone, with_texts=asked.texts):
        ctx.out.line(line)
    ctx.out.line("")
    ctx.out.line("RESULT")
    for line in simulated.result(course, zone):
        ctx.out.line(f"  {line}")
    lines = list(simulated.chart(course, zone))
    if lines:
        ctx.out.line("")
    for line in lines:
        ctx.out.line(line)
    for failure in failures[:FAILURES_SAID_MAX]:
        ctx.out.talk(f"✗ {failure}")
    if len(failures) > FAILURES_SAID_MAX:
        ctx.out.talk(f"✗ and {len(failures) - FAILURES_SAID_MAX} more")


def _arrivals(ctx: Context, asked: Asked) -> tuple[Arrival, ...]:
    """Return what fires when."""
    given, at = _given(ctx, asked)
    begins = asked.at or at or now()
    more = pairs(asked.annotations, "--annotation")
    arrivals = [Arrival(at=begins + after, alert=one) for one, after in _spread(given, spread=asked.spread)]
    for after, words in supposed.timed(asked.alerts):
        arrivals.append(Arrival(at=begins + after, alert=by_labels(pairs(words, "a label"), more)))
    if len(arrivals) > ALERTS_MAX:
        raise Unreadable(f"{len(arrivals)} alerts are too many for one simulation, {ALERTS_MAX} are enough")
    if not arrivals:
        raise Unreadable("there is no alert in what was given")
    seen: dict[str, Arrival] = {}
    for one in arrivals:
        seen.setdefault(one.alert.fingerprint, one)
    if len(seen) < len(arrivals):
        twice = len(arrivals) - len(seen)
        many = ("alert has", "counts") if twice == 1 else ("alerts have", "count")
        ctx.out.talk(f"{twice} {many[0]} the labels of another one, and {many[1]} once.")
    return tuple(seen.values())


def _given(ctx: Context, asked: Asked) -> tuple[list[ReceivedAlert], datetime | None]:
    """Return the alerts that were given, and when a page was opened whose alerts they are."""
    if not asked.what:
        return [], None
    if not names_a_page(asked.what):
        return alerts_given(asked.what, asked.annotations, at_most=ALERTS_MAX), None
    story = ctx.daemon.get(api("pages", asked.what[0]))
    more = pairs(asked.annotations, "--annotation")
    alerts = [
        ReceivedAlert(
            fingerprint=one["fingerprint"],
            firing=True,
            labels=one["labels"],
            annotations={**one["annotations"], **more},
            starts_at=datetime.fromisoformat(one["first_seen_at"]),
        )
        for one in story["alerts"]
    ]
    if not alerts:
        raise Unreadable(f"{story['page']['id']} was raised by a person: it has no alerts that could fire again")
    return alerts, datetime.fromisoformat(story["page"]["opened_at"])


def _spread(given: list[ReceivedAlert], *, spread: bool) -> Iterator[tuple[ReceivedAlert, timedelta]]:
    """Give each alert with how long after the first one it fires."""
    starts = [one.starts_at for one in given if one.starts_at is not None]
    first = min(starts, default=None)
    for one in given:
        after = one.starts_at - first if spread and one.starts_at is not None and first is not None else timedelta(0)
        if after > SPREAD_MAX:
            raise Unreadable(
                f"{alert_name(one)} began {length(after)} after the first alert, and --spread takes at most"
                f" {length(SPREAD_MAX)}: leave it out, or let all fire at once"
            )
        yield one, after


def _until(asked: Asked, begins: datetime) -> datetime | None:
    until = begins + read_length(asked.lasts) if asked.lasts is not None else asked.until
    if until is None:
        return None
    if until <= begins:
        raise click.UsageError(f"it would end at {shown(until)}, before the first alert fires at {shown(begins)}")
    if until - begins > LASTS_MAX:
        raise click.UsageError(
            f"{length(until - begins)} are more than a simulation looks at: at most {length(LASTS_MAX)}; without an end"
            f" it looks until nothing new happens, {length(LASTS_UNTOLD_MAX)} at most"
        )
    return until


def _with_stored(ctx: Context, plan: Plan) -> Plan:
    """Lay what people stored by command over the plan of the files, where the daemon can be asked."""

    def ask() -> Plan:
        overrides = ctx.daemon.get(api("overrides"))["overrides"]
        silences = ctx.daemon.get(api("silences"))["silences"]
        people = ctx.daemon.get(api("status")).get("people", [])
        laid = plan.with_stored(
            overrides=tuple(_overrides(overrides, plan)),
            silences=tuple(_silence(one) for one in silences if one["stored"]),
            unusable=frozenset(
                (one["person"], Medium(method["medium"]))
                for one in people
                for method in one["methods"]
                if method["state"] == "refused"
            ),
        )
        ctx.out.talk(f"From the files in {ctx.directory}, and what people stored by command in the daemon.")
        return laid

    return either(ctx, ask, lambda: plan, without="; what people stored by command is not in them.")


def _overrides(listed: list[Json], plan: Plan) -> Iterator[Override]:
    """Give the stored overrides that mean something under these files. Of two that overlap the later one counts."""
    for order, one in enumerate(one for one in listed if one["stored"]):
        names = {*one["people"], *([one["instead_of"]] if one["instead_of"] else [])}
        if one["schedule"] in plan.book.schedules and names <= set(plan.people):
            yield Override(
                id=one["id"],
                schedule=one["schedule"],
                kind=OverrideKind(one["kind"]),
                start=datetime.fromisoformat(one["from"]),
                end=datetime.fromisoformat(one["to"]),
                people=tuple(one["people"]),
                instead_of=one["instead_of"],
                why=one["why"],
                by=one["by"],
                stored=True,
                order=order,
            )


def _silence(one: Json) -> Silence:
    return Silence(
        id=one["id"],
        matchers=tuple(parse_matcher(text) for text in one["match"]),
        start=datetime.fromisoformat(one["from"]),
        end=datetime.fromisoformat(one["to"]),
        by=one["by"],
        why=one["why"],
        stored=True,
    )


def _providers(settings: Settings) -> dict[Medium, tuple[str, ...]]:
    return {medium: names_of(some) for medium, some in settings.channels.items()}


def _rates(settings: Settings) -> dict[tuple[Medium, str], Any]:
    return {
        (medium, name): one.rate
        for medium, some in settings.channels.items()
        for one, name in zip(some, names_of(some), strict=True)
        if one.rate is not None
    }


def _share(done: timedelta, expected: timedelta) -> tuple[int, int]:
    whole = int(expected.total_seconds())
    return min(int(done.total_seconds()), whole), whole


def _failures(course: Course, asked: Asked) -> Iterator[str]:
    """Say what is not as it must be: a page that told nobody, and what was asked for."""
    for name, page in course.pages.items():
        if not course.asked_about(name):
            yield f"page {name} ({page.subject.title}, team {page.subject.team}) told nobody"
    if asked.fail_unless_told_within is not None:
        limit = read_length(asked.fail_unless_told_within)
        for fired in course.fired:
            after = course.told_after(fired)
            if after is None or after > limit:
                when = f"told after {length(after)}" if after is not None else "told to nobody as a page"
                yield f"{alert_name(fired.alert)}: {when}, not within {length(limit)}"
    if asked.fail_unless_answered_within is not None:
        limit = read_length(asked.fail_unless_answered_within)
        for name, page in course.pages.items():
            at = course.answers[name][1] if name in course.answers else None
            if at is None or at - page.opened_at > limit:
                when = f"answered after {length(at - page.opened_at)}" if at is not None else "answered by nobody"
                yield f"page {name} ({page.subject.title}): {when}, not within {length(limit)}"


def _write(name: str, text: str) -> None:
    try:
        Path(name).write_text(text)
    except OSError as error:
        raise PagerdError(f"writing the picture to {name}: {error.strerror}") from error
