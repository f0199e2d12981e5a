"""How a difference is written: as JSON, and as Markdown for the comment of a pull request."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pagerd.core.conditions import Condition, Figure, moved, signed
from pagerd.core.markdown import escaped
from pagerd.core.replaying.account import Account, Ruling
from pagerd.core.replaying.difference import WORDS, Cause, Difference, PersonChange

Json = dict[str, Any]

ROWS_MAX = 20
"""Rows of a table in a comment: nobody reads more of them there, and the rest is in `-o json`."""

HEADINGS = {
    "pages": "Pages",
    "night_pages": "Night pages",
    "people_woken": "People woken",
    "tickets": "Tickets",
    "sleep_minutes": "Minutes of sleep lost",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A difference, and what was played for it. `failed` are the conditions of --fail-if that hold."""

    played: str
    start: datetime
    end: datetime
    before_name: str
    after_name: str
    before: Account
    after: Account
    difference: Difference
    assumptions: Sequence[str]
    failed: Sequence[Condition] = ()


def report_json(one: Report) -> Json:
    """Write all of it for a machine."""
    return {
        "played": one.played,
        "from": one.start.isoformat(),
        "to": one.end.isoformat(),
        "episodes": one.before.episodes,
        "before": _side(one.before_name, one.before),
        "after": _side(one.after_name, one.after),
        "figures": {figure.metric: _figure(figure) for figure in one.difference.figures},
        "people": [_person(person) for person in one.difference.people],
        "causes": [_cause(cause) for cause in one.difference.causes],
        "assumptions": list(one.assumptions),
        "failed": [{"condition": each.text, "found": each.found(one.difference.figures)} for each in one.failed],
    }


def _side(name: str, account: Account) -> Json:
    return {"plan": name, "revision": account.revision, "acts_skipped": account.acts_skipped}


def _figure(one: Figure) -> Json:
    return {"before": one.before, "after": one.after, "change": one.change}


def _person(one: PersonChange) -> Json:
    return {
        "person": one.person,
        "paged": _figure(one.paged),
        "woken": _figure(one.woken),
        "sleep_minutes": _figure(one.sleep),
    }


def _cause(one: Cause) -> Json:
    return {
        "alert": one.alert,
        **{figure.metric: _figure(figure) for figure in one.figures},
        "judged_before": [_ruling(*each) for each in one.before],
        "judged_after": [_ruling(*each) for each in one.after],
        "sentence": one.sentence,
    }


def _ruling(ruling: Ruling, count: int) -> Json:
    return {
        "team": ruling.team,
        "rule": ruling.rule or None,
        "verdict": ruling.verdict,
        "severity": ruling.severity,
        "count": count,
    }


def headline(one: Difference) -> str:
    """Say in one sentence what matters most."""
    if one.is_none:
        return "Nothing changes: the same pages at the same times to the same people."
    told = [figure for figure in one.figures if figure.change]
    if not told:
        return "As many of everything as before, but not to the same people or for the same alerts."
    words = [f"{abs(each.change):,} {'more' if each.change > 0 else 'fewer'} {WORDS[each.metric]}" for each in told]
    return f"{', '.join(words).capitalize()}."


def markdown(one: Report) -> str:
    """Write what belongs into the comment of a pull request."""
    return "\n".join(_markdown(one)) + "\n"


def _markdown(one: Report) -> Iterator[str]:
    failed = "".join(f" **Failed: {escaped(each.text)}.**" for each in one.failed)
    yield f"### pagerd replay: {headline(one.difference)}{failed}"
    yield ""
    yield (
        f"{one.before.episodes:,} alerts from {one.start:%Y-%m-%d %H:%M} to {one.end:%Y-%m-%d %H:%M} UTC,"
        f" {escaped(one.played)}: {escaped(one.before_name)} → {escaped(one.after_name)}."
    )
    yield ""
    yield "| | Before | After | Change |"
    yield "| - | -: | -: | -: |"
    for figure in one.difference.figures:
        yield f"| {HEADINGS[figure.metric]} | {figure.before:,} | {figure.after:,} | {signed(figure.change)} |"
    if one.difference.causes:
        yield ""
        yield "| Alert | Pages | Night pages | Tickets | Judged |"
        yield "| - | -: | -: | -: | - |"
        for cause in one.difference.causes[:ROWS_MAX]:
            numbers = " | ".join(moved(cause.figure(name)) for name in ("pages", "night_pages", "tickets"))
            yield f"| {escaped(cause.alert)} | {numbers} | {escaped(cause.sentence)} |"
        yield from _left(len(one.difference.causes), "alerts")
    if one.difference.people:
        yield ""
        yield "| Person | Paged | Woken | Minutes of sleep lost |"
        yield "| - | -: | -: | -: |"
        for person in one.difference.people[:ROWS_MAX]:
            cells = " | ".join(moved(figure) for figure in (person.paged, person.woken, person.sleep))
            yield f"| {escaped(person.person)} | {cells} |"
        yield from _left(len(one.difference.people), "people")
    yield ""
    yield "<details><summary>What was taken for granted</summary>"
    yield ""
    yield from (f"- {escaped(sentence)}" for sentence in one.assumptions)
    yield ""
    yield "</details>"


def _left(count: int, what: str) -> Iterator[str]:
    if count > ROWS_MAX:
        yield ""
        yield f"And {count - ROWS_MAX} more {what}."
