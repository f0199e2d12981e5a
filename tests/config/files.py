"""A small company in files that have no finding at NOW, and what becomes of them when one line is changed."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from pagerd.config.findings import Finding
from pagerd.config.load import Loaded, load
from pagerd.core.plan import Plan

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
REPOSITORY = Path(__file__).resolve().parents[2]

SETTINGS = "pagerd.yaml"
PEOPLE = "rotations/people.yaml"
ESCALATION = "rotations/escalation.yaml"
PAYMENTS = "rotations/payments.yaml"
PLATFORM = "rotations/platform.yaml"
OWNERS = "rules/owners.yaml"
SEVERITY = "rules/severity.yaml"
RULES = "rules/payments.yaml"

COMPANY: Mapping[str, str] = {
    SETTINGS: """\
version: 1
operators: [dora]
sources:
  prod: {kind: alertmanager, token_files: [prod.token]}
channels:
  sms: [{kind: console}]
  voice: [{kind: console}]
  email: [{kind: console}]
""",
    PEOPLE: """\
people:
  ana: {zone: Europe/Lisbon, phone: "+351912000001", email: ana@example.com}
  ben: {zone: Europe/Berlin, phone: "+4915110000002", email: ben@example.com}
  cho: {zone: Europe/Berlin, phone: "+4915110000003", email: cho@example.com}
  dora: {zone: Europe/Berlin, phone: "+4915110000004", email: dora@example.com}
  eva: {zone: Europe/Paris, phone: "+33612000005", email: eva@example.com}
""",
    ESCALATION: """\
escalation:
  standard:
    steps:
      - {page: primary, answer_within: 5m}
      - {page: secondary, answer_within: 5m}
      - {page: team_lead, answer_within: 10m}
    repeat: 1
last_resort: {page: [dora, eva], every: 5m}
""",
    PAYMENTS: """\
team: payments
zone: Europe/Berlin
escalation: standard
primary: payments-primary
secondary: payments-secondary
team_lead: dora
services:
  payments-api: {critical: true, runbook: payments-5xx}
schedules:
  payments-primary:
    layers:
      - every: 1 week
        start: 2026-01-05 09:00
        people: [ana, ben, cho]
  payments-secondary: {copy: payments-primary, offset: 1}
overrides:
  - {schedule: payments-primary, from: 2026-12-24 09:00, to: 2026-12-26, person: cho, instead_of: ana}
away:
  - {person: ana, from: 2026-12-28, to: 2027-01-03}
""",
    PLATFORM: """\
team: platform
zone: Europe/Paris
primary: eva
secondary: ben
team_lead: dora
""",
    OWNERS: """\
owners:
  - {label: team}
  - {label: service}
  - {match: ['job="node"'], team: platform}
fallback: platform
""",
    SEVERITY: """\
labels: {page: sev2, warning: sev4}
severities:
  sev1: {verdict: page, on_violation: page}
  sev2: {verdict: page, on_violation: page after 10m}
  sev3: {verdict: business_hours}
  sev4: {verdict: ticket}
unknown: page after 10m
""",
    RULES: """\
team: payments
rules:
  - name: Customers cannot pay
    match: ['alertname=~"Payments(Errors|Down)"', 'env="prod"']
    severity: sev1
    verdict: page
    group_by: [service, cluster]
    runbook: payments-5xx
  - name: Slow settlement
    match: ['alertname="SettlementLag"']
    severity: sev3
silences:
  - {match: ['service="reports"'], from: 2026-12-01 22:00, to: 2026-12-02 02:00, by: ana, why: migration}
""",
    "runbooks/payments-5xx.md": """\
# Payments fails
## First action
- Restart the canary.
## Dashboards
x
## Logs
x
## Dependencies
x
## Roll back
x
## Fail over
x
## Who to call
x
""",
}


def changed(file: str, old: str, new: str) -> dict[str, str]:
    """Return the company's files with one text replaced; it must be there once."""
    assert COMPANY[file].count(old) == 1, f"{old!r} must stand once in {file}"
    return {**COMPANY, file: COMPANY[file].replace(old, new)}


def loaded(files: Mapping[str, str]) -> Loaded:
    """Load files at NOW."""
    return load(files, now=NOW)


def plan_of(files: Mapping[str, str]) -> Plan:
    """Return the plan of files that must be good."""
    found = loaded(files)
    assert found.plan is not None, places(found.findings)
    return found.plan


def places(findings: tuple[Finding, ...]) -> list[str]:
    """Write findings as `E006 file:line:col`."""
    return [f"{one.id} {one.span}" for one in findings]


def found_after(file: str, old: str, new: str) -> list[str]:
    """Return the findings that one change brings, with the file's own name left out."""
    return [place.replace(f" {file}:", " ") for place in places(loaded(changed(file, old, new)).findings)]


def finding_after(file: str, old: str, new: str) -> Finding:
    """Return the one finding that one change brings."""
    (finding,) = loaded(changed(file, old, new)).findings
    return finding
