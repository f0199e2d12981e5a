"""Two nodes on one store: losing one delays a page by seconds, and without faults nobody is told twice."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from pagerd.core.errors import Conflict
from pagerd.core.oncall.override import new_override
from pagerd.core.paging.standing import Rate
from pagerd.core.people import Medium
from pagerd.engine import commands, intake, own, stored
from pagerd.engine.hand import GOOD_SECONDS
from pagerd.engine.share import ALONE
from pagerd.engine.tick import FIRED_AT_ONCE_SHARED, tick
from pagerd.engine.work import LEASE_SHARED, SourceTraits
from pagerd.lab.nodes import Node, Nodes
from pagerd.lab.phones import Mood
from pagerd.stores.records import nodes as rows
from tests.builders import NOON, a_plan, a_received_alert

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


async def two_nodes(**how: object) -> tuple[Nodes, Node, Node]:
    """Start two nodes."""
    world = Nodes(a_plan(), NOON, **how)
    await world.begin()
    first, second = world.nodes
    await first.fleet.beat()
    return world, first, second


def an_alert(number: int) -> object:
    """Make one of many alerts, each of a page of its own and too grave to be merged with others."""
    return a_received_alert(fingerprint=f"f{number}", cluster=f"eu-{number}", severity="sev1")


def told(world: Nodes) -> Counter[tuple[str, str]]:
    """Count what was sent, by notification and address."""
    return Counter((one.outgoing.id, one.outgoing.to) for one in world.sent)


async def test_without_faults_nobody_is_told_twice() -> None:
    """Alerts come in at both nodes and nobody answers: each message is sent once, each step is taken once."""
    world, *nodes = await two_nodes()
    for number in range(40):
        await world.receive(nodes[number % 2], an_alert(number))
        await world.run_until(NOON + number * SECOND)
    await world.run_until(NOON + 15 * MINUTE)

    assert len(world.sent) > 200
    assert set(told(world).values()) == {1}
    steps = await world.store.read(lambda c: c.execute("SELECT object_id, version FROM history"))
    assert len(steps) == len(set(steps))
    claims = await world.store.read(lambda c: c.execute("SELECT COUNT(*) FROM notifications WHERE attempts > 1"))
    assert claims == [(0,)]


async def test_a_killed_nodes_messages_go_out_within_ten_seconds() -> None:
    """What a node had claimed when it was killed is sent by the other one when the lease is over, and not later."""
    world, first, _ = await two_nodes()
    await world.receive(first, an_alert(1))
    assert first.waiting, "the node that took the alert in has claimed its message"
    world.kill(first)
    await world.run_until(NOON + LEASE_SHARED - SECOND)
    assert not world.sent

    await world.run_until(NOON + 10 * SECOND)

    assert world.sent
    assert set(told(world).values()) == {1}


async def test_a_killed_nodes_steps_are_taken_by_the_other() -> None:
    """Steps that fall due after a node was lost are late by the moment that they are left to it, and no more."""
    world, first, second = await two_nodes()
    for number in range(20):
        await world.receive(first, an_alert(number))
    await world.settle()
    due = max(page.due for page in await world.open_pages() if page.due is not None)
    await world.run_until(due - SECOND)
    world.kill(first)
    before = len(world.sent)
    await world.run_until(due + 3 * SECOND)

    after = await world.open_pages()
    assert len(after) == 20
    assert all(page.due is not None and page.due > due for page in after)
    assert len(world.sent) > before
    assert set(told(world).values()) == {1}
    assert not await second.auditor.look()


async def test_a_claim_that_is_given_up_while_it_is_renewed_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sender whose outcome could not be stored leaves its message to whoever claims it next; a beat takes none up."""
    world, first, _ = await two_nodes()
    await world.receive(first, an_alert(1))
    in_the_air, first.waiting[:] = list(first.waiting), []
    await world.run_until(NOON + 3.8 * SECOND)
    assert first.engine.hand.to_renew(world.clock.monotonic()) == in_the_air
    transact = first.engine.transact

    async def given_up_meanwhile(act, **how):
        done = await transact(act, **how)
        for claimed in in_the_air:
            first.engine.hand.lay_down(claimed)
        return done

    monkeypatch.setattr(first.engine, "transact", given_up_meanwhile)
    await first.fleet.beat()
    monkeypatch.setattr(first.engine, "transact", transact)
    await world.run_until(NOON + 3 * LEASE_SHARED)

    assert in_the_air
    assert set(told(world).values()) == {1}


