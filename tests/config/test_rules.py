from datetime import UTC, datetime

import pytest

from pagerd.core.plan import Owner, VerdictKind
from tests.config.files import COMPANY, OWNERS, RULES, changed, found_after, plan_of

SILENCE = "{match: ['service=\"reports\"'], from: 2026-12-01 22:00, to: 2026-12-02 02:00, by: ana, why: migration}"


def test_whose_it_is():
    """By the alert's own label, by a service, by matchers, else the fallback."""
    plan = plan_of(COMPANY)

    assert plan.owners[:2] == (Owner(label="team"), Owner(label="service"))
    assert (str(plan.owners[2].matchers[0]), plan.owners[2].team) == ('job="node"', "platform")
    assert plan.fallback == "platform"


def test_a_rule():
    """What it does not say is as its severity says."""
    first, second = plan_of(COMPANY).rules["payments"]

    assert (first.name, first.team, first.severity) == ("Customers cannot pay", "payments", "sev1")
    assert (first.verdict, first.group_by, first.runbook) == (VerdictKind.PAGE, ("service", "cluster"), "payments-5xx")
    assert [str(one) for one in first.matchers] == ['alertname=~"Payments(Errors|Down)"', 'env="prod"']
    assert (second.verdict, second.group_by, second.runbook, second.action) == (None, None, None, None)


def test_a_silence_of_a_team_is_that_teams():
    """In the team's zone, and about its alerts alone."""
    (silence,) = plan_of(COMPANY).silences

    assert (silence.team, silence.by, silence.why, silence.stored) == ("payments", "ana", "migration", False)
    assert silence.start == datetime(2026, 12, 1, 21, tzinfo=UTC)
    assert silence.end == datetime(2026, 12, 2, 1, tzinfo=UTC)


def test_a_silence_for_all_stands_with_the_owners():
    """In UTC, or in a zone that it names."""
    written = SILENCE.replace("by: ana", "by: ana, zone: Asia/Tokyo")
    files = changed(OWNERS, "fallback: platform", f"fallback: platform\nsilences:\n  - {SILENCE}\n  - {written}")
    in_utc, in_tokyo, _ = plan_of(files).silences

    assert (in_utc.team, in_utc.start) == (None, datetime(2026, 12, 1, 22, tzinfo=UTC))
    assert in_tokyo.start == datetime(2026, 12, 1, 13, tzinfo=UTC)


def test_a_silences_id_stays_while_lines_move():
    """It is made of what is written."""
    moved = changed(RULES, "silences:\n", "# a comment\nsilences:\n")

    assert plan_of(moved).silences[0].id == plan_of(COMPANY).silences[0].id


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("team: payments\n", "", "E007 1:1"),
        ("  - name: Slow settlement\n    match", "  - match", "E007 9:5"),
        ("    match: ['alertname=\"SettlementLag\"']\n", "", "E007 9:5"),
        ("['alertname=\"SettlementLag\"']", "['alertname = \"SettlementLag\"']", "E016 10:13"),
        ("['alertname=\"SettlementLag\"']", "alertname=SettlementLag", "E008 10:12"),
        ("Payments(Errors|Down)", "(P+)+", "E016 4:13"),
        ("verdict: page", "verdict: pages", "E010 6:14"),
        ("verdict: page", "verdict: page\n    continue: true", "E006 7:5"),
        ("[service, cluster]", "[service, a-b]", "E010 7:25"),
        ("name: Slow settlement", "name: Customers cannot pay", "E020 9:11"),
        (SILENCE, SILENCE.replace(", by: ana", ""), "E007 13:5"),
        (SILENCE, SILENCE.replace(", why: migration", ""), "E007 13:5"),
        (SILENCE, SILENCE.replace(", to: 2026-12-02 02:00", ""), "E007 13:5"),
        (SILENCE, SILENCE.replace("2026-12-02 02:00", "2026-11-30"), "E202 13:64"),
        (SILENCE, SILENCE.replace("['service=\"reports\"']", "[]"), "E009 13:13"),
    ],
)
def test_what_is_wrong_with_rules(old, new, expected):
    """At its line and column."""
    assert expected in found_after(RULES, old, new)


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("{label: tema}", "E010 2:13"),
        ("{label: team, team: platform}", "E008 2:5"),
        ("{match: ['a=\"b\"']}", "E008 2:5"),
        ("{team: platform}", "E008 2:5"),
        ("{}", "E008 2:5"),
        ("{match: [], team: platform}", "E009 2:13"),
    ],
)
def test_what_is_wrong_with_an_owner(new, expected):
    """A line says whose the alert is, in one way."""
    assert expected in found_after(OWNERS, "{label: team}", new)


def test_a_rule_cannot_drop_everything():
    """What is dropped is named."""
    new = "  - {name: nothing, match: [], verdict: drop}\nsilences"

    assert "E008 12:28" in found_after(RULES, "silences", new)
