"""A schedule made ready: its layers as arithmetic, its overrides and absences as spans. `lookup.py` states the rules.

What is computed here is one answer at one instant, together with an instant before which it cannot change. Everything
else (until when, shifts, holes) walks from answer to answer, so that there is one truth.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pagerd.core.oncall.rotation import Rotation
from pagerd.core.oncall.schedule import SHIFT, Away, Book, FixedShift, Layer, Override, OverrideKind, Schedule
from pagerd.core.oncall.shadows import Shadows
from pagerd.core.oncall.spans import Spans


class Answer(NamedTuple):
    """Who is on call at an instant, and an instant before which that cannot change (None: never)."""

    people: tuple[str, ...]
    layer: str | None
    override: str | None
    until: datetime | None


class Slot(NamedTuple):
    """One place that the layers fill: this person, by this turn of this layer, or by a fixed shift (`FIXED`)."""

    rotation: Rotation
    turn: int
    person: str


class Order(NamedTuple):
    """What is left of one override beside the stronger ones. The smaller its rank, the stronger it is."""

    rank: int
    override: Override
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Orders:
    """All overrides in force at once, weighed against each other."""

    by_person: Mapping[str, Order]
    everybody: Order | None
    added: tuple[Order, ...]
    removed: frozenset[str]


NOTHING_ORDERED = Orders({}, None, (), frozenset())
"""No override is in force."""

FIXED = Rotation(Layer(name=SHIFT, members=(), zone=ZoneInfo("UTC"), start=datetime(2000, 1, 1)))  # noqa: DTZ001 - unused
"""The rotation of all fixed shifts: it has no turns, so that nobody comes next and nobody covers."""


class Roster:
    """One schedule of one book, ready to answer. It is computed once and never changes."""

    __slots__ = ("_away", "_fixed", "_levels", "_mentioned", "_offset", "_orders", "_source", "shadows")

    def __init__(self, book: Book, schedule: Schedule) -> None:
        self._offset = schedule.offset if schedule.copy is not None else 0
        self._source: Roster | None = None
        layers_of = schedule
        if schedule.copy is not None:
            copied = book.schedules.get(schedule.copy)
            if copied is None or copied.copy is not None:
                # The config refuses both. Here they come to nobody, which the escalation skips and says.
                layers_of = Schedule(id=schedule.id, team=schedule.team, zone=schedule.zone)
            else:
                layers_of = copied
                self._source = Roster(book, copied)
        # The highest level first: that is the way in which they are asked.
        self._levels = tuple(tuple(map(Rotation, level)) for level in reversed(layers_of.levels))
        fixed = tuple((one.start, one.end, one) for one in schedule.fixed if one.people)
        self._fixed = Spans(fixed, _fixed_slots) if fixed else None
        self.shadows = Shadows(book, schedule)
        self._mentioned = {person: place for place, person in enumerate(layers_of.people_of_layers)}
        overrides = sorted((o for o in book.overrides if o.schedule == schedule.id), key=_strength)
        self._orders = Spans(((o.start, o.end, (n, o)) for n, o in enumerate(overrides)), _weigh)
        people = {*self._mentioned, *schedule.people, *(person for o in overrides for person in o.people)}
        self._away = Spans(((a.start, a.end, a) for a in book.away if a.person in people), _absent)

    def answer(self, at: datetime) -> Answer:
        """Say who is on call at an instant (UTC)."""
        orders, orders_until = self._orders.at(at)
        away, away_until = self._away.at(at)
        untils = [until for until in (orders_until, away_until) if until is not None]
        if orders is NOTHING_ORDERED and not away and self._source is None:
            # Nearly always nothing is in force: then the places of the first level that has any are the answer.
            slots = next(self._slots(at, untils), None)
            people = tuple(dict.fromkeys([slot.person for slot in slots])) if slots else ()
            layer, override = slots[0].rotation.name if slots else None, None
        else:
            people, serving, override = self._weighed(at, orders, away, untils)
            layer = serving.name if serving is not None else None
        if len(people) > 1:
            people = tuple(sorted(people, key=self._place))
        until = min(untils, default=None)
        assert until is None or until > at, f"the answer at {at} must hold for a while, but ends at {until}"
        return Answer(people, layer, override, until)

    def _weighed(
        self, at: datetime, orders: Orders, away: frozenset[str], untils: list[datetime]
    ) -> tuple[tuple[str, ...], Rotation | None, str | None]:
        """Return people, the layer that serves and the override where something is in force beside the layers."""
        above: frozenset[str] = frozenset()
        if self._source is not None:
            source = self._source.answer(at)
            above = frozenset(source.people)
            if source.until is not None:
                untils.append(source.until)
        draft = _Draft(orders, away, above)
        serving = None
        for slots in self._slots(at, untils):
            if draft.fill(slots):
                serving = slots[0].rotation
                break
        draft.finish()
        return tuple(draft.taken), serving, draft.override

    def is_left_to_nobody(self, at: datetime) -> bool:
        """Does a turn of a layer say `none` at an instant (UTC)? Where nobody is on call then, that is meant.

        Only layers count that had a say: below the one whose people were taken away nothing shows, a `none` neither.
        """
        orders, _ = self._orders.at(at)
        away, _ = self._away.at(at)
        _, serving, _ = self._weighed(at, orders, away, [])
        if serving is FIXED:
            return False
        for level in self._levels:
            for rotation in level:
                turn, _ = rotation.stretch(at)
                if turn is not None and not rotation.people(turn):
                    return True
            if any(rotation is serving for rotation in level):
                return False
        return False

    def walk(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, Answer]]:
        """Give each answer of a span with the instant from which it holds; neighbours may well be alike."""
        at: datetime | None = start
        while at is not None and at < end:
            answer = self.answer(at)
            yield at, answer
            at = answer.until

    def _slots(self, at: datetime, untils: list[datetime]) -> Iterator[list[Slot]]:
        """Give the places of each level that has any, the highest first, and note how long each asked layer stays."""
        if self._fixed is not None:
            slots, until = self._fixed.at(at)
            if until is not None:
                untils.append(until)
            if slots:
                yield slots
        for level in self._levels:
            slots = []
            for rotation in level:
                turn, until = rotation.stretch(at)
                if until is not None:
                    untils.append(until)
                if turn is not None:
                    slots.extend(_places(rotation, turn, self._offset))
            if slots:
                yield slots

    def _place(self, person: str) -> tuple[int, str]:
        return self._mentioned.get(person, len(self._mentioned)), person


class _Draft:
    """An answer in the making."""

    __slots__ = ("_above", "_away", "_orders", "_used", "taken")

    def __init__(self, orders: Orders, away: frozenset[str], above: frozenset[str]) -> None:
        self._orders = orders
        self._away = away
        self._above = above
        self._used: list[Order] = []
        self.taken: dict[str, None] = {}

    @property
    def override(self) -> str | None:
        """The strongest override that had a part in the answer."""
        return min(self._used).override.id if self._used else None

    def fill(self, slots: list[Slot]) -> bool:
        """Fill the places of one level. False: nobody is there, so that the next lower level shows."""
        by_person, everybody = self._orders.by_person, self._orders.everybody
        vacant: list[Slot] = []
        claimed: list[Slot] = []
        is_emptied_on_purpose = False
        for slot in slots:
            order = by_person.get(slot.person)
            if order is not None and order.override.kind is OverrideKind.REPLACE:
                is_emptied_on_purpose |= not order.people
                vacant.extend(slot for _ in self._put(order))
            elif everybody is not None:
                claimed.append(slot)
            elif slot.person in self._away or slot.person in self._above:
                vacant.append(slot)
            elif order is not None:
                is_emptied_on_purpose = True
                self._used.append(order)
            else:
                self.taken[slot.person] = None
        if everybody is not None and claimed:
            is_emptied_on_purpose |= not everybody.people
            vacant.extend(claimed[0] for _ in self._put(everybody))
        for slot in vacant:
            self._cover(slot)
        return bool(self.taken) or is_emptied_on_purpose

    def finish(self) -> None:
        """Put in those who need no place of the layers: who stands for all in a hole, and who is added."""
        if self._orders.everybody is not None and not self.taken:
            self._put(self._orders.everybody)
        for order in self._orders.added:
            self._put(order)

    def _put(self, order: Order) -> list[str]:
        """Put in the people of an override; return those of them who are away."""
        here = [person for person in order.people if person not in self._away]
        self.taken.update(dict.fromkeys(here))
        if here or not order.people:
            self._used.append(order)
        return [person for person in order.people if person in self._away]

    def _cover(self, slot: Slot) -> None:
        """Give a place whose person cannot have it to the next in turn who can."""
        for later in range(1, len(slot.rotation.members)):
            for person in slot.rotation.people(slot.turn + later):
                order = self._orders.by_person.get(person)
                if order is not None and order.override.kind is OverrideKind.REPLACE:
                    # It speaks of this place now, and may name whom it likes.
                    come = [one for one in order.people if one not in self._away and one not in self.taken]
                    if come:
                        self._used.append(order)
                else:
                    come = [person] if self._may_cover(person) else []
                if come:
                    self.taken.update(dict.fromkeys(come))
                    return

    def _may_cover(self, person: str) -> bool:
        is_elsewhere = person in self._above or person in self.taken
        return not (is_elsewhere or person in self._away or person in self._orders.removed)


def _places(rotation: Rotation, turn: int, offset: int) -> Iterable[Slot]:
    """Return the places of the turn that is `offset` after this one; for a copy an empty turn there is passed over."""
    if not offset:
        return [Slot(rotation, turn, person) for person in rotation.people(turn)]
    for later in range(offset, offset + len(rotation.members)):
        if people := rotation.people(turn + later):
            return [Slot(rotation, turn + later, person) for person in people]
    return []


def _strength(override: Override) -> tuple[bool, int, str]:
    """Sort the strongest first: stored before files, later before earlier; the id makes it the same on every node."""
    return not override.stored, -override.order, override.id


def _weigh(overrides: tuple[tuple[int, Override], ...]) -> Orders:
    """Weigh overrides against each other, given the strongest first."""
    if not overrides:
        return NOTHING_ORDERED
    by_person: dict[str, Order] = {}
    added: list[Order] = []
    removed: set[str] = set()
    everybody = None
    for rank, override in overrides:
        order = Order(rank, override, tuple(person for person in override.people if person not in removed))
        match override.kind:
            case OverrideKind.EVERYBODY:
                everybody = order
                break  # It speaks for all, so the weaker ones have nothing left to decide.
            case OverrideKind.ADD:
                if order.people:
                    added.append(order)
            case OverrideKind.REPLACE | OverrideKind.REMOVE if override.instead_of is not None:
                by_person.setdefault(override.instead_of, order)
                if override.kind is OverrideKind.REMOVE:
                    removed.add(override.instead_of)
            case _:
                pass  # Without a name it speaks of nobody; the config and the commands refuse it.
    return Orders(by_person, everybody, tuple(added), frozenset(removed))


def _absent(away: tuple[Away, ...]) -> frozenset[str]:
    return frozenset(one.person for one in away)


def _fixed_slots(shifts: tuple[FixedShift, ...]) -> list[Slot]:
    """Return the places of all fixed shifts that are on at once: they lie side by side."""
    return [Slot(FIXED, 0, person) for person in dict.fromkeys(person for one in shifts for person in one.people)]
