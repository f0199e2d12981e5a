"""How `pagerd replay` goes: the two plans first, then what is played, then both, and how the difference is written."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import click

from pagerd.cli import files, prometheus
from pagerd.cli.out import Context, progress
from pagerd.cli.times import length_typed, now, read_length, shown
from pagerd.config.checkout import checked_out
from pagerd.config.prometheus_rules import read_rules
from pagerd.core.conditions import moved, read_condition, signed
from pagerd.core.errors import Unreadable
from pagerd.core.replaying.difference import METRICS, difference
from pagerd.core.replaying.shapes import HEADINGS, Report, headline, markdown, report_json
from pagerd.daemon import driver, keeping, logs
from pagerd.lab.people import NOBODY, Manners, heeding
from pagerd.lab.replay import history, series, webhooks
from pagerd.lab.replay.pair import play_pair
from pagerd.lab.replay.plans import Line, of_then, only
from pagerd.lab.replay.recording import Recording

DAYS = timedelta(days=30)
"""How far back is looked where nobody says: a month has every shift of a weekly rotation of four."""

FILES = "the current files"
THEN = "what was in force then"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was written behind the command."""

    database: str | None
    log: str | None
    prometheus: str | None
    start: datetime | None
    end: datetime | None
    against: str | None
    revision: str | None
    base_revision: str | None
    then: bool
    rules: tuple[str, ...]
    labels: tuple[str, ...]
    step: str
    user: str | None
    password_file: str | None
    token_file: str | None
    ca_file: str | None
    answer_after: str
    fail_if: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What is played, in words, and the revision of then that it begins under, where it is known."""

    recording: Recording
    words: str
    revision: str | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two plans, with its name."""

    name: str
    line: Line


def replayed(ctx: Context, asked: Asked) -> Report:
    """Play what was asked for under both plans, and compare."""
    _check(asked)
    conditions = [read_condition(text, METRICS) for text in asked.fail_if]
    never = asked.answer_after == "never"
    answers = NOBODY if never else Manners(others=heeding(read_length(length_typed(asked.answer_after))))
    with ExitStack() as stack:
        # First what can be wrong in the files: it is found in an instant, and playing takes longer.
        after = _after(ctx, asked, stack)
        base = _base(ctx, asked, stack)
        taken = _take(ctx, asked)
        before = base if base is not None else _of_then(taken)
        with progress("Replaying") as told:
            played = play_pair(taken.recording, before.line, after.line, answers, told)
    found = difference(played.before, played.after)
    return Report(
        played=taken.words,
        start=taken.recording.start,
        end=taken.recording.end,
        before_name=before.name,
        after_name=after.name,
        before=played.before,
        after=played.after,
        difference=found,
        assumptions=(*taken.recording.assumptions, *_taken_for_granted(asked)),
        failed=[one for one in conditions if one.holds(found.figures)],
    )


def _check(asked: Asked) -> None:
    """Refuse what means nothing together."""
    named = [name for name in ("database", "log", "prometheus") if getattr(asked, name) is not None]
    if len(named) > 1:
        raise click.UsageError("alerts come from one place: --file, --log or --prometheus")
    if asked.against is not None and asked.revision is not None:
        raise click.UsageError("--against and --rev both say what is compared with; name one")
    if asked.then and asked.base_revision is not None:
        raise click.UsageError("--then and --base-rev both say what is compared from; name one")
    is_own = not named or named == ["database"]
    if asked.then and not is_own:
        raise click.UsageError("--then: only pagerd's own history knows what was in force then")
    if not is_own and asked.against is None and asked.revision is None and asked.base_revision is None:
        raise click.UsageError("there is nothing to compare: name --against DIR, --rev REVISION or --base-rev REVISION")
    if asked.prometheus is None and (asked.rules or asked.labels):
        raise click.UsageError("--rules and --label are for --prometheus: webhooks say all of that themselves")


def _after(ctx: Context, asked: Asked, stack: ExitStack) -> Side:
    if asked.against is not None:
        return _files_of(asked.against, asked.against)
    if asked.revision is not None:
        return _at_revision(ctx, asked.revision, stack)
    return _files_of(ctx.directory, FILES)


def _base(ctx: Context, asked: Asked, stack: ExitStack) -> Side | None:
    """Return what is compared from; None for what was in force then."""
    if asked.base_revision is not None:
        return _at_revision(ctx, asked.base_revision, stack)
    if asked.then or (asked.against is None and asked.revision is None):
        return None
    return _files_of(ctx.directory, FILES)


def _files_of(directory: str, name: str) -> Side:

    return Side(name, only(files.plan_of(directory)))


def _at_revision(ctx: Context, revision: str, stack: ExitStack) -> Side:

    folder, commit = stack.enter_context(checked_out(Path(ctx.directory), revision))
    return _files_of(str(folder), f"git revision {revision} ({commit})")


