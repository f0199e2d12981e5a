"""Messages outlive everything, come in order to each, and what became of them is kept."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.channels.chat import Chat
from pagerd.channels.slack import write, write_plainly
from pagerd.core.incidents.messages import MessageRules, Route
from pagerd.core.incidents.rules import IncidentRules
from pagerd.core.people import Medium
from pagerd.core.secret import Secret
from pagerd.engine import erasure, queries
from pagerd.engine.delivery import Delivery
from pagerd.engine.incidents import announcing, commands, declaring, told
from pagerd.engine.incidents.announcing import IN_FLIGHT_MAX
from pagerd.engine.incidents.commands import Update
from pagerd.engine.incidents.declaring import Declaration
from pagerd.engine.incidents.messenger import GIVES_UP_AFTER, Messenger
from pagerd.lab.phones import Mood
from pagerd.lab.world import World
from pagerd.stores.records import timers
from tests.builders import NOON, a_plan, minutes
from tests.channels.raw_server import RawServer, hang

PLAN = replace(a_plan(), receivers={"ops-chat": (), "leads": ("leads@example.com", "board@example.com")})


@pytest.fixture
async def world():
    """A started world in which a room and two addresses hear of incidents."""
    world = World(PLAN, NOON)
    await world.begin()
    return world


async def declared(world, title="search is slow"):
    """Declare an incident that asks nobody for a role, and return its number."""
    said = Declaration(title=title, team="platform", severity="sev3")
    return (await world.do(lambda work: declaring.declare(work, "ana", "cli", said))).number


async def posted(world, number, know="an index is rebuilt"):
    """Post an update."""
    await world.do(lambda work: commands.post_update(work, number, "ana", "cli", Update(know=know)))


async def states(world, number=1):
    """Return what became of each message."""
    found = await world.engine.read(lambda c: told.of_incident(c, number))
    return [(one.kind, one.receiver, one.state.value, one.attempts, one.fault) for one in found]


def heard(world):
    """Return the headings that the room heard."""
    return [one.heading for name, one in world.receivers.told if name == "ops-chat"]


async def test_a_crash_in_the_air_tells_once_more_under_the_same_id(world):
    """The claim ends by itself, and whoever starts next tells it."""
    number = await declared(world)
    await world.engine.transact(announcing.due)
    world.crash()
    await world.begin()
    await world.run_until(NOON + timedelta(seconds=59))
    assert heard(world) == []
    await world.run_until(NOON + timedelta(seconds=62))

    assert len(heard(world)) == 1
    assert {state for _, _, state, _, _ in await states(world, number)} == {"sent"}


async def test_one_place_is_told_one_thing_at_a_time(world):
    """However many incidents there are, and no more places at once than there is room for."""
    receivers = {f"chat-{n:02}": () for n in range(IN_FLIGHT_MAX + 3)}
    world.engine.plan = replace(PLAN, receivers=receivers)
    for n in range(5):
        await declared(world, f"incident {n}")
    taken = []
    world.engine.tell = taken.append
    for _ in range(4):
        await world.engine.transact(announcing.due)

    assert len(taken) == IN_FLIGHT_MAX
    assert len({one.receiver for one in taken}) == IN_FLIGHT_MAX


async def test_one_that_is_in_the_air_does_not_wake_the_heart_for_nothing(world):
    """What waits behind it has no instant until it ended."""
    await declared(world)
    await declared(world, "another")
    await world.engine.transact(announcing.due)
    timer = await world.engine.read(lambda c: timers.find(c, "message", ""))

    assert timer.due == NOON + timedelta(seconds=60)


async def test_a_second_goes_by_between_two_messages_to_one_place(world):
    """It is what Slack wants of a webhook."""
    for n in range(3):
        await declared(world, f"incident {n}")
    for n in range(3):
        await world.run_until(NOON + timedelta(seconds=n))
        assert len(heard(world)) == n + 1


async def test_what_is_refused_for_good_lets_the_next_go(world):
    """And is kept as refused, with what was said; the operators hear of it."""
    world.receivers.of("ops-chat").refuses = "declared"
    number = await declared(world)
    await posted(world, number)
    await world.run_until(NOON + minutes(1))

    assert [line for line in await states(world) if line[1] == "ops-chat"] == [
        ("declared", "ops-chat", "refused", 1, "ops-chat answered 400: invalid_payload"),
        ("update", "ops-chat", "sent", 1, ""),
    ]
    assert world.engine.metrics.registry.get_sample_value("pagerd_incident_messages_total", {"result": "refused"}) == 1
    assert [sent.outgoing.to for sent in world.sent if "will not take" in str(sent.outgoing.body)] != []


async def test_a_day_later_it_is_no_news(world):
    """Then it is given up, and what comes after it goes."""
    world.receivers.of("ops-chat").mood = Mood.DOWN
    number = await declared(world)
    await world.run_until(NOON + GIVES_UP_AFTER + minutes(3))
    world.receivers.of("ops-chat").mood = Mood.WORKS
    await posted(world, number)
    await world.run_until(NOON + GIVES_UP_AFTER + minutes(5))

    rows = [line[:3] for line in await states(world) if line[1] == "ops-chat"]
    assert rows == [("declared", "ops-chat", "given_up"), ("update", "ops-chat", "sent")]
    assert heard(world) == ["sev3 incident 1, update 1: investigating"]


async def test_whoever_takes_one_again_hears_the_rest_at_once(world):
    """What waited for other incidents does not wait out its own pause."""
    world.receivers.of("ops-chat").mood = Mood.DOWN
    await declared(world, "one")
    await world.run_until(NOON + minutes(20))
    world.receivers.of("ops-chat").mood = Mood.WORKS
    await declared(world, "two")
    await world.run_until(NOON + minutes(20) + timedelta(seconds=2))

    assert sorted(heard(world)) == ["sev3 declared: one (incident 1)", "sev3 declared: two (incident 2)"]


async def test_while_it_waits_the_snapshot_says_so(world):
    """Status and metrics show how much, since when, and why."""
    world.receivers.of("ops-chat").mood = Mood.REFUSES_US
    await declared(world)
    await world.run_until(NOON + minutes(1))
    [waits] = (await world.engine.read(lambda c: queries.snapshot(c, world.clock.now()))).messages

    assert (waits.receiver, waits.count, waits.oldest_at) == ("ops-chat", 1, NOON)
    assert waits.fault == "ops-chat answered 404: no_service"


async def test_a_receiver_that_left_the_files_is_owed_nothing(world):
    """What it was still to be told is dropped, and no timer is left."""
    world.receivers.of("ops-chat").mood = Mood.DOWN
    await declared(world)
    await world.run_until(NOON + minutes(1))
    await world.put_in_force(replace(PLAN, receivers={"leads": PLAN.receivers["leads"]}))

    assert ("declared", "ops-chat", "dropped") in [line[:3] for line in await states(world)]
    assert await world.engine.read(lambda c: timers.find(c, "message", "")) is None


async def test_mails_of_an_incident_are_one_conversation(world):
    """Each address has its own, and the first of them begins the thread."""
    number = await declared(world)
    await posted(world, number)
    await world.run_until(NOON + minutes(1))
    mails = [sent.outgoing for sent in world.sent if sent.outgoing.to == "leads@example.com"]

    assert [mail.body.thread for mail in mails] == ["incident-1", "incident-1"]
    assert [mail.body.first_of_thread for mail in mails] == [True, False]
    assert mails[0].body.subject == "[incident] sev3 declared: search is slow (incident 1)"
    assert ("X-Pagerd-Incident", "1") in mails[0].body.headers
    assert [one.outgoing.to for one in world.sent].count("board@example.com") == 2


async def test_mail_that_no_provider_takes_is_tried_again(world):
    """And the provider is known to be in trouble, as by any other mail."""
    world.phones[Medium.EMAIL].mood = Mood.DOWN
    await declared(world)
    await world.run_until(NOON + minutes(1))
    assert [line[2] for line in await states(world) if line[1] == "leads"] == ["waiting", "waiting"]
    world.phones[Medium.EMAIL].mood = Mood.WORKS
    await world.run_until(NOON + minutes(6))

    assert [line[2] for line in await states(world) if line[1] == "leads"] == ["sent", "sent"]


async def test_what_is_said_of_an_incident_is_data_in_a_mail(world):
    """No header, no HTML."""
    await declared(world, "<script>alert(1)</script>\r\nBcc: x@example.com")
    await world.run_until(NOON)
    mail = next(sent.outgoing.body for sent in world.sent if sent.outgoing.to == "leads@example.com")

    assert "\n" not in mail.subject
    assert "<script>" not in mail.html
    assert "&lt;script&gt;" in mail.html


async def test_once_told_nothing_of_its_words_is_kept(world):
    """The timeline has them; so nobody is to be erased from here."""
    await declared(world)
    await world.run_until(NOON + minutes(1))
    found = await world.engine.read(lambda c: told.of_incident(c, 1))

    assert {one.body for one in found} == {"{}"}


async def test_somebody_who_is_erased_is_not_named_by_what_waits(world):
    """Neither by id nor by name."""
    world.receivers.of("ops-chat").mood = Mood.DOWN
    number = await declared(world)
    await posted(world, number, "Ana rebuilds it")
    people = {name: one for name, one in PLAN.people.items() if name != "ana"}
    await world.put_in_force(replace(PLAN, people=people))
    erased = await world.do(lambda work: erasure.begin(work, "ana", ["Ana"], [], None))
    after = ""
    while after is not None:
        done = await world.do(lambda work: erasure.bite(work, erased, after, drop_nights=False, by="dora"))  # noqa: B023  # run at once
        after = done.next
    world.receivers.of("ops-chat").mood = Mood.WORKS
    await world.run_until(NOON + minutes(5))

    said = [one for name, one in world.receivers.told if name == "ops-chat"]
    assert [one.facts["by"] for one in said] == [erased.pseudonym] * 2
    assert said[1].facts["know"] == f"{erased.pseudonym} rebuilds it"
    assert "Ana" not in said[0].facts.values()


async def test_observing_tells_nobody(world):
    """Whoever only observes has another pager's receivers."""
    observer = World(PLAN, NOON, observing=True)
    await observer.begin()
    await declared(observer)
    await observer.run_until(NOON + minutes(5))

    assert await states(observer) == []
    assert observer.receivers.told == []


