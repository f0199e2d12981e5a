"""The plans that stories play under, by name."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from pagerd.core.contact_questions import ContactRules
from pagerd.core.incidents.checks import Bound, ChecksOf, HttpProbe, PromqlCheck
from pagerd.core.incidents.messages import MessageRules, Route
from pagerd.core.incidents.public import Component, PublicRules
from pagerd.core.incidents.room import RoomRules
from pagerd.core.incidents.rules import IncidentRules
from pagerd.core.oncall.schedule import (
    Away,
    Book,
    FixedShift,
    Override,
    OverrideKind,
    Schedule,
    Turn,
    Unit,
    Window,
)
from pagerd.core.people import Medium, Night, NotificationRule, ShiftNotices, Urgency
from pagerd.core.plan import EscalationPolicy, LastResort, OnViolation, Owner, Plan, Step, VerdictKind
from pagerd.core.worklog.rules import NightRules, RestKind
from tests.builders import (
    BERLIN,
    NOON,
    NOTIFY,
    OFFICE,
    SEVERITIES,
    TICKET,
    a_plan,
    a_rule,
    a_schedule,
    a_silence,
    matchers,
    minutes,
)

DAY = timedelta(days=1)


def _quiet() -> Plan:
    """Customers' trouble of severity 3: pages low in business hours."""
    rule = a_rule("Slow settlement", 'alertname="SettlementLag"', severity="sev3", verdict=VerdictKind.BUSINESS_HOURS)
    return a_plan(rules={"payments": (rule,)})


def _dropping() -> Plan:
    """One rule that drops, one that writes tickets."""
    rules = (
        a_rule("Chatter", 'alertname="Chatter"', verdict=VerdictKind.DROP),
        a_rule("Later", 'alertname="DiskFillsSlowly"', verdict=VerdictKind.TICKET),
    )
    return a_plan(rules={"payments": rules})


def _digesting(at: time = time(8), **mail: str | None) -> Plan:
    """Each team has a digest, at eight of its own zone; some of what happens to payments can wait."""
    rules = (
        a_rule("Later", 'alertname="DiskFillsSlowly"', verdict=VerdictKind.TICKET),
        a_rule("Slow settlement", 'alertname="SettlementLag"', severity="sev3", verdict=VerdictKind.BUSINESS_HOURS),
    )
    plan = a_plan(rules={"payments": rules})
    teams = {name: replace(team, digest_at=at, mail=mail.get(name, team.mail)) for name, team in plan.teams.items()}
    return replace(plan, teams=teams)


def _urgent_violations() -> Plan:
    """A team that wants its failed sev2 alerts after 2 minutes already."""
    plan = a_plan()
    teams = dict(plan.teams)
    teams["payments"] = replace(teams["payments"], on_violation=OnViolation(page=True, after=minutes(2)))
    return replace(plan, teams=teams, severities=SEVERITIES)


def _without_primary() -> Plan:
    """Nobody is primary of payments."""
    plan = a_plan()
    team = plan.teams["payments"]
    roles = {role: target for role, target in team.roles.items() if role != "primary"}
    return replace(plan, teams={**plan.teams, "payments": replace(team, roles=roles)})


def _one_round() -> Plan:
    """A policy without repeats."""
    plan = a_plan()
    return replace(plan, policies={"standard": replace(plan.policies["standard"], repeat=0)})


def _two_rounds() -> Plan:
    """Two steps, gone through twice."""
    plan = a_plan()
    standard = plan.policies["standard"]
    return replace(plan, policies={"standard": replace(standard, steps=standard.steps[:2], repeat=1)})


def _primary_alone() -> Plan:
    """One step, once: whoever comes next is the last resort."""
    plan = a_plan()
    standard = plan.policies["standard"]
    return replace(plan, policies={"standard": replace(standard, steps=standard.steps[:1], repeat=0)})


def _with_schedule(schedule: Schedule, plan: Plan | None = None) -> Plan:
    plan = plan or a_plan()
    return replace(plan, book=replace(plan.book, schedules={**plan.book.schedules, schedule.id: schedule}))


