"""Explaining with what the store knows: the plan of then, what was open then, and what really happened."""

from dataclasses import replace

import pytest

from pagerd.core.alerts.alert import Batch, Quarantined, Suppression
from pagerd.core.errors import NotFound
from pagerd.core.explaining.happened import Fate, what_happened
from pagerd.core.people import Medium
from pagerd.core.placement import Place
from pagerd.core.plan import VerdictKind
from pagerd.engine import commands, explaining, intake, reconciling, stored
from pagerd.engine.explaining import Asked, OldPlans
from pagerd.lab.phones import Mood
from pagerd.lab.world import World
from pagerd.stores.records import alerts, tickets
from pagerd.stores.records import stored as stored_records
from tests.builders import (
    BERLIN,
    NOON,
    PAGE_NOW,
    SEVERITIES,
    a_plan,
    a_received_alert,
    a_rule,
    minutes,
    some_annotations,
    some_labels,
)

LABELS = some_labels()
ASKED = Asked(labels=LABELS, annotations=some_annotations(), fingerprint="f1")


def nobody_reads(_files, revision, _at):
    """Read no plan: the one that is asked for is in force."""
    raise AssertionError(f"revision {revision} is the one in force")


async def in_force(world, revision, at=None):
    """Note that a revision came into force, as the daemon does."""
    now = at or world.clock.now()
    await world.store.write(lambda c: stored_records.put_plan(c, revision, now, {"revision": revision}))


async def told(world, asked=ASKED, sources=("alertmanager",)):
    """Return what happened to an alert."""
    known = await world.engine.read(lambda c: explaining.happened(c, asked, sources))
    record = known.records[0]
    return what_happened(record.alert, record.page, record.ticket, record.notifications, BERLIN)


async def a_world(**fields):
    """Return a world in which the ordinary alert fires, after silences and the like."""
    world = World(a_plan(**fields), NOON)
    await world.receive("alertmanager", a_received_alert(labels=LABELS))
    await world.settle()
    return world


# --- What really happened -------------------------------------------------------------------------------------------


async def test_an_alert_that_paged_and_one_that_joined():
    """Each is named with its page, and how far the page is."""
    world = await a_world()
    await world.run_until(NOON + minutes(1))
    second = Asked(labels={**LABELS, "instance": "api-2"}, annotations=some_annotations(), fingerprint="f2")
    await world.receive("alertmanager", a_received_alert(fingerprint="f2", labels=dict(second.labels)))
    page = (await world.open_pages())[0].id

    first, joined = await told(world), await told(world, second)
    assert first.fate is Fate.PAGED
    assert first.sentence.endswith(f"still firing; it opened page {page}, which nobody has answered yet.")
    assert joined.fate is Fate.JOINED
    assert f"it joined page {page}" in joined.sentence


async def test_a_page_that_somebody_took():
    """Who has it, and until when."""
    world = await a_world()
    page = (await world.open_pages())[0].id
    await world.do(lambda work: commands.acknowledge(work, page, "ana", "cli"))

    assert "acknowledged by ana until Tue 6 Jan 2026 12:30" in (await told(world)).sentence


async def test_a_page_that_reached_nobody_is_undelivered():
    """Every provider refuses: the page is there, and not one message arrived."""
    world = World(a_plan(), NOON)
    for phone in world.phones.values():
        phone.refuses |= {
            address
            for one in world.engine.plan.people.values()
            for address in (one.sms, one.voice, one.email)
            if address
        }
    await world.receive("alertmanager", a_received_alert(labels=LABELS))
    await world.settle()

    assert (await told(world)).fate is Fate.UNDELIVERED


async def test_one_message_that_arrived_is_enough():
    """While the calls fail, the text reached her."""
    world = World(a_plan(), NOON)
    world.phones[Medium.VOICE].mood = Mood.DOWN
    await world.receive("alertmanager", a_received_alert(labels=LABELS))
    await world.run_until(NOON + minutes(4))

    assert (await told(world)).fate is Fate.PAGED


