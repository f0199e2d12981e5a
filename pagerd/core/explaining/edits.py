"""Single changes of an alert's labels and annotations, or of the files, that may lead to another outcome.

These are only proposals, the more ordinary first: `changes.py` decides again with each and says no word of those that
change nothing. An edit names what it touches, so that two of one thing are never combined.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import assert_never

from pagerd.core.alerts.grouping import DEFAULT_GROUP_BY
from pagerd.core.alerts.matching import Matcher, Operator, all_match
from pagerd.core.explaining.outcome import Outcome, Situation
from pagerd.core.explaining.samples import sample_of
from pagerd.core.plan import RUNBOOK_SECTIONS, Owner, Plan, Rule, Runbook, Severity, Silence, VerdictKind
from pagerd.core.policy import Test
from pagerd.core.values import changed

CUSTOMARY = ("critical", "error", "warning", "info")
"""Values of a severity label that rules of Prometheus have; of several that mean the same, one of these is proposed."""

OF_A_KIND_MAX = 30
"""Teams, rules or runbooks that are tried: the nearest come first, and a plan may have thousands."""

_PROPOSED = (VerdictKind.PAGE, VerdictKind.BUSINESS_HOURS, VerdictKind.TICKET)
"""Never to drop: nobody is told to lose an alert."""

A_SUMMARY = "What is broken, for whom, in one sentence"
AN_ACTION = "What to do first"


@dataclass(frozen=True, slots=True)
class Edit:
    """One change. `words` follow "It would be otherwise"; `touches` are the things it changes; `size` counts them."""

    words: str
    touches: frozenset[str]
    apply: Callable[[Situation], Situation]
    is_of_files: bool = False

    @property
    def size(self) -> int:
        """How many things it changes."""
        return len(self.touches)


def edits(situation: Situation, outcome: Outcome) -> Iterator[Edit]:
    """Give the changes that are worth a try, the most ordinary first."""
    yield from _severity_labels(situation, outcome)
    yield from _annotations(situation, outcome)
    yield from _silences(situation, outcome)
    yield from _labels_for_rules(situation, outcome)
    yield from _rules(situation, outcome)
    yield from _owners(situation, outcome)
    yield from _runbooks(situation, outcome)
    yield from _grouping(situation, outcome)
    yield from _policy(situation, outcome)


def with_labels(situation: Situation, labels: dict[str, str | None]) -> Situation:
    """Return the situation with these labels; None takes one away."""
    merged = situation.alert.labels | labels
    kept = {name: value for name, value in merged.items() if value is not None}
    return changed(situation, alert=changed(situation.alert, labels=kept))


def _label(name: str, value: str | None) -> Edit:
    words = f'with label {name}="{value}"' if value is not None else f"without label {name}"
    return Edit(words, frozenset({f"label {name}"}), lambda situation: with_labels(situation, {name: value}))


def _annotation(name: str, value: str | None, words: str) -> Edit:
    def apply(situation: Situation) -> Situation:
        merged: dict[str, str | None] = {**situation.alert.annotations, name: value}
        kept = {key: text for key, text in merged.items() if text is not None}
        return changed(situation, alert=changed(situation.alert, annotations=kept))

    return Edit(words, frozenset({f"annotation {name}"}), apply)


def _of_files(words: str, touches: str, apply: Callable[[Plan], Plan]) -> Edit:
    return Edit(words, frozenset({touches}), lambda one: changed(one, plan=apply(one.plan)), is_of_files=True)


def _severity_labels(situation: Situation, outcome: Outcome) -> Iterator[Edit]:
    """One value for each severity there is, the nearest first, and none at all."""
    plan, own = situation.plan, situation.alert.labels.get("severity")
    for severity in sorted(plan.severities.values(), key=lambda one: (abs(one.rank - outcome.verdict.rank), one.rank)):
        values = [value for value, meant in plan.severity_labels.items() if meant == severity.id] or [severity.id]
        if own not in values:
            yield _label("severity", next((value for value in CUSTOMARY if value in values), values[0]))
    if own is not None:
        yield _label("severity", None)


def _annotations(situation: Situation, outcome: Outcome) -> Iterator[Edit]:
    own = situation.alert.annotations
    yield _annotation("summary", A_SUMMARY, "with another summary" if own.get("summary") else "with a summary")
    whole = [one for one in situation.plan.runbooks.values() if one.is_whole]
    named = _names_of_runbooks(situation, outcome)
    whole.sort(key=lambda one: (one.id not in named, one.id))
    for runbook in whole[:2]:
        link = f"runbooks/{runbook.id}.md"
        yield _annotation("runbook_url", link, f"with a runbook_url to {link}")
    yield _annotation("action", AN_ACTION, "with an action")
    for name in ("runbook_url", "runbook", "action", "summary"):
        if own.get(name):
            yield _annotation(name, None, f"without annotation {name}")


def _names_of_runbooks(situation: Situation, outcome: Outcome) -> set[str | None]:
    service = situation.plan.services.get(outcome.verdict.service)
    rule = _rule_of(situation.plan, outcome)
    return {service.runbook if service is not None else None, rule.runbook if rule is not None else None}


def _silences(situation: Situation, outcome: Outcome) -> Iterator[Edit]:
    for silence in situation.plan.silences[:OF_A_KIND_MAX]:
        if silence.team in (None, outcome.verdict.team) and all_match(silence.matchers, situation.alert.labels):
            yield _of_files(f"without silence {silence.id}", f"silence {silence.id}", _without_silence(silence))


def _without_silence(silence: Silence) -> Callable[[Plan], Plan]:
    return lambda plan: changed(plan, silences=tuple(one for one in plan.silences if one is not silence))


def _rules(situation: Situation, outcome: Outcome) -> Iterator[Edit]:
    """What the rule that matches could say, its place among the others, and that it were not there."""
    plan, team = situation.plan, outcome.verdict.team
    rule = _rule_of(plan, outcome)
    if rule is None:
        return
    rules = plan.rules[team]
    at = rules.index(rule)
    for number, other in enumerate(rules[at + 1 :], at + 2):
        if all_match(other.matchers, situation.alert.labels):
            words = f"if rule {number} ('{other.name}') stood above rule {at + 1} ('{rule.name}')"
            yield _of_files(words, f"rules of {team}", _with_lifted(other, rule))
    name = f"rule {at + 1} ('{rule.name}')"
    for kind in _PROPOSED:
        if kind is not rule.verdict:
            yield _of_files(f"if {name} said verdict: {kind}", name, _with_rule(rule, verdict=kind))
    for severity in plan.severities:
        if severity != rule.severity:
            yield _of_files(
                f"if {name} said severity: {severity}", f"{name} severity", _with_rule(rule, severity=severity)
            )
    if rule.severity is not None:
        yield _of_files(f"if {name} said no severity", f"{name} severity", _with_rule(rule, severity=None))
    yield _of_files(f"without {name}", f"rules of {team}", _with_rules(team, lambda own: _dropped(own, rule)))
    yield _of_files(f"if {name} had an action", f"{name} action", _with_rule(rule, action=AN_ACTION))


def _rule_of(plan: Plan, outcome: Outcome) -> Rule | None:
    verdict = outcome.verdict
    return next((rule for rule in plan.rules.get(verdict.team, ()) if rule.name == verdict.rule), None)


Rules = tuple[Rule, ...]


def _with_rules(team: str, apply: Callable[[Rules], Rules]) -> Callable[[Plan], Plan]:
    return lambda plan: changed(plan, rules={**plan.rules, team: apply(plan.rules.get(team, ()))})


def _with_rule(rule: Rule, **fields: object) -> Callable[[Plan], Plan]:
    def apply(own: Rules) -> Rules:
        return tuple(changed(one, **fields) if one.name == rule.name else one for one in own)

    return _with_rules(rule.team, apply)


def _with_lifted(other: Rule, rule: Rule) -> Callable[[Plan], Plan]:
    """Put one rule right above another."""

    def apply(own: Rules) -> Rules:
        left = [one for one in own if one.name != other.name]
        at = next((n for n, one in enumerate(left) if one.name == rule.name), 0)
        lifted = (one for one in own if one.name == other.name)
        return (*left[:at], *lifted, *left[at:])

    return _with_rules(rule.team, apply)


def _dropped(own: Rules, rule: Rule) -> Rules:
    return tuple(one for one in own if one.name != rule.name)


def _labels_for_rules(situation: Situation, outcome: Outcome) -> Iterator[Edit]:
    """What makes another rule of the team match: the labels that its matchers ask for, or one matcher fewer.

    The alert's name stays: with another one it is another alert.
    """
    own = situation.alert.labels
    rules = situation.plan.rules.get(outcome.verdict.team, ())
    for number, rule in enumerate(rules[:OF_A_KIND_MAX], 1):
        failing = [matcher for matcher in rule.matchers if not matcher.matches(own)]
        labels = labels_for(rule.matchers, own)
        if labels and "alertname" not in labels:
            said = " and ".join(f'{name}="{value}"' if value else f"no {name}" for name, value in labels.items())
            touches = frozenset(f"label {name}" for name in labels)
            words = f"with {said}, so that rule {number} ('{rule.name}') matched"
            yield Edit(words, touches, partial(with_labels, labels=labels))
        if len(failing) == 1:
            left = tuple(matcher for matcher in rule.matchers if matcher is not failing[0])
            words = f"if rule {number} ('{rule.name}') did not ask for {failing[0]}"
            yield _of_files(words, f"rule {rule.name} matchers", _with_rule(rule, matchers=left))


def labels_for(matchers: tuple[Matcher, ...], labels: dict[str, str]) -> dict[str, str | None] | None:
    """Return changed labels with which all matchers hold, or None where none is found; empty where they hold."""
    needed: dict[str, str | None] = {}
    for matcher in matchers:
        seen = {name: value for name, value in {**labels, **needed}.items() if value is not None}
        if matcher.matches(seen):
            continue
        match matcher.operator:
            case Operator.EQUAL:
                needed[matcher.label] = matcher.value or None
            case Operator.MATCHES:
                sample = sample_of(matcher)
                if sample is None:
                    return None
                needed[matcher.label] = sample
            case Operator.NOT_EQUAL | Operator.NOT_MATCHES:
                # A label that must not be this may be missing; one that must not be missing needs a value.
                missing = matcher.matches({})
                needed[matcher.label] = None if missing else "another"
            case _:
                assert_never(matcher.operator)
    final = {name: value for name, value in {**labels, **needed}.items() if value is not None}
    return needed if all_match(matchers, final) else None


def _owners(situation: Situation, outcome: Outcome) -> Iterator[Edit]:
    """Only for an alert that nobody owns: another team's answer to an owned one is no change of it."""
    if Test.OWNED not in {one.test for one in outcome.verdict.violations}:
        return
    teams, service = list(situation.plan.teams)[:OF_A_KIND_MAX], situation.alert.labels.get("service")
    for team in teams:
        yield _label("team", team)
    for team in teams if service else ():
        line = Owner(matchers=(Matcher("service", Operator.EQUAL, service or ""),), team=team)
        words = f'if the owners began with {{match: [service="{service}"], team: {team}}}'
        yield _of_files(words, "owners", _with_first_owner(line))


