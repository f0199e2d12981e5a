"""The company that storms blow over: three teams in two zones, twelve people, and what edits of its files do to it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.alerts.matching import parse_matcher
from pagerd.core.incidents.checks import Bound, Check, ChecksOf, HttpProbe, PromqlCheck
from pagerd.core.incidents.public import Component, PublicRules
from pagerd.core.incidents.rules import IncidentRules
from pagerd.core.incidents.severity import IncidentPolicy, default_policy
from pagerd.core.oncall.schedule import Away, Book, Layer, Override, OverrideKind, Schedule, Turn, Unit
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
from pagerd.lab.storms.faults import Fault, Weather
from pagerd.lab.storms.virtual import Dice

BERLIN, LISBON = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/Lisbon")

PEOPLE = ("ana", "ben", "cho", "dora", "eva", "fio", "gil", "hana", "ivo", "jo", "kim", "lea")
LAST_RESORT = ("kim", "lea")
"""Who is always there: neither an edit nor a calendar takes them away, or a policy would have no end to reach."""

STAY = frozenset((*LAST_RESORT, "dora", "jo", "ivo"))
"""Whom no edit takes out of the files."""

APPROVERS = ("dora", "jo")
"""Who may put a text before customers."""

TEAMS = ("payments", "platform", "search")

PROBED = "https://shop.example.org/healthz/checkout"

CHECKED = {"errors": "error_ratio", "latency": "latency_seconds", "customer_actions": PROBED}
"""What is asked of which criterion: an expression, or an address."""


def the_plan(dice: Dice) -> Plan:
    """Draw a company: the teams and people are the same in every storm, how they want to be paged is not."""
    people = {name: _person(dice, number, name) for number, name in enumerate(PEOPLE)}
    answer_within = dice.pick((60, 120, 300))
    steps = tuple(
        Step(targets, timedelta(seconds=answer_within * dice.count(1, 2)))
        for targets in (("primary",), ("secondary",), ("team_lead", "platform_lead"))[: dice.count(1, 3)]
    )
    return Plan(
        revision="storm-1",
        people=people,
        teams={name: _team(name) for name in TEAMS},
        policies={"standard": EscalationPolicy("standard", steps, repeat=dice.count(0, 2))},
        book=Book(schedules={one.id: one for one in _schedules(dice)}),
        roles={"platform_lead": "jo"},
        last_resort=LastResort(LAST_RESORT, timedelta(minutes=dice.count(2, 5))),
        owners=(
            Owner(label="team"),
            Owner(label="service"),
            Owner(matchers=(parse_matcher('job="node"'),), team="platform"),
        ),
        fallback="platform",
        rules={"payments": _rules(), "search": ()},
        severities=_SEVERITIES,
        severity_labels={"page": "sev1", "critical": "sev2", "error": "sev3", "warning": "sev4"},
        unknown=OnViolation(page=True, after=timedelta(minutes=10)),
        runbooks={"payments-5xx": _runbook("payments-5xx"), "thin": replace(_runbook("thin"), sections=frozenset())},
        operators=("ivo",),
        approvers=APPROVERS,
        incidents=IncidentRules(
            checks=tuple(ChecksOf(team=team, checks=_checks()) for team in TEAMS),
            public=PublicRules(
                components=(Component(id="checkout", name="Checkout", services=("payments-api",)),),
                mail=("customers@example.com",),
            ),
        ),
    )


def _checks() -> dict[str, tuple[Check, ...]]:
    return {criterion: (_check(asked),) for criterion, asked in CHECKED.items()}


def _check(asked: str) -> Check:
    if asked == PROBED:
        return HttpProbe(url=asked)
    return PromqlCheck(expression=asked, bound=Bound("<", 0.5), prometheus="main")


def _person(dice: Dice, number: int, name: str) -> Person:
    phone = f"+49151{number:08}"
    low = (NotificationRule(Medium.EMAIL),)
    high = dice.pick(
        (
            (NotificationRule(Medium.SMS), NotificationRule(Medium.VOICE, timedelta(minutes=1))),
            (NotificationRule(Medium.VOICE), NotificationRule(Medium.SMS, timedelta(minutes=2))),
            (NotificationRule(Medium.SMS), NotificationRule(Medium.EMAIL, timedelta(seconds=30))),
        )
    )
    return Person(
        id=name,
        name=name.capitalize(),
        zone=LISBON if number % 3 else BERLIN,
        sms=phone,
        voice=phone,
        email=f"{name}@example.com",
        login=name,
        notify={Urgency.HIGH: high, Urgency.LOW: low},
    )


_OFFICE = BusinessHours(frozenset(range(5)), time(9), time(17))


def _team(name: str) -> Team:
    return Team(
        id=name,
        name=name.capitalize(),
        zone=LISBON if name == "platform" else BERLIN,
        hours=_OFFICE,
        escalation="standard",
        roles={"primary": f"{name}-primary", "secondary": f"{name}-secondary", "team_lead": "dora"},
        mail=f"{name}@example.com",
        digest_at=time(9),
        services=(
            Service(f"{name}-api", name, critical=True, runbook="payments-5xx"),
            Service(f"{name}-batch", name, runbook="thin"),
        ),
    )


def _schedules(dice: Dice) -> list[Schedule]:
    made = []
    for place, team in enumerate(TEAMS):
        turns = [PEOPLE[(3 * place + turn) % 9] for turn in range(3)]
        zone = LISBON if team == "platform" else BERLIN
        made.append(_schedule(f"{team}-primary", team, zone, turns, Turn(dice.pick((2, 8, 12)), Unit.HOURS)))
        made.append(Schedule(id=f"{team}-secondary", team=team, zone=zone, copy=f"{team}-primary", offset=1))
    return made


def _schedule(name: str, team: str, zone: ZoneInfo, people: list[str], every: Turn) -> Schedule:
    layer = Layer(
        name="layer 1",
        members=tuple((one,) for one in people),
        zone=zone,
        start=datetime(2026, 1, 5, 9, 0),  # noqa: DTZ001  # wall time, as the files write it
        every=every,
    )
    return Schedule(id=name, team=team, zone=zone, levels=((layer,),))


def _rules() -> tuple[Rule, ...]:
    """Return rules of team payments: each verdict occurs."""
    return (
        Rule(name="Nobody can pay", team="payments", matchers=(parse_matcher('alertname="Down"'),), severity="sev1"),
        Rule(
            name="Settlement lags",
            team="payments",
            matchers=(parse_matcher('alertname="Lag"'),),
            severity="sev3",
            verdict=VerdictKind.BUSINESS_HOURS,
        ),
        Rule(
            name="Chatter", team="payments", matchers=(parse_matcher('alertname="Chatter"'),), verdict=VerdictKind.DROP
        ),
    )


WATCH = timedelta(minutes=4)
"""A storm is over in two hours: a watch period of an hour would never end in one."""


def _incident(rank: int, verdict: VerdictKind) -> IncidentPolicy:
    policy = default_policy(rank, is_ticket=verdict is VerdictKind.TICKET)
    return replace(policy, watch=WATCH) if policy.is_incident else policy


def policy_of(severity: str) -> IncidentPolicy:
    """Return what a severity asks of an incident, in every storm."""
    return _SEVERITIES[severity].incident


_SEVERITIES = {
    name: Severity(
        id=name,
        rank=rank,
        name=said,
        verdict=verdict,
        urgency=urgency,
        on_violation=violated,
        incident=_incident(rank, verdict),
    )
    for name, rank, said, verdict, urgency, violated in (
        ("sev1", 1, "Critical", VerdictKind.PAGE, Urgency.HIGH, OnViolation(page=True)),
        ("sev2", 2, "High", VerdictKind.PAGE, Urgency.HIGH, OnViolation(page=True, after=timedelta(minutes=10))),
        ("sev3", 3, "Medium", VerdictKind.BUSINESS_HOURS, Urgency.LOW, OnViolation(page=False)),
        ("sev4", 4, "Low", VerdictKind.TICKET, Urgency.LOW, OnViolation(page=False)),
    )
}


def _runbook(name: str) -> Runbook:
    return Runbook(
        id=name,
        title="Answers with errors",
        sections=frozenset(RUNBOOK_SECTIONS),
        first_action="Restart the canary.",
        text="# Answers with errors\n",
    )


Edit = Callable[[Plan, Dice, datetime], Plan]


def person_gone(plan: Plan, dice: Dice, _now: datetime) -> Plan:
    """Take a person out of the files, as `pagerd check` would make whoever edits them do: out of every list."""
    gone = dice.pick([name for name in plan.people if name not in STAY] or ["ana"])
    people = {name: one for name, one in plan.people.items() if name != gone}
    schedules = {name: _without(one, gone) for name, one in plan.book.schedules.items()}
    return replace(plan, people=people, book=replace(plan.book, schedules=schedules))


def _without(schedule: Schedule, gone: str) -> Schedule:
    """Take one out of all turns; a turn that nobody is left of is a hole, on purpose."""
    levels = tuple(
        tuple(
            replace(layer, members=tuple(tuple(one for one in turn if one != gone) for turn in layer.members))
            for layer in level
        )
        for level in schedule.levels
    )
    return replace(schedule, levels=levels)


def schedule_changed(plan: Plan, dice: Dice, _now: datetime) -> Plan:
    """Give a schedule other people in another order; now and then one has a hole."""
    team = dice.pick(list(plan.teams))
    known = [one for one in plan.people if one not in LAST_RESORT]
    people = dice.sample(known, dice.count(1, 3))
    schedule = plan.book.schedules[f"{team}-primary"]
    every = Turn(dice.pick((1, 3, 6)), Unit.HOURS)
    changed = _schedule(schedule.id, team, schedule.zone, people, every)
    if dice.hits(0.2):
        layer = changed.levels[0][0]
        changed = replace(changed, levels=((replace(layer, members=(*layer.members, ())),),))
    return replace(plan, book=replace(plan.book, schedules={**plan.book.schedules, schedule.id: changed}))


def policy_changed(plan: Plan, dice: Dice, _now: datetime) -> Plan:
    """Give the policy other steps and rounds; pages that are open keep those they were opened with."""
    steps = tuple(
        Step(
            (dice.pick(("primary", "secondary", "team_lead", "platform_lead")),),
            timedelta(seconds=60 * dice.count(1, 4)),
        )
        for _ in range(dice.count(1, 4))
    )
    return replace(plan, policies={"standard": EscalationPolicy("standard", steps, repeat=dice.count(0, 1))})


def team_gone(plan: Plan, dice: Dice, _now: datetime) -> Plan:
    """Take a team out of the files with all that names it; what was its own is the fallback team's from now on."""
    gone = [team for team in plan.teams if team != plan.fallback]
    if not gone:
        return plan
    team = dice.pick(gone)
    return replace(
        plan,
        teams={name: one for name, one in plan.teams.items() if name != team},
        rules={name: some for name, some in plan.rules.items() if name != team},
        book=replace(plan.book, schedules={name: one for name, one in plan.book.schedules.items() if one.team != team}),
    )