def _copied_secondary() -> Plan:
    """The secondary is whoever has the next turn as primary."""
    copied = Schedule(id="payments-secondary", team="payments", zone=BERLIN, copy="payments-primary", offset=1)
    return _with_schedule(copied)


def _ben_for_ana_where_copied() -> Plan:
    """Ben takes ana's place as primary, and would be secondary besides, as a copy of that schedule."""
    plan = _copied_secondary()
    return replace(plan, book=replace(plan.book, overrides=(_swap("ben"),)))


def _handoff_by_night() -> Plan:
    """The primary of payments changes every day at 02:30, from ana to ben on the first night."""
    schedule = a_schedule("payments-primary", "ana", "ben", "cho")
    layer = replace(schedule.levels[0][0], start=datetime(2026, 1, 6, 2, 30), every=Turn(1, Unit.DAYS))  # noqa: DTZ001
    return _with_schedule(replace(schedule, levels=((layer,),)))


def _nights_are_chos() -> Plan:
    """On top of the weekly turns cho has the nights that begin on working days."""
    schedule = a_schedule("payments-primary", "ana", "ben")
    nights = replace(
        schedule.levels[0][0],
        name="nights",
        members=(("cho",),),
        every=None,
        only=(Window(frozenset(range(5)), time(22), time(7)),),
    )
    return _with_schedule(replace(schedule, levels=(*schedule.levels, (nights,))))


def _gil_shadows_ana() -> Plan:
    """Gil learns: he shadows whoever is primary of payments, and ana has the week."""
    gil = replace(a_plan().people["ana"], id="gil", name="Gil", sms=None, voice=None, email="gil@example.com")
    plan = a_plan(people={**a_plan().people, "gil": gil})
    return _with_schedule(replace(a_schedule("payments-primary", "ana", "ben", "cho"), shadows=("gil",)), plan)


def _cho_by_name() -> Plan:
    """On top of the weekly turns cho has one night by name."""
    night = FixedShift(
        start=datetime(2026, 1, 6, 21, tzinfo=UTC), end=datetime(2026, 1, 7, 1, 10, tzinfo=UTC), people=("cho",)
    )
    return _with_schedule(replace(a_schedule("payments-primary", "ana", "ben"), fixed=(night,)))


def _with_person(id: str, plan: Plan | None = None, **fields: object) -> Plan:  # noqa: A002  # the field's own name
    plan = plan or a_plan()
    return replace(plan, people={**plan.people, id: replace(plan.people[id], **fields)})  # type: ignore[arg-type]


def _ana_wants_calls() -> Plan:
    """Ana wants a call first, and a text three minutes later."""
    rules = (NotificationRule(Medium.VOICE), NotificationRule(Medium.SMS, minutes(3)))
    return _with_person("ana", notify={**NOTIFY, Urgency.HIGH: rules})


def _ana_has_a_new_number() -> Plan:
    """Ana texts from another phone than before."""
    return _with_person("ana", sms="+4915199999999")


def _eva_for_ana() -> Plan:
    """Eva, who lives in Lisbon and sleeps from eleven on, takes ana's place as primary."""
    plan = _with(overrides=(_swap("eva"),))
    return _with_person("eva", plan, night=Night(time(23), time(6)))


def _with(*, overrides: tuple[Override, ...] = (), away: tuple[str, ...] = ()) -> Plan:
    plan = a_plan()
    absences = tuple(Away(person=person, start=NOON - DAY, end=NOON + 30 * DAY) for person in away)
    return replace(plan, book=replace(plan.book, overrides=overrides, away=absences))


def _ana_away() -> Plan:
    """Ana, who would be primary, is away."""
    return _with(away=("ana",))


def _last_resort_away() -> Plan:
    """The last resort is a schedule whose only person is away."""
    plan = replace(_with(away=("eva",)), last_resort=LastResort(("platform-primary",)))
    policy = replace(plan.policies["standard"], steps=plan.policies["standard"].steps[:1], repeat=0)
    return replace(plan, policies={"standard": policy})


