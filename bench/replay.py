"""How long `pagerd replay` takes for a month, on this machine.

    python bench/replay.py [--messages 100000] [--profile]

A month of one company, made from a seed and as it comes to a webhook log: 12 teams with 40 alert rules each on 20
clusters. About 62 of 100 messages are renewals: an alert that fires on is said again every 4 hours, with the same
labels and another number in its words. 19 begin an alert and 19 end one. Of the alerts that begin

- three of five are tickets (severity `warning`), a tenth of them over before they are due,
- one of six is told to nobody (severity `info`),
- one of eleven flaps: it fires again within ten minutes, two to four times, every third of them paging,
- one of seven pages (severity `critical`), in bursts of up to ten within ten minutes: half of the bursts are on one
  cluster and join its open page, the others open a page for each cluster. About 2 of 100 messages open a page.

Whoever gets the first text or call takes the page 5 minutes later, as `--answer-after 5m` has it. Each alert is a
message of its own, the hardest case: Alertmanager groups what comes together.

Prints one line of JSON: messages, alerts, pages, tickets; wall and CPU seconds of each plan, CPU seconds for 1,000
messages, messages a second, the peak of memory of this process in MB. Nothing else should run on the machine; CPU
seconds say what an idle one would need. With `--profile` one plan is played here, under cProfile.
"""

import argparse
import cProfile
import json
import os
import pstats
import random
import resource
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pagerd.config.load import load
from pagerd.core.alerts.alert import Batch, ReceivedAlert
from pagerd.core.plan import Plan
from pagerd.lab.people import Manners, heeding
from pagerd.lab.replay.pair import play_alone, play_pair
from pagerd.lab.replay.plans import only
from pagerd.lab.replay.recording import Item, Received, Recording

START = datetime(2026, 1, 5, tzinfo=UTC)
MONTH = timedelta(days=30)
TEAMS = [f"team{n:02d}" for n in range(12)]
SOURCE = "prod"
AGAIN = timedelta(hours=4)
"""Alertmanager's `repeat_interval`."""

PAGERD = """\
version: 1
operators: [team00-a]
sources: {prod: {kind: alertmanager, token_files: [source.token]}}
channels:
  sms: [{kind: twilio, account: AC0123456789abcdef0123456789abcdef, token_files: [twilio], from: "+15005550006"}]
  voice: [{kind: twilio, account: AC0123456789abcdef0123456789abcdef, token_files: [twilio], from: "+15005550006"}]
  email: [{kind: smtp, host: mail.example.com, from: pagerd@example.com}]
"""
TEAM = """\
team: TEAM
zone: Europe/Berlin
primary: TEAM-primary
secondary: TEAM-secondary
schedules:
  TEAM-primary: {layers: [{every: 1 week, start: 2026-01-05 09:00, people: [TEAM-a, TEAM-b, TEAM-c]}]}
  TEAM-secondary: {layers: [{every: 1 week, start: 2026-01-05 09:00, people: [TEAM-b, TEAM-c, TEAM-a]}]}
"""
ESCALATION = "last_resort: {page: [team00-a], every: 30m}\n"
RULES = """\
team: TEAM
rules:
  - {name: Nobody, match: ['severity="info"'], verdict: drop}
  - {name: Later, match: ['severity="warning"'], verdict: ticket}
  - {name: Now, match: ['severity="critical"'], severity: sev1, verdict: page, action: Look at it.}
"""


def a_company(revision: str) -> Plan:
    """Return the plan of the company."""
    people = [f"{team}-{one}" for team in TEAMS for one in "abc"]
    lines = [
        f'  {name}: {{zone: Europe/Berlin, phone: "+49151{n:08d}", email: {name}@example.com}}'
        for n, name in enumerate(people)
    ]
    files = {
        "pagerd.yaml": PAGERD,
        "rotations/people.yaml": "\n".join(("people:", *lines, "")),
        "rotations/escalation.yaml": ESCALATION,
        "rules/owners.yaml": f"owners: [{{label: team}}]\nfallback: {TEAMS[0]}\n",
    }
    for team in TEAMS:
        files[f"rotations/{team}.yaml"] = TEAM.replace("TEAM", team)
        files[f"rules/{team}.yaml"] = RULES.replace("TEAM", team)
    loaded = load(files, now=START)
    assert loaded.plan is not None, loaded.findings
    return replace(loaded.plan, revision=revision)


