from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.core.people import Medium
from pagerd.core.timeline import sentence
from pagerd.core.worklog.nights import EvidenceKind
from pagerd.engine import commands
from pagerd.lab.people import NOBODY, Act, Manner, Manners, People, heeding
from pagerd.lab.phones import Mood
from pagerd.lab.world import World
from pagerd.stores.records import history, nights, pages
from tests.builders import BERLIN, NOON, a_plan, a_received_alert, minutes

NIGHT = NOON + timedelta(hours=14)


HALF_AN_HOUR = minutes(30)


async def lived(answers, *alerts, start=NOON, lasts=HALF_AN_HOUR, world=None):
    """Let alerts fire, and people live on for a while; return their world."""
    world = world or World(a_plan(), start)
    people = People(world, answers)
    people.at(start, lambda: world.receive("alertmanager", *(alerts or (a_received_alert(),))))
    await people.run_until(start + lasts)
    return world


async def told(world):
    """Return what the only page's timeline says, each sentence with its time of day."""
    [page] = (await world.engine.read(lambda c: pages.list_pages(c, is_open=False))).pages
    rows = await world.engine.read(lambda c: history.of_object(c, page.id))
    entries = [entry for row in rows for entry in row.entries]
    return [f"{entry.at.astimezone(BERLIN):%H:%M:%S} {sentence(entry, BERLIN)}" for entry in entries]


def sent(world):
    """Return what left: to whom, by which medium, how long after noon."""
    names = {person.address(medium): person.id for person in world.engine.plan.people.values() for medium in Medium}
    return [(names[one.outgoing.to], one.outgoing.medium.value) for one in world.sent]


async def test_nobody_answers():
    """Where nobody answers, every step is paged in its turn."""
    world = await lived(NOBODY, lasts=minutes(12))

    assert [who for who, medium in sent(world) if medium == "sms"] == ["ana", "ben", "dora"]
    assert (await world.open_pages())[0].acknowledgement is None


async def test_a_text_is_answered_by_text():
    """The answer carries the code of the message, so long after it as the person needs."""
    world = await lived(Manners(of={"ana": heeding(minutes(1))}))

    assert "12:01:00 ana acknowledged by text. The page is theirs until 12:31." in await told(world)
    assert sent(world) == [("ana", "sms")]


async def test_who_heeds_calls_alone_is_called_first():
    """A text does not wake this person; the call does, and its key takes the page."""
    world = await lived(Manners(of={"ana": heeding(timedelta(seconds=10), Medium.VOICE)}))

    assert "12:02:18 ana acknowledged by a key in the call. The page is theirs until 12:32." in await told(world)


async def test_a_call_that_rings_out_is_made_again_and_then_seen_on_the_web():
    """Nobody holds a call for three minutes: it is in vain, and whoever saw it late finds the page itself."""
    world = await lived(Manners(of={"ana": heeding(minutes(2.5), Medium.VOICE)}))

    assert sent(world)[:3] == [("ana", "sms"), ("ana", "voice"), ("ana", "voice")]
    assert "12:04:30 ana acknowledged on the web. The page is theirs until 12:34." in await told(world)


async def test_the_others_have_a_manner_too():
    """One person never answers, everybody else does."""
    world = await lived(Manners(of={"ana": Manner()}, others=heeding(minutes(1))))

    assert "12:06:00 ben acknowledged by text. The page is theirs until 12:36." in await told(world)


async def test_an_answer_in_the_last_second_counts():
    """The step ends at 12:05; who answers at 12:05 has answered it."""
    world = await lived(Manners(of={"ana": heeding(minutes(5), Medium.SMS)}))

    assert "ben" not in {who for who, _ in sent(world)}


@pytest.mark.parametrize(("act", "resolves_after"), [(Act.RESOLVE, None), (Act.ACKNOWLEDGE, minutes(10))])
async def test_who_mends_it_resolves_the_page(act, resolves_after):
    """An answer resolves at once, or takes the page and resolves it later."""
    manner = Manner(after={Medium.SMS: minutes(1)}, act=act, resolves_after=resolves_after)
    world = await lived(Manners(of={"ana": manner}))

    at = "12:01:00" if resolves_after is None else "12:11:00"
    assert any(line.startswith(f"{at} Resolved by ana") for line in await told(world))
    assert await world.open_pages() == []


async def test_who_was_told_that_another_has_it_leaves_it_alone():
    """Both were about to answer; the second sees the message that the first has it."""
    manners = Manners(of={"ana": heeding(minutes(7), Medium.SMS), "ben": heeding(minutes(1), Medium.SMS)})
    world = await lived(manners)
    answers = [line for line in await told(world) if "acknowledged" in line]

    assert answers == ["12:06:00 ben acknowledged by text. The page is theirs until 12:36."]


