"""`ladder` in rules/incidents.yaml."""

from datetime import timedelta

import pytest

from pagerd.core.incidents.checks import Bound, PromqlCheck
from pagerd.core.incidents.ladder_rules import DEFAULTS, LadderRules, Rung, RungRule, SloRule
from tests.config.files import COMPANY, loaded

FILE = "rules/incidents.yaml"


def test_without_it_each_level_asks_what_it_asks():
    """No file and an empty key mean the same."""
    assert loaded(COMPANY).plan.incidents.ladder == LadderRules()
    assert loaded({**COMPANY, FILE: "ladder: {}\n"}).plan.incidents.ladder == LadderRules()


def test_everything_can_be_written():
    """What a criterion does not say stays as it is."""
    lines = """\
ladder:
  window: 30d
  criteria:
    game_days: {at_least: 2}
    runbooks: {level: 2, at_least: 80}
    safe_deploys: {skip: nobody deploys}
  skip:
    payments: {slos: the bank counts}
  slo_alerts: [Budget]
"""
    ladder = loaded({**COMPANY, FILE: lines}).plan.incidents.ladder

    assert ladder.rungs == DEFAULTS | {
        Rung.GAME_DAYS: RungRule(level=4, at_least=2),
        Rung.RUNBOOKS: RungRule(level=2, at_least=80),
        Rung.SAFE_DEPLOYS: RungRule(level=4, at_least=1, skip="nobody deploys"),
    }
    assert (ladder.window, ladder.slo_alerts) == (timedelta(days=30), ("Budget",))
    assert ladder.skipped == {"payments": {Rung.SLOS: "the bank counts"}}


def test_objectives_are_asked_of_the_only_prometheus_there_is():
    """An error budget that is read, and an alert rule that watches over one."""
    lines = """\
ladder:
  slos:
    payments:
      - {name: budget, promql: budget_left, must_be: "> 0"}
      - {rule: CheckoutBurnRate}
"""
    files = {**COMPANY, FILE: lines}
    files["pagerd.yaml"] += "prometheus: {main: {url: http://prometheus:9090}}\n"

    assert loaded(files).plan.incidents.ladder.slos == {
        "payments": (
            PromqlCheck(name="budget", expression="budget_left", bound=Bound(">", 0.0), prometheus="main"),
            SloRule(rule="CheckoutBurnRate", prometheus="main"),
        )
    }


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("criteria: {roles: {level: 5}}", "there is no level 5"),
        ("criteria: {roles: {at_least: 101}}", "101 is no percentage"),
        ("criteria: {rolls: {}}", "'rolls' is not known"),
        ("skip: {payments: {rolls: x}}", "'rolls' is not known"),
        ("slo_alerts: []", "the list is empty"),
        ("slos: {payments: []}", "the list is empty"),
        ("slos: {payments: [{name: x}]}", "an objective is read, or watched over"),
        ("slos: {payments: [{promql: x, rule: y}]}", "an objective is read, or watched over"),
        ("slos: {payments: [{rule: y}]}", "the objective does not say where Prometheus is"),
    ],
)
def test_what_cannot_be_is_refused_where_it_stands(line, says):
    """In the line, with what was expected."""
    [finding] = loaded({**COMPANY, FILE: f"ladder:\n  {line}\n"}).findings

    assert (finding.message, finding.span.line) == (says, 2)