async def test_routes_add_up_and_lead_to_nobody_twice(world):
    """What several say is one message."""
    routes = (
        Route(("ops-chat",), severities=("sev3",)),
        Route(("ops-chat", "leads"), kinds=("declared",)),
        Route(("nobody",)),
    )
    world.engine.plan = replace(PLAN, incidents=IncidentRules(messages=MessageRules(routes=routes)))
    number = await declared(world)
    await posted(world, number)

    assert [line[:2] for line in await states(world)] == [
        ("declared", "leads"),
        ("declared", "leads"),
        ("declared", "ops-chat"),
        ("update", "ops-chat"),
    ]


async def test_a_chat_on_a_socket_that_hangs_holds_up_nobody_else(world):
    """Others hear while one place says nothing; what was in the air is told again by whoever starts next."""
    hears = asyncio.Event()
    room = world.receivers.of("ops-chat")

    class Room:
        async def tell(self, told, deadline_seconds):
            await room.tell(told, deadline_seconds)
            hears.set()

        async def close(self):
            await room.close()

    async with RawServer(hang) as server:
        url = Secret(f"http://127.0.0.1:{server.port}/x")
        slow = Chat(name="slow", url=url, write=write, write_plainly=write_plainly, says_ok=True)
        world.engine.plan = replace(PLAN, receivers={"slow": (), "ops-chat": ()})
        world.engine.delivery = Delivery({}, world.clock, None, receivers={"slow": slow, "ops-chat": Room()})
        async with asyncio.TaskGroup() as group:
            messenger = group.create_task(Messenger(world.engine).run())
            await declared(world)
            await world.engine.transact(announcing.due)
            await server.somebody_came()
            await hears.wait()
            messenger.cancel()
        await world.engine.delivery.retire(1)

    assert ("declared", "slow", "waiting", 0, "") in await states(world)
    await world.engine.transact(announcing.take_over)
    timer = await world.engine.read(lambda c: timers.find(c, "message", ""))
    assert timer.due == NOON


async def test_promises_to_colleagues_are_warned_of(world):
    """The update goes out: they can ask."""
    number = await declared(world)
    said = await world.do(
        lambda work: commands.post_update(work, number, "ana", "cli", Update(know="It will be fixed by ten, soon"))
    )

    assert said.sentence.endswith(
        'It promises what nobody can know ("will be fixed by", "soon"): say when the next update comes instead.'
    )
    assert said.incident.update == 1
