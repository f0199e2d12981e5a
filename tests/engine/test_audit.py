"""Every act leaves an entry, entries hold together, and an anchor holds them all."""

from datetime import timedelta

import msgspec
import pytest
from structlog.testing import capture_logs

from pagerd.core.audit import CONFIG, CONTACTS
from pagerd.core.oncall.override import new_override
from pagerd.core.people import Medium
from pagerd.engine import audit, commands, stored, tokens
from pagerd.lab.world import World
from pagerd.stores.records import history
from pagerd.stores.records.stored import UnusableContact
from tests.builders import NOON, a_plan, a_received_alert
from tests.engine.chains import everything


@pytest.fixture
async def world():
    """An engine on virtual time whose clocks run."""
    world = World(a_plan(), NOON)
    await world.put_in_force(a_plan())
    return world


async def events(world, name):
    """Return the events of an object, each with its body."""
    chain = await world.engine.read(lambda c: history.chain(c, name))
    return [(link.event, msgspec.json.decode(link.body)) for link in chain]


async def test_a_page_carries_the_end_of_its_chain(world):
    """Each entry of a page goes on from the one before it, and the page knows the last."""
    await world.receive("alertmanager", a_received_alert(fingerprint="one", alertname="PaymentsErrors"))
    (page,) = await world.open_pages()
    await world.do(lambda work: commands.acknowledge(work, page.id, "ana", "cli"))

    (page,) = await world.open_pages()
    chain = await world.engine.read(lambda c: history.chain(c, page.id))
    assert [link.event for link in chain] == ["PageOpened", "Acknowledged"]
    assert page.head == chain[-1].hash != chain[0].hash
    assert not (await world.engine.read(everything))[1]


async def test_a_silence_has_entries_of_its_own(world):
    """Who muted what, why, and who ended it."""
    end = NOON + timedelta(hours=1)
    made = await world.do(lambda work: stored.add_silence(work, ('service="x"',), NOON, end, "ana", "deploy"))
    await world.do(lambda work: stored.end_silence(work, made.id, "ben"))

    (added, what), (ended, by) = await events(world, made.id)
    assert (added, what["by"], what["why"], what["matchers"]) == ("SilenceAdded", "ana", "deploy", ['service="x"'])
    assert (ended, by) == ("SilenceEnded", {"by": "ben"})


async def test_an_override_has_entries_of_its_own(world):
    """Who put whom on call, and who took it back."""
    plan = world.engine.plan
    made = new_override(
        plan.book,
        plan.people,
        id="o-1",
        schedule=next(iter(plan.book.schedules)),
        start=NOON,
        end=NOON + timedelta(hours=2),
        people=("ben",),
        instead_of=None,
        kind=None,
        why="dentist",
        by="ana",
    )
    await world.do(lambda work: stored.add_override(work, made))
    await world.do(lambda work: stored.end_override(work, "o-1", "ben"))

    (added, what), (ended, by) = await events(world, "o-1")
    assert (added, what["by"], what["people"], what["why"]) == ("OverrideAdded", "ana", ["ben"], "dentist")
    assert (ended, by) == ("OverrideTakenBack", {"by": "ben"})


async def test_a_token_has_entries_of_its_own_and_they_do_not_hold_it(world):
    """Who made it for whom and with which scopes; neither the token nor its hash is in the history."""
    made, plain = await world.do(lambda work: tokens.create(work, "ana", "script", ["read"], None, by="ben"))
    await world.do(lambda work: tokens.revoke(work, made.id, by="ana"))

    (first, what), (second, by) = await events(world, made.id)
    assert (first, what) == (
        "TokenMade",
        {"by": "ben", "person": "ana", "name": "script", "scopes": ["read"], "expires_at": None},
    )
    assert (second, by) == ("TokenRevoked", {"by": "ana"})
    assert plain not in str(await world.engine.read(lambda c: history.chain(c, made.id)))