@pytest.mark.parametrize(
    ("labels", "annotations", "fate", "words"),
    [
        ({"severity": "warning"}, None, Fate.TICKET, "which nobody has taken."),
        ({}, {}, Fate.TICKET, "it pages at Tue 6 Jan 2026 12:10 (Europe/Berlin) unless somebody takes it"),
        ({"alertname": "Noise"}, None, Fate.DROPPED, "because a rule says so"),
    ],
)
async def test_an_alert_that_did_not_page(labels, annotations, fate, words):
    """A ticket, with its clock where it has one; dropped."""
    world = World(a_plan(rules={"payments": (a_rule("Noise", 'alertname="Noise"', verdict=VerdictKind.DROP),)}), NOON)
    received = a_received_alert(labels=some_labels(**labels), annotations=annotations)
    await world.receive("alertmanager", received)

    found = await told(world)
    assert found.fate is fate
    assert words in found.sentence


async def test_silenced_and_held():
    """By which silence; until when and why."""
    world = World(a_plan(), NOON)
    silence = await world.do(
        lambda work: stored.add_silence(work, ('service="payments-api"',), NOON, NOON + minutes(30), "ana", "deploy")
    )
    await world.receive("alertmanager", a_received_alert(labels=LABELS))
    muted = await told(world)
    later = World(a_plan(), NOON.replace(hour=20))
    await later.receive("alertmanager", a_received_alert(labels=some_labels(severity="error")))
    held = await told(later)

    assert muted.fate is Fate.SILENCED
    assert silence.id in muted.sentence
    assert held.fate is Fate.HELD
    assert "held until Wed 7 Jan 2026 09:00 (Europe/Berlin), outside the business hours" in held.sentence


async def test_suppressed_by_its_source():
    """In the words of whoever silenced it there."""
    world = World(a_plan(), NOON)
    silence = ('service="payments-api"',)
    await world.do(lambda work: stored.add_silence(work, silence, NOON, NOON + minutes(5), "ana", "deploy"))
    await world.receive("alertmanager", a_received_alert(labels=LABELS))
    known = {"f1": Suppression("ben in Alertmanager", "rolling back", NOON + minutes(30))}
    asked_at = NOON + minutes(1)
    await world.do(
        lambda work: reconciling.compare(work, world.traits["alertmanager"], "f1", known, asked_at, asked_at)
    )
    await world.run_until(NOON + minutes(6))
    found = await told(world)

    assert found.fate is Fate.SILENCED
    assert "ben in Alertmanager: rolling back mutes it: nobody was told." in found.sentence


async def test_held_because_its_page_was_resolved_by_hand():
    """The page that was closed over it is named."""
    world = await a_world()
    page = (await world.open_pages())[0].id
    await world.do(lambda work: commands.resolve(work, page, "ana", "cli", ""))

    found = await told(world)
    assert found.fate is Fate.HELD
    assert f"page {page} was resolved by hand" in found.sentence


async def test_what_was_never_received_and_what_could_not_be_read():
    """No record; the quarantine is searched for its name, and signs in it are only signs."""
    world = await a_world()
    broken = Quarantined(raw='{"labels": {"alertname": "Broken_1"}}', reason="labels: expected texts")
    batch = Batch(alerts=(), quarantined=(broken,))
    await world.do(lambda work: intake.receive(work, world.traits["alertmanager"], batch, renew_life=True))

    async def of(name):
        asked = Asked(labels={"alertname": name}, annotations={})
        return await world.engine.read(lambda c: explaining.happened(c, asked, ("alertmanager",)))

    assert [row.reason for row in (await of("Broken_1")).quarantined] == ["labels: expected texts"]
    assert (await of("BrokenX1")).quarantined == ()
    never = await of("Never%")
    assert (never.records, never.quarantined, list(never.sources_seen)) == ((), (), ["alertmanager"])


async def test_an_alert_is_found_by_some_of_its_labels():
    """Whoever types two labels means the open alert that has both."""
    world = await a_world()

    async def of(**labels):
        asked = Asked(labels=labels, annotations={}, fingerprint="not-the-one")
        return await world.engine.read(lambda c: explaining.happened(c, asked, ("alertmanager",)))

    assert len((await of(alertname="CheckoutErrors", cluster="eu-1")).records) == 1
    assert (await of(alertname="CheckoutErrors", cluster="us-1")).records == ()


