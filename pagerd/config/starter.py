"""The first files of an installation, from six answers: small, whole, and without a finding of `check`."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pagerd.config.times import WEEKDAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody who can be paged."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Twilio:
    """Who carries texts and calls."""

    account: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was asked, and what only an option sets. `handoff` is a weekday from 0 and a time of day."""

    team: str
    people: tuple[Newcomer, ...]
    zone: str
    handoff: tuple[int, str]
    twilio: Twilio | None = None
    mail_server: str | None = None
    listen: str = "127.0.0.1:8911"
    public_url: str | None = None
    state_dir: str = ".pagerd"

    @property
    def is_service(self) -> bool:
        """Does it write elsewhere, as under systemd and in a container? Then its secrets are handed to it too."""
        return self.state_dir.startswith("/")


RUNBOOK = """\
# First steps

For what has no runbook of its own yet. Give each alert one soon: the annotation `runbook_url: runbooks/NAME.md`.

## First action

- Open the dashboard of the service and look for what changed in the last hour.
- If there was a deploy, roll it back. Do not look for the bug first.

## Dashboards

- Where your dashboards are.

## Logs

- Where your logs are, and the query that shows errors of one service.

## Dependencies

- What your services need, and how to see that it works.

## Roll back

- The command that deploys the last good version.

## Fail over

- How traffic is moved away from what is broken.

## Who to call

- Who knows the database, the network, the provider.
"""


def files(answers: Answers, now: datetime) -> Mapping[str, str]:
    """Return the text of each file by its name. The shift that runs now is that of the first person."""
    ids = _ids(answers)
    return {
        "pagerd.yaml": _installation(answers, ids),
        "rotations/people.yaml": _people(answers, ids),
        f"rotations/{answers.team}.yaml": _team(answers, ids, now),
        "rotations/escalation.yaml": _escalation(ids),
        "rules/owners.yaml": _owners(answers),
        f"rules/{answers.team}.yaml": _rules(answers),
        "runbooks/first-steps.md": RUNBOOK,
    }


def _installation(answers: Answers, ids: Sequence[str]) -> str:
    state = answers.state_dir
    sms = voice = "{kind: console}"
    if answers.twilio is not None:
        token = "credential:twilio" if answers.is_service else "secrets/twilio"  # where it is, not what
        sms = voice = (
            f"{{kind: twilio, account: {answers.twilio.account}, token_files: [{token}],"
            f" from: {quoted(answers.twilio.number)}}}"
        )
    mail = "{kind: console}"
    if answers.mail_server is not None:
        host, _, port = answers.mail_server.partition(":")
        sender = answers.people[0].email
        mail = f"{{kind: smtp, host: {host}, port: {port or 587}, from: {sender}}}"
    url = f"public_url: {answers.public_url}\n" if answers.public_url else ""
    return f"""\
# How pagerd runs here. All keys and their defaults: docs/config.md; what is in force: pagerd config show.
version: 1
operators: [{", ".join(ids[:10])}] # told when pagerd itself is in trouble
listen: [{quoted(answers.listen)}]
{url}state_dir: {quoted(state)} # the database, and tokens that are made at the first start

sources:
  prod: # point Alertmanager's webhook at /api/v1/alertmanager/prod
    kind: alertmanager
    token_files: [{quoted(f"{state}/prod.token")}]
  tools: # anything that can POST JSON: /api/v1/alerts/tools
    kind: generic
    token_files: [{quoted(f"{state}/tools.token")}]

channels: # console prints what would be sent
  sms: [{sms}]
  voice: [{voice}]
  email: [{mail}]

notify: {{high: [sms, 2m voice], low: [email]}}
"""


def _people(answers: Answers, ids: Sequence[str]) -> str:
    lines = ["# Everybody who can be paged. Times in a message are in the zone of the person who reads it.", "people:"]
    for key, one in zip(ids, answers.people, strict=True):
        lines += [f"  {key}:", f"    name: {quoted(one.name)}", f"    zone: {answers.zone}"]
        lines += [f"    phone: {quoted(one.phone)}", f"    email: {quoted(one.email)}"]
    return "\n".join(lines) + "\n"


def _team(answers: Answers, ids: Sequence[str], now: datetime) -> str:
    team = answers.team
    head = f"team: {team}\nzone: {answers.zone}\nescalation: standard\n"
    if len(ids) == 1:
        return f"{head}primary: {ids[0]}\n"
    start = _last_handoff(answers, now)
    return f"""\
{head}primary: {team}-primary
secondary: {team}-secondary

schedules: # pagerd oncall {team}
  {team}-primary:
    layers: [{{every: 1 week, start: {start}, people: [{", ".join(ids)}]}}]
  {team}-secondary: {{copy: {team}-primary, offset: 1}} # whoever is next
"""


def _escalation(ids: Sequence[str]) -> str:
    secondary = "      - {page: secondary, answer_within: 5m}\n" if len(ids) > 1 else ""
    return f"""\
escalation:
  standard:
    steps:
      - {{page: primary, answer_within: 5m}}
{secondary}    repeat: 2

# When the policy has ended and nobody has answered: everybody, until somebody does.
last_resort: {{page: [{", ".join(ids[:20])}], every: 5m}}
"""


def _owners(answers: Answers) -> str:
    return f"""\
# Whose is it? The first line that holds decides.
owners:
  - {{label: team}} # the alert's own label, where it names a team
  - {{match: ['alertname=~".+"'], team: {answers.team}}} # all the others, while there is one team
fallback: {answers.team} # answers for what nobody owns
"""


def _rules(answers: Answers) -> str:
    return f"""\
# The first rule that matches decides. What no rule matches is judged by its severity alone.
team: {answers.team}
rules:
  - name: What is called critical pages
    match: ['severity=~"critical|page"']
    severity: sev2
    verdict: page
    runbook: first-steps # until the alert has its own
"""


def _last_handoff(answers: Answers, now: datetime) -> str:
    """Return when the shift that runs now began, as a wall time there."""
    weekday, clock = answers.handoff
    there = now.astimezone(ZoneInfo(answers.zone)).replace(tzinfo=None)
    hour, minute = map(int, clock.split(":"))
    began = there.replace(hour=hour, minute=minute, second=0, microsecond=0)
    began -= timedelta(days=(there.weekday() - weekday) % 7)
    if began > there:
        began -= timedelta(days=7)
    return f"{began:%Y-%m-%d %H:%M}"


def _ids(answers: Answers) -> tuple[str, ...]:
    """Return a name for each person that no other person, team or schedule has."""
    taken = {
        answers.team,
        f"{answers.team}-primary",
        f"{answers.team}-secondary",
        "primary",
        "secondary",
        "none",
        "null",
    }
    return tuple(_id_of(one.name, taken) for one in answers.people)


def _id_of(name: str, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z][a-z0-9]*", plain) or ["person"]
    candidates: Iterable[str] = (words[0], "-".join(words), *(f"{words[0]}{number}" for number in range(2, 1000)))
    found = next(one for one in candidates if one not in taken)
    taken.add(found)
    return found


_PLAIN = re.compile(r"[A-Za-z.][\w./-]*( [A-Za-z][\w.-]*)*", re.ASCII)
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


def quoted(text: str) -> str:
    """Write a text so that every reader of YAML reads the same; JSON's strings are YAML's."""
    is_plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS
    # JSON writes signs beyond the first 65,536 as two halves, of which YAML makes two characters that are none.
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def weekday(word: str) -> int | None:
    """Return the number of a day, from 0 for Monday."""
    return WEEKDAYS.index(word) if word in WEEKDAYS else None
