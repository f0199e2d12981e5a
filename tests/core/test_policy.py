from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from pagerd.core.people import Urgency
from pagerd.core.plan import OnViolation, Owner, Plan, VerdictKind
from pagerd.core.policy import SUMMARY_MAX, Judge, Test, Verdict
from tests.builders import (
    NIGHT,
    NOON,
    PAGE_AFTER_10M,
    PAGE_NOW,
    SEVERITIES,
    TICKET,
    a_plan,
    a_rule,
    matchers,
    minutes,
    some_annotations,
    some_labels,
)

PAGE, HOURS = VerdictKind.PAGE, VerdictKind.BUSINESS_HOURS
URL = "https://wiki.example.com/checkout"


def judged(
    annotations: dict[str, str] | None = None, *, plan: Plan | None = None, at: Any = NOON, **labels: str | None
) -> Verdict:
    """Judge an alert with these labels on top of the ordinary ones."""
    said = some_annotations() if annotations is None else annotations
    return Judge(plan or a_plan()).judge(some_labels(**labels), said, at)


def with_rules(*rules: Any, **fields: Any) -> Plan:
    """Return the plan with these rules of team payments."""
    return a_plan(rules={"payments": rules}, **fields)


def with_team(**fields: Any) -> Plan:
    """Return the plan with other fields of team payments."""
    plan = a_plan()
    return replace(plan, teams={**plan.teams, "payments": replace(plan.teams["payments"], **fields)})


def failed(verdict: Verdict) -> dict[str, str]:
    """Return the failed tests and why."""
    return {violation.test.value: violation.reason for violation in verdict.violations}


# --- An alert that passes -------------------------------------------------------------------------------------------


def test_a_good_alert_pages() -> None:
    """An alert that is actionable, urgent, owned and clear pages, and each of these leaves its reason."""
    verdict = judged()

    assert verdict.kind is PAGE
    assert verdict.violations == ()
    assert verdict.reasons == (
        'owner 1: label team="payments" is of team payments',
        "no rule of team payments matches: as the severity says",
        'severity sev2: by label severity="critical"',
        "verdict page: by severity sev2",
        "actionable: runbook payments-5xx has the first 15 minutes",
        "urgent: severity sev2 says page",
        "owned: by team payments",
        "clear: a summary and runbook payments-5xx",
    )


def test_everything_that_a_page_needs() -> None:
    """The verdict carries severity, rank, urgency, service, runbook and the key of its group."""
    verdict = judged(some_annotations(action="Restart the canary."))

    assert (verdict.severity, verdict.rank, verdict.urgency) == ("sev2", 2, Urgency.HIGH)
    assert (verdict.service, verdict.runbook, verdict.runbook_url) == ("payments-api", "payments-5xx", None)
    assert verdict.action == "Restart the canary."
    assert verdict.group_key.startswith("payments/{alertname=")


def test_reachability_is_no_part_of_it() -> None:
    """A plan in which nobody can be reached gives the same verdict."""
    assert judged(plan=a_plan(people={}, media=frozenset())) == judged()


# --- Whose it is ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("labels", "team", "reason"),
    [
        ({}, "payments", 'owner 1: label team="payments" is of team payments'),
        ({"team": "platform"}, "platform", 'owner 1: label team="platform" is of team platform'),
        ({"team": "nobody"}, "payments", 'owner 2: label service="payments-api" is of team payments'),
        ({"team": None}, "payments", 'owner 2: label service="payments-api" is of team payments'),
        (
            {"team": None, "service": "kubernetes"},
            "platform",
            'owner 2: label service="kubernetes" is of team platform',
        ),
        ({"team": None, "service": "checkout"}, "payments", "owner 3: the matchers of team payments match"),
        ({"team": None, "service": None, "job": "node"}, "platform", "owner 4: the matchers of team platform match"),
        ({"team": None, "service": "x"}, "platform", "no owner: team platform answers for what nobody owns"),
        ({"team": "", "service": ""}, "platform", "no owner: team platform answers for what nobody owns"),
    ],
)
def test_whose_it_is(labels: dict[str, str | None], team: str, reason: str) -> None:
    """The first line that names a team of the config decides; a label that names none is passed over."""
    verdict = judged(**labels)

    assert verdict.team == team
    assert verdict.reasons[0] == reason
    assert ("owned" in failed(verdict)) is reason.startswith("no owner")