# --- The plan of then -----------------------------------------------------------------------------------------------


async def test_the_plan_that_was_in_force_at_an_instant():
    """A, B and A again; a restart on the same files is no new time, and before the first nothing is known."""
    world = World(replace(a_plan(), revision="a"), NOON)
    read = []

    def read_plan(files, revision, _at):
        read.append((files, revision))
        return replace(a_plan(), revision=revision)

    old = OldPlans(read_plan)
    for revision, at in (("a", 0), ("b", 10), ("b", 15), ("a", 20)):
        await in_force(world, revision, NOON + minutes(at))
    world.clock.move_to(NOON + minutes(60))

    found = [(await old.at(world.engine, NOON + minutes(at))).revision for at in (0, 9, 10, 19, 20, 59)]
    assert found == ["a", "a", "b", "b", "a", "a"]
    assert read == [({"revision": "b"}, "b")]
    with pytest.raises(NotFound, match="had not started yet"):
        await old.at(world.engine, NOON - minutes(1))


async def test_silences_of_then_are_laid_over_it():
    """One that has ended since mutes then, and one made later does not."""
    world = World(replace(a_plan(), revision="a"), NOON)
    await in_force(world, "a")
    silence = await world.do(
        lambda work: stored.add_silence(work, ('service="payments-api"',), NOON, NOON + minutes(30), "ana", "deploy")
    )
    await world.run_until(NOON + minutes(20))
    await world.do(lambda work: stored.end_silence(work, silence.id, "ana"))
    await world.run_until(NOON + minutes(40))
    await world.do(
        lambda work: stored.add_silence(
            work, ('service="payments-api"',), NOON + minutes(40), NOON + minutes(90), "ana", "again"
        )
    )
    old = OldPlans(nobody_reads)

    async def place_at(after):
        at = NOON + minutes(after)
        plan = await old.at(world.engine, at)
        return (await explaining.explained(world.engine, explaining.as_alert(ASKED, at), plan, at)).outcome.place

    assert [await place_at(after) for after in (10, 25, 39, 40)] == [
        Place.MUTED,
        Place.OPENS_PAGE,
        Place.OPENS_PAGE,
        Place.MUTED,
    ]


async def test_the_groups_of_then():
    """A page that was open then is joined, one that was resolved a moment before is followed, else neither."""
    world = await a_world()
    page = (await world.open_pages())[0].id
    await world.run_until(NOON + minutes(10))
    await world.receive("alertmanager", a_received_alert(labels=LABELS, firing=False))
    await world.run_until(NOON + minutes(90))
    plan = world.engine.plan

    async def outcome_at(after):
        at = NOON + minutes(after)
        return (await explaining.explained(world.engine, explaining.as_alert(ASKED, at), plan, at)).outcome

    before, during, after, long_after = [await outcome_at(after) for after in (-1, 5, 20, 60)]
    assert (before.place, during.place, after.place) == (Place.OPENS_PAGE, Place.JOINS_PAGE, Place.OPENS_PAGE)
    assert during.page is not None
    assert after.last is not None
    assert during.page.id == after.last.id == page
    assert long_after.last is None


async def test_the_ticket_of_then():
    """One that was open then is joined, though it is closed by now; after it there is a new one."""
    world = World(a_plan(), NOON)
    await world.receive("alertmanager", a_received_alert(labels=some_labels(severity="warning")))
    ticket = (await world.engine.read(tickets.list_tickets))[0]
    await world.run_until(NOON + minutes(10))
    await world.do(lambda work: commands.close_ticket(work, ticket.id, "ana", "mended"))
    await world.run_until(NOON + minutes(30))
    asked = Asked(labels=some_labels(severity="warning"), annotations={})

    async def ticket_at(after):
        at = NOON + minutes(after)
        found = await explaining.explained(world.engine, explaining.as_alert(asked, at), world.engine.plan, at)
        assert found.outcome.place is Place.TICKET
        return found.outcome.ticket.id if found.outcome.ticket is not None else None

    assert [await ticket_at(after) for after in (-1, 0, 9, 10, 20)] == [None, ticket.id, ticket.id, None, None]


