"""Schedules of Grafana OnCall: their shifts as levels, their overrides and swaps as dated exceptions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pagerd.core.oncall.schedule import Layer, Override, OverrideKind, Turn, Unit
from pagerd.core.oncall.wall import clock, instant
from pagerd.importers.base import Noted, Outcome, Rendered, RenderedSpan, ScheduleDraft
from pagerd.importers.contacts import zone_of
from pagerd.importers.cycles import InexpressibleError, changes_clocks
from pagerd.importers.exports import Json, plain
from pagerd.importers.grafana_oncall_files import Export, FinalShifts
from pagerd.importers.grafana_oncall_shifts import (
    SourceShift,
    ends_by_the_clock,
    hours_may_differ,
    layers_of,
    month_note,
)
from pagerd.importers.ledger import Entry, Ledger
from pagerd.importers.naming import Names

_UTC = ZoneInfo("UTC")
_UNITS = {"hourly": Unit.HOURS, "daily": Unit.DAYS, "weekly": Unit.WEEKS, "monthly": Unit.MONTHS}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class FoundSchedule:
    """A schedule as it comes into the files, with the team of the source that owns it."""

    source_id: str
    team_id: str
    draft: Noted[ScheduleDraft]
    overrides: tuple[Noted[Override], ...]
    rendered: Rendered | None


@dataclass(frozen=True, slots=True)
class _Replaced:
    """Who is on call for a time in place of everybody else."""

    start: datetime
    end: datetime
    people: tuple[str, ...]
    entry: Entry


class ScheduleReader:
    """Reads all schedules of an export. `people` are the names here of the users that are there."""

    def __init__(self, export: Export, ledger: Ledger, names: Names, people: Mapping[str, str], now: datetime) -> None:
        self._export = export
        self._ledger = ledger
        self._names = names
        self._people = people
        self._now = now
        self._shifts = {one.field("id").text(): one for one in export.of("on_call_shifts")}
        self._used: set[str] = set()

    def read(self) -> tuple[FoundSchedule, ...]:
        """Return all that come into the files."""
        found = tuple(one for schedule in self._export.of("schedules") if (one := self._schedule(schedule)) is not None)
        for id_, shift in self._shifts.items():
            if id_ not in self._used:
                self._ledger.entry("shift", id_, shift.text_of("name")).leave_out("no schedule has it")
        return found

    def _schedule(self, source: Json) -> FoundSchedule | None:
        id_, kind = source.field("id").text(), source.text_of("type")
        entry = self._ledger.entry("schedule", id_, source.text_of("name"))
        if kind == "ical":
            where = _host(source.text_of("ical_url_primary"))
            entry.refuse(f"its shifts stand in a calendar{where}: import that with pagerd import ical")
            return None
        zone = zone_of(source.text_of("time_zone"), entry)
        # What is made on the screen is counted in UTC, whatever zone the schedule is looked at in.
        shift_zone = _UTC if kind == "web" else zone
        if kind == "web" and changes_clocks(zone, self._now):
            entry.remark(
                f"its handoffs are counted in UTC, as they were: when clocks change in {zone.key} they move there"
            )
        if source.get("ical_url_overrides"):
            where = _host(source.text_of("ical_url_overrides"))
            entry.change(f"its overrides stand in a calendar{where}, which is not in the export")
        levels, replaced, lost = self._levels(source, shift_zone, on_screen=kind == "web")
        if lost:
            entry.change(f"{lost} of its shifts cannot be had here")
        if not levels:
            (entry.refuse if lost else entry.leave_out)("none of its shifts is on from now on")
            return None
        name = self._names.give(entry.name, f"{entry.name} schedule", otherwise=f"schedule-{id_}")
        entry.becomes = f"schedule {name}"
        rendered = self._rendered(id_, name)
        overrides = (*self._swaps(id_, name), *self._overrides(name, replaced, rendered))
        draft = Noted(ScheduleDraft(id=name, zone=zone, levels=levels), entry.notes)
        return FoundSchedule(id_, source.text_of("team_id"), draft, _in_order(overrides), rendered)

    def _levels(
        self, source: Json, zone: ZoneInfo, *, on_screen: bool
    ) -> tuple[tuple[tuple[Noted[Layer], ...], ...], list[_Replaced], int]:
        """Return the levels from the bottom up, the overrides, and how many shifts cannot be had."""
        by_level: dict[int, list[Noted[Layer]]] = {}
        replaced: list[_Replaced] = []
        lost = 0
        for named in source.list_of("shifts"):
            id_ = named.text()
            self._used.add(id_)
            shift = self._shifts.get(id_)
            entry = self._ledger.entry("shift", id_, "" if shift is None else shift.text_of("name"))
            if shift is None:
                entry.refuse("it is not among the on-call shifts of the export")
            elif shift.text_of("type") == "override":
                replaced.extend(self._replaced(shift, entry, zone))
            else:
                level = shift.get("level")
                layers = self._layers(shift, entry, zone, on_screen=on_screen)
                by_level.setdefault(0 if level is None else level.integer(), []).extend(layers)
            lost += entry.outcome is Outcome.IMPOSSIBLE
        return tuple(tuple(layers) for _, layers in sorted(by_level.items()) if layers), replaced, lost

    def _layers(self, shift: Json, entry: Entry, zone: ZoneInfo, *, on_screen: bool) -> list[Noted[Layer]]:
        own_zone = shift.text_of("time_zone")
        zone = zone_of(own_zone, entry, zone) if own_zone else zone
        try:
            source = self._source_shift(shift, entry, zone, on_screen=on_screen)
            layers = layers_of(source, self._now)
        except InexpressibleError as wrong:
            entry.refuse(str(wrong))
            return []
        if not layers:
            entry.leave_out("it has ended")
            return []
        if note := month_note(source):
            entry.change(note)
        if hours_may_differ(source, self._now):
            entry.change("its hours are elapsed hours here, when clocks change too")
        if ends_by_the_clock(layers, self._now):
            entry.change("an event in which clocks change ends at its time of day here, not after as many hours")
        if len(source.groups) > len(source.queue) and any(() in layer.members for layer in layers):
            entry.remark("Grafana OnCall leaves a hole for the group of whom nobody is left; so do these turns")
        entry.becomes = "layer" if len(layers) == 1 else f"{len(layers)} layers side by side"
        return [Noted(layer, () if place else entry.notes) for place, layer in enumerate(layers)]

    def _source_shift(self, shift: Json, entry: Entry, zone: ZoneInfo, *, on_screen: bool) -> SourceShift:
        kind = shift.field("type").text()
        start = wall(shift.field("start"))
        frequency = shift.text_of("frequency")
        unit = None if kind == "single_event" else _UNITS.get(frequency)
        if frequency and frequency not in _UNITS:
            shift.field("frequency").wrong("hourly, daily, weekly or monthly")
        interval = shift.get("interval")
        _refuse_days_of_months(shift, start, unit)
        until, shown_from = shift.get("until"), shift.get("rotation_start")
        return SourceShift(
            id=entry.id,
            name=entry.name or entry.id,
            zone=zone,
            start=start,
            shown_from=start if shown_from is None or kind != "rolling_users" else wall(shown_from),
            # An end is written in UTC, whatever zone its shift is in.
            until=None if until is None else clock(wall(until).replace(tzinfo=UTC), zone),
            length=timedelta(seconds=shift.field("duration").integer()),
            every=None if unit is None else Turn(1 if interval is None else max(interval.integer(), 1), unit),
            by_day=tuple(_weekday(one) for one in shift.list_of("by_day")) if unit is not None else (),
            week_start=_SUNDAY if shift.get("week_start") is None else _weekday(shift.field("week_start")),
            groups=self._groups(shift, entry, is_rolling=kind == "rolling_users"),
            is_rolling=kind == "rolling_users",
            on_screen=on_screen,
        )

    def _groups(self, shift: Json, entry: Entry, *, is_rolling: bool) -> tuple[tuple[str, ...] | None, ...]:
        if not is_rolling:
            return (self._named(shift.list_of("users"), entry) or None,)
        groups = [self._named(group.items(), entry) or None for group in shift.list_of("rolling_users")]
        first = shift.get("start_rotation_from_user_index")
        place = 0 if first is None else first.integer()
        return (*groups[place:], *groups[:place])

    def _named(self, users: Iterable[Json], entry: Entry) -> tuple[str, ...]:
        named: list[str] = []
        for user in users:
            id_ = user.text()
            if (person := self._people.get(id_)) is not None:
                named.append(person)
            else:
                entry.change(f"user {id_} is not among the users any more")
        return tuple(dict.fromkeys(named))

    def _replaced(self, shift: Json, entry: Entry, zone: ZoneInfo) -> Iterator[_Replaced]:
        """Read an override; whom it puts on call is empty where the API does not say it."""
        own_zone = shift.text_of("time_zone")
        zone = zone_of(own_zone, entry, zone) if own_zone else zone
        start = instant(wall(shift.field("start")), zone)
        end = start + timedelta(seconds=shift.field("duration").integer())
        if end <= self._now:
            entry.leave_out("it has ended")
            return
        users = shift.list_of("users")
        people = self._named(users, entry)
        if users and not people:
            entry.leave_out("nobody of it is left, and then it overrides nothing")
            return
        yield _Replaced(start, end, people, entry)

    def _overrides(
        self, schedule: str, replaced: list[_Replaced], rendered: Rendered | None
    ) -> Iterator[Noted[Override]]:
        """Give overrides that do not overlap: where several did, all of their people were on call."""
        told: set[str] = set()
        for one in replaced:
            if not one.people and not _reaches(rendered, one.start, one.end):
                one.entry.refuse(
                    "the API does not say whom it puts on call, and no final shifts of its time are in the export"
                )
        usable = [one for one in replaced if one.entry.is_kept]
        cuts = {at for one in usable for at in (one.start, one.end)}
        if rendered is not None:
            cuts |= {at for span in rendered.spans for at in (span.start, span.end)}
        for start, end in pairwise(sorted(cuts)):
            holding = [one for one in usable if one.start <= start and end <= one.end]
            if not holding:
                continue
            people = [person for one in holding for person in one.people]
            if any(not one.people for one in holding) and rendered is not None:
                people += [span.person for span in rendered.spans if span.start <= start and end <= span.end]
            known = tuple(dict.fromkeys(person for person in people if not person.startswith("(")))
            if not known:
                continue
            notes = [note for one in holding if one.entry.id not in told for note in one.entry.notes]
            for one in holding:
                one.entry.becomes = f"override of {schedule}"
                if not one.people:
                    one.entry.remark("whom it puts on call is read from the final shifts")
                told.add(one.entry.id)
            override = Override(
                id=f"{holding[0].entry.id}-{start:%Y%m%dT%H%M%S}",
                schedule=schedule,
                kind=OverrideKind.EVERYBODY,
                start=start,
                end=end,
                people=known,
            )
            yield Noted(override, tuple(notes))

    def _swaps(self, schedule_id: str, schedule: str) -> Iterator[Noted[Override]]:
        for swap in self._export.of("shift_swaps"):
            if swap.text_of("schedule") != schedule_id:
                continue
            entry = self._ledger.entry("shift swap", swap.field("id").text())
            start, end = swap.field("swap_start").instant(), swap.field("swap_end").instant()
            giver, taker = swap.text_of("beneficiary"), swap.text_of("benefactor")
            if end <= self._now:
                entry.leave_out("it has ended")
            elif not taker:
                entry.leave_out("nobody has taken it")
            elif giver not in self._people or taker not in self._people:
                entry.refuse("one of the two is not among the users any more")
            else:
                entry.becomes = f"override of {schedule}"
                override = Override(
                    id=entry.id,
                    schedule=schedule,
                    kind=OverrideKind.REPLACE,
                    start=start,
                    end=end,
                    people=(self._people[taker],),
                    instead_of=self._people[giver],
                    why=swap.text_of("description") or "a swap",
                )
                yield Noted(override, entry.notes)

    def _rendered(self, id_: str, schedule: str) -> Rendered | None:
        final = self._export.final.get(id_)
        if final is None:
            return None
        spans = tuple(
            RenderedSpan(
                one.field("shift_start").instant(),
                one.field("shift_end").instant(),
                self._people.get(one.field("user_pk").text(), f"({plain(one.text_of('user_username', 'somebody'))})"),
            )
            for one in final.shifts
        )
        reach = _reach(final, spans)
        return None if reach is None else Rendered(schedule, *reach, spans)


def _in_order(overrides: tuple[Noted[Override], ...]) -> tuple[Noted[Override], ...]:
    """Number them, so that later ones beat earlier ones: an override was above a swap."""
    return tuple(Noted(replace(one.value, order=place), one.notes) for place, one in enumerate(overrides))


def _reach(final: FinalShifts, spans: tuple[RenderedSpan, ...]) -> tuple[datetime, datetime] | None:
    """Return for which time all final shifts are known.

    A file whose name does not say it begins with shifts that were on at its first instant, so it is whole from the
    first end of one on; and the last one that begins is the last that is known.
    """
    if final.start is not None and final.end is not None:
        return (final.start, final.end) if final.start < final.end else None
    if not spans:
        return None
    start, end = min(one.end for one in spans), max(one.start for one in spans)
    return (start, end) if start < end else None


def _reaches(rendered: Rendered | None, start: datetime, end: datetime) -> bool:
    return rendered is not None and rendered.start <= start and end <= rendered.end


def wall(source: Json) -> datetime:
    """Return a time as it is written, without a zone: what stands behind it is that of its shift."""
    expected = "a time such as 2026-01-05T09:00:00"
    try:
        found = datetime.fromisoformat(source.text()).replace(tzinfo=None)
    except ValueError:
        source.wrong(expected)
    if not 1990 <= found.year <= 2200:
        source.wrong("a time of our days")
    return found


def _weekday(source: Json) -> int:
    text = source.text()
    return _WEEKDAYS.index(text) if text in _WEEKDAYS else source.wrong("a weekday such as MO")


def _refuse_days_of_months(shift: Json, start: datetime, unit: Unit | None) -> None:
    if unit is None:
        return
    days = [one.integer() for one in shift.list_of("by_monthday")]
    if shift.list_of("by_month") or (days and (unit is not Unit.MONTHS or days != [start.day])):
        raise InexpressibleError("only in chosen months or on chosen days of a month: turns here go on all year")


def _host(url: str) -> str:
    """Return where a calendar is without what may be secret in its address."""
    host = urlsplit(url).hostname if url else None
    return f" at {host}" if host else ""
