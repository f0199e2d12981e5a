"""Own history, replayed unchanged, gives every page, person and instant again; changed, it says what would differ."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pagerd.core.errors import NotFound
from pagerd.core.plan import VerdictKind
from pagerd.engine import commands
from pagerd.lab.people import NOBODY, Manners, heeding
from pagerd.lab.replay import history
from pagerd.lab.replay.plans import Line, as_played, only
from pagerd.lab.replay.player import Player
from pagerd.lab.world import World
from pagerd.stores.records import stored
from pagerd.stores.sqlite import SqliteStore
from tests.builders import NIGHT, a_plan, a_received_alert, a_rule, minutes
from tests.lab.replay.past import PLANS, Past, seen
from tests.stories.actions import ACTIONS
from tests.stories.plans import PLANS as STORY_PLANS
from tests.stories.script import play
from tests.stories.script import read as read_story

STORIES = (
    "business_hours",
    "away",
    "escalate_now",
    "heartbeat_late",
    "provider_failover",
    "refused",
    "resolved_by_hand_later",
    "storm_partly",
    "text_stop",
    "unreadable",
    "violation_flaps",
    "voice_keys",
)
"""Stories whose histories have something that is hard to give again. None of them crashes or observes."""


async def replayed(world, line, *, start=None, answers=NOBODY):
    """Replay a world's own history up to now; return the recording and what it came to."""
    end = world.clock.now() + timedelta(seconds=1)
    found = await world.engine.read(lambda c: history.read(c, start, end))
    return found, await Player(found.recording, line(found), answers, lambda _done, _of: None).play()


@pytest.mark.parametrize("seed", [6, 7])
async def test_own_history_gives_every_page_person_and_instant_again(seed):
    """Through provider trouble, silences, overrides, new plans, pages by hand and acts of all kinds."""
    past = Past(seed)
    await past.live(30)

    found, account = await replayed(
        past.world,
        lambda found: Line(as_played(PLANS[found.revision]), {name: as_played(plan) for name, plan in PLANS.items()}),
    )

    pages, tickets = await seen(past.world, found.recording.start, found.recording.end)
    assert pages, f"seed {seed} opens no page"
    assert list(account.pages) == pages, f"seed {seed}"
    assert list(account.tickets) == tickets, f"seed {seed}"


@pytest.mark.parametrize("name", STORIES)
def test_a_story_is_told_again_by_its_own_history(name):
    """Whoever was paged in the story is paged at the same instant, and is woken by the same noises."""

    async def tell():
        story = read_story(Path("tests/stories") / f"{name}.story")
        worlds: list[World] = []
        await play(story, ACTIONS, worlds.append)
        found, account = await replayed(worlds[0], lambda _found: only(STORY_PLANS[story.plan]()))
        return account, await seen(worlds[0], found.recording.start, found.recording.end)

    account, (pages, tickets) = asyncio.run(tell())

    assert (list(account.pages), list(account.tickets)) == (pages, tickets)


async def a_night(*, ack_by="ana"):
    """A night in which CheckoutErrors paged ana, who took it three minutes later, and which ended half an hour on."""
    world = World(a_plan(), NIGHT)
    await world.begin()
    await world.receive("alertmanager", a_received_alert(fingerprint="a"))
    await world.run_until(NIGHT + minutes(3))
    [page] = await world.open_pages()
    await world.do(lambda work: commands.acknowledge(work, page.id, ack_by, "sms"))
    await world.run_until(NIGHT + minutes(20))
    await world.receive("alertmanager", a_received_alert(fingerprint="a", firing=False))
    await world.run_until(NIGHT + minutes(60))
    return world


async def test_an_end_that_told_no_instant_ends_the_later_episode_too():
    """The first episode ended at an instant that its source told; the second one just ended."""
    world = World(a_plan(), NIGHT)
    await world.begin()
    for minute, firing, ended_at in (
        (0, True, None),
        (5, False, NIGHT + minutes(4)),
        (40, True, None),
        (50, False, None),
    ):
        await world.run_until(NIGHT + minutes(minute))
        await world.receive("alertmanager", a_received_alert(fingerprint="a", firing=firing, ended_at=ended_at))
    await world.run_until(NIGHT + minutes(60))

    _, account = await replayed(world, lambda _found: only(a_plan()))

    assert [page.resolved_at for page in account.pages] == [NIGHT + minutes(5.5), NIGHT + minutes(50.5)]


