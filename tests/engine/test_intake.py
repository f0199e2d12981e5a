"""What is answered about a message, and what is counted."""

import pytest

from pagerd.core.alerts.alert import Batch, Quarantined
from pagerd.engine import intake
from pagerd.engine.metrics import Snapshot
from pagerd.engine.work import SourceTraits
from pagerd.lab.world import World
from tests.builders import NOON, a_plan, a_received_alert


async def received(world: World, batch: Batch) -> intake.Received:
    """Let a source send a message, and return what it is told."""
    return await world.do(lambda work: intake.receive(work, SourceTraits(name="tools"), batch, renew_life=True))


@pytest.mark.parametrize(("severity", "news"), [("sev1", 1), ("critical", 0), ("page", 0), ("warning", 0), (None, 0)])
async def test_only_what_is_graver_is_news_of_an_alert_that_fires_on(severity: str | None, news: int) -> None:
    """A renewal changes nothing, also with a milder severity or none; one that rose did something."""
    world = World(a_plan(), NOON)
    await received(world, Batch(alerts=(a_received_alert(severity="critical"),)))

    assert (await received(world, Batch(alerts=(a_received_alert(severity=severity),)))).changed == news


async def test_verdicts_and_failed_tests_are_counted() -> None:
    """Each decision and each failed test is a metric, so is what could not be read or was left out."""
    world = World(a_plan(), NOON)
    good, bad = a_received_alert(), a_received_alert(fingerprint="f2", service="settlement", annotations={})
    await received(world, Batch(alerts=(good, bad), quarantined=(Quarantined("{}", "why"),), truncated=3))
    said = world.engine.metrics.render(Snapshot(now=NOON)).decode()

    for line in (
        'pagerd_rule_decisions_total{decision="page"} 3.0',  # with the two alarms of pagerd's own
        'pagerd_rule_decisions_total{decision="ticket"} 1.0',
        'pagerd_rule_criteria_failures_total{criterion="actionable"} 1.0',
        'pagerd_rule_criteria_failures_total{criterion="clear"} 1.0',
        'pagerd_tickets_total{severity="sev2",team="payments"} 1.0',
        'pagerd_ingest_quarantined_alerts_total{source="tools"} 1.0',
        'pagerd_ingest_truncated_alerts_total{source="tools"} 3.0',
    ):
        assert line in said