def test_owners_in_file_order() -> None:
    """A line above the labels wins over what the alert says."""
    plan = a_plan(owners=(Owner(matchers=matchers('cluster="eu-1"'), team="platform"), Owner(label="team")))

    assert judged(plan=plan).team == "platform"
    assert judged(plan=plan, cluster="us-1").team == "payments"


def test_only_the_owners_rules_are_read() -> None:
    """A rule of another team that would match says nothing; for what nobody owns the fallback team's rules do."""
    drop = a_rule("Drop all", team="platform", verdict=VerdictKind.DROP)
    plan = a_plan(rules={"platform": (drop,)})

    assert judged(plan=plan).kind is PAGE
    assert judged(plan=plan, team=None, service=None).kind is VerdictKind.DROP


# --- Which rule, which severity, which verdict ----------------------------------------------------------------------


def test_the_first_rule_that_matches_decides() -> None:
    """Rules are read from the top, and a later one adds nothing."""
    plan = with_rules(
        a_rule("Test", 'env="test"', verdict=VerdictKind.DROP),
        a_rule("First", severity="sev1", group_by=("service",)),
        a_rule("Second", severity="sev4", verdict=VerdictKind.TICKET),
    )
    verdict = judged(plan=plan)

    assert (verdict.rule, verdict.severity, verdict.kind) == ("First", "sev1", PAGE)
    assert verdict.group_key == 'payments/"First"{service="payments-api"}'
    assert "rule 'First' of team payments matches" in verdict.reasons
    assert "severity sev1: by the rule" in verdict.reasons


@pytest.mark.parametrize(
    ("label", "severity", "kind"),
    [
        ("page", "sev2", PAGE),
        ("critical", "sev2", PAGE),
        ("error", "sev3", HOURS),
        ("warning", "sev4", VerdictKind.TICKET),
        ("none", "sev4", VerdictKind.TICKET),
        ("sev1", "sev1", PAGE),
    ],
)
def test_the_alerts_own_severity(label: str, severity: str, kind: VerdictKind) -> None:
    """The severity label means what `labels` lists, or a severity of that very name, and that says the verdict."""
    verdict = judged(severity=label)

    assert (verdict.severity, verdict.kind) == (severity, kind)


@pytest.mark.parametrize(
    ("wanted", "label", "urgency"),
    [
        (PAGE, "critical", Urgency.HIGH),
        (PAGE, "error", Urgency.HIGH),
        (HOURS, "critical", Urgency.HIGH),
        (HOURS, "error", Urgency.LOW),
        (VerdictKind.TICKET, "error", Urgency.LOW),
    ],
)
def test_a_rule_that_pages_is_loud(wanted: VerdictKind, label: str, urgency: Urgency) -> None:
    """The rule's verdict wins over the severity's, and one that says `page` means to wake somebody."""
    verdict = judged(plan=with_rules(a_rule(verdict=wanted)), severity=label)

    assert (verdict.kind, verdict.urgency) == (wanted, urgency)
    assert f"verdict {wanted}: by the rule" in verdict.reasons


@pytest.mark.parametrize("kind", [VerdictKind.TICKET, VerdictKind.DROP])
def test_what_does_not_page_is_not_tested(kind: VerdictKind) -> None:
    """A ticket and a drop need no runbook and no summary."""
    verdict = judged({}, plan=with_rules(a_rule(verdict=kind)))

    assert (verdict.kind, verdict.violations, verdict.page_after) == (kind, (), None)
    assert verdict.reasons[-1] == f"verdict {kind}: by the rule"


