"""Values for tests of the core: each builder makes something whole and ordinary, and takes what the test is about.

The plan is a small company. Team payments (Berlin) has ana, ben and cho in weekly turns, dora leads it. Team platform
(Lisbon) has eva, and leads for both. In the week of NOON ana is primary of payments and ben is secondary.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pagerd.core.alerts.alert import Alert, AlertStatus, ReceivedAlert
from pagerd.core.alerts.matching import Matcher, parse_matcher
from pagerd.core.incidents.incident import DECLARED, Cadence, Incident, IncidentStatus, Lull, Mode, Watch
from pagerd.core.incidents.severity import default_policy
from pagerd.core.oncall.schedule import Book, Layer, Schedule, Turn, Unit
from pagerd.core.people import Medium, NotificationRule, Person, Urgency
from pagerd.core.plan import (
    RUNBOOK_SECTIONS,
    BusinessHours,
    EscalationPolicy,
    LastResort,
    OnViolation,
    Owner,
    Plan,
    Rule,
    Runbook,
    Service,
    Severity,
    Silence,
    Step,
    Team,
    VerdictKind,
)

NOON = datetime(2026, 1, 6, 11, 0, tzinfo=UTC)
"""A Tuesday in Berlin's working hours, in the first week of every rotation."""

NIGHT = datetime(2026, 1, 7, 1, 30, tzinfo=UTC)
"""The night after: 02:30 in Berlin, 01:30 in Lisbon."""

BERLIN, LISBON = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/Lisbon")


def minutes(count: float) -> timedelta:
    """Return so many minutes."""
    return timedelta(minutes=count)


def matchers(*texts: str) -> tuple[Matcher, ...]:
    """Return the matchers that the files would write like this."""
    return tuple(parse_matcher(text) for text in texts)


LABELS = {
    "alertname": "CheckoutErrors",
    "service": "payments-api",
    "team": "payments",
    "severity": "critical",
    "cluster": "eu-1",
    "namespace": "prod",
    "instance": "api-1",
}
ANNOTATIONS = {
    "summary": "Checkout fails for 7 % of customers",
    "runbook_url": "runbooks/payments-5xx.md",
}


def some_labels(**labels: str | None) -> dict[str, str]:
    """Return the labels of an ordinary alert, with these on top; None takes one away."""
    return {name: value for name, value in (LABELS | labels).items() if value is not None}


def some_annotations(**annotations: str | None) -> dict[str, str]:
    """Return the annotations of an alert that passes every test, with these on top; None takes one away."""
    return {name: value for name, value in (ANNOTATIONS | annotations).items() if value is not None}


def a_received_alert(
    *, firing: bool = True, fingerprint: str = "f1", annotations: Mapping[str, str] | None = None, **fields: Any
) -> ReceivedAlert:
    """Return one alert of a source's message. Fields of ReceivedAlert go there, every other keyword is a label."""
    own = {
        name: fields.pop(name) for name in ("starts_at", "generator_url", "lease_until", "ended_at") if name in fields
    }
    return ReceivedAlert(
        fingerprint=fingerprint,
        firing=firing,
        labels=fields.pop("labels", None) or some_labels(**fields),
        annotations=some_annotations() if annotations is None else annotations,
        **own,
    )


_ALERT_FIELDS = frozenset(Alert.__dataclass_fields__) - {"severity", "team"}


def an_alert(**fields: Any) -> Alert:
    """Return a firing alert that pages. Keywords are fields of Alert, or else labels, as `severity` and `team` are."""
    own = {name: value for name, value in fields.items() if name in _ALERT_FIELDS}
    labels = {name: value for name, value in fields.items() if name not in _ALERT_FIELDS}
    alert = Alert(
        source="prod",
        fingerprint="f1",
        status=AlertStatus.FIRING,
        episode=1,
        first_seen_at=NOON,
        last_seen_at=NOON,
        starts_at=NOON - minutes(1),
        labels=some_labels(**labels),
        annotations=some_annotations(),
        team="payments",
        severity="sev2",
        rank=2,
        verdict=VerdictKind.PAGE.value,
    )
    return replace(alert, **own)