async def test_who_holds_a_page_answers_the_reminder():
    """The acknowledgement ends; whoever answers messages answers this one, too, and keeps the page."""
    world = await lived(Manners(of={"ana": heeding(minutes(1))}), lasts=minutes(40))

    assert (await world.open_pages())[0].acknowledgement.by == "ana"
    assert {who for who, _ in sent(world)} == {"ana"}


async def test_who_was_asked_for_help_says_that_they_come():
    """The page is held by another; the helper answers all the same."""
    world = World(a_plan(), NOON)
    people = People(world, Manners(of={"ana": heeding(minutes(1)), "cho": heeding(minutes(1))}))
    people.at(NOON, lambda: world.receive("alertmanager", a_received_alert()))

    async def ask_for_help():
        page = (await world.open_pages())[0].id
        await world.do(lambda work: commands.add_responder(work, page, "ana", "web", "cho"))

    people.at(NOON + minutes(3), ask_for_help)
    await people.run_until(NOON + minutes(10))

    assert (await world.open_pages())[0].helpers == ("cho",)


async def test_one_answer_takes_all_that_a_message_stands_for():
    """A storm comes as one text; its one answer takes every page of it."""
    alerts = [a_received_alert(fingerprint=f"f{number}", cluster=f"c{number}") for number in range(6)]
    world = await lived(Manners(others=heeding(minutes(2))), *alerts)
    found = await world.open_pages()

    assert len(found) == 6
    assert {page.acknowledgement.by for page in found} == {"ana"}


async def test_a_page_by_mail_is_answered_by_mail():
    """Where there is nothing but mail, its reader answers from it."""
    world = World(a_plan(media=frozenset({Medium.EMAIL})), NOON)
    await lived(Manners(of={"ana": heeding(minutes(3))}), world=world)

    assert any("ana acknowledged by mail" in line for line in await told(world))


async def test_what_never_left_is_answered_by_nobody():
    """A provider in trouble carries nothing: the text reaches nobody, so the call does."""
    world = World(a_plan(), NOON)
    world.phones[Medium.SMS].mood = Mood.DOWN
    await lived(Manners(of={"ana": heeding(timedelta(seconds=5))}), world=world)

    assert sent(world)[0] == ("ana", "voice")
    assert any("ana acknowledged by a key in the call" in line for line in await told(world))


async def test_the_night_ledger_has_what_the_phones_did():
    """A text that arrived and a call that rang are evidence, an answered call is more."""
    world = await lived(Manners(of={"ana": heeding(timedelta(seconds=5), Medium.VOICE)}), start=NIGHT)
    [row] = await world.engine.read(lambda c: nights.between(c, NOON, NIGHT + timedelta(days=1)))

    assert row.person == "ana"
    assert [one.kind for one in row.evidence] == [EvidenceKind.DELIVERED, EvidenceKind.RANG, EvidenceKind.ANSWERED]


async def test_it_happens_the_same_way_each_time():
    """Nothing is drawn but from the world's own seed."""
    manners = Manners(of={"ana": heeding(minutes(1), Medium.VOICE)}, others=heeding(minutes(3)))
    first, second = [await told(await lived(manners)) for _ in range(2)]

    assert first == second


@pytest.mark.parametrize("asks", [True, False], ids=["looks for texts by itself", "is handed the texts"])
async def test_a_call_that_takes_no_keys_is_answered_by_text(asks):
    """Without a public URL a call tells the code in place of a key; whoever picks up texts it, and it is fetched."""
    world = World(a_plan(), NOON, callbacks=False)
    world.engine.hearing = replace(world.engine.hearing, asks_for_texts=asks)
    await world.begin()
    await lived(Manners(of={"ana": heeding(timedelta(seconds=10), Medium.VOICE)}), world=world)

    [answer] = [line for line in await told(world) if "acknowledged" in line]
    assert "12:02:18" <= answer[:8] <= "12:02:23"
    assert "ana acknowledged by text" in answer


async def test_a_text_that_cannot_be_fetched_is_in_vain():
    """No provider can be asked for it: it acknowledges nothing, and it is known whose it was."""
    world = World(a_plan(), NOON, callbacks=False)
    world.phones[Medium.SMS].mood = Mood.DOWN
    await world.begin()
    people = People(world, Manners(of={"ana": heeding(timedelta(seconds=10), Medium.VOICE)}))
    people.at(NOON, lambda: world.receive("alertmanager", a_received_alert()))
    await people.run_until(NOON + minutes(2))

    assert {who for _at, who in people.unheard} == {"ana"}
    assert (await world.open_pages())[0].acknowledgement is None


async def test_who_is_heard_late_resolves_late():
    """What was fetched a round later is resolved as long after that."""
    world = World(a_plan(), NOON, callbacks=False)
    world.engine.hearing = replace(world.engine.hearing, asks_for_texts=False)
    await world.begin()
    manner = Manner(after={Medium.SMS: minutes(1)}, resolves_after=timedelta(seconds=2))
    await lived(Manners(of={"ana": manner}), world=world)

    assert any(line.startswith("12:01:07 Resolved by ana") for line in await told(world))