@pytest.mark.parametrize("name", ["Watchdog", "DeadMansSwitch"])
@pytest.mark.parametrize("labels", [{}, {"severity": None}, {"severity": "error"}])
def test_a_heartbeat_never_pages_by_firing(name: str, labels: dict[str, Any]) -> None:
    """A heartbeat becomes a ticket at most, whatever its severity and even when a rule says to page it."""
    for plan in (a_plan(), with_rules(a_rule(verdict=PAGE))):
        verdict = judged({}, plan=plan, alertname=name, **labels)
        assert (verdict.kind, verdict.page_after) == (VerdictKind.TICKET, None)
        assert verdict.reasons[-1].startswith("verdict ticket: a heartbeat never pages")


def test_a_heartbeat_may_be_dropped_by_a_rule() -> None:
    """Drop exists only as a written verdict, also for heartbeats."""
    plan = with_rules(a_rule("Heartbeat", 'alertname="Watchdog"', verdict=VerdictKind.DROP))

    assert judged(plan=plan, alertname="Watchdog").kind is VerdictKind.DROP


@pytest.mark.parametrize("name", ["DatasourceNoData", "DatasourceError"])
def test_what_grafana_could_not_evaluate_pages_only_by_a_written_verdict(name: str) -> None:
    """It carries the labels of the rule in whose place it stands, and says nothing about a customer."""
    by_severity = judged(
        {}, plan=with_rules(a_rule(severity="sev1", verdict=None)), alertname=name, severity="critical"
    )
    by_rule = judged(plan=with_rules(a_rule(verdict=PAGE)), alertname=name)

    assert (by_severity.kind, by_severity.page_after) == (VerdictKind.TICKET, None)
    assert by_severity.reasons[-1].startswith("verdict ticket: Grafana could not evaluate its rule")
    assert by_rule.kind is VerdictKind.PAGE


# --- Actionable -----------------------------------------------------------------------------------------------------

THIN = "runbook thin lacks sections and there is no action"
UNSEEN = "behind an http(s) link we see no sections, and there is no action"


@pytest.mark.parametrize(
    ("annotations", "rule", "service", "reason"),
    [
        ({}, {}, "payments-api", None),
        ({"runbook_url": "payments-5xx"}, {}, None, None),
        ({"runbook_url": None}, {}, "payments-api", None),
        ({"runbook_url": None}, {"runbook": "payments-5xx"}, None, None),
        ({"runbook_url": "thin.md"}, {}, None, THIN),
        ({"runbook_url": "thin.md", "action": "Fail over."}, {}, None, None),
        ({"runbook_url": "thin.md"}, {"action": "Fail over."}, None, None),
        ({"runbook_url": None}, {"runbook": "thin"}, None, THIN),
        # The alert's own runbook comes before the rule's, and the rule's before the service's.
        ({"runbook_url": "thin.md"}, {"runbook": "payments-5xx"}, None, THIN),
        ({"runbook_url": None}, {"runbook": "thin"}, "payments-api", THIN),
        ({"runbook_url": URL}, {}, None, UNSEEN),
        ({"runbook_url": URL, "action": "Call."}, {}, None, None),
        ({"runbook_url": URL}, {"action": "Call."}, None, None),
        ({"runbook_url": URL}, {"runbook": "payments-5xx"}, None, None),
        ({"runbook_url": None}, {}, None, "there is neither an action nor a runbook"),
        ({"runbook_url": URL, "action": "  "}, {}, None, UNSEEN),
        ({"runbook_url": URL, "action": "Restart {{ $labels.pod }}"}, {}, None, UNSEEN),
    ],
)
def test_actionable(
    annotations: dict[str, str | None], rule: dict[str, str], service: str | None, reason: str | None
) -> None:
    """It says what to do: an action, or a whole runbook of ours; a link elsewhere alone does not."""
    verdict = judged(some_annotations(**annotations), plan=with_rules(a_rule(**rule)), service=service)

    assert failed(verdict).get("actionable") == reason


