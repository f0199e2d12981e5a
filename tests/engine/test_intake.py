"""What is answered about a message, and what is counted."""

import pytest

from pagerd.core.alerts.alert import Batch, Quarantined
from pagerd.engine import intake
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
    counted = world.engine.metrics.registry.get_sample_value

    for name, labels, count in (
        ("rule_decisions", {"decision": "page"}, 3),  # with the two alarms of pagerd's own
        ("rule_decisions", {"decision": "ticket"}, 1),
        ("rule_criteria_failures", {"criterion": "actionable"}, 1),
        ("rule_criteria_failures", {"criterion": "clear"}, 1),
        ("tickets", {"severity": "sev2"}, 1),
        ("ingest_quarantined_alerts", {"source": "tools"}, 1),
        ("ingest_truncated_alerts", {"source": "tools"}, 3),
    ):
        assert counted(f"pagerd_{name}_total", labels) == count, (name, labels)
