"""`pagerd init`: six questions, and a config directory that works."""

import os
import re
import shlex
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import click

from pagerd.cli.out import Context
from pagerd.cli.times import LOCALTIME, now
from pagerd.config import starter, times, values
from pagerd.config.findings import render
from pagerd.config.load import load
from pagerd.config.starter import Answers, Newcomer, Twilio
from pagerd.config.values import Mismatch
from pagerd.core.errors import Conflict, InvalidPlan

T = TypeVar("T")

DIRECTORY_MODE, FILE_MODE, SECRETS_MODE = 0o750, 0o640, 0o700
"""Phone numbers are for pagerd and its group; secrets for its account alone."""

_PERSON = "'Ana Ribeiro, +351912000001, ana@example.com'"

_FILES = frozenset({"people", "escalation", "owners", "severity", "incidents"})
"""Names of files that are not a team's."""


@click.command("init")
@click.argument("directory", metavar="DIR")
@click.option("--team", metavar="NAME", help="1. The team's name.")
@click.option(
    "--person", "people", multiple=True, metavar="'NAME, PHONE, MAIL'", help="2. On call, in turns; repeatable."
)
@click.option("--zone", metavar="ZONE", help="3. Their time zone, such as Europe/Berlin.")
@click.option("--handoff", metavar="'DAY HH:MM'", help="4. When the week changes hands, such as 'mon 09:00'.")
@click.option("--twilio", metavar="'ACCOUNT NUMBER'", help="5. For texts and calls; else they are printed.")
@click.option("--mail-server", metavar="HOST[:PORT]", help="6. For mail; else it is printed.")
@click.option("--listen", default="127.0.0.1:8911", show_default=True, metavar="HOST:PORT", help="Where to listen.")
@click.option("--public-url", metavar="URL", help="How phones and providers reach pagerd.")
@click.option("--state-dir", default=".pagerd", show_default=True, metavar="PATH", help="Where pagerd writes.")
@click.option("-y", "--yes", is_flag=True, help="Ask nothing: what no option says gets its default.")
@click.pass_obj
def init_command(ctx: Context, /, directory: str, *, yes: bool, **given: str | tuple[str, ...] | None) -> None:
    """Write a config directory that works, from six questions; no file that is there is touched."""
    is_asked = not yes and sys.stdin.isatty() and sys.stderr.isatty()
    if is_asked:
        ctx.out.talk(f"Six questions for {directory}. An empty answer takes what stands in brackets.")
    answers = _answers(Asker(given, is_asked=is_asked))
    texts = starter.files(answers, now())
    findings = load(texts, now=now()).findings
    if findings:
        raise InvalidPlan(f"these answers make no config that works:\n{render(findings, texts)}")
    _write(Path(directory), texts, with_secrets=answers.twilio is not None and not answers.is_service)
    for name in texts:
        ctx.out.line(str(Path(directory) / name))
    for line in _next_steps(directory, answers):
        ctx.out.talk(line)


class Asker:
    """Takes an answer from its option, else from the person, else its default."""

    def __init__(self, given: dict[str, str | tuple[str, ...] | None], *, is_asked: bool) -> None:
        self._given = given
        self._is_asked = is_asked

    def one(self, name: str, question: str, default: str, read: Callable[[str], T]) -> T:
        """Return one answer. Raises UsageError for an option that cannot be read; a person is asked again."""
        value = self._given[name]
        if isinstance(value, str):
            return _read(read, value)
        if not self._is_asked:
            return _read(read, default)
        read_again: Callable[[str], T] = lambda said: _read(read, said.strip())  # noqa: E731  # click wants a callable
        answer: T = click.prompt(question, default=default, value_proc=read_again, err=True, show_default=bool(default))
        return answer

    def option(self, name: str, read: Callable[[str], T]) -> T | None:
        """Return what only an option says."""
        value = self._given[name]
        return _read(read, value) if isinstance(value, str) else None

    def people(self) -> tuple[Newcomer, ...]:
        """Return everybody: at least one, for a pager that pages nobody is none."""
        value = self._given["people"]
        if isinstance(value, tuple) and value:
            return tuple(_read(_person, one) for one in value)
        if not self._is_asked:
            raise click.UsageError(
                "somebody must be on call: say --person 'Ana Ribeiro, +351912000001, ana@example.com'"
            )
        found: list[Newcomer] = []
        question = "2/6 Who is on call, in turns? Name, phone, mail; one a line, an empty one ends"
        while True:
            read: Callable[[str], Newcomer | None] = lambda said: _read(_person, said) if said.strip() else None  # noqa: E731
            one = click.prompt(question, default="", value_proc=read, err=True, show_default=False)
            question = "    and"
            if one is not None:
                found.append(one)
            elif found:
                return tuple(found)