async def test_a_contact_that_is_lost_and_found_has_entries(world):
    """The refusal and the recovery, without the address."""
    contact = UnusableContact(person="ana", medium=Medium.SMS, address="+351912000001", at=NOON, why="STOP")
    await world.do(lambda work: audit.contact_refused(work, contact))
    await world.do(lambda work: stored.usable_again(work, "ana", Medium.SMS))
    await world.do(lambda work: stored.usable_again(work, "ana", Medium.SMS))

    assert await events(world, CONTACTS) == [
        ("ContactRefused", {"person": "ana", "medium": "sms", "why": "STOP"}),
        ("ContactWorksAgain", {"person": "ana", "medium": "sms"}),
    ]


async def test_a_config_is_noted_when_another_comes_into_force(world):
    """A restart on the same files says nothing; a change says which files are in force by their digests."""
    for revision, text in (("r1", "a"), ("r1", "a"), ("r2", "b"), ("r1", "a")):
        await world.store.write(
            lambda c, r=revision, t=text: audit.config_in_force(c, world.clock.now(), r, {"pagerd.yaml": t})
        )
        world.clock.move_to(world.clock.now() + timedelta(minutes=1))

    noted = await events(world, CONFIG)
    assert [(event, body["revision"]) for event, body in noted] == [
        ("ConfigPutInForce", "r1"),
        ("ConfigPutInForce", "r2"),
        ("ConfigPutInForce", "r1"),
    ]
    assert noted[0][1]["files"] == noted[2][1]["files"] != noted[1][1]["files"]


async def test_an_act_that_fails_leaves_no_entry(world):
    """The entry is written in the transaction of the act."""

    async def fail(work):
        await tokens.create(work, "ana", "script", ["read"], None, by="ana")
        raise ZeroDivisionError

    before = await world.engine.read(history.count)
    with pytest.raises(ZeroDivisionError):
        await world.do(fail)

    assert await world.engine.read(history.count) == before


async def test_an_anchor_is_made_once_an_hour_and_told_to_the_log(world):
    """It covers what happened since the last one; an hour without an event has none."""
    await world.receive("alertmanager", a_received_alert(fingerprint="one", alertname="PaymentsErrors"))
    (page,) = await world.open_pages()
    await world.do(lambda work: commands.resolve(work, page.id, "ana", "cli"))
    assert await world.engine.read(audit.last_anchor) is None

    with capture_logs() as logs:
        await world.run_until(NOON + audit.EVERY)
        first = await world.engine.read(audit.last_anchor)
        told = [line for line in logs if line["event"] == "audit.anchored"]

    assert first is not None
    assert [(line["number"], line["hash"]) for line in told] == [(1, first.hash)]
    assert [head.object_id for head in first.heads] == [page.id]

    await world.run_until(NOON + timedelta(minutes=119))
    assert await world.engine.read(audit.last_anchor) == first


async def test_a_busy_hour_has_several_anchors(world, monkeypatch):
    """What one anchor does not cover is covered at once by the next, and all of it verifies."""
    monkeypatch.setattr(audit, "ENTRIES_MAX", 5)
    for number in range(12):
        alert = a_received_alert(fingerprint=f"f{number}", alertname="PaymentsErrors", cluster=str(number))
        await world.receive("alertmanager", alert)
    await world.run_until(NOON + audit.EVERY)

    bites, findings = await world.engine.read(everything)
    assert not findings
    assert sum(bite.anchors for bite in bites) >= 3
    last = await world.engine.read(audit.last_anchor)
    assert last.through == await world.engine.read(history.count)


async def test_the_clock_of_the_anchors_survives_restarts(world):
    """Starting anew every half hour must not put the anchor off for ever."""
    await world.receive("alertmanager", a_received_alert(fingerprint="one", alertname="PaymentsErrors"))
    for _ in range(3):
        await world.run_until(world.clock.now() + timedelta(minutes=25))
        world.crash()
        await world.put_in_force(a_plan())

    assert await world.engine.read(audit.last_anchor) is not None