def _cho_instead() -> Plan:
    """Cho takes ana's place as primary."""
    return _with(overrides=(_swap("cho"),))


def _swap(person: str) -> Override:
    return Override(
        id="o1",
        schedule="payments-primary",
        kind=OverrideKind.REPLACE,
        start=NOON - DAY,
        end=NOON + DAY,
        people=(person,),
        instead_of="ana",
    )


def _long_codes() -> Plan:
    """Every reply code has four signs."""
    return replace(a_plan(), long_reply_codes=True)


def _everything_else() -> Plan:
    """What was payments' is platform's now, and dropped."""
    rule = a_rule("Not any more", 'team="payments"', team="platform", verdict=VerdictKind.DROP)
    return a_plan(owners=(Owner(matchers=matchers('team="payments"'), team="platform"),), rules={"platform": (rule,)})


def _quiet_early() -> Plan:
    """Settlement lag pages in business hours, and the team's begin at five."""
    plan = _quiet()
    early = replace(plan.teams["payments"], hours=replace(OFFICE, start=time(5)))
    return replace(plan, teams={**plan.teams, "payments": early})


def _settlement_lag_pages() -> Plan:
    """Settlement lag pages at any hour."""
    rule = a_rule("Slow settlement", 'alertname="SettlementLag"', severity="sev3", verdict=VerdictKind.PAGE)
    return a_plan(rules={"payments": (rule,)})


def _violations(on_violation: OnViolation) -> Plan:
    plan = a_plan()
    return replace(plan, severities={**SEVERITIES, "sev2": replace(SEVERITIES["sev2"], on_violation=on_violation)})


def _team_wants_tickets() -> Plan:
    """A team that would rather have tickets than pages."""
    plan = a_plan()
    teams = {**plan.teams, "payments": replace(plan.teams["payments"], on_violation=TICKET)}
    return replace(plan, teams=teams)


def _grouped_by(label: str) -> Plan:
    """One rule for all alerts of team payments, which share a page or a ticket where this label is the same."""
    return a_plan(rules={"payments": (a_rule("All of it", group_by=(label,)),)})


def _payments_down_is_sev1() -> Plan:
    """A rule of team payments says that PaymentsDown is of the worst severity."""
    return a_plan(rules={"payments": (a_rule("Nobody can pay", 'alertname="PaymentsDown"', severity="sev1"),)})


def _window() -> Plan:
    """A maintenance window of payments, from 02:10 to 03:00 on the night of the stories."""
    start = NOON + timedelta(hours=14, minutes=10)
    window = a_silence('cluster="eu-1"', start=start, lasts=minutes(50), team="payments", why="the database moves")
    return a_plan(silences=(window,))


def _ana_without_texts() -> Plan:
    """Ana has a phone that takes calls alone."""
    return _with_person("ana", sms=None)


def _half_days() -> Plan:
    """Work by night earns half a day."""
    return replace(a_plan(), nights=NightRules(rest=RestKind.HALF_DAY))


def _with_roles() -> Plan:
    """The roles of incidents have schedules of their own: dora commands, eva speaks, and ben, the secondary, leads."""
    plan = _with_schedule(a_schedule("commanders", "dora"), _with_schedule(a_schedule("speakers", "eva")))
    plan = replace(plan, roles={**plan.roles, "ic": "commanders", "comms": "speakers"})
    worst = replace(plan.severities["sev1"].incident, leadership=("cho",))
    return replace(plan, severities={**SEVERITIES, "sev1": replace(SEVERITIES["sev1"], incident=worst)})


def _with_a_room() -> Plan:
    """Two bridges are lent; everybody who is called is cho and the team lead, beside eva."""
    plan = _with_roles()
    rules = IncidentRules(
        room=RoomRules(bridges=("https://meet.example.com/red", "https://meet.example.com/blue")),
        all_hands=("cho", "team_lead", "eva"),
    )
    return replace(plan, incidents=rules)


