"""Cross checks of rules: what may page and on what, what can never match, and what is over."""

import re
from datetime import datetime, timedelta

from pagerd.config.findings import Span, errors
from pagerd.config.parts import Parts
from pagerd.config.reader import Path, Reader
from pagerd.core.alerts.matching import all_match
from pagerd.core.plan import RUNBOOK_SECTIONS, Plan, Rule, Runbook, VerdictKind

_SOMEWHERE = Span("rules")

_CAUSES = {
    "CPU": {"cpu", "throttling", "throttled", "iowait", "steal"},
    "memory": {"memory", "mem", "oom", "swap", "heap", "gc"},
    "load": {"load", "loadavg", "goroutines", "threads"},
    "disk space": {"disk", "filesystem", "inode", "inodes"},
    "restarts": {"restart", "restarts", "restarted", "restarting", "crashloop", "looping", "reboot", "rebooted"},
}
"""Words of alerts that tell of a cause. High CPU may be normal; high customer errors are not."""

_CAUSE_JOBS = {"node", "node-exporter", "node_exporter", "cadvisor", "kube-state-metrics", "process-exporter"}
"""Exporters that see machines and processes, never a customer."""

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def check_rules(reader: Reader, parts: Parts, plan: Plan, now: datetime) -> None:
    """Note what pages and should not, what lacks a runbook, what is shadowed, and what is over."""
    _services(reader, plan)
    for team, file in parts.rules.items():
        for place, rule in enumerate(file.rules, 1):
            path: Path = ("rules", team, "rules", str(place))
            if _pages(plan, rule):
                _runbook(reader, plan, rule, path)
                _cause(reader, rule, path)
        # A matcher that could not be read is missing in its rule, which then seems to match more than it does.
        if not any(one.id == "E016" and one.span.file == file.span.file for one in reader.findings):
            _shadowed(reader, file.rules, ("rules", team, "rules"))
    for team, one in plan.teams.items():
        if one.on_violation is not None and not one.on_violation.page:
            span = reader.span_of(("teams", team, "on_violation"), _SOMEWHERE)
            message = f"team {team} cannot page later than the severities do"
            reader.report(
                "E106", span, message, "page, or page after DURATION", "leave the key out for the severity's own"
            )
    _over(reader, parts, plan, now)


def _pages(plan: Plan, rule: Rule) -> bool:
    if rule.verdict is not None:
        return rule.verdict is VerdictKind.PAGE
    severity = plan.severities.get(rule.severity or "")
    return severity is not None and severity.verdict is VerdictKind.PAGE


def _missing(runbook: Runbook) -> str:
    return ", ".join(section for section in RUNBOOK_SECTIONS if section not in runbook.sections)


def _services(reader: Reader, plan: Plan) -> None:
    for name, service in plan.services.items():
        if not service.critical:
            continue
        path: Path = ("teams", service.team, "services", name)
        if service.runbook is None:
            span = reader.span_of(path, _SOMEWHERE)
            hint = "with sections: " + ", ".join(RUNBOOK_SECTIONS)
            reader.report("E101", span, f"{name} is critical and has no runbook", "runbook: a file of runbooks/", hint)
            continue
        runbook = plan.runbooks.get(service.runbook)
        if runbook is not None and not runbook.is_whole:
            span = reader.span_of((*path, "runbook"), _SOMEWHERE)
            message = f"{name} is critical, and runbooks/{runbook.id}.md does not say: {_missing(runbook)}"
            reader.report("E101", span, message, "a section for each", "headings with these words, and text under them")


def _runbook(reader: Reader, plan: Plan, rule: Rule, path: Path) -> None:
    if rule.action is not None:
        return
    if rule.runbook is None:
        services = plan.teams[rule.team].services if rule.team in plan.teams else ()
        if not services or any(service.runbook is None for service in services):
            span = reader.span_of((*path, "name"), _SOMEWHERE)
            message = f"{rule.name!r} pages and names neither a runbook nor an action"
            hint = "alerts that bring no runbook_url become tickets"
            reader.report("W103", span, message, "runbook: a file of runbooks/", hint)
        return
    runbook = plan.runbooks.get(rule.runbook)
    if runbook is not None and not runbook.is_whole:
        span = reader.span_of((*path, "runbook"), _SOMEWHERE)
        message = f"{rule.name!r} pages, and runbooks/{runbook.id}.md does not say: {_missing(runbook)}"
        reader.report("E102", span, message, "a section for each, or an action", "headings with these words")