async def test_a_frozen_node_that_wakes_sends_nothing_of_another() -> None:
    """Its claims were taken over meanwhile: the token that it holds is worth nothing, whatever its memory says."""
    world, first, _ = await two_nodes()
    await world.receive(first, an_alert(1))
    in_hand = len(first.waiting)
    world.freeze(first)
    await world.run_until(NOON + 30 * SECOND)
    sent = len(world.sent)
    world.wake(first)
    await world.run_until(NOON + 40 * SECOND)

    assert in_hand
    assert sent == len(world.sent)
    assert set(told(world).values()) == {1}


async def test_a_node_frozen_for_a_moment_asks_before_it_sends() -> None:
    """While its lease lasts nobody else has taken the message: the claim is renewed, and then it is sent."""
    world, first, _ = await two_nodes()
    await world.receive(first, an_alert(1))
    world.freeze(first)
    await world.run_until(NOON + (GOOD_SECONDS + 1) * SECOND)
    assert not world.sent
    world.wake(first)
    await world.settle()

    assert world.sent
    assert set(told(world).values()) == {1}


async def test_a_claim_in_hand_is_kept() -> None:
    """A sender that is busy for long keeps what waits behind it, as long as its node beats."""
    world, first, second = await two_nodes()
    await world.receive(first, an_alert(1))
    waiting, first.waiting[:] = list(first.waiting), []
    await world.run_until(NOON + 60 * SECOND)
    assert not world.sent
    first.waiting.extend(waiting)
    await world.run_until(NOON + 61 * SECOND)

    assert set(told(world).values()) == {1}
    assert not second.waiting


async def test_a_node_cut_from_its_store_stops_sending() -> None:
    """It cannot know whether its claims are over: so it sends nothing under them, and the other node does."""
    world, first, _ = await two_nodes()
    await world.receive(first, an_alert(1))
    waiting, first.waiting[:] = list(first.waiting), []
    first.link.is_cut = True
    await world.run_until(NOON + 20 * SECOND)
    sent = len(world.sent)
    first.waiting.extend(waiting)
    await world.run_until(NOON + 30 * SECOND)
    first.link.is_cut = False
    await world.run_until(NOON + 40 * SECOND)

    assert sent
    assert len(world.sent) == sent
    assert set(told(world).values()) == {1}


async def test_a_node_that_stops_hands_back_at_once() -> None:
    """Whoever is told to stop leaves nothing to a lease: the other node sends within its next look."""
    world, first, _ = await two_nodes()
    await world.receive(first, an_alert(1))
    await world.stop(first)
    await world.run_until(NOON + 2 * SECOND)

    assert world.sent
    assert set(told(world).values()) == {1}


async def test_a_node_that_stops_in_a_round_leaves_the_rest_of_it() -> None:
    """Told to stop while hundreds of steps are due, it ends what it has begun; the other one takes the rest, once."""
    world, first, second = await two_nodes()
    for number in range(2 * FIRED_AT_ONCE_SHARED):
        await world.receive(second, an_alert(number))
    await world.settle()
    world.kill(second)
    await first.fleet.leave()
    first.engine.share = ALONE
    world.clock.move_to(max(page.due for page in await world.open_pages() if page.due is not None))
    transact, fired = first.engine.transact, 0

    async def stops_meanwhile(*args: object, **keys: object) -> object:
        nonlocal fired
        fired += 1
        first.engine.takes_up = False
        return await transact(*args, **keys)

    first.engine.transact = stops_meanwhile
    await tick(first.engine)

    assert 1 <= fired <= FIRED_AT_ONCE_SHARED + 1  # the last is the claim, of nothing
    assert not first.waiting
    world.kill(first)
    await world.add("third")
    await world.settle()
    steps = await world.store.read(lambda c: c.execute("SELECT object_id FROM history WHERE event = 'TimerFired'"))
    assert sorted(steps) == sorted((page.id,) for page in await world.open_pages())
    assert set(told(world).values()) == {1}