def _with_joiners() -> Plan:
    """Cho and the team lead join each grave incident; for the commander there is a policy of one step.

    The team's own policy repeats nothing.
    """
    plan = _with_roles()
    severities = {
        name: replace(one, incident=replace(one.incident, joins=("cho", "team_lead"))) if one.rank < 3 else one
        for name, one in plan.severities.items()
    }
    own = EscalationPolicy("ic", (Step(("eva",), minutes(3)),))
    once = {name: replace(one, repeat=0) for name, one in plan.policies.items()}
    return replace(plan, severities=severities, policies={**once, "ic": own})


def _with_joiners_to_come() -> Plan:
    """Support joins each grave incident, and its schedule begins in some years: until then nobody is on call in it."""
    support = a_schedule("support", "cho")
    layer = replace(support.levels[0][0], start=datetime(2030, 1, 7, 9))  # noqa: DTZ001  # wall time
    plan = _with_schedule(replace(support, levels=((layer,),)), _with_joiners())
    severities = {
        name: replace(one, incident=replace(one.incident, joins=("support",))) if one.rank < 3 else one
        for name, one in plan.severities.items()
    }
    return replace(plan, severities=severities)


def _with_checks() -> Plan:
    """Machines read two criteria of what concerns payments: errors in Prometheus, and whether the checkout answers."""
    ratio = PromqlCheck(name="error ratio", expression="error_ratio", bound=Bound("<", 0.01), prometheus="main")
    probe = HttpProbe(name="checkout", url="https://shop.example.com/checkout")
    checks = ChecksOf(team="payments", checks={"errors": (ratio,), "customer_actions": (probe,)})
    return replace(_with_roles(), incidents=IncidentRules(checks=(checks,)))


def _with_receivers() -> Plan:
    """A room hears everything, leads hear by mail how the worst begin and end, and the platform hears of its own."""
    messages = MessageRules(
        routes=(
            Route(("ops-chat",)),
            Route(("leads",), severities=("sev1",), kinds=("declared", "severity", "resolved")),
            Route(("platform-chat", "gone"), teams=("platform",)),
        )
    )
    receivers = {"ops-chat": (), "platform-chat": (), "leads": ("leads@example.com", "board@example.com")}
    return replace(_with_roles(), receivers=receivers, incidents=IncidentRules(messages=messages))


def _with_one_receiver(**templates: str) -> Plan:
    """One room hears everything, with these templates."""
    rules = IncidentRules(messages=MessageRules(templates=templates))
    return replace(_with_roles(), receivers={"ops-chat": ()}, incidents=rules)


def _with_customers(*, two_people: bool = False) -> Plan:
    """Customers read of two components and get mails on a list; eva, who speaks, and dora may approve."""
    rules = PublicRules(
        title="Example status",
        url="https://status.example.org",
        components=(
            Component(id="checkout", name="Checkout", services=("checkout",)),
            Component(id="reports", name="Reports"),
        ),
        mail=("news@lists.example.org",),
        unsubscribe="https://lists.example.org/news/leave",
        two_people=two_people,
    )
    return replace(_with_roles(), incidents=IncidentRules(public=rules), approvers=("eva", "dora"))


AROUND = ShiftNotices(before=(timedelta(days=1),), at_start=True, at_end=True)


def _around_the_shift(notices: ShiftNotices = AROUND, plan: Plan | None = None, **people: ShiftNotices) -> Plan:
    """Whoever is on call for payments is told around their shifts; some want it another way."""
    plan = plan or a_plan()
    payments = replace(plan.teams["payments"], shift_notices=notices)
    own = {name: replace(plan.people[name], shift_notices=one) for name, one in people.items()}
    return replace(plan, teams={**plan.teams, "payments": payments}, people={**plan.people, **own})


def _gil_shadows_for_a_while(*, until: int = 14) -> Plan:
    """Gil learns for some days of January, and wants to hear of it as the others do."""
    plan = _gil_shadows_ana()
    dated = FixedShift(
        start=datetime(2026, 1, 12, 8, tzinfo=UTC), end=datetime(2026, 1, until, 8, tzinfo=UTC), shadows=("gil",)
    )
    primary = replace(plan.book.schedules["payments-primary"], shadows=(), fixed=(dated,))
    return _around_the_shift(plan=_with_schedule(primary, plan))


