"""A source that falls silent is noticed in time, whenever it does and whatever happens to pagerd meanwhile."""

import random  # noqa: TID251  # seeded, so that what fails can be seen again
from datetime import timedelta

import pytest

from pagerd.engine.work import SourceTraits
from pagerd.lab.world import World
from tests.builders import NOON, a_plan, a_received_alert
from tests.figures import note
from tests.share import in_share

pytestmark = pytest.mark.timeout(in_share(ci=60, proof=1_800))

CUTS = in_share(ci=20, proof=200)
NOTICED_SECONDS = 30


async def cut(seed):
    """Let a source speak for a while and then no more; return by how many seconds its page came after its limit."""
    draw = random.Random(seed)
    limit = timedelta(seconds=draw.randrange(60, 3_600))
    world = World(a_plan(), NOON, seed=seed, sources={"watched": SourceTraits(name="watched", silent_after=limit)})
    await world.begin()
    at = NOON
    for number in range(draw.randrange(1, 6)):
        at += draw.random() * limit * 0.99
        await world.run_until(at)
        if draw.random() < 0.2:
            world.crash()
            await world.begin()
        await world.receive("watched", a_received_alert(fingerprint=f"f{number}"))
    # A restart is no sign of life: but nobody was silent while pagerd did not listen.
    restarts = [at + draw.random() * limit for _ in range(draw.randrange(2))]
    for restart in restarts:
        await world.run_until(restart)
        world.crash()
        await world.begin()
    listened = max([at, *restarts])
    await world.run_until(listened + limit - timedelta(seconds=1))
    early = await silent(world)
    await world.run_until(listened + limit + timedelta(seconds=10 * NOTICED_SECONDS))
    [page] = await silent(world)
    assert page.reached
    return early, (page.opened_at - listened - limit) / timedelta(seconds=1)


async def silent(world):
    """Return the pages about silent sources."""
    return [page for page in await world.open_pages() if page.subject.title == "PagerdSourceSilent"]


async def test_every_silence_is_paged_in_time():
    """Never before the limit that was set, and within 30 s of it."""
    late = []
    for seed in range(CUTS):
        early, seconds = await cut(seed)
        assert early == [], f"seed {seed}: it was told before its time"
        late.append(seconds)
    note("silence of a source: paged after its limit, worst", max(late), n=CUTS, unit="s", at_most=NOTICED_SECONDS)

    assert max(late) <= NOTICED_SECONDS