def test_the_alerts_own_action_comes_first() -> None:
    """The alert's action is nearer to the trouble than the rule's; one that was not filled in is no action."""
    plan = with_rules(a_rule(action="By the rule."))

    assert judged(some_annotations(action="By the alert."), plan=plan).action == "By the alert."
    assert judged(some_annotations(action="Restart <no value>"), plan=plan).action == "By the rule."
    assert judged(some_annotations(), plan=plan).action == "By the rule."


def test_both_runbooks_are_handed_on() -> None:
    """A link elsewhere does not hide the runbook that the rule or the service has."""
    verdict = judged(some_annotations(runbook_url=URL))

    assert (verdict.runbook, verdict.runbook_url) == ("payments-5xx", URL)


# --- Urgent ---------------------------------------------------------------------------------------------------------

UNKNOWN = "neither a rule nor a severity that we know says how urgent it is"


@pytest.mark.parametrize(
    ("label", "rule", "reason"),
    [
        ("critical", {}, None),
        ("error", {}, None),
        (None, {}, UNKNOWN),
        ("", {}, UNKNOWN),
        ("Critical", {}, UNKNOWN),
        ("catastrophe", {}, UNKNOWN),
        (None, {"severity": "sev1"}, None),
        ("catastrophe", {"verdict": PAGE}, None),
        (None, {"verdict": HOURS}, None),
    ],
)
def test_urgent(label: str | None, rule: dict[str, Any], reason: str | None) -> None:
    """By rule or by severity; a severity that we do not know fails."""
    verdict = judged(plan=with_rules(a_rule(**rule)), severity=label)

    assert failed(verdict).get("urgent") == reason


@pytest.mark.parametrize("label", [None, "catastrophe"])
def test_an_unknown_severity_counts_as_the_second(label: str | None) -> None:
    """It is a ticket with a clock, as `unknown` says, and pages as sev2 when nobody takes it."""
    verdict = judged(severity=label, plan=a_plan(unknown=OnViolation(page=True, after=minutes(7))))

    assert (verdict.kind, verdict.page_after) == (VerdictKind.TICKET, minutes(7))
    assert (verdict.severity, verdict.rank, verdict.urgency) == ("sev2", 2, Urgency.HIGH)
    assert verdict.reasons[-1] == "on_violation of an unknown severity: page after 7m"


def test_a_plan_without_a_sev2() -> None:
    """Without a severity of that name the one next to the second rank stands in."""
    severities = {
        "p1": replace(SEVERITIES["sev1"], id="p1"),
        "p2": replace(SEVERITIES["sev2"], id="p2"),
        "p5": replace(SEVERITIES["sev4"], id="p5", rank=5),
    }

    assert judged(severity=None, plan=a_plan(severities=severities, severity_labels={})).severity == "p2"


# --- Clear ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("summary", "reason"),
    [
        ("Checkout fails for 7 % of customers", None),
        ("100%! of checkouts fail (all)", None),
        ("x" * SUMMARY_MAX, None),
        (None, "there is no summary"),
        ("  ", "there is no summary"),
        ("Checkout fails on {{ $labels.pod }}", "the summary has an unresolved template"),
        ("Checkout fails on {{ $labels.pod", "the summary has an unresolved template"),
        ("Checkout fails on <no value>", "the summary has an unresolved template"),
        ("Checkout fails for %!f(string=7)", "the summary has an unresolved template"),
        ("Checkout fails %!(EXTRA int=1)", "the summary has an unresolved template"),
        ("<error expanding template: error executing>", "the summary has an unresolved template"),
        ("x" * (SUMMARY_MAX + 1), f"the summary has {SUMMARY_MAX + 1} characters, {SUMMARY_MAX} are enough"),
    ],
)
def test_clear_by_its_summary(summary: str | None, reason: str | None) -> None:
    """The summary says something, in a sentence, and its template was filled in."""
    found = failed(judged(some_annotations(summary=summary))).get("clear")

    assert found is None if reason is None else str(found).startswith(reason)