# --- A page ---------------------------------------------------------------------------------------------------------


async def test_a_page_is_explained_under_the_plan_that_opened_it():
    """The files have changed since: what was decided then is decided again as it was then."""
    world = await a_world(rules={"payments": (a_rule("Old rule", severity="sev1"),)})
    before = world.engine.plan
    page = (await world.open_pages())[0].id
    await world.put_in_force(replace(a_plan(), revision="new"))
    await world.store.write(lambda c: stored_records.put_plan(c, before.revision, NOON, {}))
    old = OldPlans(lambda _files, _revision, _at: before)

    known = await explaining.page_explained(world.engine, old, page)
    assert known.revision == before.revision
    assert known.explanation is not None
    outcome = known.explanation.outcome
    assert (outcome.place, outcome.verdict.rule) == (Place.OPENS_PAGE, "Old rule")
    stored_alert = await world.engine.read(lambda c: alerts.find(c, "alertmanager", "f1"))
    assert stored_alert is not None
    assert outcome.verdict.reasons == stored_alert.reasons


async def test_a_page_for_a_ticket_that_nobody_took():
    """It is decided as it was when the clock ran out: by then the ticket pages."""
    world = World(a_plan(), NOON)
    await world.receive("alertmanager", a_received_alert(labels=LABELS, annotations={}))
    await world.run_until(NOON + minutes(11))
    page = (await world.open_pages())[0].id

    known = await explaining.page_explained(world.engine, OldPlans(nobody_reads), page)
    assert known.explanation is not None
    assert known.explanation.outcome.place is Place.OPENS_PAGE
    assert any("not taken in time" in entry.details.get("reasons", "") for entry in known.story.entries)


async def test_a_page_that_came_with_a_ticket_to_mend_the_alert():
    """Both were opened at once: neither was there when it was decided."""
    world = World(
        a_plan(severities={name: replace(one, on_violation=PAGE_NOW) for name, one in SEVERITIES.items()}), NOON
    )
    await world.receive("alertmanager", a_received_alert(labels=LABELS, annotations={}))
    page = (await world.open_pages())[0].id

    known = await explaining.page_explained(world.engine, OldPlans(nobody_reads), page)
    assert known.explanation is not None
    assert known.explanation.outcome.place is Place.OPENS_PAGE
    assert known.explanation.trace.tests[3].passed is False


async def test_a_page_whose_plan_is_gone_says_so():
    """What happened is told all the same."""
    world = await a_world()
    page = (await world.open_pages())[0].id
    await world.put_in_force(replace(a_plan(), revision="new"))

    known = await explaining.page_explained(world.engine, OldPlans(nobody_reads), page)
    assert known.explanation is None
    assert "not kept any more" in known.why_not
    assert known.story.entries


async def test_a_page_that_a_person_raised():
    """Nobody asked a test, so there is nothing to decide again."""
    world = World(a_plan(), NOON)
    await world.do(lambda work: commands.raise_page(work, "ana", "cli", "payments", "Customers call", None))
    page = (await world.open_pages())[0].id

    known = await explaining.page_explained(world.engine, OldPlans(nobody_reads), page)
    assert known.explanation is None
    assert known.why_not == "ana raised it by hand: no test is asked then."


async def test_a_page_of_our_own_needs_no_rule():
    """It is explained as what it is: pagerd about itself, to the fallback team."""
    world = World(a_plan(), NOON)
    broken = Batch(alerts=(), quarantined=(Quarantined(raw="{}", reason="odd"),))
    await world.do(lambda work: intake.receive(work, world.traits["alertmanager"], broken, renew_life=True))
    page = (await world.open_pages())[0].id

    known = await explaining.page_explained(world.engine, OldPlans(nobody_reads), page)
    assert known.explanation is not None
    assert known.explanation.outcome.verdict.reasons == ("pagerd raises this about itself",)
    assert known.explanation.changes is None
    assert known.explanation.road


async def test_a_page_that_is_not_there():
    """As everywhere: NotFound."""
    with pytest.raises(NotFound):
        await explaining.page_explained(World(a_plan(), NOON).engine, OldPlans(nobody_reads), "p-none")
