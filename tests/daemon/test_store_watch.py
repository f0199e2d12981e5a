import asyncio
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from pagerd.core.people import Medium
from pagerd.daemon import store_watch
from pagerd.daemon.store_watch import FRESH_SECONDS, WORDS, StoreWatch
from pagerd.lab.phones import Mood
from pagerd.lab.world import World
from pagerd.stores.base import StoreUnavailable, Trouble
from tests.builders import NOON, a_plan


class Troubled:
    """A store that takes writes, refuses them for a reason, or lets them hang."""

    is_short = False

    def __init__(self, store):
        self._store = store
        self.trouble = None

    async def write(self, unit):
        if self.trouble is Trouble.HANGS:
            await asyncio.Event().wait()
        if self.trouble is not None:
            refusal = StoreUnavailable("it is as it is")
            refusal.trouble = self.trouble
            raise refusal
        return await self._store.write(unit)


@pytest.fixture
def world():
    """A small company whose store can be troubled."""
    made = World(a_plan(), NOON)
    made.engine.store = Troubled(made.store)
    return made


@pytest.fixture
def watch(world):
    """Whoever watches that store."""
    return StoreWatch(world.engine)


async def looks(world, watch, trouble, *, times=1, every=2.0):
    """Let time pass, and look; return the words that left meanwhile, each with its road."""
    world.engine.store.trouble = trouble
    before = len(world.sent)
    for _ in range(times):
        world.clock.move_to(world.clock.now() + timedelta(seconds=every))
        await watch.look()
    return [(one.outgoing.medium, str(one.outgoing.body)) for one in world.sent[before:]]


async def test_an_outage_is_a_line_a_minute(world, watch):
    """Looked at every two seconds for two minutes, and a line at its end; another kind of it is a line of its own."""
    with capture_logs() as logs:
        await looks(world, watch, Trouble.UNREACHABLE, times=45)
        await looks(world, watch, Trouble.REFUSED, times=15)
        await looks(world, watch, None)

    said = [(one["event"], one["trouble"]) for one in logs if one["event"].startswith("store.takes_")]
    assert said == [
        ("store.takes_no_writes", "unreachable"),
        ("store.takes_no_writes", "unreachable"),
        ("store.takes_no_writes", "refused"),
        ("store.takes_writes_again", "refused"),
    ]


async def test_one_refusal_is_no_trouble_yet(world, watch):
    """A lock that passes and a file that is opened anew are over with the next look: nobody is woken for them."""
    assert await looks(world, watch, Trouble.LOCKED) == []
    assert watch.words == ""
    assert watch.why_not_fresh() == f"the store takes no writes: {WORDS[Trouble.LOCKED]}"
    assert await looks(world, watch, None) == []
    assert watch.why_not_fresh() is None


async def test_operators_hear_by_mail_and_text_and_again_when_it_is_well(world, watch):
    """Both roads at once, from the plan in memory; then how long it was."""
    trouble = await looks(world, watch, Trouble.FULL, times=2)
    more = await looks(world, watch, Trouble.FULL, times=20)
    well = await looks(world, watch, None)

    assert [medium for medium, _ in trouble] == [Medium.SMS, Medium.EMAIL]
    assert all("the disk under its database is full" in words for _, words in trouble)
    assert all("503" in words for _, words in trouble)
    assert more == []
    assert [medium for medium, _ in well] == [Medium.SMS, Medium.EMAIL]
    assert all("takes writes again, after 44 s" in words for _, words in well)
    assert {one.outgoing.to for one in world.sent} == {
        world.engine.plan.people["dora"].sms,
        world.engine.plan.people["dora"].email,
    }
    assert await looks(world, watch, None) == []


