"""Thousands of alerts under random plans: what the explanation says is what the engine does.

Plans, alerts and the time between them are drawn from a seed. Each alert is explained first and received then, with
pages, tickets and silences of the ones before it in the way. The seed stands in the failure's name.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random  # noqa: TID251  # drawn from the seed that names the test

import pytest

from pagerd.core.alerts.alert import Alert
from pagerd.core.explaining.changes import is_reached
from pagerd.core.explaining.explanation import Explanation
from pagerd.core.explaining.outcome import Groups, decided
from pagerd.core.placement import Place
from pagerd.core.plan import OnViolation, Owner, Plan, Silence, VerdictKind
from pagerd.engine import explaining
from pagerd.engine.explaining import Asked
from pagerd.lab.world import World
from pagerd.stores.records import alerts, pages
from tests.builders import (
    NOON,
    PAGE_AFTER_10M,
    PAGE_NOW,
    TICKET,
    a_plan,
    a_received_alert,
    a_rule,
    a_runbook,
    a_silence,
    matchers,
    minutes,
)

WORLDS, ALERTS_EACH = 50, 60
CHANGED, CHANGED_EACH = 30, 8

MATCHERS = (
    'env="prod"',
    'env!="prod"',
    'env=""',
    'service=~"payments.*"',
    'service!~"pay.*"',
    'alertname=~"Checkout(Errors|Slow)"',
    'cluster="eu-1"',
    'severity=~"critical|page"',
)


def some_matchers(random: Random, at_most: int) -> tuple[str, ...]:
    """Draw matchers, perhaps none."""
    return tuple(random.sample(MATCHERS, random.randint(0, at_most)))


def a_random_plan(random: Random) -> Plan:
    """Draw owners, rules, severities, runbooks, silences and what a failed test leads to."""
    base = a_plan()
    on_violation: tuple[OnViolation, ...] = (TICKET, PAGE_NOW, PAGE_AFTER_10M)
    rules = {
        team: tuple(
            a_rule(
                f"{team} {number}",
                *some_matchers(random, 2),
                team=team,
                severity=random.choice((None, None, *base.severities)),
                verdict=random.choice((None, *VerdictKind)),
                group_by=random.choice((None, ("service",), ())),
                runbook=random.choice((None, "payments-5xx", "thin")),
                action=random.choice((None, "Restart it.")),
            )
            for number in range(random.randint(0, 4))
        )
        for team in base.teams
    }
    silences = tuple(random_silence(random, number) for number in range(random.randint(0, 2)))
    owners = [*base.owners, Owner(matchers=matchers('cluster="us-1"'), team="platform")]
    severities = {
        name: replace(one, verdict=random.choice(tuple(VerdictKind)), on_violation=random.choice(on_violation))
        for name, one in base.severities.items()
    }
    teams = {name: replace(one, on_violation=random.choice((None, *on_violation))) for name, one in base.teams.items()}
    return replace(
        base,
        owners=tuple(random.sample(owners, random.randint(0, len(owners)))),
        rules=rules,
        silences=silences,
        severities=severities,
        teams=teams,
        unknown=random.choice(on_violation),
        # What happens to a page that nobody answers is told elsewhere; here it would only cost time.
        policies={"standard": replace(base.policies["standard"], repeat=0)},
        last_resort=replace(base.last_resort, every=timedelta(days=2)),
        runbooks=base.runbooks | ({} if random.random() < 0.7 else {"thin": a_runbook("thin")}),
    )


def random_silence(random: Random, number: int) -> Silence:
    """Draw one that begins and ends somewhere in the two days."""
    return a_silence(
        *some_matchers(random, 2),
        id=f"s-{number}",
        start=NOON + minutes(random.randint(-600, 600)),
        lasts=minutes(random.randint(1, 900)),
        team=random.choice((None, "payments")),
    )


def a_random_alert(random: Random) -> Asked:
    """Draw labels and annotations, right, odd and missing."""
    labels = {
        "alertname": random.choice(("CheckoutErrors", "CheckoutSlow", "Watchdog", "DiskFull")),
        "service": random.choice(("payments-api", "kubernetes", "settlement", "nobody", "")),
        "team": random.choice(("payments", "platform", "nobody", "", "")),
        "severity": random.choice(("critical", "error", "warning", "sev1", "odd", "")),
        "env": random.choice(("prod", "test", "")),
        "cluster": random.choice(("eu-1", "us-1", "")),
    }
    annotations = {
        "summary": random.choice(("Checkout fails", "Checkout fails", "{{ $value }}", "")),
        "runbook_url": random.choice(("runbooks/payments-5xx.md", "https://wiki.example.com/x", "runbooks/no.md", "")),
        "action": random.choice(("Restart it.", "", "")),
    }
    return Asked(
        labels={name: value for name, value in labels.items() if value},
        annotations={name: value for name, value in annotations.items() if value},
    )


async def place_of(world: World, alert: Alert) -> Place:
    """Say where the engine put an alert a moment ago."""
    if alert.page_id is not None:
        page = await world.engine.read(lambda c: pages.find(c, alert.page_id or ""))
        assert page is not None
        return Place.OPENS_PAGE if page.alerts == 1 else Place.JOINS_PAGE
    if alert.muted_by is not None:
        return Place.MUTED
    if alert.held_until is not None:
        return Place.HELD
    return Place.TICKET if alert.ticket_id is not None else Place.DROPPED


def said(explanation: Explanation) -> dict[str, object]:
    """Return what an explanation says of everything that is stored with an alert."""
    outcome = explanation.outcome
    verdict = outcome.verdict
    silence = outcome.silence
    return {
        "place": outcome.place,
        "team": verdict.team,
        "rule": verdict.rule,
        "severity": verdict.severity,
        "reasons": verdict.reasons,
        "muted_by": silence.id if silence is not None else None,
        "held_until": outcome.held_until,
        "joins": outcome.page.id if outcome.page is not None and outcome.place is Place.JOINS_PAGE else None,
    }


def done(alert: Alert, place: Place) -> dict[str, object]:
    """Return the same of what the engine did."""
    return {
        "place": place,
        "team": alert.team,
        "rule": alert.rule,
        "severity": alert.severity,
        "reasons": alert.reasons,
        "muted_by": alert.muted_by,
        "held_until": alert.held_until,
        "joins": alert.page_id if place is Place.JOINS_PAGE else None,
    }


def people_said(explanation: Explanation, at: datetime) -> set[str]:
    """Return whom the explanation says a page of its own pages at once."""
    return {one.person for step in explanation.road if step.at == at for one in step.paged}


def tells_the_rule(explanation: Explanation) -> bool:
    """Do the rules that it lists end with the one that decided, or are they all and none matches?"""
    tried, verdict = explanation.trace.rules, explanation.outcome.verdict
    matching = [one.rule.name for one in tried if one.failed is None]
    whole = len(tried) == len(explanation.situation.plan.rules.get(verdict.team, ()))
    return (
        matching == [verdict.rule] and tried[-1].failed is None if verdict.rule is not None else not matching and whole
    )


@pytest.mark.parametrize("seed", range(WORLDS))
async def test_the_explanation_is_what_the_engine_does(seed: int) -> None:
    """Place, team, rule, severity, reasons, silence, wait, page and the people paged are the engine's own."""
    random = Random(seed)
    world = World(a_random_plan(random), NOON - timedelta(hours=random.randint(0, 12)), seed=seed)
    for number in range(ALERTS_EACH):
        asked = a_random_alert(random)
        now = world.clock.now()
        explanation = await explaining.explained(
            world.engine, explaining.as_alert(asked, now), world.engine.plan, now, with_changes=False
        )
        received = a_received_alert(
            fingerprint=f"f{number}", labels=dict(asked.labels), annotations=dict(asked.annotations)
        )
        await world.receive("alertmanager", received)
        stored = await world.engine.read(lambda c, n=number: alerts.find(c, "alertmanager", f"f{n}"))
        assert stored is not None
        place = await place_of(world, stored)

        assert said(explanation) == done(stored, place)
        assert tells_the_rule(explanation)
        if place is Place.OPENS_PAGE:
            page = await world.engine.read(lambda c, alert=stored: pages.find(c, alert.page_id or ""))
            assert page is not None
            assert people_said(explanation, now) == set(page.reached)
        await world.run_until(now + minutes(random.choice((0, 0, 1, 7, 16, 90))))


@pytest.mark.parametrize("seed", range(CHANGED))
def test_every_change_that_is_named_changes_the_outcome(seed: int) -> None:
    """Decided again with the change, the alert goes elsewhere; with any part of it alone, it does not."""
    random = Random(seed)
    plan = a_random_plan(random)
    found = 0
    for _ in range(CHANGED_EACH):
        asked = a_random_alert(random)
        explanation = explaining.explain(
            explaining.Situation(alert=explaining.as_alert(asked, NOON), plan=plan), NOON, Groups()
        )
        was = explanation.outcome
        assert explanation.changes is not None
        for change in explanation.changes.found:
            found += 1
            assert is_reached(was, decided(change.situation, NOON, Groups())), change.words
            for alone in change.edits if len(change.edits) > 1 else ():
                part = alone.apply(explanation.situation)
                assert not is_reached(was, decided(part, NOON, Groups())), alone.words

    assert found, "not for one of these alerts was a change found"
