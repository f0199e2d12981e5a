"""What becomes of an alert: the four tests, and what a failed one leads to. Every decision leaves its reason.

The order: whose it is, which of that team's rules speaks of it, how bad it is, what that asks for; then, only for what
asks to page, the tests *actionable*, *urgent*, *owned*, *clear*; then what the severity and the team want of a failed
test. Whether anybody is reachable is no part of it, and nothing is dropped but by a rule that says so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pagerd.core import hours
from pagerd.core.alerts.grouping import group_key
from pagerd.core.alerts.matching import first_failing
from pagerd.core.people import Urgency
from pagerd.core.plan import OnViolation, Plan, Rule, Runbook, Severity, Team, VerdictKind
from pagerd.core.trace import OwnerTried, RuleTried, TestDone, Trace

HEARTBEATS = frozenset({"Watchdog", "DeadMansSwitch"})
"""Alerts that fire always, so that their absence tells. They never page by firing."""

UNEVALUATED = frozenset({"DatasourceNoData", "DatasourceError"})
"""What Grafana fires in place of a rule that it could not evaluate. They page where a rule's verdict says so."""

SUMMARY_MAX = 500
"""Characters. A summary is a sentence; a text message has room for a third of this, and the rest is cut."""


PAGING = frozenset({VerdictKind.PAGE, VerdictKind.BUSINESS_HOURS})
"""Verdicts that ask for a human: for them the four tests are."""


