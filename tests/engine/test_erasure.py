"""Somebody who has left is a pseudonym everywhere, and the chain holds."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.core.actions.terms import Terms
from pagerd.core.changes import ChangeKind
from pagerd.core.errors import Conflict
from pagerd.core.incidents.checklist import StepStatus
from pagerd.core.oncall.swap import Part, Swap, SwapStatus
from pagerd.core.people import Medium
from pagerd.core.worklog import worked as worked_core
from pagerd.core.worklog.nights import NightPage
from pagerd.engine import audit, change_events, commands, erasure, feeds, ledger, mornings, stored, tokens
from pagerd.engine.actions import commands as actions
from pagerd.engine.change_events import ChangeWords
from pagerd.engine.incidents import commands as incidents
from pagerd.engine.incidents import declaring, gathering, investigating
from pagerd.engine.incidents.commands import Update
from pagerd.engine.incidents.declaring import Declaration
from pagerd.engine.incidents.investigating import StepWords
from pagerd.lab.world import World
from pagerd.stores.records import history, nights, swaps, worked
from pagerd.stores.records.stored import UnusableContact
from tests.builders import NOON, a_plan, a_received_alert
from tests.engine.chains import Past, everything

PLAN = a_plan()
BEN = PLAN.people["ben"]
WITHOUT_BEN = replace(PLAN, people={name: person for name, person in PLAN.people.items() if name != "ben"})
SCOPE = StepWords(status=StepStatus.DONE, text=f"as {BEN.name} said")
CHANGE = ChangeWords(kind=ChangeKind.FLAG, service="payments-api", what=f"as {BEN.name} said", id="1")
A_SWAP = Swap(
    id="x-1",
    schedule="payments-primary",
    by="ben",
    of="cho",
    parts=(Part(giver="ben", taker="cho", start=NOON, end=NOON + timedelta(days=1)),),
    why=f"{BEN.name} moves",
    requested_at=NOON,
    expires_at=NOON,
    status=SwapStatus.REFUSED,
)
KNOWN = {one for one in (BEN.sms, BEN.voice, BEN.email) if one}


async def a_world(seed=1):
    """A world in which ben was paged, answered, wrote, muted, had a token and lost sleep; he has left since."""
    past = Past(seed)
    world = await past.live(25)
    await world.receive("alertmanager", a_received_alert(fingerprint="x", alertname="PaymentsErrors", cluster="x"))
    await world.settle()
    page = (await world.open_pages())[0]
    await world.do(lambda work: commands.acknowledge(work, page.id, "ben", "cli"))
    await world.do(lambda work: commands.add_note(work, page.id, "ben", "cli", f"call {BEN.name}, {BEN.sms}"))
    now = world.clock.now()
    await world.do(
        lambda work: stored.add_silence(work, ('service="benefits"',), now, now + timedelta(hours=1), "ben", "deploy")
    )
    said = Declaration(title=f"{BEN.name} sees errors", team="payments", severity="sev1", page=page.id)
    number = (await world.do(lambda work: declaring.declare(work, "ben", "cli", said))).number
    for act in (
        lambda work: incidents.take_role(work, number, "ben", "cli", "ic"),
        lambda work: incidents.hand_role_over(work, number, "ben", "cli", "ic", "cho"),
        lambda work: incidents.post_update(work, number, "ben", "cli", Update(know=f"call {BEN.name}")),
        lambda work: incidents.mitigate(work, number, "ben", "cli", "flag", f"as {BEN.name} said", ""),
        lambda work: incidents.end_mitigation(work, number, "ben", "cli", 1, "worked", ""),
        lambda work: incidents.monitor(work, number, "ben", "cli", None),
        lambda work: incidents.read_criterion(work, number, "ben", "cli", "errors", "attested", BEN.name),
        lambda work: investigating.state_hypothesis(work, number, "ben", "cli", f"{BEN.name} did it"),
        lambda work: investigating.judge_hypothesis(work, number, "ben", "cli", 1, "refuted", f"ask {BEN.name}"),
        lambda work: investigating.mark_step(work, number, "ben", "cli", "scope", SCOPE),
        lambda work: incidents.resolve(work, number, "ben", "cli", "over", f"{BEN.name} says so"),
        lambda work: actions.add(work, number, "ben", "cli", Terms(title=f"as {BEN.name} said", owner="ben")),
        lambda work: change_events.post(work, "ben", CHANGE),
        lambda work: gathering.follow(work, number, "ana", "cli", "ben"),
        lambda work: gathering.ask(work, number, "ben", "cli", f"does {BEN.name} know?"),
        lambda work: gathering.reply(work, number, "ben", "cli", 1, f"{BEN.name} does"),
    ):
        await world.do(act)
    await world.do(lambda work: tokens.create(work, "ben", "script", ["read"], None, by="ben"))
    for name, by in (("payments", "ben"), ("ben", "ana")):
        await world.do(lambda work, name=name, by=by: feeds.add(work, name, by=by))
    contact = UnusableContact(person="ben", medium=Medium.EMAIL, address=BEN.email, at=now, why="gone")
    await world.do(lambda work: audit.contact_refused(work, contact))
    row = NightPage(
        person="ben",
        page_id=page.id,
        first_at=now,
        evidence=(),
        zone="Europe/Berlin",
        window="22:00-07:00",
        plan_revision="r",
        severity="sev1",
        team="payments",
    )
    await world.do(lambda work: nights.save(work.c, row))
    night = worked_core.begun("n-ben", BEN, now, "payments", "r")
    await world.do(lambda work: worked.insert(work.c, night))
    await world.do(lambda work: swaps.insert(work.c, A_SWAP))
    link = swaps.SwapLink(person="ben", swap_id=A_SWAP.id, medium="sms", code="N47", expires_at=now)
    await world.do(lambda work: swaps.put_link(work.c, "a-hash", link))
    await world.do(
        lambda work: mornings.say_worked(work, night, by="ben", via="cli", minutes=40, why=f"ask {BEN.name}")
    )
    await world.do(lambda work: ledger.draw_code(work, "ben", "n-ben", ledger.WORKED))
    plan = f"people:\n  ben: {{name: {BEN.name}, phone: '{BEN.sms}', email: {BEN.email}}}\n"
    await world.do(lambda work: audit.config_in_force(work.c, now, "old", {"rotations/people.yaml": plan}))
    await world.put_in_force(WITHOUT_BEN)
    return world


async def erase(world, *, drop_nights=False, names=(BEN.name,), addresses=KNOWN, stop_after=None):
    """Erase ben, bite by bite; return the pseudonym."""
    after, pseudonym, known = "", None, addresses
    for number in range(1000):
        if number == stop_after:
            return pseudonym

        async def act(work, after=after, pseudonym=pseudonym, known=known):
            who = await erasure.begin(work, "ben", names, known, pseudonym)
            return who, await erasure.bite(work, who, after, drop_nights=drop_nights, by="ana")

        who, done = await world.do(act)
        pseudonym, known, after = who.pseudonym, who.addresses, done.next
        if after is None:
            return pseudonym
    raise AssertionError("it never ends")


TABLES = {
    "sqlite": "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
    "postgres": "SELECT CAST(tablename AS text) FROM pg_tables WHERE schemaname = current_schema()",
}


async def traces(world):
    """Return every text of the database that still knows ben, by table and column."""
    found = []

    async def look(c):
        tables = await c.execute(TABLES[c.dialect])
        for (table,) in tables:
            # What an alert says is its source's word; our own words about a person are what goes.
            words = () if table == "alerts" else ('"ben"', "by ben", BEN.name, *KNOWN)
            for row in await c.execute(f"SELECT * FROM {table}"):  # noqa: S608  # names of our own schema
                texts = [value for value in row if isinstance(value, str)]
                found.extend((table, text) for text in texts if text == "ben" or any(word in text for word in words))

    await world.engine.read(look)
    return found


async def test_nothing_names_a_person_who_was_erased():
    """Id, name and addresses are gone from every table; the timeline names the pseudonym, and the chain holds."""
    world = await a_world()
    assert {table for table, _ in await traces(world)} >= {
        *(
            "history",
            "pages",
            "notifications",
            "silences",
            "tokens",
            "feeds",
            "unusable_contacts",
            "night_pages",
            "plans",
        ),
        *("reply_codes", "worked_nights", "night_codes", "swaps", "swap_links"),
        *("incidents", "incident_updates", "incident_mitigations", "incident_readings", "actions"),
        *("incident_steps", "incident_hypotheses", "incident_questions", "changes", "postmortems"),
    }

    pseudonym = await erase(world)

    assert await traces(world) == []
    bites, findings = await world.engine.read(everything)
    assert not findings
    assert sum(bite.redacted for bite in bites) > 3
    rows = await world.engine.read(lambda c: nights.between(c, NOON - timedelta(days=1), NOON + timedelta(days=9)))
    assert [row.person for row in rows if row.page_id] == [pseudonym] * len(rows) != []
    night = await world.engine.read(lambda c: worked.find(c, "n-ben"))
    assert (night.person, night.said[0].by, night.minutes) == (pseudonym, pseudonym, 40)


async def test_others_and_their_words_stay():
    """A service that begins with the same letters, and what others did, are as they were."""
    world = await a_world()
    pseudonym = await erase(world)

    silences = await world.engine.read(lambda c: c.execute("SELECT body FROM silences"))
    assert any("benefits" in row[0] and pseudonym in row[0] for row in silences)
    assert await world.engine.read(lambda c: c.execute("SELECT 1 FROM history WHERE body LIKE '%\"ana\"%'"))


async def test_night_rows_can_go_too():
    """By option the ledger forgets the person altogether."""
    world = await a_world()
    await erase(world, drop_nights=True)

    assert await world.engine.read(lambda c: c.execute("SELECT 1 FROM night_pages")) == []
    assert await world.engine.read(lambda c: c.execute("SELECT 1 FROM worked_nights")) == []
    assert not (await world.engine.read(everything))[1]


async def test_somebody_who_is_in_the_plan_is_not_erased():
    """First they leave the files: else the next page would name them again."""
    world = World(a_plan(), NOON)
    await world.put_in_force(a_plan())

    with pytest.raises(Conflict, match="ben is still in the config files"):
        await erase(world)


@pytest.mark.parametrize("stop_after", range(1, 9))
async def test_an_erasure_that_was_broken_off_is_done_by_doing_it_again(stop_after):
    """Wherever it stopped, the second run finishes, and the chain holds in between."""
    world = await a_world()
    await erase(world, stop_after=stop_after)
    assert not (await world.engine.read(everything))[1]

    await erase(world)

    assert await traces(world) == []
    assert not (await world.engine.read(everything))[1]


async def test_two_people_of_one_entry_can_both_be_erased():
    """What was redacted once can be redacted again, and is still what an entry says it is."""
    world = await a_world()
    first = await erase(world)

    async def act(work):
        who = await erasure.begin(work, first, (), (), None)
        after = ""
        while after is not None:
            done = await erasure.bite(work, who, after, drop_nights=False, by="ana")
            after = done.next

    await world.do(act)

    assert not (await world.engine.read(everything))[1]
    assert not await world.engine.read(lambda c: c.execute(f"SELECT 1 FROM history WHERE body LIKE '%\"{first}\"%'"))  # noqa: S608


async def test_changing_a_redacted_entry_is_found():
    """The words that stand there now are as safe as those that stood there before."""
    world = await a_world()
    await erase(world)

    async def tamper(work):
        await work.c.execute("UPDATE history SET body = '{}' WHERE redaction IS NOT NULL")

    await world.do(tamper)

    _, findings = await world.engine.read(everything)
    assert findings
    assert all("redacted, but not to what" in finding.what for finding in findings)


async def test_an_erasure_says_who_asked_for_it_and_not_who_it_was():
    """The entry names the pseudonym alone."""
    world = await a_world()
    pseudonym = await erase(world)

    said = await world.engine.read(lambda c: history.of_object(c, "keeping"))
    assert said[0].event == "PersonErased"
    assert pseudonym in said[0].body
    assert '"by":"ana"' in said[0].body
