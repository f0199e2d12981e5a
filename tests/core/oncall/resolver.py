"""A second answer to "who is on call?": slow, minute by minute, from the sentences of the documentation.

It has nothing of pagerd but the values that a schedule is made of. Where pagerd computes one instant, this paints a
calendar with a cell for each minute: the turns of each layer, over them its windows and its end, beside them who is
away and which overrides are in force. Then each minute is judged by itself, by the rules as they are written down.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import groupby
from typing import NamedTuple

from pagerd.core.oncall.schedule import Book, FixedShift, Layer, Override, OverrideKind, Schedule, Window
from tests.core.oncall.books import layer
from tests.core.oncall.stepping import DAY, MINUTE, clock, first_instant, openings, turns


class Answer(NamedTuple):
    """Who is on call, and what decided it."""

    people: tuple[str, ...]
    layer: str | None
    override: str | None


class Run(NamedTuple):
    """The same answer from one instant until before another."""

    start: datetime
    end: datetime
    answer: Answer


class Resolver:
    """The answers of one book, over one span. All that is in the book is in whole minutes."""

    def __init__(self, book: Book, start: datetime, end: datetime) -> None:
        self._book = book
        self._page = Page(start, end)
        self._known: dict[str, list[Run]] = {}

    def runs(self, name: str) -> list[Run]:
        """Return the answers of a schedule; neighbours differ."""
        if name not in self._known:
            self._known[name] = self._judged(self._book.schedules[name])
        return self._known[name]

    def shadows(self, name: str, when: datetime, people: tuple[str, ...]) -> tuple[str, ...]:
        """Return who is told beside the people on call: for good or by a fixed shift, and neither on call nor away."""
        schedule = self._book.schedules[name]
        by_name = [person for one in schedule.fixed if one.start <= when < one.end for person in one.shadows]
        away = [one.person for one in self._book.away if one.start <= when < one.end]
        return tuple(
            person for person in dict.fromkeys((*schedule.shadows, *by_name)) if person not in (*people, *away)
        )

    def _judged(self, schedule: Schedule) -> list[Run]:
        """Judge each minute in which anything is otherwise than in the one before."""
        book, page = self._book, self._page
        followed = schedule if schedule.copy is None else book.schedules.get(schedule.copy, schedule)
        levels = () if followed.copy is not None else tuple(reversed(followed.levels))
        names = [person for level in followed.levels for one in level for turn in one.members for person in turn]
        overrides = [one for one in book.overrides if one.schedule == schedule.id]
        above = self.runs(followed.id) if followed is not schedule and levels else []
        cells = zip(
            page.sets((one.start, one.end) for one in schedule.fixed),
            page.sets((one.start, one.end) for one in overrides),
            page.sets((one.start, one.end) for one in book.away),
            page.painted((run.start, run.end, run.answer.people) for run in above),
            *(_turns(layer, page.start, page.end) for level in levels for layer in level),
            strict=True,
        )
        offset = schedule.offset if schedule.copy else 0
        answers: list[tuple[Answer, int]] = []
        for (shifts, orders, absences, ahead, *turns_on), same in groupby(cells):
            minute = Minute(
                in_force=[overrides[n] for n in orders],
                away=frozenset(book.away[n].person for n in absences),
                above=frozenset(ahead or ()),
            )
            numbers = iter(turns_on)
            filled = [[place for layer in level for place in _places(layer, next(numbers), offset)] for level in levels]
            by_name = _places_by_name([schedule.fixed[n] for n in shifts])
            answers.append((minute.answer([by_name, *filled], names), sum(1 for _ in same)))
        found, minutes = [], 0
        for answer, together in groupby(answers, key=lambda one: one[0]):
            until = minutes + sum(length for _, length in together)
            found.append(Run(page.start + minutes * MINUTE, page.start + until * MINUTE, answer))
            minutes = until
        return found


class Page:
    """A calendar's page: one cell for each minute of a span."""

    def __init__(self, start: datetime, end: datetime) -> None:
        self.start, self.end = start, end
        self.length = (end - start) // MINUTE
        self.blank: list = [None] * self.length

    def cells(self, begins: datetime, ends: datetime) -> slice:
        """Return the cells of the minutes from an instant until before another, as far as they are on this page."""
        low, high = ((min(max(one, self.start), self.end) - self.start) // MINUTE for one in (begins, ends))
        return slice(low, max(low, high))

    def painted(self, spans: Iterable[tuple[datetime, datetime, object]]) -> list:
        """Return the page with each span painted over those before it."""
        page = list(self.blank)
        for begins, ends, colour in spans:
            where = self.cells(begins, ends)
            page[where] = [colour] * (where.stop - where.start)
        return page

    def sets(self, spans: Iterable[tuple[datetime, datetime]]) -> list[tuple[int, ...]]:
        """Return for each minute the numbers of all spans that it lies in."""
        page: list[tuple[int, ...]] = [()] * self.length
        for number, span in enumerate(spans):
            where = self.cells(*span)
            page[where] = [(*there, number) for there in page[where]]
        return page


@lru_cache(maxsize=64)
def _turns(layer: Layer, start: datetime, end: datetime) -> list[int | None]:
    """Return which turn of a layer is on in each minute."""
    page = Page(start, end)
    started = []
    for number, (begins, ends, kept_until) in enumerate(turns(layer)):
        if begins >= end:
            break
        if ends > start:
            started.append((begins, kept_until, number))
    on = page.painted(started)
    since = start if layer.since is None else first_instant(layer.since, layer.zone)
    until = end if layer.until is None else first_instant(layer.until, layer.zone)
    is_there = page.painted([(since, until, True)])
    is_open = _in_windows(layer, layer.only, page) if layer.only else is_there
    is_shut = _in_windows(layer, layer.not_on, page)
    return [
        turn if there and open_now and not shut else None
        for turn, there, open_now, shut in zip(on, is_there, is_open, is_shut, strict=True)
    ]


def _in_windows(layer: Layer, windows: tuple[Window, ...], page: Page) -> list:
    """Return whether any of these windows is open in each minute; one that is may have opened a week ago."""
    first, last = (clock(instant, layer.zone).date() for instant in (page.start, page.end))
    days = [first + n * DAY for n in range(-9, (last - first).days + 3)]
    return page.painted((*span, True) for day in days for span in openings(layer, day, windows))


@dataclass(frozen=True)
class Place:
    """A person who has a turn of a layer."""

    layer: Layer
    turn: int
    person: str

    def next_in_turn(self) -> Iterator[str]:
        """Yield who has the turns after it, until it would be this turn again."""
        for later in range(1, len(self.layer.members)):
            yield from self.layer.members[(self.turn + later) % len(self.layer.members)]


@dataclass(frozen=True)
class Order:
    """An override that is heard, with those of its people whom no stronger one takes out."""

    override: Override
    people: tuple[str, ...]


@dataclass
class Minute:
    """What is in force beside the layers in one minute, and the answer as it comes about."""

    in_force: list[Override]
    away: frozenset[str]
    above: frozenset[str]
    there: set[str] = field(default_factory=set)
    decided: list[Override] = field(default_factory=list)

    @cached_property
    def orders(self) -> list[Order]:
        """The overrides, the strongest first. EVERYBODY silences all weaker ones."""
        by_name = sorted(self.in_force, key=lambda one: one.id)
        heard: list[Order] = []
        for override in sorted(by_name, key=lambda one: (one.stored, one.order), reverse=True):
            taken_out = {order.override.instead_of for order in heard if order.override.kind is OverrideKind.REMOVE}
            heard.append(Order(override, tuple(one for one in override.people if one not in taken_out)))
            if override.kind is OverrideKind.EVERYBODY:
                break
        return heard

    def of(self, kind: OverrideKind) -> list[Order]:
        """Return the overrides of a kind."""
        return [order for order in self.orders if order.override.kind is kind]

    def answer(self, levels: list[list[Place]], names: list[str]) -> Answer:
        """Judge: the highest level with somebody shows; EVERYBODY fills a hole; ADD adds, to a hole as well."""
        layer = None
        for places in levels:
            if places and self.is_shown(places):
                layer = places[0].layer.name
                break
        if not self.there:
            for order in self.of(OverrideKind.EVERYBODY):
                self.bring(order)
        for order in self.of(OverrideKind.ADD):
            if order.people:
                self.bring(order)
        strongest = next((order.override.id for order in self.orders if order.override in self.decided), None)
        known = sorted(self.there & set(names), key=names.index)
        return Answer((*known, *sorted(self.there - set(names))), layer, strongest)

    def is_shown(self, places: list[Place]) -> bool:
        """Fill the places of a level. It shows where somebody is there then, or where an override emptied a place."""
        is_emptied = False
        to_cover: list[Place] = []
        for_everybody: list[Place] = []
        for place in places:
            speaks = self.spoken_of(place.person)
            if speaks is not None and speaks.override.kind is OverrideKind.REPLACE:
                # The place is taken even of a person who is away; nobody else covers it then.
                is_emptied |= not speaks.people
                to_cover += [place] * self.bring(speaks)
            elif self.of(OverrideKind.EVERYBODY):
                for_everybody.append(place)
            elif place.person in self.away | self.above:
                # Who is away is already out, and stays covered.
                to_cover.append(place)
            elif speaks is not None:
                is_emptied = True
                self.decided.append(speaks.override)
            else:
                self.there.add(place.person)
        for order in self.of(OverrideKind.EVERYBODY):
            if for_everybody:
                is_emptied |= not order.people
                to_cover += for_everybody[:1] * self.bring(order)
        for place in to_cover:
            self.cover(place)
        return bool(self.there) or is_emptied

    def spoken_of(self, person: str) -> Order | None:
        """Return the strongest override that replaces or removes a person."""
        return next(
            (
                order
                for order in self.orders
                if order.override.instead_of == person
                and order.override.kind in {OverrideKind.REPLACE, OverrideKind.REMOVE}
            ),
            None,
        )

    def bring(self, order: Order) -> int:
        """Put in the people of an override; return how many of them are away."""
        here = set(order.people) - self.away
        self.there |= here
        if here or not order.people:
            self.decided.append(order.override)
        return len(order.people) - len(here)

    def cover(self, place: Place) -> None:
        """Give a place to the first of the next in turn who can have it, or to whoever an override puts there."""
        removed = {order.override.instead_of for order in self.of(OverrideKind.REMOVE)}
        for person in place.next_in_turn():
            speaks = self.spoken_of(person)
            if speaks is not None and speaks.override.kind is OverrideKind.REPLACE:
                stand_ins = set(speaks.people) - self.away - self.there
                if stand_ins:
                    self.there |= stand_ins
                    self.decided.append(speaks.override)
                    return
            elif person not in self.away | self.above | self.there | removed:
                self.there.add(person)
                return


def _places(layer: Layer, turn: int | None, offset: int) -> list[Place]:
    """Return the places of a turn, for a copy those of a later turn; there an empty one is passed over."""
    if turn is None:
        return []
    size = len(layer.members)
    for later in range(offset, offset + (size if offset else 1)):
        if people := layer.members[(turn + later) % size]:
            return [Place(layer, turn + later, person) for person in people]
    return []


def _places_by_name(shifts: list[FixedShift]) -> list[Place]:
    """Return the places of fixed shifts that are on at once: one level, with no next in turn."""
    people = tuple(dict.fromkeys(person for one in shifts for person in one.people))
    level = layer("", name="shift", every=None, members=(people,))
    return [Place(level, 0, person) for person in people]
