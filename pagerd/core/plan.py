"""The plan: everything in force from the config directory plus stored overrides, silences and unusable contacts.

Frozen, and swapped whole. Each event records the revision of the plan under which it was decided.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from pagerd.core.alerts.matching import Matcher
from pagerd.core.business_days import Calendar
from pagerd.core.contact_questions import ContactRules
from pagerd.core.errors import NotFound
from pagerd.core.incidents.rules import IncidentRules
from pagerd.core.incidents.severity import IncidentPolicy, default_policy
from pagerd.core.oncall.schedule import Book, Override
from pagerd.core.people import Medium, Person, ShiftNotices, Urgency
from pagerd.core.suggestions import unknown
from pagerd.core.worklog.rules import NightRules


class VerdictKind(StrEnum):
    """What policy says of an alert."""

    PAGE = "page"
    BUSINESS_HOURS = "business_hours"
    TICKET = "ticket"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class OnViolation:
    """What becomes of an alert that should page and fails a test.

    `page` False: a ticket. `page` True: a page, at once or, with `after`, when the ticket was not taken for that long.
    """

    page: bool
    after: timedelta = timedelta(0)

    def __str__(self) -> str:
        """Write it as the files do."""
        if not self.page:
            return "ticket"
        if not self.after:
            return "page"
        minutes, seconds = divmod(int(self.after.total_seconds()), 60)
        hours, minutes = divmod(minutes, 60)
        parts = ((hours, "h"), (minutes, "m"), (seconds, "s"))
        return "page after " + "".join(f"{count}{unit}" for count, unit in parts if count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Severity:
    """One row of the severity policy. `rank` 1 is the worst."""

    id: str
    rank: int
    name: str
    verdict: VerdictKind
    urgency: Urgency
    on_violation: OnViolation
    response_target: timedelta | None = None
    incident: IncidentPolicy = field(default_factory=IncidentPolicy)
    """What it asks of an incident."""


@dataclass(frozen=True, slots=True)
class BusinessHours:
    """When a team works: weekdays (0 is Monday) from `start` to `end`, wall time in the team's zone."""

    weekdays: frozenset[int]
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Service:
    """What can be broken. `runbook` is an id in `Plan.runbooks`."""

    id: str
    team: str
    critical: bool = False
    runbook: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step. Targets are names (role, schedule or person), looked up when the step fires."""

    targets: tuple[str, ...]
    answer_within: timedelta


@dataclass(frozen=True, slots=True)
class EscalationPolicy:
    """Ordered steps, gone through once and `repeat` more times, then the last resort."""

    id: str
    steps: tuple[Step, ...]
    repeat: int = 0


@dataclass(frozen=True, slots=True)
class LastResort:
    """Who is paged, again and again, when a policy has ended without an answer. Never empty."""

    targets: tuple[str, ...]
    every: timedelta = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Who answers. `roles` maps a role (`primary`, `team_lead`...) to a schedule or a person."""

    id: str
    name: str
    zone: ZoneInfo
    hours: BusinessHours
    escalation: str
    roles: Mapping[str, str]
    mail: str | None = None
    digest_at: time | None = None
    """The hour of the daily digest, wall time in the team's zone; None for a team that wants none."""
    on_violation: OnViolation | None = None
    services: tuple[Service, ...] = ()
    shift_notices: ShiftNotices = field(default_factory=ShiftNotices)
    """What people in its schedules are told around their shifts, where they do not say it themselves."""


@dataclass(frozen=True, slots=True)
class Owner:
    """One line of `owners.yaml`: by the alert's own label (`team` or `service`), or by matchers and a team."""

    label: str | None = None
    matchers: tuple[Matcher, ...] = ()
    team: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One paging rule of one team; the first that matches decides. None means: as the severity says."""

    name: str
    team: str
    matchers: tuple[Matcher, ...]
    severity: str | None = None
    verdict: VerdictKind | None = None
    group_by: tuple[str, ...] | None = None
    runbook: str | None = None
    action: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Mutes notification, not state, half-open from `start` to `end` (UTC). Author, reason and end are never missing.

    `team` set: it concerns that team's alerts alone, because it stands in that team's file.
    """

    id: str
    matchers: tuple[Matcher, ...]
    start: datetime
    end: datetime
    by: str
    why: str
    stored: bool = False
    team: str | None = None


RUNBOOK_SECTIONS = ("dashboards", "logs", "dependencies", "roll back", "fail over", "who to call")
"""The six answers of a whole first-15-minutes runbook."""