async def test_a_node_with_nothing_to_do_takes_no_turn_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks twice a second, and what others write does not wait for that."""
    world, first, _ = await two_nodes()
    await world.settle()
    monkeypatch.setattr(first.engine.store, "write", None)
    await tick(first.engine)


async def test_what_one_node_stored_is_known_to_the_next_decision_of_another() -> None:
    """An override and a silence made at one node hold for an alert that comes in at the other one right after."""
    world, first, second = await two_nodes()
    plan = first.engine.plan
    override = new_override(
        plan.book,
        plan.people,
        id="o1",
        schedule="payments-primary",
        start=NOON,
        end=NOON + 60 * MINUTE,
        people=("cho",),
        why="dentist",
        by="ana",
    )
    await world.do(first, lambda work: stored.add_override(work, override))
    await world.receive(second, an_alert(1))
    await world.settle()
    heard_by_cho = {one.outgoing.to for one in world.sent}
    await world.do(
        second, lambda work: stored.add_silence(work, ('cluster="eu-2"',), NOON, NOON + 60 * MINUTE, "ana", "deploy")
    )
    await world.receive(first, an_alert(2))
    await world.settle()

    assert plan.people["cho"].sms in heard_by_cho
    assert plan.people["ana"].sms not in heard_by_cho
    assert {one.outgoing.to for one in world.sent} == heard_by_cho
    assert [one.id for one in first.engine.plan.silences] == [one.id for one in second.engine.plan.silences]


async def test_a_contact_refused_at_one_node_is_used_by_none() -> None:
    """The provider told one node that a number takes nothing: the other one goes on without it, too."""
    world, first, second = await two_nodes()
    number = first.engine.plan.people["ana"].sms
    assert number is not None
    world.phones[Medium.SMS].refuses.add(number)
    await world.receive(first, an_alert(1))
    await world.settle()
    await world.receive(second, an_alert(2))

    assert ("ana", Medium.SMS) in second.engine.plan.unusable


async def test_an_answer_at_one_node_stops_what_the_other_would_send() -> None:
    """The page was opened at one node and is acknowledged at the other: nobody else is paged."""
    world, first, second = await two_nodes()
    await world.receive(first, an_alert(1))
    await world.settle()
    [page] = await world.open_pages()
    await world.do(second, lambda work: commands.acknowledge(work, page.id, "ana", "cli"))
    sent = len(world.sent)
    await world.run_until(NOON + 10 * MINUTE)

    assert len(world.sent) == sent


async def test_a_rate_is_divided_among_the_nodes_that_are_there() -> None:
    """What a provider takes in a minute is not taken twice because two nodes ask it; a lost node's part comes back."""
    rates = {(Medium.SMS, "lab-sms"): Rate(10, MINUTE)}
    world, first, second = await two_nodes(rates=rates)
    await second.fleet.beat()
    shared = [node.engine.room().free[Medium.SMS] for node in (first, second)]
    await world.receive(first, *(an_alert(number) for number in range(8)))
    await world.settle()
    by_text = sum(one.outgoing.medium is Medium.SMS for one in world.sent)
    world.kill(second)
    await world.run_until(NOON + 2 * MINUTE)

    assert shared == [5, 5]
    assert by_text <= 5
    assert first.engine.room().free[Medium.SMS] == 10


async def test_a_node_that_reaches_no_provider_leaves_the_messages_to_another() -> None:
    """Its line to the provider is down, the other node's is not: pages opened at it go out from there."""
    world, first, _ = await two_nodes(own_phones=True)
    assert first.phones is not None
    for phone in first.phones.values():
        phone.mood = Mood.DOWN
    for number in range(8):
        await world.receive(first, an_alert(number))
        await world.run_until(NOON + number * 10 * SECOND)
    before = len(world.sent)
    began = world.clock.now()
    await world.receive(first, an_alert(99))
    await world.run_until(began + 2 * SECOND)

    assert len(world.sent) > before
    assert set(told(world).values()) == {1}


async def test_operators_hear_of_a_lost_node_once_and_not_of_one_that_stopped() -> None:
    """A node that ends in order is no alarm; one that is gone is told within a minute, by whoever is left."""
    world, first, second = await two_nodes()
    third = await world.add()
    await world.stop(second)
    await world.run_until(NOON + 2 * MINUTE)
    assert not world.sent
    world.kill(first)
    await world.run_until(NOON + 10 * MINUTE)

    words = [one for one in third.fleet.warnings if "is gone" in one]
    assert len(words) == 1
    assert len(world.sent) == len({one.outgoing.to for one in world.sent}) > 0
    await world.run_until(NOON + 63 * MINUTE)
    assert third.fleet.warnings == ()
    assert [one.id for one in await world.store.read(rows.all_known)] == ["node-3"]


async def test_a_node_that_was_killed_and_runs_again_is_not_gone() -> None:
    """Its earlier run left a row, and nobody is told of it: the node is there."""
    world, first, second = await two_nodes()
    await world.run_until(NOON + MINUTE)
    world.kill(first)
    await world.run_until(NOON + MINUTE + 5 * SECOND)
    await world.add(first.name)
    await world.run_until(NOON + 5 * MINUTE)

    assert not world.sent
    assert second.fleet.warnings == ()
    assert sorted(one.name for one in second.fleet.known) == ["pager-1", "pager-2"]