NO_LINK = "the runbook link is neither a file in runbooks/ nor an http(s) URL"


@pytest.mark.parametrize(
    ("link", "runbook", "url", "reason"),
    [
        ("payments-5xx", "payments-5xx", None, None),
        ("payments-5xx.md", "payments-5xx", None, None),
        ("runbooks/payments-5xx.md", "payments-5xx", None, None),
        ("./runbooks/payments-5xx.md#roll-back", "payments-5xx", None, None),
        ("/runbooks/payments-5xx.md", "payments-5xx", None, None),
        ("  payments-5xx.md ", "payments-5xx", None, None),
        (URL, None, URL, None),
        ("HTTP://wiki/x?a=b#c", None, "HTTP://wiki/x?a=b#c", None),
        ("payments-4xx", None, None, NO_LINK),
        ("../payments-5xx.md", None, None, NO_LINK),
        ("javascript:alert(1)", None, None, NO_LINK),
        ("https://", None, None, NO_LINK),
        ("https:///x", None, None, NO_LINK),
        ("https://wiki.example.com/a b", None, None, NO_LINK),
        ("https://wiki.example.com/\nBcc: x", None, None, NO_LINK),
        ("ftp://wiki.example.com/x", None, None, NO_LINK),
        ("https://wiki/{{ $labels.x }}", None, None, "the runbook link has an unresolved template"),
        (None, None, None, "there is no runbook link"),
        ("", None, None, "there is no runbook link"),
    ],
)
def test_clear_by_its_link(link: str | None, runbook: str | None, url: str | None, reason: str | None) -> None:
    """The link is a file of ours or an http(s) URL; none at all is a failure."""
    verdict = judged(some_annotations(runbook_url=link), service="settlement")
    found = failed(verdict).get("clear")

    assert (verdict.runbook, verdict.runbook_url) == (runbook, url)
    assert found is None if reason is None else str(found).startswith(reason)


def test_a_wrong_link_fails_but_hides_no_runbook() -> None:
    """Whoever is woken by an alert with a dead link still gets the runbook of its service."""
    verdict = judged(some_annotations(runbook_url="gone.md"))

    assert "gone.md" in failed(verdict)["clear"]
    assert verdict.runbook == "payments-5xx"


def test_the_other_annotation_for_a_runbook() -> None:
    """`runbook` is read where there is no `runbook_url`."""
    assert judged({"summary": "x", "runbook": URL, "action": "y"}).runbook_url == URL


def test_one_violation_per_test_with_all_faults() -> None:
    """An alert with two faults of one kind says both, so that it is mended once."""
    verdict = judged({"runbook_url": "gone.md"})

    assert failed(verdict)["clear"].count("; ") == 1
    assert [violation.test for violation in verdict.violations] == [Test.CLEAR]


# --- What a failed test leads to ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("severity", "kind", "page_after", "reason"),
    [
        ("sev1", PAGE, None, "on_violation of severity sev1: page"),
        ("sev2", VerdictKind.TICKET, minutes(10), "on_violation of severity sev2: page after 10m"),
        ("sev3", VerdictKind.TICKET, None, "on_violation of severity sev3: ticket"),
    ],
)
def test_on_violation(severity: str, kind: VerdictKind, page_after: timedelta | None, reason: str) -> None:
    """Each severity says what becomes of a failed test, and the verdict carries it."""
    verdict = judged({"summary": ""}, severity=severity)

    assert (verdict.kind, verdict.page_after) == (kind, page_after)
    assert reason in verdict.reasons
    assert "not clear: there is no summary" in verdict.reasons
    assert failed(verdict) == {"clear": "there is no summary"}