def _answers(ask: Asker) -> Answers:
    listen, state_dir = ask.option("listen", _address), ask.option("state_dir", values.path)
    assert listen is not None, "it has a default"
    assert state_dir is not None, "it has a default"
    return Answers(
        team=ask.one("team", "1/6 The team's name, in lower case", "platform", _team),
        people=ask.people(),
        zone=ask.one("zone", "3/6 Their time zone", _zone_here(), lambda said: times.zone(said).key),
        handoff=ask.one("handoff", "4/6 When does the week change hands", "mon 09:00", _handoff),
        twilio=ask.one("twilio", "5/6 Twilio account and number for texts and calls (empty: print them)", "", _twilio),
        mail_server=ask.one("mail_server", "6/6 Mail server (empty: print mails)", "", _mail_server),
        listen=listen,
        public_url=ask.option("public_url", values.url),
        state_dir=state_dir,
    )


def _read(read: Callable[[str], T], said: str) -> T:
    try:
        return read(said)
    except Mismatch as wrong:
        hint = f"; {wrong.hint}" if wrong.hint else ""
        raise click.UsageError(f"{wrong.message}: expected {wrong.expected}{hint}") from None


def _address(said: str) -> str:
    return str(values.address(said))


def _team(said: str) -> str:
    if said in _FILES:
        raise Mismatch(f"{said!r} is the name of another file", "another name")
    return values.name(said)


def _person(said: str) -> Newcomer:
    parts = [part.strip() for part in said.split(",")]
    if len(parts) != 3:
        raise Mismatch(f"{values.shown(said)} is not a person", _PERSON)
    return Newcomer(name=values.text(parts[0]), phone=values.phone(parts[1]), email=values.email(parts[2]))


def _handoff(said: str) -> tuple[int, str]:
    found = re.fullmatch(r"([a-z]{3})[a-z]* ((?:[01][0-9]|2[0-3]):[0-5][0-9])", said.lower())
    day = starter.weekday(found[1]) if found is not None else None
    if found is None or day is None:
        raise Mismatch(f"{values.shown(said)} is not a day and a time", "such as mon 09:00")
    return day, found[2]


def _twilio(said: str) -> Twilio | None:
    if not said:
        return None
    account, _, number = said.partition(" ")
    if not re.fullmatch(r"AC[0-9a-f]{32}", account):
        raise Mismatch(f"{values.shown(account)} is not an account of Twilio", "AC and 32 digits, then the number")
    return Twilio(account=account, number=values.phone(number.strip()))


def _mail_server(said: str) -> str | None:
    if not said:
        return None
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]{0,252}(:[0-9]{1,5})?", said):
        raise Mismatch(f"{values.shown(said)} is not a mail server", "a host, or host:port")
    return said


def _zone_here() -> str:
    """Return the name of this machine's zone, where it has one."""
    named = os.environ.get("TZ", "").removeprefix(":") or str(LOCALTIME.resolve()).partition("zoneinfo/")[2]
    try:
        return times.zone(named).key
    except Mismatch:
        return "UTC"


def _write(directory: Path, texts: Mapping[str, str], *, with_secrets: bool) -> None:
    there = [name for name in texts if os.path.lexists(directory / name)]
    if there:
        raise Conflict(f"{directory / there[0]} is there already: nothing was written")
    directory.mkdir(mode=DIRECTORY_MODE, parents=True, exist_ok=True)
    if with_secrets:
        (directory / "secrets").mkdir(mode=SECRETS_MODE, exist_ok=True)
    for name, text in texts.items():
        path = directory / name
        path.parent.mkdir(mode=DIRECTORY_MODE, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, FILE_MODE)
        with os.fdopen(descriptor, "w") as file:
            file.write(text)


def _next_steps(directory: str, answers: Answers) -> Iterator[str]:
    where = shlex.quote(directory)
    if answers.twilio is not None:
        token = "/etc/credstore/pagerd.twilio" if answers.is_service else f"{directory}/secrets/twilio"
        yield f"Put Twilio's auth token into {token}, readable by pagerd alone; docs/twilio.md says the rest."
    if answers.twilio is None or answers.mail_server is None:
        yield "What has no provider yet is printed by the daemon; docs/config.md has the providers."
    yield "Next:"
    yield f"  pagerd check {where}"
    yield f"  pagerd run -c {where}"
    state = answers.state_dir if answers.is_service else f"{directory}/{answers.state_dir}"
    yield f"Alertmanager's token is in {state}/prod.token then; docs/alertmanager.md says where it goes."