def _with_first_owner(line: Owner) -> Callable[[Plan], Plan]:
    return lambda plan: changed(plan, owners=(line, *plan.owners))


def _runbooks(situation: Situation, outcome: Outcome) -> Iterator[Edit]:
    plan = situation.plan
    runbook = plan.runbooks.get(outcome.verdict.runbook or "")
    if runbook is not None and not runbook.is_whole:
        missing = ", ".join(one for one in RUNBOOK_SECTIONS if one not in runbook.sections)
        words = f"if runbooks/{runbook.id}.md had its missing sections ({missing})"
        yield _of_files(words, f"runbook {runbook.id}", _with_whole(runbook))
    rule = _rule_of(plan, outcome)
    if rule is not None:
        for one in [one for one in plan.runbooks.values() if one.is_whole][:2]:
            words = f"if rule '{rule.name}' named runbook: {one.id}"
            yield _of_files(words, f"rule {rule.name} runbook", _with_rule(rule, runbook=one.id))


def _with_whole(runbook: Runbook) -> Callable[[Plan], Plan]:
    whole = changed(runbook, sections=frozenset(RUNBOOK_SECTIONS))
    return lambda plan: changed(plan, runbooks={**plan.runbooks, runbook.id: whole})


def _grouping(situation: Situation, outcome: Outcome) -> Iterator[Edit]:
    """Only for an alert that joins a page: what would give it one of its own."""
    if outcome.page is None:
        return
    rule = _rule_of(situation.plan, outcome)
    group_by = rule.group_by if rule is not None and rule.group_by is not None else DEFAULT_GROUP_BY
    others = sorted(name for name in situation.alert.labels if name not in group_by)[:OF_A_KIND_MAX]
    if rule is not None:
        for name in others:
            words = f"if rule '{rule.name}' grouped by {name} too"
            yield _of_files(words, f"rule {rule.name} group_by", _with_rule(rule, group_by=(*group_by, name)))
    for name in group_by:
        if name != "alertname" and situation.alert.labels.get(name):
            yield _label(name, "another")


def _policy(situation: Situation, outcome: Outcome) -> Iterator[Edit]:
    """What concerns more than this alert comes last: severities, teams, a silence."""
    plan, verdict = situation.plan, outcome.verdict
    severity = plan.severities[verdict.severity]
    page_now = next((one.on_violation for one in plan.severities.values() if _is_at_once(one)), None)
    for kind in _PROPOSED:
        if kind is not severity.verdict:
            words = f"if severity {severity.id} said verdict: {kind}"
            yield _of_files(words, f"severity {severity.id} verdict", _with_severity(severity, verdict=kind))
    if verdict.violations and page_now is not None:
        words = f"if severity {severity.id} said on_violation: page"
        yield _of_files(words, f"severity {severity.id} on_violation", _with_severity(severity, on_violation=page_now))


def _is_at_once(severity: Severity) -> bool:
    return severity.on_violation.page and not severity.on_violation.after


def _with_severity(severity: Severity, **fields: object) -> Callable[[Plan], Plan]:
    def apply(plan: Plan) -> Plan:
        return changed(
            plan, severities={**plan.severities, severity.id: changed(plan.severities[severity.id], **fields)}
        )

    return apply
