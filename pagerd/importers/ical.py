"""Calendars (iCalendar, RFC 5545): each file is one schedule. docs/importing.md says what an event means.

What the events come to is laid out for a year ahead, and `ical_turns` finds the rotations in it. What these do not give
is a fixed shift, or a hole.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from pagerd.config import people as people_config
from pagerd.config.load import people_of
from pagerd.core.errors import Unreadable
from pagerd.core.oncall.schedule import Book, FixedShift, Layer, Override, OverrideKind, Schedule
from pagerd.core.oncall.shifts import shifts
from pagerd.core.people import Medium, Person
from pagerd.importers.base import ExportFile, Imported, Noted, Rendered, RenderedSpan, ScheduleDraft
from pagerd.importers.contacts import a_person, mail_of
from pagerd.importers.drafts import leaders_of
from pagerd.importers.ical_events import LOOK_BACK, Calendar, Series, read_calendar
from pagerd.importers.ical_people import Register, level_of, named_in
from pagerd.importers.ical_turns import Held, Occurrence, differences, laid_out, layers_of
from pagerd.importers.ledger import Entry, Ledger
from pagerd.importers.naming import Names
from pagerd.importers.teams import SourceTeam, team_drafts

PRODUCT = "calendar"

TEAM = "oncall"
"""A calendar says nothing of teams: one answers for all of them."""

CALENDAR, PEOPLE = ".ics", "people.yaml"
"""The files that are read: calendars, and one of people who are there already."""

AHEAD = timedelta(days=400)
"""How far ahead events are laid out: as far as `pagerd check` proves coverage."""

DATED_MAX = 2_000
"""Fixed shifts and holes of one schedule: five years of a handoff a day. More than that nobody reads or keeps."""


def convert(files: tuple[ExportFile, ...], now: datetime) -> Imported:
    """Make pagerd's values of calendars; what ended before `now` is left out. Raises Unreadable."""
    known = next((file for file in files if file.name.endswith(PEOPLE)), None)
    people = {} if known is None else people_of({people_config.FILE: known.text})
    calendars = [file for file in files if file.name.endswith(CALENDAR)]
    if not calendars:
        raise Unreadable(f"reading the export: no file that ends in {CALENDAR} is in it")
    return _Conversion(people, now).run(calendars)