async def test_under_another_rotation_whoever_is_asked_answers_in_their_place():
    """Ana answered after three minutes; if ben had been on call, he would have."""
    swapped = a_plan()
    book = replace(
        swapped.book,
        schedules=swapped.book.schedules | {"payments-primary": swapped.book.schedules["payments-secondary"]},
    )

    _, account = await replayed(await a_night(), lambda _found: only(replace(swapped, book=book)))

    [page] = account.pages
    assert [person for _, person in page.paged] == ["ben"]
    assert (page.acknowledged_by, page.acknowledged_at) == ("ben", NIGHT + minutes(3))
    assert account.people == {"ben": 1}


async def test_a_page_that_opens_later_finds_the_answer_gone_and_the_model_answers():
    """What waits ten minutes as a ticket pages when the recorded answer is long over."""
    silent = a_plan(rules={"payments": (a_rule("All", verdict=VerdictKind.PAGE),)}, runbooks={})
    later = Manners(others=heeding(minutes(4)))

    _, account = await replayed(await a_night(), lambda _found: only(silent), answers=later)

    [page] = account.pages
    assert page.opened_at == NIGHT + minutes(10)
    assert page.acknowledged_at == NIGHT + minutes(14)
    assert account.acts_skipped == 1


async def test_what_became_a_ticket_wakes_nobody():
    """The change that a replay is asked about most."""
    quiet = a_plan(rules={"payments": (a_rule("All", verdict=VerdictKind.TICKET),)})

    _, account = await replayed(await a_night(), lambda _found: only(quiet))

    assert (account.pages, len(account.tickets), account.people) == ((), 1, {})


async def test_what_was_open_before_the_span_is_there_when_it_begins_and_is_held():
    """It was opened by something that is not counted, and wakes nobody while somebody sees to it."""
    world = World(a_plan(), NIGHT)
    await world.begin()
    await world.receive("alertmanager", a_received_alert(fingerprint="b", cluster="b"))
    [page] = await world.open_pages()
    await world.do(lambda work: commands.snooze(work, page.id, "ana", "cli", timedelta(hours=24)))
    await world.run_until(NIGHT + timedelta(hours=23))
    await world.do(lambda work: commands.snooze(work, page.id, "ana", "cli", timedelta(hours=24)))
    start = NIGHT + timedelta(hours=40)
    await world.run_until(start + minutes(20))
    await world.receive("alertmanager", a_received_alert(fingerprint="c", cluster="c"))
    await world.run_until(start + minutes(22))

    found, account = await replayed(world, lambda _found: only(a_plan()), start=start)

    assert found.recording.start == start
    [opened] = account.pages
    assert 'cluster="c"' in opened.group_key
    assert opened.opened_at == start + minutes(20)
    assert account.acts_skipped == 0


async def test_what_was_only_observed_and_plans_that_are_gone_are_said():
    """Whoever reads the difference must know what it leans on."""
    world = World(a_plan(), NIGHT, observing=True)
    await world.begin()
    await world.receive("alertmanager", a_received_alert(fingerprint="a"))
    await world.run_until(NIGHT + minutes(1))
    await world.do(lambda work: stored.put_plan(work.c, "lost", work.now, {}))
    await world.do(lambda work: work.c.execute("DELETE FROM plans WHERE revision = $1", "lost"))
    await world.run_until(NIGHT + minutes(2))

    found, account = await replayed(world, lambda _found: only(a_plan()))

    said = " ".join(found.recording.assumptions)
    assert "While pagerd only observed" in said
    assert "The files of revision lost, in force from 2026-01-07T01:31:00+00:00 on, are gone" in said
    assert account.people == {"ana": 1}


async def test_nothing_kept_is_said():
    """A database in which nothing was received has nothing to replay, nor has one whose first alert came later."""
    world = World(a_plan(), NIGHT)

    with pytest.raises(NotFound, match=r"reading the store: no alert was received there yet.* with --log"):
        await replayed(world, lambda _found: only(a_plan()))

    await world.receive("alertmanager", a_received_alert())
    with pytest.raises(NotFound, match=r"kept from 2026-01-07T01:30:00\+00:00 on.* name a later --to"):
        await world.engine.read(lambda c: history.read(c, None, NIGHT))


def test_a_file_is_read_as_it_is(tmp_path):
    """A backup is as good as the database: it is opened to be read."""
    path = tmp_path / "pagerd.db"

    async def write():
        store = SqliteStore.open(path)
        await store.close()

    asyncio.run(write())

    with pytest.raises(NotFound, match=r"reading .*pagerd.db: no alert was received there yet"):
        history.read_file(path, None, NIGHT)
