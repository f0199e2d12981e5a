"""What differs between two replays of the same alerts: figures, people, and the alerts that make the difference."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pagerd.core.conditions import Figure
from pagerd.core.replaying.account import Account, PageSeen, Ruling, Span, minutes_of

METRICS: Mapping[str, Callable[[Account], int]] = {
    "pages": lambda one: len(one.pages),
    "night_pages": lambda one: one.night_pages,
    "people_woken": lambda one: len(one.people),
    "tickets": lambda one: len(one.tickets),
    "sleep_minutes": lambda one: sum(one.sleep_minutes.values()),
}
"""What is counted of a replay, in the order in which it is shown."""

WORDS: Mapping[str, str] = {
    "pages": "pages",
    "night_pages": "night pages",
    "people_woken": "people woken",
    "tickets": "tickets",
    "sleep_minutes": "minutes of sleep lost",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChange:
    """What changes for one person: pages that reach them, that wake them, minutes of sleep."""

    person: str
    paged: Figure
    woken: Figure
    sleep: Figure

    @property
    def is_change(self) -> bool:
        """Does anything change for them?"""
        return any(one.change for one in (self.paged, self.woken, self.sleep))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One alert, by its name, that comes to something else; how it was judged in both, each with how often."""

    alert: str
    figures: tuple[Figure, ...]
    before: tuple[tuple[Ruling, int], ...]
    after: tuple[tuple[Ruling, int], ...]

    def figure(self, metric: str) -> Figure:
        """Return one of its figures."""
        return next(one for one in self.figures if one.metric == metric)

    @property
    def is_judged_anew(self) -> bool:
        """Is it judged in another way? Else somebody else is paged for it, or at other times."""
        return self.before != self.after

    @property
    def sentence(self) -> str:
        """Say what became of how it is judged."""
        if not self.is_judged_anew:
            return "judged as before; whom it pages, or when, is another"
        return f"{_words(self.before)} → {_words(self.after)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """All of it. `people` and `causes` are those for which something changes, the largest change first."""

    figures: tuple[Figure, ...]
    people: tuple[PersonChange, ...]
    causes: tuple[Cause, ...]

    @property
    def is_none(self) -> bool:
        """Is everything as before?"""
        return not (self.people or self.causes or any(one.change for one in self.figures))


def difference(before: Account, after: Account) -> Difference:
    """Compare two replays."""
    return Difference(
        figures=tuple([Figure(name, count(before), count(after)) for name, count in METRICS.items()]),
        people=tuple(_people(before, after)),
        causes=tuple(_causes(before, after)),
    )


def _people(before: Account, after: Account) -> Iterable[PersonChange]:
    paged, sleep = (_paged(before), _paged(after)), (before.sleep_minutes, after.sleep_minutes)
    woken = (before.people, after.people)
    found = [
        PersonChange(
            person=person,
            paged=Figure("paged", paged[0].get(person, 0), paged[1].get(person, 0)),
            woken=Figure("woken", woken[0].get(person, 0), woken[1].get(person, 0)),
            sleep=Figure("sleep_minutes", sleep[0].get(person, 0), sleep[1].get(person, 0)),
        )
        for person in sorted({*paged[0], *paged[1], *woken[0], *woken[1]})
    ]
    return sorted((one for one in found if one.is_change), key=lambda one: (-abs(one.woken.change), one.person))


def _paged(account: Account) -> Mapping[str, int]:
    """Return how many pages each person was asked about."""
    return Counter(person for page in account.pages for person in {person for _, person in page.paged})


def _causes(before: Account, after: Account) -> Iterable[Cause]:
    names = {page.alert for account in (before, after) for page in account.pages}
    names |= {ticket.alert for account in (before, after) for ticket in account.tickets}
    ruled = [_ruled(account) for account in (before, after)]
    counted = [_counted(account) for account in (before, after)]
    found = []
    for name in sorted(names | set(ruled[0]) | set(ruled[1])):
        cause = Cause(
            alert=name,
            figures=tuple(
                [Figure(metric, counted[0][metric][name], counted[1][metric][name]) for metric in counted[0]]
            ),
            before=ruled[0].get(name, ()),
            after=ruled[1].get(name, ()),
        )
        if any(one.change for one in cause.figures) or cause.is_judged_anew or _paged_otherwise(name, before, after):
            found.append(cause)
    return sorted(found, key=lambda one: tuple(-abs(figure.change) for figure in one.figures))


def _ruled(account: Account) -> Mapping[str, tuple[tuple[Ruling, int], ...]]:
    found: dict[str, list[tuple[Ruling, int]]] = {}
    for ruling, count in account.rulings:
        found.setdefault(ruling.alert, []).append((ruling, count))
    return {name: tuple(sorted(of, key=lambda one: (-one[1], one[0]))) for name, of in found.items()}


def _counted(account: Account) -> Mapping[str, Counter[str]]:
    """Count for each alert by its name; of sleep, what its pages alone would cost."""
    found: dict[str, Counter[str]] = {name: Counter() for name in ("night_pages", "pages", "tickets", "sleep_minutes")}
    for page in account.pages:
        found["pages"][page.alert] += 1
        found["night_pages"][page.alert] += len(page.woken)
    for ticket in account.tickets:
        found["tickets"][ticket.alert] += 1
    for name, spans in _spans(account.pages).items():
        found["sleep_minutes"][name] = sum(minutes_of(of) for of in spans.values())
    return found


def _spans(pages: Iterable[PageSeen]) -> Mapping[str, Mapping[str, list[Span]]]:
    found: dict[str, dict[str, list[Span]]] = {}
    for page in pages:
        for one in page.woken:
            found.setdefault(page.alert, {}).setdefault(one.person, []).append(one.span)
    return found


def _paged_otherwise(name: str, before: Account, after: Account) -> bool:
    return [one.paged for one in before.pages if one.alert == name] != [
        one.paged for one in after.pages if one.alert == name
    ]


def _words(rulings: tuple[tuple[Ruling, int], ...]) -> str:
    """Say how an alert was judged, the most frequent way first."""
    if not rulings:
        return "not judged"
    total = sum(count for _, count in rulings)
    first, count = rulings[0]
    by = f"rule '{first.rule}' of {first.team}" if first.rule else f"no rule of {first.team}, severity {first.severity}"
    often = "" if count == total else f" ({count} of {total})"
    return f"{by}: {first.verdict.replace('_', ' ')}{often}"