class Test(StrEnum):
    """What an alert must be to page."""

    __test__ = False  # the word is the domain's; pytest must not collect it

    ACTIONABLE = "actionable"
    URGENT = "urgent"
    OWNED = "owned"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class Violation:
    """A test that the alert failed, and why."""

    test: Test
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What policy says of an alert. `kind` is what becomes of it now, after failed tests were dealt with.

    `page_after` is set for a ticket that pages when nobody takes it for that long. `runbook` is an id of the plan,
    `runbook_url` an http(s) link of the alert's own; either, both or none. `reasons` are whole sentences, in order.
    """

    kind: VerdictKind
    team: str
    rule: str | None
    severity: str
    rank: int
    urgency: Urgency
    service: str
    group_key: str
    runbook: str | None
    runbook_url: str | None
    action: str | None
    violations: tuple[Violation, ...]
    page_after: timedelta | None
    reasons: tuple[str, ...]


class Judge:
    """Judges alerts under one plan. Made once per plan: it holds what would be looked up again for every alert."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._team_of_service = {service.id: service.team for service in plan.services.values()}
        self._runbook_of_service = {service.id: service.runbook for service in plan.services.values()}
        # An alert whose severity nobody knows counts as the second; a plan without a sev2 has one that is next to it.
        self._unknown = plan.severities.get("sev2") or min(
            plan.severities.values(), key=lambda one: (abs(one.rank - 2), one.rank)
        )

    def judge(
        self, labels: Mapping[str, str], annotations: Mapping[str, str], at: datetime, trace: Trace | None = None
    ) -> Verdict:
        """Return the verdict on an alert with these labels and annotations; `at` is only for the wording of a wait.

        A `trace` is filled with what was looked at on the way, for whoever explains; it changes nothing.
        """
        reasons: list[str] = []
        team_id, is_owned = self._owner(labels, reasons, trace)
        team = self._plan.teams[team_id]
        rule = self._rule(team_id, labels, reasons, trace)
        severity, on_violation = self._severity(rule, labels, reasons)
        wanted = _wanted(rule, severity, labels, reasons)
        runbook, runbook_url, link_fault = self._runbook(rule, labels, annotations)
        action = _action(rule, annotations)
        violations: tuple[Violation, ...] = ()
        kind, page_after = wanted, None
        if wanted in PAGING:
            is_unknown = on_violation is not None
            before = len(reasons)
            results = (
                _actionable(runbook, runbook_url, action, reasons),
                _urgent(wanted, rule, severity, reasons, is_unknown=is_unknown),
                _owned(team_id, reasons, is_owned=is_owned),
                _clear(annotations, runbook, link_fault, reasons),
            )
            violations = tuple([violation for violation in results if violation is not None])
            if trace is not None:
                done = zip(Test, results, reasons[before:], strict=True)
                trace.tests = tuple(TestDone(test, failed is None, reason) for test, failed, reason in done)
            if violations:
                kind, page_after = _after_violation(
                    wanted, on_violation or severity.on_violation, severity, team, reasons, is_unknown=is_unknown
                )
            elif wanted is VerdictKind.BUSINESS_HOURS:
                reasons.append(_when(team, at))
        if trace is not None:
            trace.wanted = wanted
        rises = rule is not None and rule.verdict is VerdictKind.PAGE
        return Verdict(
            kind=kind,
            team=team_id,
            rule=rule.name if rule is not None else None,
            severity=severity.id,
            rank=severity.rank,
            urgency=Urgency.HIGH if rises else severity.urgency,
            service=labels.get("service", ""),
            group_key=group_key(
                team_id,
                rule.name if rule is not None else None,
                rule.group_by if rule is not None else None,
                labels,
            ),
            runbook=runbook.id if runbook is not None else None,
            runbook_url=runbook_url,
            action=action,
            violations=violations,
            page_after=page_after,
            reasons=tuple(reasons),
        )

    def _owner(self, labels: Mapping[str, str], reasons: list[str], trace: Trace | None) -> tuple[str, bool]:
        """Walk the owners from the top; the first that names a team of the config answers for the alert."""
        teams = self._plan.teams
        for number, owner in enumerate(self._plan.owners, 1):
            if owner.label is None:
                failed = first_failing(owner.matchers, labels)
                team = owner.team if failed is None and owner.team in teams else None
                if trace is not None:
                    trace.owners.append(OwnerTried(number, owner, "", team, failed))
                if team is not None:
                    reasons.append(f"owner {number}: the matchers of team {team} match")
                    return team, True
                continue
            value = labels.get(owner.label, "")
            named = self._team_of_service.get(value) if owner.label == "service" else value
            team = named if named in teams else None
            if trace is not None:
                trace.owners.append(OwnerTried(number, owner, value, team))
            if team is not None:
                reasons.append(f'owner {number}: label {owner.label}="{_short(value)}" is of team {team}')
                return team, True
        reasons.append(f"no owner: team {self._plan.fallback} answers for what nobody owns")
        return self._plan.fallback, False

    def _rule(self, team: str, labels: Mapping[str, str], reasons: list[str], trace: Trace | None) -> Rule | None:
        for number, rule in enumerate(self._plan.rules.get(team, ()), 1):
            failed = first_failing(rule.matchers, labels)
            if trace is not None:
                trace.rules.append(RuleTried(number, rule, failed))
            if failed is None:
                reasons.append(f"rule '{rule.name}' of team {team} matches")
                return rule
        reasons.append(f"no rule of team {team} matches: as the severity says")
        return None

    def _severity(
        self, rule: Rule | None, labels: Mapping[str, str], reasons: list[str]
    ) -> tuple[Severity, OnViolation | None]:
        """Return the severity, and for one that nobody knows what becomes of a failed test."""
        if rule is not None and rule.severity is not None:
            reasons.append(f"severity {rule.severity}: by the rule")
            return self._plan.severities[rule.severity], None
        label = labels.get("severity", "")
        known = self._plan.severities.get(self._plan.severity_labels.get(label, label))
        if known is not None:
            reasons.append(f'severity {known.id}: by label severity="{label}"')
            return known, None
        said = f'label severity="{_short(label)}" is not known' if label else "there is no severity label"
        reasons.append(f"{said}: counts as {self._unknown.id}")
        return self._unknown, self._plan.unknown

    def _runbook(
        self, rule: Rule | None, labels: Mapping[str, str], annotations: Mapping[str, str]
    ) -> tuple[Runbook | None, str | None, str | None]:
        """Return the runbook of the plan, the link of the alert's own, and what is wrong with what the alert says.

        The alert's own comes first; what it does not name, the rule does, and then the service. A wrong link of the
        alert is a failed test, but whoever is woken by it still gets the other runbook.
        """
        named = rule.runbook if rule is not None else None
        named = named or self._runbook_of_service.get(labels.get("service", ""))
        other = self._plan.runbooks.get(named) if named is not None else None
        link = (annotations.get("runbook_url") or annotations.get("runbook") or "").strip()
        if not link:
            return other, None, None if other is not None else "there is no runbook link"
        if _TEMPLATE_REST.search(link):
            return other, None, f"the runbook link has an unresolved template: {_short(link)}"
        if _HTTP.fullmatch(link):
            return other, link, None
        own = self._plan.runbooks.get(_runbook_id(link))
        if own is None:
            return other, None, f"the runbook link is neither a file in runbooks/ nor an http(s) URL: {_short(link)}"
        return own, None, None


_TEMPLATE_REST = re.compile(r"\{\{|\}\}|<no value>|<error expanding template|%![A-Za-z]?\(")
"""What Prometheus' and Alertmanager's templates leave where something was missing or went wrong."""

_HTTP = re.compile(r"https?://[^\s/?#]+[^\s\x00-\x1f\x7f]*", re.IGNORECASE)


def _runbook_id(link: str) -> str:
    """Return the id that a file's name or path stands for: `runbooks/disk-full.md#fail-over` is `disk-full`."""
    path = link.partition("#")[0].removeprefix("./").removeprefix("/").removeprefix("runbooks/")
    return path.removesuffix(".md")