def rules_changed(plan: Plan, dice: Dice, now: datetime) -> Plan:
    """Give a team other rules, and sometimes a silence of its files."""
    team = dice.pick(list(plan.teams))
    name = dice.pick(("Errors", "Lag", "Disk", "Down"))
    rule = Rule(
        name=f"{name} of {team}",
        team=team,
        matchers=(parse_matcher(f'alertname="{name}"'),),
        severity=dice.pick((None, "sev1", "sev2", "sev3")),
        verdict=dice.pick((None, VerdictKind.PAGE, VerdictKind.TICKET, VerdictKind.BUSINESS_HOURS, VerdictKind.DROP)),
        group_by=dice.pick((None, ("team",), ("alertname",), ("cluster",))),
    )
    silences = plan.silences
    if dice.hits(0.5):
        start = now + timedelta(minutes=dice.count(0, 10))
        window = Silence(
            id=f"file-{team}",
            matchers=(parse_matcher(f'cluster="c{dice.count(1, 3)}"'),),
            start=start,
            end=start + timedelta(minutes=dice.count(5, 30)),
            by="ana",
            why="maintenance",
            team=team,
        )
        silences = (window,)
    return replace(plan, rules={**plan.rules, team: (rule,)}, silences=silences)


def away(plan: Plan, dice: Dice, now: datetime) -> Plan:
    """Let some people be away for a while."""
    some = dice.sample(list(plan.people), dice.count(1, 4))
    end = now + timedelta(minutes=dice.count(10, 120))
    absences = tuple(Away(person=one, start=now, end=end) for one in some)
    return replace(plan, book=replace(plan.book, away=absences))