class _Conversion:
    """One import on its way. `known` are people who are there already, by their names here."""

    def __init__(self, known: Mapping[str, Person], now: datetime) -> None:
        self._known = tuple(known.values())
        self._now = now
        self._ledger = Ledger(PRODUCT)
        self._names = Names(known)
        self._register = Register(self._known)
        self._rendered: list[Rendered] = []

    def run(self, files: Iterable[ExportFile]) -> Imported:
        """Convert all calendars; everybody is known before the first name is given."""
        entry = Entry(PRODUCT, "team", "", "On call")
        entry.remark("a calendar says nothing of teams: one answers here, until you say who answers for what")
        team = SourceTeam(entry, self._names.give(TEAM, otherwise=TEAM))
        read = [(file, read_calendar(file.text, file.name, self._now - LOOK_BACK, self._now + AHEAD)) for file in files]
        asked = [(file, calendar, self._occurrences(calendar)) for file, calendar in read]
        persons = self._people(read[0][1].zone)
        for file, calendar, numbered in asked:
            occurrences = [
                replace(
                    one, people=tuple(persons[int(number)].value.id for number in one.people if int(number) in persons)
                )
                for one in numbered
            ]
            self._schedule(file, calendar, [one for one in occurrences if one.people], team)
        drafts, kept = team_drafts({"": team}, (), {}, {}, self._names, self._ledger)
        return Imported(
            product=PRODUCT,
            people=tuple(persons.values()),
            teams=drafts,
            policies=kept,
            leaders=leaders_of((one.value for one in persons.values()), ()),
            rows=self._ledger.rows,
            rendered=tuple(self._rendered),
        )

    def _occurrences(self, calendar: Calendar) -> list[Occurrence]:
        """Return the events with the numbers of their people; a row tells of each series that is not one event."""
        found: list[Occurrence] = []
        nameless = single = 0
        for series in calendar.series:
            if series.repeats or series.fault:
                self._tell(series)
            else:
                single += bool(series.events)
            for event in series.events:
                numbers = tuple(str(self._register.take(one)) for one in named_in(event, calendar.name))
                nameless += not numbers
                if numbers:
                    level = level_of(event.summary)
                    found.append(Occurrence(event.start, event.end, numbers, level, series.uid))
        if single:
            entry = self._ledger.entry("events", f"{single} single", calendar.name)
            entry.becomes = "turns and fixed shifts"
        if nameless:
            entry = self._ledger.entry("events", f"{nameless} without a name", calendar.name)
            entry.refuse("they name nobody: neither an attendee nor a name in the summary, nor an organizer")
        return found

    def _tell(self, series: Series) -> None:
        entry = self._ledger.entry("series", series.uid, series.summary)
        if series.fault:
            entry.refuse(series.fault)
        elif not any(event.end > self._now for event in series.events):
            entry.leave_out("it has ended")
        else:
            entry.becomes = "turns and fixed shifts"

    def _people(self, zone: ZoneInfo) -> dict[int, Noted[Person]]:
        """Return whom the calendars name and who can be reached, by their numbers."""
        found: dict[int, Noted[Person]] = {}
        for number, one in enumerate(self._register.everybody):
            if number not in self._register.met:
                continue
            entry = self._ledger.entry("person", one.mail or one.name, one.name)
            mail = mail_of(one.mail, entry)
            if number < len(self._known):
                person = self._known[number]
                entry.remark("as people.yaml has them: keep that file, which may say more of them")
            elif mail is None:
                entry.refuse(
                    "nobody can reach them: a calendar knows no numbers, and no address of theirs. "
                    "Name a people.yaml that has them beside the calendar; without it their shifts are holes"
                )
                continue
            else:
                name = one.name or one.mail
                id_ = self._names.give(one.name, one.mail.partition("@")[0], otherwise=f"person-{number}")
                entry.change(f"a calendar does not say where they live: {zone.key}")
                person = a_person(entry, id=id_, name=name, zone=zone, addresses={Medium.EMAIL: mail}, orders={})
            entry.becomes = f"person {person.id}"
            found[number] = Noted(person, entry.notes)
        return found

    def _schedule(self, file: ExportFile, calendar: Calendar, occurrences: list[Occurrence], team: SourceTeam) -> None:
        stem = PurePosixPath(file.name).stem
        entry = self._ledger.entry("calendar", file.name, calendar.name or stem)
        _say_what_was_read(calendar, entry)
        coming = [one for one in occurrences if one.end > self._now]
        if not coming:
            entry.leave_out("it has no events that still come")
            return
        name = self._names.give(calendar.name, stem, f"{stem} schedule", otherwise="schedule")
        is_endless = any(series.is_endless for series in calendar.series)
        until = self._now + AHEAD if is_endless else min(max(one.end for one in coming), self._now + AHEAD)
        wanted = list(laid_out(occurrences, self._now, until))
        levels, dated = self._best(occurrences, calendar.zone, name, wanted)
        if len(dated) > DATED_MAX:
            entry.refuse(f"no rotation is in it, and {len(dated):,} fixed shifts are more than files are for")
            return
        entry.becomes = f"schedule {name}"
        if levels and not is_endless:
            entry.change(
                f"it ends on {until.astimezone(calendar.zone):%Y-%m-%d}: the turns that were found in it go on"
            )
        if not levels and is_endless:
            entry.change(
                "no turns were found in it: its shifts are fixed ones, the last of which ends on "
                f"{until.astimezone(calendar.zone):%Y-%m-%d}"
            )
        if levels and dated:
            entry.remark(
                f"{len(dated)} spans of it are otherwise than its turns: fixed shifts, and overrides for holes"
            )
        draft = ScheduleDraft(
            id=name,
            zone=calendar.zone,
            levels=tuple(tuple(Noted(layer) for layer in level) for level in levels),
            fixed=tuple(
                Noted(FixedShift(start=held.start, end=held.end, people=held.people))
                for held, _ in dated
                if held.people
            ),
        )
        team.schedules.append(Noted(draft, entry.notes))
        team.overrides.extend(Noted(one) for one in _holes(dated, name))
        spans = tuple(RenderedSpan(one.start, one.end, person) for one in wanted for person in one.people)
        self._rendered.append(Rendered(name, self._now, until, spans))

    def _best(
        self, occurrences: Sequence[Occurrence], zone: ZoneInfo, name: str, wanted: Sequence[Held]
    ) -> tuple[tuple[tuple[Layer, ...], ...], list[tuple[Held, tuple[str, ...]]]]:
        """Return the levels that are worth it, and what is dated beside them: with turns, or all of it without."""
        numbers = sorted({one.level for one in occurrences})
        levels = [
            layers_of([one for one in occurrences if one.level == number], zone, f"level {number}" if number else "")
            for number in numbers
        ]
        found = tuple(level for level in levels if level)
        plain = list(differences(wanted, [Held(wanted[0].start, wanted[-1].end, ())]))
        if not found:
            return (), plain
        schedule = Schedule(id=name, team="", zone=zone, levels=found)
        given = shifts(Book(schedules={name: schedule}), name, wanted[0].start, wanted[-1].end)
        dated = list(differences(wanted, [Held(one.start, one.end, one.people) for one in given]))
        # Turns that are wrong as often as not are none.
        return (found, dated) if 2 * len(dated) < len(plain) else ((), plain)


def _holes(dated: Iterable[tuple[Held, tuple[str, ...]]], schedule: str) -> Iterator[Override]:
    """Give whom the turns put on call where the calendar has nobody: they are taken away."""
    place = 0
    for held, given in dated:
        for person in () if held.people else given:
            yield Override(
                id=f"{held.start:%Y%m%dT%H%MZ}",
                schedule=schedule,
                kind=OverrideKind.REMOVE,
                start=held.start,
                end=held.end,
                instead_of=person,
                order=place,
            )
            place += 1


def _say_what_was_read(calendar: Calendar, entry: Entry) -> None:
    if not calendar.has_zone:
        entry.change("neither it nor its events name a time zone: UTC")
    if calendar.all_day:
        entry.remark(f"{calendar.all_day} events are whole days: from midnight to midnight in {calendar.zone.key}")
    if calendar.floating:
        entry.change(f"{calendar.floating} events name no time zone: read in {calendar.zone.key}")
    if calendar.cancelled:
        entry.remark(f"{calendar.cancelled} events are cancelled")