@dataclass(frozen=True, slots=True)
class Runbook:
    """A file of `runbooks/`. `sections` are those of RUNBOOK_SECTIONS that it has; `first_action` is its first step."""

    id: str
    title: str
    sections: frozenset[str]
    first_action: str
    text: str

    @property
    def is_whole(self) -> bool:
        """Does it answer all six questions of the first 15 minutes?"""
        return self.sections >= frozenset(RUNBOOK_SECTIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The lengths of time that decide, each with its default."""

    acknowledgement_lasts: timedelta = timedelta(minutes=30)
    reminder_lasts: timedelta = timedelta(minutes=5)
    """After a quiet reminder, and again after the loud one: how long the holder has."""
    settle: timedelta = timedelta(seconds=30)
    follow_up_within: timedelta = timedelta(minutes=15)
    hold_after_resolve: timedelta = timedelta(hours=1)
    tell_again_after: timedelta = timedelta(minutes=5)
    """A person who holds a page is told of new alerts in it at most this often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """How long what is over stays in the database; None is for ever."""

    pages: timedelta | None = timedelta(days=400)
    """Pages and tickets with all that belongs to them, silences, overrides, changes, quarantine, old plans."""
    nights: timedelta | None = timedelta(days=1100)
    """The night ledger. Three years: what a person is owed is argued about for longer than a page is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything in force. `owners` is in file order; `rules` has each team's own, in file order.

    `severity_labels` says what an alert's own `severity` label means; `unknown` is what becomes of an alert whose
    label is missing or not listed. Names of people, schedules, teams and roles share one namespace.
    """

    revision: str
    people: Mapping[str, Person]
    teams: Mapping[str, Team]
    policies: Mapping[str, EscalationPolicy]
    book: Book
    roles: Mapping[str, str]
    last_resort: LastResort
    owners: tuple[Owner, ...]
    fallback: str
    rules: Mapping[str, tuple[Rule, ...]]
    severities: Mapping[str, Severity]
    severity_labels: Mapping[str, str]
    unknown: OnViolation
    runbooks: Mapping[str, Runbook]
    silences: tuple[Silence, ...] = ()
    operators: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()
    """Who may approve what the public reads: people, or schedules whose people on call may."""
    incidents: IncidentRules = field(default_factory=IncidentRules)
    times: Times = field(default_factory=Times)
    keep: Keep = field(default_factory=Keep)
    nights: NightRules = field(default_factory=NightRules)
    contacts: ContactRules = field(default_factory=ContactRules)
    """When people are asked whether their contacts reach them."""
    long_reply_codes: bool = False
    prometheus: tuple[str, ...] = ()
    """The servers that can be asked whether what is done helped, by name."""
    media: frozenset[Medium] = frozenset(Medium)
    """The media for which the installation has a provider."""
    exports_tickets: bool = False
    """Is there a tracker that is told what happens to tickets and action items?"""
    receivers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Who is told of incidents, by name; of one by mail its addresses."""
    unusable: frozenset[tuple[str, Medium]] = frozenset()
    """Contact methods that were refused, until they change, answer START, or pass a test page."""

    @property
    def services(self) -> dict[str, Service]:
        """All services of all teams by id."""
        return {service.id: service for team in self.teams.values() for service in team.services}

    def name_of(self, person: str) -> str:
        """Return a person's name for people, or the id of one who is not in the plan any more."""
        known = self.people.get(person)
        return known.name if known is not None else person

    def team_named(self, name: str) -> Team:
        """Return a team of the plan. Raises NotFound, which says which there are."""
        if name not in self.teams:
            raise NotFound(unknown("team", name, self.teams))
        return self.teams[name]

    def person_named(self, name: str) -> Person:
        """Return a person of the plan. Raises NotFound, which says who there is."""
        if name not in self.people:
            raise NotFound(unknown("person", name, self.people))
        return self.people[name]

    def calendar_of(self, name: str) -> Calendar:
        """Return the business days of a team; of one that is in no file any more, those of the fallback team."""
        team, rules = self.teams.get(name) or self.teams[self.fallback], self.incidents.calendar
        as_written = rules.weekdays is not None
        return Calendar(
            zone=rules.zone or team.zone,
            weekdays=rules.weekdays or team.hours.weekdays,
            start=rules.start if as_written else team.hours.start,
            end=rules.end if as_written else team.hours.end,
            holidays={**rules.holidays, **rules.own_holidays.get(team.id, {})},
        )

    def incident_policy(self, severity: str, rank: int) -> IncidentPolicy:
        """Return what a severity asks of an incident; one that is in no file any more asks what its rank does."""
        known = self.severities.get(severity)
        return known.incident if known is not None else default_policy(rank)

    def with_stored(
        self,
        *,
        overrides: tuple[Override, ...],
        silences: tuple[Silence, ...],
        unusable: frozenset[tuple[str, Medium]],
    ) -> "Plan":
        """Return the plan of the files with what people stored by command laid over it."""
        book = replace(self.book, overrides=tuple(o for o in self.book.overrides if not o.stored) + overrides)
        own = tuple(s for s in self.silences if not s.stored)
        return replace(self, book=book, silences=own + silences, unusable=unusable)
