"""The alert rules and the dashboard about pagerd itself: their metrics exist, and each says what to do."""

import itertools
import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from pagerd.core.plan import RUNBOOK_SECTIONS
from tests.tools import debian

ROOT = Path(__file__).resolve().parents[1]
MONITORING = ROOT / "monitoring"
RULES = [
    rule
    for group in yaml.safe_load((MONITORING / "pagerd.rules.yaml").read_text())["groups"]
    for rule in group["rules"]
]
FOREIGN = {"up"}
"""What Prometheus itself knows of a target."""

DASHBOARD = json.loads((MONITORING / "pagerd.dashboard.json").read_text())
PANELS = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]


def known_metrics():
    """Return every metric that docs/metrics.md has, which another test compares with what is scraped."""
    return set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/metrics.md").read_text(), re.MULTILINE))


def metrics_of(expression):
    """Return the metrics that an expression names, a histogram by its own name."""
    names = re.findall(r"\b(?:pagerd|process)_\w+", expression)
    return {re.sub(r"_bucket$", "", name) for name in names}


@pytest.mark.parametrize(
    "command", [("check", "pagerd.rules.yaml"), ("test", "pagerd.rules.test.yaml"), ("test", "pagerd.nights.test.yaml")]
)
def test_prometheus_takes_the_rules(command):
    """Debian's promtool reads them, and runs their own tests."""
    what, file = command
    done = subprocess.run(
        [debian.binary("promtool"), what, "rules", file], cwd=MONITORING, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_a_rule_speaks_of_metrics_that_exist(rule):
    """A renamed metric must not leave an alert behind that never fires."""
    known = known_metrics()
    named = metrics_of(rule["expr"])
    named |= {one for one in FOREIGN if re.search(rf"\b{one}\b", rule["expr"])}

    assert named
    assert named <= known | FOREIGN


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_a_rule_passes_our_own_tests(rule):
    """What pages people elsewhere must pass here first: a summary, an action, a runbook with the first 15 minutes."""
    said = rule["annotations"]
    runbook = (ROOT / said["runbook_url"]).read_text().casefold()

    assert said["summary"]
    assert said["action"].endswith(".")
    assert rule["labels"]["severity"] in ("critical", "error", "info")
    for section in RUNBOOK_SECTIONS:
        assert re.search(rf"^## {section}", runbook, re.MULTILINE), section


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel["title"])
def test_a_panel_shows_metrics_that_exist_and_leads_to_a_runbook(panel):
    """A renamed metric must not leave an empty panel behind; whoever sees a red one is told what to do."""
    expressions = [target["expr"] for target in panel["targets"]]
    [link] = panel["links"]

    assert expressions
    for expression in expressions:
        assert metrics_of(expression)
        assert metrics_of(expression) <= known_metrics()
    assert (ROOT / "runbooks" / link["url"].removeprefix("${runbooks}/")).is_file()
    assert panel["description"]
    assert {one["datasource"]["uid"] for one in (panel, *panel["targets"])} == {"${datasource}"}


def test_prometheus_can_read_the_panels(tmp_path):
    """Each expression is PromQL once Grafana has filled in its variables."""
    filled = [
        target["expr"].replace("$__rate_interval", "5m").replace("$job", ".+")
        for panel in PANELS
        for target in panel["targets"]
    ]
    rules = [{"record": f"panel:{number}", "expr": expression} for number, expression in enumerate(filled)]
    file = tmp_path / "panels.yaml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": rules}]}))
    done = subprocess.run(
        [debian.binary("promtool"), "check", "rules", str(file)], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "$" not in "".join(filled)


def test_the_panels_stand_side_by_side():
    """No two overlap, none is wider than the screen, and each has a number of its own."""
    places = []
    for panel in DASHBOARD["panels"]:
        at = panel["gridPos"]
        assert at["x"] + at["w"] <= 24
        cells = itertools.product(range(at["x"], at["x"] + at["w"]), range(at["y"], at["y"] + at["h"]))
        places += cells
    numbers = [panel["id"] for panel in DASHBOARD["panels"]]

    assert len(set(places)) == len(places)
    assert len(set(numbers)) == len(numbers)


def test_the_dashboard_leaves_to_its_user_what_only_they_know():
    """Which Prometheus, which job, where the runbooks are; nothing of a Grafana that it was made in."""
    assert [one["name"] for one in DASHBOARD["templating"]["list"]] == ["datasource", "job", "runbooks"]
    assert "id" not in DASHBOARD
