"""Prometheus' own rule files: labels and annotations by name, and a place for what cannot be read."""

from dataclasses import replace

import pytest

from pagerd.config.prometheus_rules import read_rules
from pagerd.core.errors import Unreadable

RULES = """\
groups:
  - name: shop
    interval: 30s
    rules:
      - record: job:errors:rate5m
        expr: sum(rate(errors[5m]))
      - alert: CheckoutErrors
        expr: job:errors:rate5m > 0.05
        for: 5m
        labels: {severity: critical, team: "{{ $labels.owner }}"}
        annotations:
          summary: "{{ $labels.service }} in {{.Labels.cluster}}: {{ $value | humanizePercentage }}"
          runbook_url: runbooks/checkout.md
"""


def test_alerts_are_read_and_records_are_not():
    """What a rule asks is not looked at: that it fired is known."""
    [rule] = read_rules("rules.yml", RULES)

    assert rule.alert == "CheckoutErrors"
    assert rule.labels["severity"] == "critical"


def test_a_rule_makes_an_alert_with_its_name_and_its_fixed_labels():
    """A label that is a template may have become anything."""
    [rule] = read_rules("rules.yml", RULES)

    assert rule.makes({"alertname": "CheckoutErrors", "severity": "critical", "team": "shop"})
    assert not rule.makes({"alertname": "CheckoutErrors", "severity": "warning"})
    assert not rule.makes({"alertname": "Other", "severity": "critical"})


def test_labels_are_put_in_and_what_only_prometheus_knows_is_left_open():
    """A template that stayed would fail the test for a clear summary, which the real alert passed."""
    [rule] = read_rules("rules.yml", RULES)

    found = rule.annotations_of({"service": "checkout", "cluster": "eu"})

    assert found == {"summary": "checkout in eu: …", "runbook_url": "runbooks/checkout.md"}


@pytest.mark.parametrize(
    ("text", "words"),
    [("groups: [a\n", r"rules.yml:\d"), ("rules: []\n", "expected `groups:`"), ("groups: &a []\n", "rules.yml:1:9")],
)
def test_what_is_wrong_is_said_with_its_place(text, words):
    """A file that is read in part would leave alerts without annotations, in silence."""
    with pytest.raises(Unreadable, match=words):
        read_rules("rules.yml", text)


def test_templates_without_an_end_are_looked_for_once():
    """From each of their beginnings to the end of the text it would take hours."""
    [rule] = read_rules("rules.yml", RULES)
    odd = replace(rule, annotations={"summary": "{{ $value }} of " + "{{" * 200_000})

    assert odd.annotations_of({})["summary"].startswith("… of {{{{")
