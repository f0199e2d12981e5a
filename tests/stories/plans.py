"""The plans that stories play under, by name."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from pagerd.core.oncall.schedule import Away, Override, OverrideKind
from pagerd.core.plan import LastResort, OnViolation, Plan, VerdictKind
from tests.builders import NOON, SEVERITIES, a_plan, a_rule, minutes

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
    swap = Override(
        id="o1",
        schedule="payments-primary",
        kind=OverrideKind.REPLACE,
        start=NOON - DAY,
        end=NOON + DAY,
        people=("cho",),
        instead_of="ana",
    )
    return _with(overrides=(swap,))


PLANS: Mapping[str, Callable[[], Plan]] = {
    "small": a_plan,
    "quiet": _quiet,
    "dropping": _dropping,
    "urgent violations": _urgent_violations,
    "without primary": _without_primary,
    "one round": _one_round,
    "ana away": _ana_away,
    "last resort away": _last_resort_away,
    "cho instead of ana": _cho_instead,
}