NOTIFY = {
    Urgency.HIGH: (NotificationRule(Medium.SMS), NotificationRule(Medium.VOICE, minutes(2))),
    Urgency.LOW: (NotificationRule(Medium.EMAIL),),
}


def a_person(id: str = "ana", **fields: Any) -> Person:  # noqa: A002  # the field's own name
    """Return somebody with a phone and an address who wants a text and two minutes later a call, or mail when low."""
    number = f"+49151{sum(map(ord, id)):08}"
    person = Person(
        id=id,
        name=id.capitalize(),
        zone=BERLIN,
        sms=number,
        voice=number,
        email=f"{id}@example.com",
        login=id,
        notify=NOTIFY,
    )
    return replace(person, **fields)


def an_incident(**fields: Any) -> Incident:
    """Return incident 7 of team payments: declared at NOON as sev1; nobody has a role, an update is due in 15 min."""
    status = fields.get("status", IncidentStatus.INVESTIGATING)
    is_declared = status in DECLARED
    incident = Incident(
        id="i-7",
        number=7,
        mode=Mode.LIVE,
        title="Customers cannot pay",
        team="payments",
        severity="sev1",
        rank=1,
        status=status,
        opened_at=NOON,
        opened_by="ana",
        detected_at=NOON - minutes(1),
        declared_at=NOON if status is not IncidentStatus.TRIAGE else None,
        update=0 if status is not IncidentStatus.TRIAGE else -1,
        cadence=Cadence(next_at=NOON + minutes(15)) if is_declared else None,
        lull=Lull(since=NOON) if status is IncidentStatus.INVESTIGATING else None,
        triage_until=NOON + minutes(5) if status is IncidentStatus.TRIAGE else None,
        mitigated_at=NOON if status in (IncidentStatus.MONITORING, IncidentStatus.RESOLVED) else None,
        impact_ended_at=NOON if status in (IncidentStatus.MONITORING, IncidentStatus.RESOLVED) else None,
        resolved_at=NOON if status is IncidentStatus.RESOLVED else None,
        watch=Watch(since=NOON, until=NOON + minutes(60)) if status is IncidentStatus.MONITORING else None,
        version=3,
    )
    return replace(incident, **fields)


OFFICE = BusinessHours(frozenset(range(5)), time(9), time(17))


def a_team(id: str = "payments", **fields: Any) -> Team:  # noqa: A002  # the field's own name
    """Return a team with a primary and a secondary schedule (`<id>-primary`, `<id>-secondary`) and dora as its lead."""
    team = Team(
        id=id,
        name=id.capitalize(),
        zone=BERLIN,
        hours=OFFICE,
        escalation="standard",
        roles={"primary": f"{id}-primary", "secondary": f"{id}-secondary", "team_lead": "dora"},
        mail=f"{id}@example.com",
    )
    return replace(team, **fields)


def a_schedule(id: str, *people: str, team: str = "payments", zone: ZoneInfo = BERLIN) -> Schedule:  # noqa: A002
    """Return weekly turns of these people from Monday 2026-01-05 09:00 on, in the schedule's zone."""
    layer = Layer(
        name="layer 1",
        members=tuple((person,) for person in people),
        zone=zone,
        start=datetime(2026, 1, 5, 9, 0),  # noqa: DTZ001  # wall time, as the files write it
        every=Turn(1, Unit.WEEKS),
    )
    return Schedule(id=id, team=team, zone=zone, levels=((layer,),))


def a_runbook(id: str = "payments-5xx", *, lacks: tuple[str, ...] = ()) -> Runbook:  # noqa: A002
    """Return a whole runbook, or one that lacks some sections."""
    return Runbook(
        id=id,
        title="Payments answer with errors",
        sections=frozenset(RUNBOOK_SECTIONS) - frozenset(lacks),
        first_action="Restart the canary.",
        text="# Payments answer with errors\n",
    )


