"""What a simulation supposes, as people type it: who answers when, who is away or covers, which provider is in trouble.

Names that nobody has are NotFound, with the one that was perhaps meant; everything else that is wrong is wrong usage.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import click

from pagerd.cli.times import NotATime, read_length
from pagerd.config.settings import Settings, names_of
from pagerd.core.errors import NotFound
from pagerd.core.oncall.override import new_override
from pagerd.core.oncall.schedule import Away, OverrideKind
from pagerd.core.people import Medium
from pagerd.core.plan import Plan
from pagerd.core.suggestions import listed, nearest
from pagerd.lab.people import NEVER, Manner, Manners

Json = dict[str, Any]

_CALLED = {"text": Medium.SMS, "call": Medium.VOICE, "mail": Medium.EMAIL}
"""What a message on each medium is called where people read of it; they may write that, too."""

_MEDIA = {**{medium.value: medium for medium in Medium}, **_CALLED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """What was typed, as it was typed."""

    answers: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    resolves: tuple[str, ...] = ()
    away: tuple[str, ...] = ()
    on_call: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    resolved_after: str | None = None

    def as_json(self) -> Json:
        """Write it for whoever reads the answer later."""
        return {
            "answers": list(self.answers),
            "unanswered": list(self.unanswered),
            "resolves": list(self.resolves),
            "away": list(self.away),
            "on_call": list(self.on_call),
            "down": list(self.down),
            "resolved_after": self.resolved_after,
        }

    def __str__(self) -> str:
        """Say it in words."""
        parts = [
            *(_answer_words(text) for text in self.answers),
            *(f"{name} never answers" for name in self.unanswered),
            *("{} resolves after {}".format(*text.split("=", 1)) for text in self.resolves if "=" in text),
            *(f"{name} is away" for name in self.away),
            *("{1} covers {0}".format(*text.split("=", 1)) for text in self.on_call if "=" in text),
            *(f"{name} is down" for name in self.down),
            *([f"alerts end after {self.resolved_after}"] if self.resolved_after else []),
        ]
        if not self.answers:
            parts.insert(0, "nobody answers")
        return "; ".join(parts)


def _answer_words(text: str) -> str:
    """Say `ana=voice:30s` in words."""
    name, _sign, rest = text.partition("=") if "=" in text else ("everybody", "", text)
    medium, colon, after = rest.partition(":")
    if not colon:
        return f"{name} answers after {rest}"
    what = next((called for called, one in _CALLED.items() if one is _MEDIA.get(medium)), medium)
    return f"{name} answers {after} after a {what}"


def manners_of(supposed: Supposed, plan: Plan) -> Manners:
    """Return how people answer."""
    others = NEVER
    of: dict[str, Manner] = {}
    for text in supposed.answers:
        name, sign, rest = text.partition("=")
        medium, after = _when(rest if sign else text, "--answers", text)
        media = (medium,) if medium is not None else tuple(Medium)
        if not sign:
            others = replace(others, after={**others.after, **dict.fromkeys(media, after)})
            continue
        _known(name, plan.people, "person")
        before = of.get(name, NEVER)
        of[name] = replace(before, after={**before.after, **dict.fromkeys(media, after)})
    for name in supposed.unanswered:
        if name in of:
            raise click.UsageError(f"{name} cannot both answer and never answer")
        of[_known(name, plan.people, "person")] = NEVER
    for text in supposed.resolves:
        name, _sign, rest = text.partition("=")
        manner = of.get(_known(name, plan.people, "person"), others)
        if not manner.after:
            raise click.UsageError(f"--resolves {text}: {name} never answers; say when, as in --answers {name}=2m")
        of[name] = replace(manner, resolves_after=_length(rest, "--resolves", text))
    return Manners(of=of, others=others)


def plan_under(supposed: Supposed, plan: Plan, begins: datetime, lasts: timedelta) -> Plan:
    """Return the plan with who is away and who covers laid over it."""
    span = (begins - timedelta(days=1), begins + lasts)
    away = [Away(person=_known(name, plan.people, "person"), start=span[0], end=span[1]) for name in supposed.away]
    covers = []
    for number, text in enumerate(supposed.on_call):
        schedule, sign, name = text.partition("=")
        if not sign:
            raise click.UsageError(f"--on-call {text}: write SCHEDULE=PERSON")
        covers.append(
            replace(
                new_override(
                    plan.book,
                    plan.people,
                    id=f"supposed-{number + 1}",
                    schedule=_known(schedule, plan.book.schedules, "schedule"),
                    start=span[0],
                    end=span[1],
                    people=(_known(name, plan.people, "person"),),
                    kind=OverrideKind.EVERYBODY,
                ),
                stored=True,
                # Later ones beat earlier: what is tried here is the latest of all.
                order=1_000_000_000_000_000 + number,
            )
        )
    book = replace(plan.book, away=(*plan.book.away, *away), overrides=(*plan.book.overrides, *covers))
    return replace(plan, book=book)


def down_of(supposed: Supposed, settings: Settings) -> frozenset[str]:
    """Return the media and the providers that are in trouble, by the names that the lab knows."""
    providers = {name for some in settings.channels.values() for name in names_of(some)}
    known = [*_MEDIA, *sorted(providers - set(_MEDIA))]
    found = [_known(name, known, "medium or provider") for name in supposed.down]
    return frozenset(_MEDIA[name].value if name in _MEDIA else name for name in found)


def timed(texts: Sequence[str]) -> list[tuple[timedelta, list[str]]]:
    """Read `--alert '+5m name=value ...'`: how long after the first one, and the labels."""
    import shlex

    found = []
    for text in texts:
        try:
            words = shlex.split(text)
        except ValueError as error:
            raise click.UsageError(f"--alert {text!r}: {error}") from error
        after = timedelta(0)
        if words and words[0].startswith("+"):
            after = _length(words.pop(0)[1:], "--alert", text)
        if not words:
            raise click.UsageError(f"--alert {text!r} has no labels; write it as '+5m alertname=X severity=page'")
        found.append((after, words))
    return found


def _when(text: str, option: str, whole: str) -> tuple[Medium | None, timedelta]:
    """Read `2m`, or `voice:30s`: a medium that alone is heeded, and how long it takes."""
    word, sign, rest = text.partition(":")
    if not sign:
        return None, _length(text, option, whole)
    if word not in _MEDIA:
        raise click.UsageError(f"{option} {whole}: {word!r} is no medium; media are {listed(list(_MEDIA))}")
    return _MEDIA[word], _length(rest, option, whole)


def _length(text: str, option: str, whole: str) -> timedelta:
    if re.fullmatch(r"0[smhd]?", text.strip()):
        return timedelta(0)
    try:
        return read_length(text)
    except NotATime as error:
        raise click.UsageError(f"{option} {whole}: {error}") from error


def _known(name: str, known: Iterable[str], what: str) -> str:
    known = list(known)
    if name in known:
        return name
    raise NotFound(f"{name!r} is no {what}; {nearest(name, known) or f'there are {listed(known)}'}")