def _cause(reader: Reader, rule: Rule, path: Path) -> None:
    for place, matcher in enumerate(rule.matchers, 1):
        cause = None
        if matcher.operator.value not in {"=", "=~"}:
            continue
        if matcher.label == "alertname":
            words = {word.lower() for word in _WORDS.findall(matcher.value)}
            cause = next((name for name, causes in _CAUSES.items() if words & causes), None)
        elif matcher.label == "job" and set(matcher.value.split("|")) & _CAUSE_JOBS:
            cause = "machines"
        if cause is not None:
            span = reader.span_of((*path, "match", str(place)), _SOMEWHERE)
            message = f"{rule.name!r} pages on a cause ({cause}), not on what customers notice"
            hint = (
                "high CPU may be normal, high customer errors are not: page on errors or latency, verdict: ticket here"
            )
            reader.report("W104", span, message, "a symptom", hint)
            return


def _shadowed(reader: Reader, rules: tuple[Rule, ...], path: Path) -> None:
    # Matchers must all hold: a rule with all of an earlier one's conditions, and perhaps more, never sees an alert.
    # The frozen set of the texts is compared, since a compiled pattern says nothing about equality.
    seen: list[tuple[int, Rule, frozenset[str]]] = []
    for place, rule in enumerate(rules[:RULES_COMPARED_MAX], 1):
        conditions = frozenset(str(one) for one in rule.matchers)
        first = next(((at, other) for at, other, earlier in seen if earlier <= conditions), None)
        if first is None:
            seen.append((place, rule, conditions))
            continue
        span = reader.span_of((*path, str(place), "match"), _SOMEWHERE)
        message = f"{rule.name!r} can never match: rule {first[0]} ({first[1].name!r}) takes all its alerts"
        reader.report("W701", span, message, "the narrower rule first")


RULES_COMPARED_MAX = 1000
"""Rules of one team that are compared with those before them; the price grows with the square."""


def _over(reader: Reader, parts: Parts, plan: Plan, now: datetime) -> None:
    """Note what is in the past. Each written list is in the plan in the same order."""
    overrides = [one for file in parts.teams.values() for one in file.overrides]
    for written, override in zip(overrides, plan.book.overrides, strict=True):
        if override.start < override.end <= now:
            message = f"this override of {override.schedule} ended on {override.end:%Y-%m-%d}"
            reader.report("W702", reader.span_of(written.path, _SOMEWHERE), message, "overrides that are still to come")
    absences = [one for file in parts.teams.values() for one in file.away]
    # After those of the files come the people who leave.
    for absent, away in zip(absences, plan.book.away, strict=False):
        if away.start < away.end <= now:
            message = f"{away.person} has been back since {away.end:%Y-%m-%d}"
            reader.report("W705", reader.span_of(absent.path, _SOMEWHERE), message, "absences that are still to come")
    # A date that could not be read has a blank in its place, and that is long ago.
    people = plan.people.values() if not errors(reader.findings) else ()
    for person in people:
        if person.until is not None and person.until <= now:
            message = f"{person.id} left on {person.until.astimezone(person.zone) - timedelta(seconds=1):%Y-%m-%d}"
            span = reader.span_of(("people", person.id, "until"), _SOMEWHERE)
            hint = "they are off every schedule, but whoever is in this file may still sign in and answer"
            reader.report("W411", span, message, "people who are there", hint)
    silences = [*parts.owners.silences, *(one for file in parts.rules.values() for one in file.silences)]
    for muted, silence in zip(silences, plan.silences, strict=True):
        if silence.start < silence.end <= now:
            message = f"this silence ended on {silence.end:%Y-%m-%d}"
            reader.report("W703", reader.span_of(muted.path, _SOMEWHERE), message, "silences that are still to come")
        elif silence.matchers and all_match(silence.matchers, {}):
            lacking = " or ".join(dict.fromkeys(one.label for one in silence.matchers))
            whose = f" of team {silence.team}" if silence.team is not None else ""
            message = f"until {silence.end:%Y-%m-%d} this mutes every alert{whose} without {lacking}"
            span = reader.span_of((*muted.path, "match"), _SOMEWHERE)
            reader.report("W706", span, message, "a matcher that holds only where the label is there")
