"""Texts for customers: by the templates of the files, kept whatever becomes of them, and never with a word of ours."""

from dataclasses import replace

import pytest

from pagerd.core.incidents.incident import Mode
from pagerd.core.incidents.messages import MessageRules
from pagerd.core.pseudonym import Erasure
from pagerd.engine import erasure
from pagerd.engine.incidents import commands, declaring, measuring, public_commands, public_queries, publishing
from pagerd.engine.incidents.declaring import Declaration
from pagerd.engine.incidents.public_commands import PublicDraft
from pagerd.lab.world import World
from pagerd.stores.records import history, public
from tests.builders import NOON, minutes
from tests.web.api.test_public import a_public_plan


async def a_world(plan=None, **said) -> World:
    """Return a world with one incident, declared now."""
    world = World(plan or a_public_plan(), NOON)
    await world.begin()
    about = Declaration(**{"title": "canary", "team": "payments", "severity": "sev1", "service": "payments-api"} | said)
    await world.do(lambda work: declaring.declare(work, "dora", "cli", about))
    return world


async def texts_of(world):
    """Return all drafts of the incident."""
    return (await world.engine.read(lambda c: public_queries.story(c, 1))).texts


async def test_a_proposal_is_written_by_the_template_of_the_files():
    """With all that it may name; what nobody knows is said in the plainest words."""
    template = "trouble at {{ area }}\n{{ symptom }}{{ '; ' ~ impact if impact else '' }}\n{{ link }}"
    plan = a_public_plan()
    rules = replace(plan.incidents, messages=MessageRules(templates={"public_investigating": template}))
    world = await a_world(replace(plan, incidents=rules))
    said = PublicDraft(symptom="card payments fail.", impact="about a third")
    await world.do(lambda work: public_commands.draft(work, 1, "ana", "cli", said))
    first, second = await texts_of(world)

    assert first.text.splitlines() == [
        "Trouble at Checkout.",
        "Something does not work as it should",
        f"https://status.example.org/{first.slug}.html",
    ]
    assert second.text.splitlines()[1] == "Card payments fail; about a third"


@pytest.mark.parametrize("template", ["{{ nothing }}", "   "])
async def test_a_broken_template_leaves_something_to_approve(template):
    """A person reads it before anybody else does; it holds no word of the incident's own either."""
    plan = a_public_plan()
    rules = replace(plan.incidents, messages=MessageRules(templates={"public_investigating": template}))
    [text] = await texts_of(await a_world(replace(plan, incidents=rules)))

    assert "Checkout" in text.text
    assert "canary" not in text.text


async def test_of_what_is_over_there_is_a_page_and_no_mail():
    """Written down afterwards, it is for the record: no clock, no proposal, nobody's mailbox."""
    began = NOON - minutes(90)
    world = await a_world(mode=Mode.BACKFILL, detected_at=began, resolved_at=NOON - minutes(30))
    assert await texts_of(world) == []
    await world.do(lambda work: public_commands.draft(work, 1, "dora", "cli", PublicDraft(text="It was short.")))
    await world.do(lambda work: public_commands.approve(work, 1, "dora", "cli", 1, ""))
    await world.settle()
    [text] = await texts_of(world)

    assert (text.kind, text.status, text.mails) == ("resolved", "published", 0)
    assert [sent for sent in world.sent if "lists.example.org" in sent.outgoing.to] == []


async def test_one_end_does_not_make_well_what_another_incident_says():
    """Customers see the worst of what was last said of a component by each."""
    world = await a_world()
    other = Declaration(title="other", team="payments", severity="sev1")
    await world.do(lambda work: declaring.declare(work, "dora", "cli", other))
    for number, state in ((1, "degraded"), (2, "major_outage")):
        said = PublicDraft(components={"checkout": state_of(state)})
        await world.do(lambda work, n=number, said=said: public_commands.draft(work, n, "dora", "cli", said))
        await world.do(lambda work, n=number: public_commands.approve(work, n, "dora", "cli", 2, ""))
        world.clock.move_to(NOON + minutes(number))
    await world.do(lambda work: commands.resolve(work, 2, "dora", "cli", "x", "seen it"))
    await world.do(lambda work: public_commands.approve(work, 2, "dora", "cli", 3, ""))
    rows = await world.engine.read(lambda c: public.states_of(c, "checkout", 10))

    assert [(row.incident, row.state, row.shown) for row in rows] == [
        (2, "operational", "degraded"),
        (2, "major_outage", "major_outage"),
        (1, "degraded", "degraded"),
    ]


def state_of(word):
    """Return a state by its word."""
    return publishing.ComponentState(word)


async def test_the_chain_names_the_approver_and_exactly_the_text():
    """Who approved which digest stands in an entry of the incident, and the text in the one that drafted it."""
    world = await a_world()
    await world.do(lambda work: public_commands.draft(work, 1, "ana", "cli", PublicDraft(text="Payments fail.")))
    await world.do(lambda work: public_commands.approve(work, 1, "dora", "web", 2, ""))
    rows = await world.engine.read(lambda c: history.of_object(c, "i-1"))
    [entry] = [entry for row in rows for entry in row.entries if entry.kind == "public.approved"]
    second = (await texts_of(world))[1]

    assert (entry.details["by"], entry.details["via"]) == ("dora", "web")
    assert second.digest.startswith(entry.details["digest"])
    assert [e.details["text"] for row in rows for e in row.entries if e.kind == "public.drafted"] == ["Payments fail."]


async def test_an_erasure_leaves_the_text_and_no_name():
    """Whoever drafted and approved is a pseudonym afterwards; what customers read stays as it was."""
    world = await a_world()
    await world.do(lambda work: public_commands.draft(work, 1, "eva", "cli", PublicDraft(text="Payments fail.")))
    await world.do(lambda work: public_commands.approve(work, 1, "eva", "web", 2, ""))
    await world.do(lambda work: publishing.set_component(work, "reports", "maintenance", "eva", "web"))
    gone = Erasure(person="eva", pseudonym="erased-1", names=(), addresses=())
    after = ""
    while True:
        bite = await world.do(lambda work, after=after: erasure.bite(work, gone, after, drop_nights=False, by="dora"))
        if bite.next is None:
            break
        after = bite.next
    text = (await texts_of(world))[1]
    [state] = await world.engine.read(lambda c: public.states_of(c, "reports", 10))

    assert (text.drafted_by, text.ended_by, text.text) == ("erased-1", "erased-1", "Payments fail.")
    assert state.by == "erased-1"


async def test_what_customers_heard_late_or_wait_for_is_measured():
    """The first notice came a minute late, and the one that it promised is overdue: none of two was in time."""
    world = await a_world()
    await world.run_until(NOON + minutes(6))
    await world.do(lambda work: public_commands.approve(work, 1, "dora", "cli", 1, ""))
    await world.run_until(NOON + minutes(60))
    plan, now = world.engine.plan, world.clock.now()
    span = (NOON - minutes(1), NOON + minutes(1), now)
    found = await world.engine.read(lambda c: measuring.measured_between(c, plan, *span, team=None, severity=None))
    share = next(one for one in found.rates if one.name == "customers_on_time")

    assert (share.met, share.due, share.against) == (0, 2, (1,))