@pytest.mark.parametrize(
    ("own", "severity", "kind", "page_after"),
    [
        (PAGE_NOW, "sev2", PAGE, None),
        (OnViolation(page=True, after=minutes(5)), "sev2", VerdictKind.TICKET, minutes(5)),
        (PAGE_AFTER_10M, "sev2", VerdictKind.TICKET, minutes(10)),
        (OnViolation(page=True, after=minutes(30)), "sev2", VerdictKind.TICKET, minutes(10)),
        (TICKET, "sev2", VerdictKind.TICKET, minutes(10)),
        (TICKET, "sev1", PAGE, None),
        (PAGE_AFTER_10M, "sev1", PAGE, None),
        (PAGE_NOW, None, PAGE, None),
        (TICKET, None, VerdictKind.TICKET, minutes(10)),
    ],
)
def test_a_team_may_page_sooner(
    own: OnViolation, severity: str | None, kind: VerdictKind, page_after: timedelta | None
) -> None:
    """A team's own on_violation counts where it pages sooner, and is passed over where it would page later."""
    verdict = judged({"summary": ""}, plan=with_team(on_violation=own), severity=severity)

    assert (verdict.kind, verdict.page_after) == (kind, page_after)


def test_a_team_without_a_word_about_tickets() -> None:
    """A team that wants a page turns a severity's ticket into one."""
    rule = a_rule(severity="sev3", verdict=PAGE)
    plan = replace(with_team(on_violation=PAGE_AFTER_10M), rules={"payments": (rule,)})
    verdict = judged({"summary": ""}, plan=plan)

    assert (verdict.kind, verdict.page_after) == (VerdictKind.TICKET, minutes(10))
    assert "on_violation of team payments: page after 10m" in verdict.reasons


@pytest.mark.parametrize("severity", ["sev1", "sev2"])
def test_a_failed_test_never_pages_sooner(severity: str) -> None:
    """What waits for business hours still does when it failed a test, however urgent its severity is."""
    plan = with_rules(a_rule(severity=severity, verdict=HOURS))
    verdict = judged({"summary": ""}, plan=plan, at=NIGHT)

    assert (verdict.kind, verdict.page_after) == (HOURS, None)
    assert verdict.reasons[-1] == "pages in the business hours of team payments, as it would have"


def test_what_nobody_owns() -> None:
    """An unowned alert is the fallback team's, as a ticket or as a page where on_violation says so."""
    for severity, kind in (("sev1", PAGE), ("sev2", VerdictKind.TICKET), ("sev3", VerdictKind.TICKET)):
        verdict = judged(team=None, service=None, severity=severity)
        assert (verdict.team, verdict.kind) == ("platform", kind)
        assert failed(verdict) == {"owned": "no team of the config answers for it"}


def test_all_four_at_once() -> None:
    """Every failed test is said, in one order."""
    verdict = judged({}, team=None, service=None, severity=None)

    assert [violation.test for violation in verdict.violations] == list(Test)


# --- Business hours -------------------------------------------------------------------------------------------------


def test_business_hours_say_when() -> None:
    """Outside its team's hours the reasons say until when it waits, in the team's zone; inside, that it pages now."""
    assert judged(severity="error", at=NOON).reasons[-1] == "team payments is at work: pages now"
    assert judged(severity="error", at=NIGHT).reasons[-1] == (
        "team payments is not at work: waits until Wed 2026-01-07 09:00 CET"
    )


def test_reasons_are_bounded() -> None:
    """A label or summary of any length is cut in the reasons."""
    verdict = judged(some_annotations(summary="{{" + "x" * 9000, runbook_url="y" * 9000), severity="z" * 9000)

    assert max(map(len, verdict.reasons)) < 400


@pytest.mark.parametrize("after", ["7s", "10m", "1h", "1h30m", "26h1s"])
def test_on_violation_reads_as_it_is_written(after: str) -> None:
    """The reasons write a delay as the files do."""
    units = {"h": "hours", "m": "minutes", "s": "seconds"}
    parts = {}
    number = ""
    for sign in after:
        if sign.isdigit():
            number += sign
        else:
            parts[units[sign]], number = int(number), ""

    assert str(OnViolation(page=True, after=timedelta(**parts))) == f"page after {after}"