def _wanted(rule: Rule | None, severity: Severity, labels: Mapping[str, str], reasons: list[str]) -> VerdictKind:
    by_rule = rule is not None and rule.verdict is not None
    wanted = rule.verdict if rule is not None and rule.verdict is not None else severity.verdict
    if wanted in PAGING and labels.get("alertname") in HEARTBEATS:
        reasons.append("verdict ticket: a heartbeat never pages by firing, only by its absence")
        return VerdictKind.TICKET
    if wanted in PAGING and not by_rule and labels.get("alertname") in UNEVALUATED:
        reasons.append("verdict ticket: Grafana could not evaluate its rule, and no rule here says that this pages")
        return VerdictKind.TICKET
    reasons.append(f"verdict {wanted}: by {'the rule' if by_rule else f'severity {severity.id}'}")
    return wanted


def _action(rule: Rule | None, annotations: Mapping[str, str]) -> str | None:
    """Return what the alert says to do, else the rule's words; a template that was not filled in says nothing."""
    own = annotations.get("action", "").strip()
    if own and not _TEMPLATE_REST.search(own):
        return own
    return rule.action if rule is not None else None


def _actionable(
    runbook: Runbook | None, runbook_url: str | None, action: str | None, reasons: list[str]
) -> Violation | None:
    if action is not None:
        reasons.append("actionable: an action says what to do")
        return None
    if runbook is not None and runbook.is_whole:
        reasons.append(f"actionable: runbook {runbook.id} has the first 15 minutes")
        return None
    if runbook is not None:
        reason = f"runbook {runbook.id} lacks sections and there is no action"
    elif runbook_url is not None:
        reason = "behind an http(s) link we see no sections, and there is no action"
    else:
        reason = "there is neither an action nor a runbook"
    return _failed(Test.ACTIONABLE, reason, reasons)


def _urgent(
    wanted: VerdictKind, rule: Rule | None, severity: Severity, reasons: list[str], *, is_unknown: bool
) -> Violation | None:
    if rule is not None and rule.verdict is not None:
        reasons.append(f"urgent: the rule says {wanted}")
    elif is_unknown:
        return _failed(Test.URGENT, "neither a rule nor a severity that we know says how urgent it is", reasons)
    else:
        # A severity whose verdict is to page says itself that it cannot wait, or until when it can.
        reasons.append(f"urgent: severity {severity.id} says {wanted}")
    return None


def _owned(team: str, reasons: list[str], *, is_owned: bool) -> Violation | None:
    if is_owned:
        reasons.append(f"owned: by team {team}")
        return None
    return _failed(Test.OWNED, "no team of the config answers for it", reasons)


def _clear(
    annotations: Mapping[str, str], runbook: Runbook | None, link_fault: str | None, reasons: list[str]
) -> Violation | None:
    summary = annotations.get("summary", "").strip()
    faults = [] if link_fault is None else [link_fault]
    if not summary:
        faults.append("there is no summary")
    elif _TEMPLATE_REST.search(summary):
        faults.append(f"the summary has an unresolved template: {_short(summary)}")
    elif len(summary) > SUMMARY_MAX:
        faults.append(f"the summary has {len(summary)} characters, {SUMMARY_MAX} are enough")
    if faults:
        return _failed(Test.CLEAR, "; ".join(faults), reasons)
    reasons.append(f"clear: a summary and {f'runbook {runbook.id}' if runbook is not None else 'a link'}")
    return None


def _failed(test: Test, reason: str, reasons: list[str]) -> Violation:
    reasons.append(f"not {test}: {reason}")
    return Violation(test, reason)


def _after_violation(
    wanted: VerdictKind,
    on_violation: OnViolation,
    severity: Severity,
    team: Team,
    reasons: list[str],
    *,
    is_unknown: bool,
) -> tuple[VerdictKind, timedelta | None]:
    """Return what becomes of an alert that failed a test: a page, a ticket with a clock, or a ticket."""
    whose = "an unknown severity" if is_unknown else f"severity {severity.id}"
    if team.on_violation is not None and _sooner(team.on_violation, on_violation):
        on_violation, whose = team.on_violation, f"team {team.id}"
    reasons.append(f"on_violation of {whose}: {on_violation}")
    if not on_violation.page:
        return VerdictKind.TICKET, None
    if wanted is VerdictKind.BUSINESS_HOURS:
        # It must not page sooner for having failed than it would have for having passed.
        reasons.append(f"pages in the business hours of team {team.id}, as it would have")
        return VerdictKind.BUSINESS_HOURS, None
    if on_violation.after:
        return VerdictKind.TICKET, on_violation.after
    return VerdictKind.PAGE, None


def _sooner(one: OnViolation, other: OnViolation) -> bool:
    """Does the one page sooner than the other? Never is later than any time."""
    if not one.page:
        return False
    return not other.page or one.after < other.after


def _when(team: Team, at: datetime) -> str:
    if hours.is_open(team.hours, team.zone, at):
        return f"team {team.id} is at work: pages now"
    opening = hours.next_opening(team.hours, team.zone, at).astimezone(team.zone)
    return f"team {team.id} is not at work: waits until {opening:%a %Y-%m-%d %H:%M %Z}"


def _short(text: str) -> str:
    """Return text from outside, short enough for a reason."""
    return text if len(text) <= 80 else f"{text[:77]}..."
