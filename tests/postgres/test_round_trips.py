"""How often a page or an alert asks the server: each round trip is time in which no other node writes."""

import asyncio

import pytest

from pagerd.lab.world import World
from pagerd.stores.postgres_connection import Session
from tests.builders import NOON, a_plan, a_received_alert

PER_PAGE = 5
"""What the alert is in, its group's pages, the person's codes, what they were told last, and all that was decided."""

PER_BATCH = 3
"""To begin, what time it is, to commit."""


LOOKS = 2
"""Two more for what is known of 100 alerts, at 64 each."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Everything that is sent to the server and waited for."""
    statements: list[str] = []

    def listening(name: str) -> None:
        ask = getattr(Session, name)

        async def listened(session: Session, statement: str, *values: object) -> object:
            statements.append(statement)
            return await ask(session, statement, *values)

        monkeypatch.setattr(Session, name, listened)

    listening("fetch")
    listening("script")
    return statements


@pytest.mark.usefixtures("worlds_on_postgres")
@pytest.mark.parametrize("count", [1, 16])
async def test_a_new_page_asks_five_times(asked: list[str], count: int) -> None:
    """Pages that are opened at once, each by a message of its own, share what their transaction costs.

    A slow machine takes more turns for them: that is no figure of this test.
    """
    world = World(a_plan(), NOON)
    await world.begin()
    await world.receive("alertmanager", a_received_alert())
    asked.clear()
    alerts = [a_received_alert(fingerprint=f"g{number}", alertname=f"Other{number}") for number in range(count)]
    await asyncio.gather(*(world.receive("alertmanager", alert) for alert in alerts))

    trips, batches = len(asked), asked.count("COMMIT")

    assert trips == batches * PER_BATCH + count * PER_PAGE
    assert len(await world.open_pages()) == 1 + count


@pytest.mark.usefixtures("worlds_on_postgres")
async def test_an_alert_of_a_message_asks_once(asked: list[str]) -> None:
    """What is known of them is asked for 64 at once, and their page once; what each does is one round trip.

    The end of one is two: it changes the timers twice, and what changes one table twice is not one statement.
    """
    world = World(a_plan(), NOON)
    await world.begin()
    await world.receive("alertmanager", a_received_alert())
    trips: dict[str, list[int]] = {"joins": [], "fires on": [], "ends": []}
    for count in (28, 128):
        alerts = [a_received_alert(fingerprint=f"{count}-{number}", instance=f"i{number}") for number in range(count)]
        over = [a_received_alert(fingerprint=f"{count}-{number}", firing=False) for number in range(count)]
        for name, message in (("joins", alerts), ("fires on", alerts), ("ends", over)):
            asked.clear()
            await world.receive("alertmanager", *message)
            trips[name].append(len(asked))

    more = {name: many - few for name, (few, many) in trips.items()}
    assert more["joins"] <= 100 + LOOKS
    assert more["fires on"] <= 100 + LOOKS
    assert more["ends"] <= 200 + LOOKS
