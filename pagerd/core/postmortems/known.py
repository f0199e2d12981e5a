"""What is known of an incident for its postmortem: its timeline, each line with the entry that it comes from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pagerd.core.actions.item import ActionItem
from pagerd.core.incidents.incident import Incident
from pagerd.core.postmortems.words import plain, wall
from pagerd.core.timeline import Entry, sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the timeline. `cite` names the entry of the audit chain in which it stands: `i-7#3`."""

    entry: Entry
    recorded_at: datetime
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An incident, what happened to it and its pages in order, and its action items; `zone` is its team's."""

    incident: Incident
    events: tuple[Event, ...]
    actions: tuple[ActionItem, ...] = ()
    zone: ZoneInfo

    def of(self, *kinds: str) -> Iterator[Event]:
        """Yield the events of these kinds, in order."""
        return (one for one in self.events if one.entry.kind in kinds)

    def last(self, *kinds: str) -> Event | None:
        """Return the last event of these kinds, or None."""
        return max(self.of(*kinds), key=lambda one: one.recorded_at, default=None)

    @property
    def opening(self) -> str:
        """The citation of the entry with which it was opened."""
        first = next(self.of("incident.opened"), None)
        return first.cite if first is not None else f"{self.incident.id}#1"

    @property
    def first_page_at(self) -> datetime | None:
        """When the first page that is part of it was opened; those that it raised itself are not among the events."""
        return min((one.entry.at for one in self.of("page.opened")), default=None)

    def wall(self, at: datetime | None) -> str:
        """Return an instant on the team's clock, or that nobody knows it."""
        return wall(at, self.zone) if at is not None else "not known"

    def sentence(self, event: Event) -> str:
        """Say what happened, as data."""
        entry = event.entry
        if entry.kind == "page.opened":
            # Why an alert pages is told where it is asked; here it would fill the screen before anything happened.
            entry = Entry(entry.at, entry.kind, {**entry.details, "reasons": ""})
        return plain(sentence(entry, self.zone))


def cited(text: str, *cites: str) -> str:
    """Return a line of a list that says where it comes from."""
    return f"- {text} [{', '.join(dict.fromkeys(one for one in cites if one))}]"


def several(known: Known, events: Iterable[Event], limit: int) -> tuple[str, ...]:
    """Return a line for each event, and how many more there are."""
    found = list(events)
    lines = [cited(f"{known.wall(one.entry.at)} {known.sentence(one)}", one.cite) for one in found[:limit]]
    if len(found) > limit:
        more = f"{len(found) - limit} more: `pagerd incident show {known.incident.number}`"
        lines.append(cited(more, found[limit].cite, found[-1].cite))
    return tuple(lines)
