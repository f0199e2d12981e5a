"""The alert rules about pagerd itself: Prometheus takes them, their metrics exist, and each says what to do."""

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


@pytest.mark.parametrize("command", [("check", "pagerd.rules.yaml"), ("test", "pagerd.rules.test.yaml"), ("test", "pagerd.nights.test.yaml")])
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
    known = set(re.findall(r"`(pagerd_\w+)`", (ROOT / "docs/metrics.md").read_text()))
    named = {re.sub(r"_bucket$", "", one) for one in re.findall(r"\bpagerd_\w+", rule["expr"])}
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