async def test_nobody_is_gone_because_the_database_was_away() -> None:
    """No node could say that it is there; the first that can again does not take the others for lost."""
    world, first, second = await two_nodes()
    await world.run_until(NOON + MINUTE)
    first.link.is_cut = second.link.is_cut = True
    await world.run_until(NOON + 3 * MINUTE)
    first.link.is_cut = False
    await world.run_until(NOON + 3 * MINUTE + 10 * SECOND)
    second.link.is_cut = False
    await world.run_until(NOON + 5 * MINUTE)

    assert not world.sent
    assert first.fleet.warnings == second.fleet.warnings == ()


async def test_nodes_on_different_files_are_an_alarm_after_five_minutes() -> None:
    """While files are rolled out nodes differ, each decides by its own; what lasts is told, and ends by a reload."""
    world, first, second = await two_nodes()
    other = a_plan(revision="newer")
    await world.put_in_force(first, other)
    await world.run_until(NOON + 4 * MINUTE)
    assert not world.sent
    assert not first.engine.agrees
    await world.run_until(NOON + 6 * MINUTE)
    assert world.sent
    assert any("different files" in one for one in second.fleet.warnings)
    await world.put_in_force(second, other)
    await world.run_until(NOON + 7 * MINUTE)

    assert first.engine.agrees
    assert not second.fleet.warnings


async def test_a_node_that_only_observes_does_not_join_those_that_send() -> None:
    """One store is observed or sent from, by all nodes alike: whoever would do the other is refused at its start."""
    world, _, _ = await two_nodes()
    third = world.make()
    third.engine.observing = True

    with pytest.raises(Conflict, match="sends, and this one would observe"):
        await third.fleet.join()


async def test_a_node_that_does_not_know_a_source_leaves_its_silence_to_one_that_does() -> None:
    """While files are rolled out one node alone watches some sources: their silence is told, whose ever turn it was."""
    world, first, second = await two_nodes()
    new = {name: SourceTraits(name=name, silent_after=MINUTE) for name in ("a", "b", "c", "d", "e", "f")}
    first.engine.sources = {**world.traits, **new}
    await world.put_in_force(first, a_plan(revision="newer"))
    for source in new.values():
        await world.do(first, lambda work, source=source: intake.saw(work, source))
    await first.fleet.beat()
    await second.fleet.beat()
    await world.run_until(NOON + 64 * SECOND)

    assert not second.engine.agrees
    silent = await world.store.read(lambda c: own.subjects(c, own.SILENT))
    assert silent == set(new)


async def test_clocks_that_are_wrong_matter_to_nothing() -> None:
    """One clock is an hour ahead, the other an hour behind: by the database's nothing is early, late or twice."""
    hour = timedelta(hours=1)
    world, first, second = await two_nodes(clocks=(hour, -hour), database_time=True)
    await world.receive(second, an_alert(1))
    await world.settle()
    [page] = await world.open_pages()
    assert page.opened_at == NOON
    asked = len(world.sent)
    assert page.due is not None
    await world.run_until(page.due - SECOND)
    assert {one.outgoing.to for one in world.sent[asked:]} <= {one.outgoing.to for one in world.sent[:asked]} | {
        first.engine.plan.people["ana"].voice
    }
    await world.run_until(page.due + 3 * SECOND)
    [later] = await world.open_pages()

    assert later.due is not None
    assert page.due < later.due
    assert set(told(world).values()) == {1}
    assert not await first.auditor.look()
    assert not await second.auditor.look()


async def test_a_beat_that_is_missed_has_the_store_looked_at() -> None:
    """A node that is cut off while nothing comes in finds out by its beats, seconds later; the log has it once."""
    world, first, _ = await two_nodes()
    heard: list[str] = []
    first.fleet.missed = lambda: heard.append("missed")
    with capture_logs() as logs:
        first.link.is_cut = True
        await first.fleet.try_to_beat()
        await first.fleet.try_to_beat()
        first.link.is_cut = False
        await first.fleet.try_to_beat()

    assert heard == ["missed", "missed"]
    assert [one["event"] for one in logs if one["event"].startswith("node.")] == [
        "node.beat_missed",
        "node.beats_again",
    ]
    assert world.clock.now() == NOON


async def test_nothing_leaves_of_a_page_that_another_node_resolves() -> None:
    """What waits for the end of the settle time is due as the page resolves, which may be another node's turn."""
    world, first, second = await two_nodes()
    for number in range(8):
        await world.receive(first, an_alert(number))
    await world.run_until(NOON + 110 * SECOND)
    for number in range(8):
        await world.receive(second, replace(an_alert(number), firing=False))
    before = Counter(one.outgoing.medium for one in world.sent)
    await world.run_until(NOON + 5 * MINUTE)

    assert await world.open_pages() == []
    assert Counter(one.outgoing.medium for one in world.sent)[Medium.VOICE] == before[Medium.VOICE] == 0