async def test_each_kind_is_said_once_an_hour(world, watch):
    """A disk that is full after it failed is other news; the same news is news again after an hour."""
    await looks(world, watch, Trouble.IO_ERROR, times=2)
    other = await looks(world, watch, Trouble.FULL, times=2)
    again = await looks(world, watch, Trouble.FULL, times=3, every=1_000)
    hour = await looks(world, watch, Trouble.FULL, every=700)

    assert len(other) == 2
    assert again == []
    assert len(hour) == 2


async def test_a_write_that_hangs_is_trouble_too(world, watch, monkeypatch):
    """A disk that answers nothing refuses nothing either."""
    monkeypatch.setattr(store_watch, "WRITE_WITHIN_SECONDS", 0.01)

    said = await looks(world, watch, Trouble.HANGS, times=2)

    assert all(WORDS[Trouble.HANGS] in words for _, words in said)
    assert len(said) == 2


async def test_what_no_provider_took_is_said_again_at_the_next_look(world, watch):
    """Text and mail are both down: the operators are not told yet, and the hour has not begun."""
    for medium in (Medium.SMS, Medium.EMAIL):
        world.phones[medium].mood = Mood.DOWN
    await looks(world, watch, Trouble.FULL, times=3)
    world.phones[Medium.EMAIL].mood = Mood.WORKS
    said = await looks(world, watch, Trouble.FULL)

    assert [medium for medium, _ in said] == [Medium.EMAIL]
    assert await looks(world, watch, Trouble.FULL, times=2) == []


async def test_the_last_write_grows_old(world, watch):
    """Whoever vouches for pagerd asks how old it is."""
    assert watch.why_not_fresh() == "nothing was written yet"
    await looks(world, watch, None)
    world.clock.move_to(world.clock.now() + timedelta(seconds=FRESH_SECONDS + 1))

    assert watch.why_not_fresh() == "the last write is 46 s old"


def test_each_trouble_has_words():
    """Whatever a store can say of itself can be told."""
    assert set(WORDS) == set(Trouble)


async def test_a_store_that_lives_on_its_ballast_is_trouble_in_which_pages_go_on(world, watch, monkeypatch):
    """It takes writes, and still somebody must make room: the operators hear what works and what does not."""
    monkeypatch.setattr(world.engine.store, "is_short", True)
    await watch.look()
    await watch.look()
    told = [one.outgoing.body for one in world.sent]
    monkeypatch.setattr(world.engine.store, "is_short", False)
    await watch.look()

    assert any("open pages go on" in str(body) for body in told)
    assert watch.trouble is None


async def test_a_node_that_shares_its_store_waits_a_minute_before_it_tells():
    """A failover takes seconds, and the other node may do all the work: only what lasts is told, to operators alone."""
    world = World(a_plan(), NOON)
    world.engine.node = "node-1"
    world.engine.store = Troubled(world.store)
    watch = StoreWatch(world.engine)

    assert await looks(world, watch, Trouble.OTHER, times=29) == []
    assert watch.words
    told = await looks(world, watch, Trouble.OTHER, times=3)
    assert {one.outgoing.to for one in world.sent} == {
        world.engine.plan.people["dora"].sms,
        world.engine.plan.people["dora"].email,
    }
    assert all("see the others" in words for _, words in told)


@pytest.mark.parametrize("trouble", Trouble)
async def test_a_text_about_a_shared_store_says_all_of_it(trouble, monkeypatch):
    """What is wrong, what it means and what to do, also of a host with a longish name."""
    monkeypatch.setattr("socket.gethostname", lambda: "pager-1.example.com")
    world = World(a_plan(), NOON)
    world.engine.node = "node-1"
    world.engine.store = Troubled(world.store)
    watch = StoreWatch(world.engine)
    if trouble is Trouble.HANGS:
        monkeypatch.setattr(store_watch, "WRITE_WITHIN_SECONDS", 0.0)
    told = await looks(world, watch, trouble, times=32)

    [text] = [words for medium, words in told if medium is Medium.SMS]
    assert WORDS[trouble] in text
    assert "see the others. Run pagerd doctor" in text
