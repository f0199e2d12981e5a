"""Making an override, and seeing what it does before it is in force."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from pagerd.core.errors import NotFound, Unreadable
from pagerd.core.oncall.schedule import Book, Override, OverrideKind
from pagerd.core.oncall.shifts import Shift, shifts
from pagerd.core.suggestions import unknown


def new_override(
    book: Book,
    known: Collection[str],
    *,
    id: str,  # noqa: A002 - the word of the contract; the keyword reads as the field does
    schedule: str,
    start: datetime,
    end: datetime,
    people: tuple[str, ...] = (),
    instead_of: str | None = None,
    kind: OverrideKind | None = None,
    why: str = "",
    by: str = "",
    stored: bool = True,
    order: int = 0,
) -> Override:
    """Return an override that makes sense, its times in UTC; `known` are the ids of all people.

    Without `kind` it is what the names say: people instead of somebody REPLACE, people alone stand for EVERYBODY, and
    somebody alone is a REMOVE. Raises NotFound for a schedule or a person that is not there, Unreadable for the rest.
    """
    doing = f"making an override of {schedule!r}"
    if schedule not in book.schedules:
        raise NotFound(f"{doing}: {unknown('schedule', schedule, book.schedules)}")
    for person in (*people, *(() if instead_of is None else (instead_of,))):
        if person not in known:
            raise NotFound(f"{doing}: {unknown('person', person, known)}")
    if start.tzinfo is None or end.tzinfo is None:
        raise Unreadable(f"{doing}: from {start} to {end} needs a zone")
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if start >= end:
        raise Unreadable(
            f"{doing}: the end must come after the start, but {end.isoformat()} is not after {start.isoformat()}"
        )
    if kind is None:
        kind = _kind_of(people, instead_of)
    _check_names(doing, kind, people, instead_of)
    return Override(
        id=id,
        schedule=schedule,
        kind=kind,
        start=start,
        end=end,
        people=people,
        instead_of=instead_of,
        why=why,
        by=by,
        stored=stored,
        order=order,
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """The shifts of one schedule without and with an override, over the same span."""

    before: tuple[Shift, ...]
    after: tuple[Shift, ...]

    @property
    def changes_nothing(self) -> bool:
        """Is the answer the same at every instant of the span? Then the person named is probably not on call then."""
        return self.before == self.after


def preview(book: Book, override: Override, start: datetime, days: int = 7, *, schedule: str | None = None) -> Preview:
    """Return what an override does to a schedule in so many times 24 hours from an instant on.

    An override with the same id in the book gives way to this one. `schedule` is another one to look at, such as a copy
    that follows the overridden one. Raises NotFound for a schedule that is not there.
    """
    name = override.schedule if schedule is None else schedule
    if name not in book.schedules:
        raise NotFound(unknown("schedule", name, book.schedules))
    end = start.astimezone(UTC) + timedelta(days=days)
    others = tuple(other for other in book.overrides if other.id != override.id)
    changed = replace(book, overrides=(*others, override))
    return Preview(shifts(book, name, start, end), shifts(changed, name, start, end))


def _kind_of(people: tuple[str, ...], instead_of: str | None) -> OverrideKind:
    if instead_of is None:
        return OverrideKind.EVERYBODY
    return OverrideKind.REPLACE if people else OverrideKind.REMOVE


def _check_names(doing: str, kind: OverrideKind, people: tuple[str, ...], instead_of: str | None) -> None:
    """Raise Unreadable where the names do not fit what the override does."""
    if kind is OverrideKind.REMOVE:
        if people or instead_of is None:
            raise Unreadable(f"{doing}: to remove names one person who is taken away, and nobody who comes")
        return
    if not people:
        raise Unreadable(f"{doing}: to {_VERBS[kind]} names who is on call then")
    if len(set(people)) != len(people):
        raise Unreadable(f"{doing}: {', '.join(people)} names somebody twice")
    if kind is not OverrideKind.REPLACE:
        if instead_of is not None:
            raise Unreadable(f"{doing}: to {_VERBS[kind]} names nobody in whose place, but got {instead_of!r}")
        return
    if instead_of is None:
        raise Unreadable(f"{doing}: to replace names in whose place")
    if people == (instead_of,):
        raise Unreadable(f"{doing}: {instead_of!r} cannot stand in for themself")


_VERBS = {
    OverrideKind.REPLACE: "replace",
    OverrideKind.EVERYBODY: "replace everybody",
    OverrideKind.ADD: "add",
    OverrideKind.REMOVE: "remove",
}
