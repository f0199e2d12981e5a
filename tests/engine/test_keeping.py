"""What goes when it is old, what stays, and that the chain holds afterwards."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.core.audit import KEEPING
from pagerd.core.oncall.swap import Piece, SwapStatus
from pagerd.core.plan import Keep
from pagerd.core.worklog.worked import begun
from pagerd.engine import audit, commands, keeping, ledger, mornings, stored, swaps
from pagerd.engine.keeping import EVERY
from pagerd.lab.world import World
from pagerd.stores.records import history, pages, worked
from tests.builders import NOON, a_plan, a_received_alert
from tests.engine.chains import Past, everything

DAY = timedelta(days=1)
SHORT = replace(a_plan(), keep=Keep(pages=30 * DAY, nights=60 * DAY))

TABLES = ("pages", "history", "notifications", "alerts", "tickets", "silences", "overrides", "tombstones")


async def count(world, table):
    """Count the rows of a table."""
    rows = await world.engine.read(lambda c: c.execute(f"SELECT COUNT(*) FROM {table}"))  # noqa: S608  # a fixed name
    return rows[0][0]


@pytest.fixture
async def world():
    """An engine on virtual time that keeps pages for thirty days."""
    world = World(SHORT, NOON)
    await world.put_in_force(SHORT)
    return world


async def a_page(world, name):
    """Open a page and return it."""
    alert = a_received_alert(fingerprint=name, alertname="PaymentsErrors", cluster=name)
    await world.receive("alertmanager", alert)
    return (await world.open_pages())[0]


async def a_resolved_page(world, name):
    """Open a page and let it resolve by itself; return it."""
    page = await a_page(world, name)
    alert = a_received_alert(fingerprint=name, firing=False, alertname="PaymentsErrors", cluster=name)
    await world.receive("alertmanager", alert)
    await world.run_until(world.clock.now() + timedelta(minutes=5))
    return page


async def leap(world, at):
    """Let a long time pass at once, as a daemon that was down for it would see it, and then two rounds."""
    world.clock.move_to(at)
    await world.run_until(at + 2 * EVERY)


async def test_an_old_page_goes_with_all_that_belongs_to_it(world):
    """The page, its alerts, notifications and history are gone; the end of its chain and who said so stay."""
    old = await a_resolved_page(world, "old")
    end = (await world.engine.read(lambda c: pages.find(c, old.id))).head
    await leap(world, NOON + 29 * DAY)
    assert await count(world, "pages") == 1

    await leap(world, NOON + 30 * DAY + EVERY)

    assert [await count(world, table) for table in ("pages", "alerts", "notifications")] == [0, 0, 0]
    stone = await world.engine.read(lambda c: history.tombstone(c, old.id))
    assert stone.hash == end
    said = await world.engine.read(lambda c: history.of_object(c, KEEPING))
    assert [row.event for row in said] == ["ObjectsForgotten"]
    assert old.id in said[0].body
    assert not (await world.engine.read(everything))[1]


async def test_what_is_open_or_young_stays(world):
    """However old an open page is, it still wants a human; a page counts from when it was resolved."""
    still_open = await a_page(world, "open")
    await world.do(lambda work: commands.acknowledge(work, still_open.id, "ana", "cli"))
    await leap(world, NOON + 40 * DAY)
    young = await a_resolved_page(world, "young")
    await leap(world, NOON + 41 * DAY)

    left = await world.engine.read(lambda c: c.execute("SELECT id FROM pages ORDER BY opened_at"))
    assert [row[0] for row in left] == [still_open.id, young.id]


async def test_the_night_ledger_stays_as_long_as_it_says(world):
    """Night rows outlive the page they are about, and go by their own time."""

    async def add(work):
        await work.c.execute("INSERT INTO night_pages VALUES ('ana', 'p-gone', $1, '{}')", 1000)

    await world.do(add)
    world.engine.plan = replace(world.engine.plan, keep=Keep(pages=30 * DAY, nights=None))
    await leap(world, NOON + DAY)
    assert await count(world, "night_pages") == 1

    world.engine.plan = replace(world.engine.plan, keep=Keep(pages=None, nights=60 * DAY))
    await leap(world, NOON + 2 * DAY)
    assert await count(world, "night_pages") == 0


async def test_a_swap_goes_as_long_after_its_shifts_as_an_override_does(world):
    """Whatever became of it, with its tombstone; and the chain holds."""

    async def ask(work):
        shift = Piece(NOON + DAY, NOON + 2 * DAY)
        return await swaps.request(
            work, by="ana", via="cli", schedule="payments-primary", mine=shift, theirs=None, of="dora", why=""
        )

    one = await world.do(ask)
    await world.do(lambda work: swaps.decide(work, one.id, SwapStatus.ACCEPTED, by="dora", via="cli"))
    await leap(world, NOON + 31 * DAY)
    assert [await count(world, table) for table in ("swaps", "overrides")] == [1, 1]

    await leap(world, NOON + 33 * DAY)

    assert [await count(world, table) for table in ("swaps", "overrides")] == [0, 0]
    assert await world.engine.read(lambda c: history.tombstone(c, one.id))
    assert not (await world.engine.read(everything))[1]


async def test_the_account_of_a_night_goes_with_the_ledger_and_leaves_a_tombstone(world):
    """With its codes; and the chain holds."""
    night = begun("n-1", world.engine.plan.people["ana"], NOON + timedelta(hours=14), "payments", "r")
    await world.do(lambda work: worked.insert(work.c, night))
    await world.do(lambda work: mornings.say_worked(work, night, by="ana", via="cli", minutes=40))
    await world.do(lambda work: ledger.draw_code(work, "ana", "n-1", ledger.WORKED))
    await leap(world, NOON + 59 * DAY)
    assert await count(world, "worked_nights") == 1

    await leap(world, NOON + 62 * DAY)

    assert [await count(world, table) for table in ("worked_nights", "night_codes")] == [0, 0]
    assert await world.engine.read(lambda c: history.tombstone(c, "n-1"))
    assert not (await world.engine.read(everything))[1]


async def test_forever_is_for_ever(world):
    """Nothing goes that is to be kept."""
    world.engine.plan = replace(world.engine.plan, keep=Keep(pages=None, nights=None))
    await a_resolved_page(world, "old")
    await leap(world, NOON + 500 * DAY)

    assert await count(world, "pages") == 1
    assert await count(world, "tombstones") == 0


async def test_silences_overrides_and_what_belongs_to_nothing_go_too(world):
    """A silence that ended, a message about pagerd itself, what was quarantined, a plan long out of force."""
    end = NOON + timedelta(hours=1)
    await world.do(lambda work: stored.add_silence(work, ('service="x"',), NOON, end, "ana", "deploy"))

    async def add(work):
        for number, revision in enumerate(("first", "second", "third")):
            await audit.config_in_force(work.c, NOON + number * 20 * DAY, revision, {"pagerd.yaml": revision})
        at = int(NOON.timestamp() * 1_000_000)
        await work.c.execute("INSERT INTO quarantine VALUES ('q', 'prod', $1, 'why', 'raw')", at)

    await world.do(add)
    await leap(world, NOON + 60 * DAY)

    assert [await count(world, table) for table in ("silences", "quarantine")] == [0, 0]
    # On day 30, to which the pages that are kept go back, the second was in force.
    left = await world.engine.read(lambda c: c.execute("SELECT revision FROM plans ORDER BY loaded_at"))
    assert [row[0] for row in left] == ["second", "third"]
    assert not (await world.engine.read(everything))[1]


async def test_a_round_goes_in_bites(world, monkeypatch):
    """However many pages there are, one transaction takes a few; a crash between two goes on where it was."""
    monkeypatch.setattr(keeping, "BITE", 2)
    for number in range(7):
        await a_resolved_page(world, f"f{number}")
    world.clock.move_to(NOON + 40 * DAY)
    await world.do(lambda work: keeping.bite(work, ""))

    assert await count(world, "pages") == 5

    world.crash()
    await world.settle()
    assert await count(world, "pages") == 0
    said = await world.engine.read(lambda c: history.of_object(c, KEEPING))
    assert [row.event for row in said] == ["ObjectsForgotten"] * 4


@pytest.mark.parametrize("seed", range(8))
async def test_a_random_past_holds_after_it_was_forgotten(seed):
    """Whatever happened, forgetting half of it leaves nothing that does not hold, and nothing that points nowhere."""
    past = Past(seed)
    world = await past.live(30)
    await leap(world, world.clock.now() + 15 * DAY)
    await past.live(30)
    world.engine.plan = replace(world.engine.plan, keep=Keep(pages=10 * DAY, nights=10 * DAY))
    before = await count(world, "history")
    await leap(world, world.clock.now() + 2 * DAY)

    _, findings = await world.engine.read(everything)
    assert not findings, f"seed {seed}: {findings}"
    assert await count(world, "tombstones"), f"seed {seed}: nothing was forgotten of {before} entries"
    lost = await world.engine.read(
        lambda c: c.execute("SELECT page_id FROM notifications WHERE page_id NOT IN (SELECT id FROM pages)")
    )
    assert not lost, f"seed {seed}: notifications of pages that are gone: {lost}"