def a_rule(name: str = "Customers cannot pay", *texts: str, team: str = "payments", **fields: Any) -> Rule:
    """Return a rule of a team with the matchers written in `texts`."""
    return Rule(name=name, team=team, matchers=matchers(*texts), **fields)


def a_silence(*texts: str, start: datetime = NOON, lasts: timedelta = timedelta(hours=1), **fields: Any) -> Silence:
    """Return a silence for the matchers written in `texts`, for an hour from NOON on."""
    silence = Silence(id="s1", matchers=matchers(*texts), start=start, end=start + lasts, by="ana", why="deploy")
    return replace(silence, **fields)


TICKET = OnViolation(page=False)
PAGE_NOW = OnViolation(page=True)
PAGE_AFTER_10M = OnViolation(page=True, after=minutes(10))

SEVERITIES = {
    "sev1": Severity(
        id="sev1",
        rank=1,
        name="Critical",
        verdict=VerdictKind.PAGE,
        urgency=Urgency.HIGH,
        on_violation=PAGE_NOW,
        incident=default_policy(1),
    ),
    "sev2": Severity(
        id="sev2",
        rank=2,
        name="High",
        verdict=VerdictKind.PAGE,
        urgency=Urgency.HIGH,
        on_violation=PAGE_AFTER_10M,
        incident=default_policy(2),
    ),
    "sev3": Severity(
        id="sev3",
        rank=3,
        name="Medium",
        verdict=VerdictKind.BUSINESS_HOURS,
        urgency=Urgency.LOW,
        on_violation=TICKET,
        incident=default_policy(3),
    ),
    "sev4": Severity(
        id="sev4", rank=4, name="Low", verdict=VerdictKind.TICKET, urgency=Urgency.LOW, on_violation=TICKET
    ),
}
SEVERITY_LABELS = {
    "page": "sev2",
    "critical": "sev2",
    "error": "sev3",
    "warning": "sev4",
    "info": "sev4",
    "none": "sev4",
}


def a_plan(**fields: Any) -> Plan:
    """Return the whole plan of the small company, with these fields of Plan replaced."""
    people = {name: a_person(name) for name in ("ana", "ben", "cho", "dora")} | {"eva": a_person("eva", zone=LISBON)}
    payments = a_team(
        "payments",
        services=(
            Service("payments-api", "payments", critical=True, runbook="payments-5xx"),
            Service("settlement", "payments"),
        ),
    )
    platform = a_team(
        "platform",
        zone=LISBON,
        roles={"primary": "platform-primary", "secondary": "platform-secondary", "team_lead": "eva"},
        services=(Service("kubernetes", "platform", runbook="thin"),),
    )
    schedules = (
        a_schedule("payments-primary", "ana", "ben", "cho"),
        a_schedule("payments-secondary", "ben", "cho", "ana"),
        a_schedule("platform-primary", "eva", team="platform", zone=LISBON),
        a_schedule("platform-secondary", "dora", team="platform", zone=LISBON),
    )
    steps = (
        Step(("primary",), minutes(5)),
        Step(("secondary",), minutes(5)),
        Step(("team_lead",), minutes(10)),
        Step(("platform_lead",), minutes(10)),
    )
    plan = Plan(
        revision="test-1",
        people=people,
        teams={"payments": payments, "platform": platform},
        policies={"standard": EscalationPolicy("standard", steps, repeat=2)},
        book=Book(schedules={schedule.id: schedule for schedule in schedules}),
        roles={"platform_lead": "eva"},
        last_resort=LastResort(("eva", "dora")),
        owners=(
            Owner(label="team"),
            Owner(label="service"),
            Owner(matchers=matchers('service=~"checkout|payments.*"'), team="payments"),
            Owner(matchers=matchers('job="node"'), team="platform"),
        ),
        fallback="platform",
        rules={},
        severities=SEVERITIES,
        severity_labels=SEVERITY_LABELS,
        unknown=PAGE_AFTER_10M,
        runbooks={"payments-5xx": a_runbook(), "thin": a_runbook("thin", lacks=("fail over",))},
        operators=("dora",),
    )
    return replace(plan, **fields)
