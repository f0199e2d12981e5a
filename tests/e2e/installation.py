"""A whole installation in a folder: config files of a small company, with real providers of the test."""

from dataclasses import dataclass
from pathlib import Path

from tests.channels.fake_twilio import ACCOUNT, NUMBER, TOKEN

PEOPLE = """\
people:
  ana: {name: Ana Ribeiro, zone: Europe/Lisbon, phone: "+351912000001", email: ana@example.com, login: ana}
  ben: {name: Ben Okafor, zone: Europe/Berlin, phone: "+4915110000002", email: ben@example.com, login: ben}
  dora: {name: Dora Klein, zone: Europe/Berlin, phone: "+4915110000003", email: dora@example.com, login: dora}
"""

TEAM = """\
team: payments
name: Payments
zone: Europe/Berlin
escalation: standard
primary: ana
secondary: ben
team_lead: dora
services:
  payments-api: {critical: true, runbook: payments-5xx}
"""

ESCALATION = """\
escalation:
  standard:
    steps:
      - {page: primary, answer_within: 3s}
      - {page: secondary, answer_within: 5m}
      - {page: team_lead, answer_within: 10m}
last_resort: {page: [dora], every: 5m}
"""

RULES = """\
team: payments
rules:
  - name: Customers cannot pay
    match: ['alertname="PaymentsErrors"']
    severity: sev1
    verdict: page
    runbook: payments-5xx
"""

RULES_OF_LOAD = """\
team: payments
rules:
  - name: Everything
    match: ['alertname=~"Load.+"']
    severity: sev1
    verdict: page
    group_by: [alertname]
    runbook: payments-5xx
"""

OWNERS = """\
owners:
  - {label: team}
  - {label: service}
fallback: payments
"""

RUNBOOK = """\
# Payments answer with errors

## First action
1. Restart the canary, then check database connections.

## Dashboards
Grafana, folder Payments.

## Logs
Loki, app=payments.

## Dependencies
Database, card processor.

## Roll back
`deploy rollback payments`

## Fail over
`region switch payments`

## Who to call
Team platform.
"""


@dataclass(frozen=True)
class Installation:
    """Where everything of one installation is."""

    folder: Path
    port: int
    public_url: str | None

    @property
    def url(self) -> str:
        """Return where the daemon listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def token(self) -> str:
        """Return the token of the source."""
        return (self.folder / "source.token").read_text().strip()


def write(folder: Path, *, port: int, twilio_url: str | None, smtp_port: int, public_url: str | None) -> Installation:
    """Write the files of an installation that sends by this Twilio (or the console) and this mail server."""
    for name in ("rules", "rotations", "runbooks"):
        (folder / name).mkdir(parents=True)
    (folder / "source.token").write_text("a-token-of-the-test-that-is-long-enough\n")
    (folder / "twilio.token").write_text(TOKEN + "\n")
    account = f'account: {ACCOUNT}, token_files: [twilio.token], from: "{NUMBER}", api_url: "{twilio_url}"'
    twilio = f"[{{kind: twilio, {account}}}]" if twilio_url else "[{kind: console}]"
    (folder / "pagerd.yaml").write_text(
        f"""\
version: 1
operators: [dora]
listen: [127.0.0.1:{port}]
{f"public_url: {public_url}" if public_url else "poll_every: 1s"}
sources:
  prod: {{kind: alertmanager, token_files: [source.token]}}
  tools: {{kind: generic, token_files: [source.token]}}
  direct: {{kind: prometheus, token_files: [source.token]}}
channels:
  sms: {twilio}
  voice: {twilio}
  email: [{{kind: smtp, host: 127.0.0.1, port: {smtp_port}, tls: none, from: pagerd@example.com}}]
notify: {{high: [sms, email, 1s voice], low: [email]}}
settle: 2s
"""
    )
    (folder / "rotations/people.yaml").write_text(PEOPLE)
    (folder / "rotations/payments.yaml").write_text(TEAM)
    (folder / "rotations/escalation.yaml").write_text(ESCALATION)
    (folder / "rules/payments.yaml").write_text(RULES)
    (folder / "rules/owners.yaml").write_text(OWNERS)
    (folder / "runbooks/payments-5xx.md").write_text(RUNBOOK)
    return Installation(folder, port, public_url)