def _shifts_by_night(*, at_night: bool = False) -> Plan:
    """The primary of payments changes at 02:30, and ben wants texts: a day and two hours before, at start, at end."""
    before = (timedelta(days=1), timedelta(hours=2))
    texts = ShiftNotices(before=before, at_start=True, at_end=True, by=(Medium.SMS,), at_night=at_night)
    return _around_the_shift(plan=_handoff_by_night(), ben=texts)


PLANS: Mapping[str, Callable[[], Plan]] = {
    "with a prometheus": lambda: replace(a_plan(), prometheus=("main",)),
    "small": a_plan,
    "quiet": _quiet,
    "dropping": _dropping,
    "with a tracker": lambda: replace(_dropping(), exports_tickets=True),
    "digest": _digesting,
    "around the shift": _around_the_shift,
    "contacts are asked about": lambda: replace(
        a_plan(book=Book(schedules={"payments-primary": a_schedule("payments-primary", "ana", "ben")})),
        contacts=ContactRules(ask_after=timedelta(days=7)),
    ),
    "around the shift, cho for ben": lambda: _around_the_shift(
        plan=_with_schedule(a_schedule("payments-primary", "ana", "cho", "ben"))
    ),
    "around the shift, gil shadows": _gil_shadows_for_a_while,
    "around the shift, gil shadows a day less": lambda: _gil_shadows_for_a_while(until=13),
    "around the shift, by night": _shifts_by_night,
    "around the shift, at night too": lambda: _shifts_by_night(at_night=True),
    "digest and tracker": lambda: replace(_digesting(), exports_tickets=True),
    "digest at half past nine": lambda: _digesting(time(9, 30)),
    "digest at half past two": lambda: _digesting(time(2, 30)),
    "digest, payments has no mail": lambda: _digesting(payments=None),
    "digest, nobody has mail": lambda: _digesting(payments=None, platform=None),
    "urgent violations": _urgent_violations,
    "without primary": _without_primary,
    "one round": _one_round,
    "ana away": _ana_away,
    "last resort away": _last_resort_away,
    "cho instead of ana": _cho_instead,
    "two rounds": _two_rounds,
    "primary alone": _primary_alone,
    "copied secondary": _copied_secondary,
    "ben for ana where copied": _ben_for_ana_where_copied,
    "handoff by night": _handoff_by_night,
    "nights are cho's": _nights_are_chos,
    "gil shadows ana": _gil_shadows_ana,
    "cho by name": _cho_by_name,
    "ana wants calls": _ana_wants_calls,
    "ana has a new number": _ana_has_a_new_number,
    "eva for ana": _eva_for_ana,
    "long codes": _long_codes,
    "everything else": _everything_else,
    "quiet, and early": _quiet_early,
    "settlement lag pages": _settlement_lag_pages,
    "violations are tickets": lambda: _violations(TICKET),
    "violations page in 2 minutes": lambda: _violations(OnViolation(page=True, after=minutes(2))),
    "team wants tickets": _team_wants_tickets,
    "grouped by team": lambda: _grouped_by("team"),
    "grouped by alertname": lambda: _grouped_by("alertname"),
    "payments down is sev1": _payments_down_is_sev1,
    "window": _window,
    "half a day for nights": _half_days,
    "with roles": _with_roles,
    "with a room": _with_a_room,
    "with receivers": _with_receivers,
    "with one receiver": _with_one_receiver,
    "with a broken template": lambda: _with_one_receiver(update="{{ nothing }}"),
    "with templates of its own": lambda: _with_one_receiver(update="Update {{ update }}\n{{ know }}\n{{ eta }}"),
    "with customers": _with_customers,
    "with customers, two people": lambda: _with_customers(two_people=True),
    "with joiners": _with_joiners,
    "with joiners to come": _with_joiners_to_come,
    "with checks": _with_checks,
    "ana has no number for texts": _ana_without_texts,
}