EDITS: dict[Fault, Edit] = {
    Fault.PERSON_GONE: person_gone,
    Fault.SCHEDULE_CHANGED: schedule_changed,
    Fault.POLICY_CHANGED: policy_changed,
    Fault.TEAM_GONE: team_gone,
    Fault.RULES_CHANGED: rules_changed,
    Fault.AWAY: away,
}


def edited(base: Plan, now_in_force: Plan, weather: Weather, dice: Dice, now: datetime) -> tuple[Fault | None, Plan]:
    """Draw an edit of the files: of what is in force, or back to how they were."""
    if dice.hits(0.3):
        return None, base
    fault = dice.pick(list(EDITS))
    if not weather.strikes(fault):
        return None, now_in_force
    return fault, EDITS[fault](now_in_force, dice, now)


def an_override(plan: Plan, dice: Dice, now: datetime, number: int) -> Override | None:
    """Draw an override of a schedule that the plan has, for half an hour or two."""
    schedules = sorted(plan.book.schedules)
    people = sorted(plan.people)
    if not schedules or not people:
        return None
    kind = dice.pick((OverrideKind.EVERYBODY, OverrideKind.ADD, OverrideKind.REPLACE, OverrideKind.REMOVE))
    instead = dice.pick(people) if kind in (OverrideKind.REPLACE, OverrideKind.REMOVE) else None
    return Override(
        id=f"o-storm{number}",
        schedule=dice.pick(schedules),
        kind=kind,
        start=now,
        end=now + timedelta(minutes=dice.count(5, 90)),
        people=() if kind is OverrideKind.REMOVE else (dice.pick(people),),
        instead_of=instead,
        why="a swap",
        by=dice.pick(people),
    )