def _of_then(taken: Taken) -> Side:

    assert taken.revision is not None, "only own history is compared from what was in force then"
    recording = taken.recording
    return Side(THEN, of_then(taken.revision, recording.plans, recording.start))


def _take(ctx: Context, asked: Asked) -> Taken:
    if asked.log is not None:
        return _from_log(asked.log, asked)
    if asked.prometheus is not None:
        return _from_prometheus(asked.prometheus, asked)
    return _from_history(ctx, asked)


def _from_history(ctx: Context, asked: Asked) -> Taken:

    end = asked.end or now()
    start = asked.start or end - DAYS
    path = Path(asked.database) if asked.database is not None else keeping.database_of(Path(ctx.directory), now())
    if path is not None:
        found = history.read_file(path, start, end)
        return Taken(found.recording, f"pagerd's own history in {path.name}", found.revision)
    driver.check_driver()
    from pagerd.daemon import looking  # loads the driver

    logs.configure(as_json=False, level="warning")  # which server it was is told to the log; stdout is for the answer
    where, found = looking.look_on_server(
        Path(ctx.directory), now(), lambda c: history.read_kept(c, "the database", start, end)
    )
    return Taken(found.recording, f"pagerd's own history in {where}", found.revision)


def _from_log(name: str, asked: Asked) -> Taken:

    try:
        with click.open_file(name, "rb") as stream:
            recording = webhooks.read(stream, "stdin" if name == "-" else name, asked.start, asked.end)
    except OSError as error:
        raise Unreadable(f"reading {name}: {error.strerror}") from error
    return Taken(recording, f"the webhooks in {'stdin' if name == '-' else Path(name).name}")


def _from_prometheus(url: str, asked: Asked) -> Taken:

    end = asked.end or now()
    start = asked.start or end - DAYS
    step = read_length(asked.step)
    rules = [rule for name in asked.rules for rule in read_rules(name, _text(name))]
    labels = dict(_pair(text) for text in asked.labels)
    with progress("Asking Prometheus") as told:
        found = prometheus.ask(
            url,
            prometheus.Access(asked.user, asked.password_file, asked.token_file, asked.ca_file),
            start,
            end,
            step,
            told,
        )
    listed = [(one.labels, one.fired_at) for one in found]
    recording = series.read(listed, rules, labels, start=start, end=end, step=step)
    return Taken(recording, f"ALERTS of {url}")


def _text(name: str) -> str:
    try:
        return Path(name).read_text(errors="surrogateescape")
    except OSError as error:
        raise Unreadable(f"reading {name}: {error.strerror}") from error


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise click.UsageError(f"{text!r} is no label; write it as name=value")
    return name, value.strip('"')


def _taken_for_granted(asked: Asked) -> Iterator[str]:
    """Say what is assumed whatever is played."""
    unknown = "A page of which nobody knows how it was answered"
    if asked.answer_after == "never":
        yield f"{unknown} is never answered (--answer-after never)."
    else:
        yield f"{unknown} is taken {asked.answer_after} after its first text or call, by whoever that went to."
        yield "Who took it so answers each call or text about it as late, until its alerts end."
    yield "A text that left and a call that rang wake whoever sleeps, also where it is not known that they did."
    yield "Sleep is lost from the first such noise to the last, or to the person's last act, and 20 min more."


def write(ctx: Context, report: Report, output: str) -> None:
    """Write a report as it was asked for."""
    if output == "json":
        ctx.out.json(report_json(report))
    elif output == "markdown":
        ctx.out.raw(markdown(report))
    else:
        _table(ctx, report)


def _table(ctx: Context, report: Report) -> None:

    out, found = ctx.out, report.difference
    out.line(f"{report.before.episodes} alerts, {shown(report.start)} to {shown(report.end)}: {report.played}")
    out.line(f"before: {report.before_name} ({report.before.revision})")
    out.line(f"after:  {report.after_name} ({report.after.revision})")
    out.line("")
    out.line(headline(found))
    out.line("")
    rows = [(HEADINGS[one.metric], str(one.before), str(one.after), signed(one.change)) for one in found.figures]
    out.table(("", "BEFORE", "AFTER", "CHANGE"), rows, empty="")
    if found.causes:
        out.line("")
        causes = [
            (one.alert, *(moved(one.figure(name)) for name in ("pages", "night_pages", "tickets")), one.sentence)
            for one in found.causes
        ]
        out.table(("ALERT", "PAGES", "NIGHT PAGES", "TICKETS", "JUDGED"), causes, empty="")
    if found.people:
        out.line("")
        people = [(one.person, moved(one.paged), moved(one.woken), moved(one.sleep)) for one in found.people]
        out.table(("PERSON", "PAGED", "WOKEN", "MINUTES OF SLEEP LOST"), people, empty="")
    out.talk("")
    out.talk("Taken for granted:")
    for sentence in report.assumptions:
        out.talk(f"- {sentence}")
