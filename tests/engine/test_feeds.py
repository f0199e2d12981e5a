import re

import pytest

from pagerd.core.errors import Conflict, NotFound
from pagerd.engine import feeds
from pagerd.engine.chance import Chance
from pagerd.lab.world import World
from pagerd.stores.records import history
from tests.builders import NOON, a_plan


@pytest.fixture
def world():
    """An engine on virtual time."""
    return World(a_plan(), NOON)


async def test_a_feed_is_found_by_its_token_and_by_nothing_near_it(world):
    """What is stored is not the token, and neither is what the chain says."""
    feed, plain = await world.do(lambda work: feeds.add(work, "payments", by="ana"))
    assert (feed.name, feed.person, feed.fetched_at) == ("payments", "ana", None)

    async def find(text):
        return await world.engine.read(lambda c: feeds.find(c, text))

    assert await find(plain) == feed
    for near in (plain[:-1], plain + "A", plain.removeprefix("pgf_"), feed.id, "", plain + "A" * 100):
        assert await find(near) is None
    stored = await world.engine.read(lambda c: c.execute("SELECT * FROM feeds"))
    chain = await world.engine.read(lambda c: history.chain(c, feed.id))
    assert plain not in str(stored)
    assert [(link.event, plain in link.body) for link in chain] == [("FeedAdded", False)]


def test_a_token_has_128_bits():
    """As the link of a page has, from the system's entropy."""
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", Chance().token())


async def test_a_feed_is_of_something_that_there_is(world):
    """A person, a team, a schedule, or everybody; nothing is stored of anything else."""
    for name in ("ana", "payments", "payments-primary", None):
        feed, _ = await world.do(lambda work, name=name: feeds.add(work, name, by="ben"))
        assert feed.name == name
    with pytest.raises(NotFound):
        await world.do(lambda work: feeds.add(work, "nobody", by="ben"))

    assert len(await world.engine.read(feeds.listed)) == 4


async def test_only_who_made_it_may_name_it(world):
    """Who asks with a person's name reaches what that person made; removed is gone."""
    feed, plain = await world.do(lambda work: feeds.add(work, "ben", by="ana"))
    with pytest.raises(NotFound):
        await world.do(lambda work: feeds.remove(work, feed.id, "ben", by="ben"))
    await world.do(lambda work: feeds.remove(work, feed.id, "ana", by="ana"))

    assert await world.engine.read(lambda c: feeds.find(c, plain)) is None
    chain = await world.engine.read(lambda c: history.chain(c, feed.id))
    assert [link.event for link in chain] == ["FeedAdded", "FeedRemoved"]


async def test_a_person_makes_so_many_and_no_more(world, monkeypatch):
    """A loop that makes feeds ends; others go on."""
    monkeypatch.setattr(feeds, "OF_PERSON_MAX", 2)
    for _ in range(2):
        await world.do(lambda work: feeds.add(work, None, by="ana"))
    with pytest.raises(Conflict):
        await world.do(lambda work: feeds.add(work, None, by="ana"))

    await world.do(lambda work: feeds.add(work, None, by="ben"))