class Month:
    """The messages of a month, drawn from a seed."""

    def __init__(self, messages: int) -> None:
        self._chance = random.Random(1)
        self._items: list[Item] = []
        while len(self._items) < messages:
            self._episodes()
        self._items = sorted(self._items, key=lambda item: item.at)

    def recording(self) -> Recording:
        """Return what is played."""
        return Recording(start=START, end=START + MONTH, items=self._items, sources=frozenset({SOURCE}))

    def _episodes(self) -> None:
        """Draw what one thing that goes wrong brings with it."""
        kind = self._chance.choices(("ticket", "nobody", "flap", "page"), (83, 23, 4, 4))[0]
        at = START + MONTH * self._chance.random()
        team, name = self._chance.choice(TEAMS), f"Rule{self._chance.randrange(40):02d}"
        if kind == "page":
            cluster = f"eu-{self._chance.randrange(20)}" if self._chance.random() < 0.5 else None
            for _ in range(self._chance.choice((1, 2, 5, 7, 10))):
                begun = at + timedelta(seconds=self._chance.uniform(0, 600))
                labels = self._labels(team, name, "critical", cluster)
                self._said(begun, begun + timedelta(minutes=self._chance.expovariate(1 / 40)), labels)
        elif kind == "flap":
            labels = self._labels(team, name, self._chance.choice(("warning", "warning", "critical")))
            for _ in range(self._chance.randrange(2, 5)):
                ended = at + timedelta(minutes=self._chance.uniform(1, 5))
                self._said(at, ended, labels)
                at = ended + timedelta(minutes=self._chance.uniform(1, 9))
        else:
            short = kind == "ticket" and self._chance.random() < 0.1
            lasts = timedelta(minutes=5) if short else timedelta(hours=self._chance.expovariate(1 / 20))
            self._said(at, at + lasts, self._labels(team, name, "warning" if kind == "ticket" else "info"))

    def _labels(self, team: str, name: str, severity: str, cluster: str | None = None) -> dict[str, str]:
        cluster = cluster or f"eu-{self._chance.randrange(20)}"
        instance = f"10.0.{self._chance.randrange(200)}.7:9100"
        return {
            "alertname": name,
            "team": team,
            "severity": severity,
            "cluster": cluster,
            "instance": instance,
            "namespace": "prod",
            "service": f"{team}-api",
            "job": "node",
            "prometheus": "monitoring/eu",
        }

    def _said(self, begun: datetime, ended: datetime, labels: dict[str, str]) -> None:
        at = begun
        while at < ended:
            self._message(at, labels, firing=True)
            at += AGAIN
        self._message(ended, labels, firing=False)

    def _message(self, at: datetime, labels: dict[str, str], *, firing: bool) -> None:
        alert = ReceivedAlert(
            fingerprint=" ".join(labels.values()),
            firing=firing,
            labels=labels,
            annotations={
                "summary": f"{labels['alertname']} on {labels['instance']}: {self._chance.randrange(100)} % for 10m",
                "description": "It is above what it should be. Look at the dashboard first.",
                "runbook_url": "https://wiki.example.com/runbooks/it",
            },
        )
        if at < START + MONTH:
            self._items.append(Item(at, Received(SOURCE, Batch(alerts=(alert,)))))


def mix(items: list[Item]) -> dict[str, float]:
    """Say what a month is made of, in per cent: so that the words above stay true."""
    known: set[str] = set()
    counted = dict.fromkeys(("begin", "end", "renewal"), 0)
    for item in items:
        assert isinstance(item.what, Received)
        [alert] = item.what.batch.alerts
        if not alert.firing:
            known.discard(alert.fingerprint)
            counted["end"] += 1
        else:
            counted["renewal" if alert.fingerprint in known else "begin"] += 1
            known.add(alert.fingerprint)
    return {name: round(100 * count / len(items), 1) for name, count in counted.items()}


def main() -> None:
    """Play it, and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    recording = Month(asked.messages).recording()
    line, answers = only(a_company("r1")), Manners(others=heeding(timedelta(minutes=5)))
    before, began = os.times(), time.monotonic()
    if asked.profile:
        profile = cProfile.Profile()
        played = profile.runcall(play_alone, recording, line, answers, _said)
        pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(70)
        plans = 1
    else:
        played = play_pair(recording, line, only(a_company("r2")), answers, _said).before
        plans = 2
    wall, after = time.monotonic() - began, os.times()
    cpu = sum(after[:4]) - sum(before[:4])
    said = {
        "messages": len(recording.items),
        "mix": mix([*recording.items]),
        "alerts": played.episodes,
        "pages": len(played.pages),
        "tickets": len(played.tickets),
        "wall_seconds": round(wall, 1),
        "cpu_seconds_each": round(cpu / plans, 1),
        "cpu_seconds_per_1000": round(cpu / plans / len(recording.items) * 1_000, 2),
        "messages_per_second": round(len(recording.items) / wall),
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    sys.stdout.write(json.dumps(said) + "\n")


def _said(done: int, of: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done} of {of}")


if __name__ == "__main__":
    main()
