"""What is answered about a message, and what is counted."""

import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.alerts.alert import Batch, Quarantined, ReceivedAlert
from pagerd.engine import intake, verification
from pagerd.engine.work import SourceTraits
from pagerd.lab.world import World
from pagerd.stores.base import Connection, Row
from tests.builders import NOON, a_plan, a_received_alert, a_silence, minutes


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


# Not what is drawn, and not messages: pages of one message are told together.
ALL_OF_IT = (
    """SELECT fingerprint, a.status, group_key, key, json_remove(a.body, '$.page_id', '$.ticket_id') FROM alerts a
    LEFT JOIN pages p ON p.id = page_id LEFT JOIN tickets t ON t.id = ticket_id ORDER BY source, fingerprint""",
    "SELECT group_key, status, version, opened_at, json_remove(body, '$.id', '$.head') FROM pages ORDER BY 1, 4",
    "SELECT key, status, version, opened_at, json_remove(body, '$.id', '$.head') FROM tickets ORDER BY 1, 4",
    "SELECT event, body, count(*) FROM history WHERE event <> 'PageOpened' GROUP BY event, body ORDER BY 1, 2",
    "SELECT kind, due, count(*) FROM timers GROUP BY kind, due ORDER BY 1, 2",
)

SAID = st.builds(
    a_received_alert,
    firing=st.sampled_from((True, True, False)),
    fingerprint=st.sampled_from([f"f{number}" for number in range(1, 8)]),
    severity=st.sampled_from(("critical", "sev1", "warning")),
    service=st.sampled_from(("payments-api", "settlement")),
    cluster=st.sampled_from(("eu-1", "us-1", "muted")),
)


async def rows_after(messages: Sequence[Batch]) -> list[list[Row]]:
    """Return all that is stored after a message of half an hour ago and these, which come at one instant."""
    world = World(a_plan(silences=(a_silence('cluster="muted"', start=NOON + minutes(30)),)), NOON)
    clusters = {"f1": "eu-1", "f2": "eu-1", "f3": "muted"}
    before = [a_received_alert(fingerprint=fingerprint, cluster=cluster) for fingerprint, cluster in clusters.items()]
    await received(world, Batch(alerts=tuple(before)))
    await world.run_until(NOON + minutes(31))
    for message in messages:
        await received(world, message)

    async def all_rows(c: Connection) -> list[list[Row]]:
        return [await c.execute(statement) for statement in ALL_OF_IT]

    assert (await world.engine.read(verification.bite)).findings == ()
    return await world.engine.read(all_rows)


@given(st.lists(SAID, min_size=1, max_size=70))
def test_one_message_does_what_as_many_would(said: list[ReceivedAlert]) -> None:
    """What was stored of one alert is there for the next of the message: of its page, of its ticket, or the same."""
    together = asyncio.run(rows_after([Batch(alerts=tuple(said))]))

    assert together == asyncio.run(rows_after([Batch(alerts=(one,)) for one in said]))
