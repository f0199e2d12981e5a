"""What the auditor finds, what it leaves alone, and what a round costs. What follows of it is in the stories."""

from datetime import timedelta

import pytest

from pagerd.core.people import Medium
from pagerd.engine import auditor as auditor_module
from pagerd.engine import commands
from pagerd.engine.auditor import EVERY_SECONDS, SAID, STALE_SECONDS, Difference
from pagerd.engine.metrics_catalogue import AUDITOR_KINDS
from pagerd.lab.phones import Mood
from pagerd.lab.world import World
from pagerd.stores.base import StoreUnavailable
from pagerd.stores.records import auditing, notifications, timers
from pagerd.stores.records.columns import micros
from tests.builders import NOON, a_plan, a_received_alert, minutes

LONG_AGO = timedelta(hours=1)


@pytest.fixture
async def world():
    """A small company with one page, whose first text is out."""
    made = World(a_plan(), NOON)
    await made.receive("alertmanager", a_received_alert())
    await made.settle()
    return made


async def run(world, statement, *values):
    """Damage a row by hand."""
    await world.do(lambda work: work.c.execute(statement, *values))


def kinds(found):
    """Return what kinds were found."""
    return [one.kind for one in found]


def counted(world, name, **labels):
    """Return one counted number."""
    return world.engine.metrics.registry.get_sample_value(f"pagerd_{name}", labels)


async def timer_of(world, page):
    """Return when the heart will look at a page."""
    found = await world.engine.read(lambda c: timers.find(c, "page", page.id))
    return found.due if found is not None else None


async def test_a_timer_that_was_moved_away_is_put_back(world):
    """The heart would come a year too late; the due time is in the page itself."""
    [page] = await world.open_pages()
    await run(world, "UPDATE timers SET due = due + 31536000000000 WHERE kind = 'page'")

    assert kinds(await world.audit()) == [Difference.TIMER_LATE]
    assert await timer_of(world, page) == page.due
    assert await world.audit() == ()
    assert counted(world, "auditor_findings_total", kind="timer_late") == 1
    assert counted(world, "auditor_findings_total", kind="timer_missing") == 0


async def test_a_timer_that_comes_early_is_no_fault(world):
    """It finds that nothing is due yet, and is set anew."""
    await run(world, "UPDATE timers SET due = due - 60000000 WHERE kind = 'page'")

    assert await world.audit() == ()


async def test_a_decision_that_raised_is_not_hurried(world):
    """The last resort knows of it, and the timer waits on purpose: putting it back would page them all night."""
    await run(world, "UPDATE timers SET due = due + 3600000000, attempts = 2 WHERE kind = 'page'")

    assert await world.audit() == ()


async def test_a_message_that_would_leave_after_its_step_is_no_message(world):
    """Its due time was damaged: by then the step is over and nobody was told."""
    [page] = await world.open_pages()
    await run(world, "UPDATE notifications SET status = 'pending', attempts = 0, due = due + 86400000000, claim = NULL")

    assert kinds(await world.audit()) == [Difference.NOBODY_TOLD]
    await world.run_until(NOON + minutes(2))  # a second text within a minute waits, as ever
    told = await world.engine.read(lambda c: notifications.of_page(c, page.id, "ana"))
    assert [one.status.value for one in told if one.medium is Medium.SMS] == ["cancelled", "accepted"]


async def test_what_a_provider_did_not_take_was_tried(world):
    """A provider in trouble is no difference: the rows say that it is being tried."""
    world.phones[Medium.SMS].mood = Mood.DOWN
    await world.receive("alertmanager", a_received_alert(fingerprint="f2", service="settlement"))
    await world.run_until(NOON + minutes(4))

    assert await world.audit() == ()


async def test_a_step_is_not_paged_again_and_again(world):
    """If mending does not help, the fault is ours: the operators know, and nobody is texted every 15 seconds."""
    versions = []
    for _ in range(3):
        await run(world, "DELETE FROM notifications WHERE page_id IS NOT NULL")
        assert kinds(await world.audit()) == [Difference.NOBODY_TOLD]
        [page] = await world.open_pages()
        versions.append(page.version)
        world.clock.move_to(world.clock.now() + timedelta(seconds=EVERY_SECONDS))
    world.clock.move_to(NOON + minutes(5))
    await run(world, "DELETE FROM notifications WHERE page_id IS NOT NULL")
    await world.audit()
    [page] = await world.open_pages()

    assert versions == [2, 2, 2]
    assert page.version == 3


async def test_a_claim_that_ends_next_year_ends_now(world):
    """A clock that was set back leaves such rows: the message would be nobody's until then."""
    await run(world, "UPDATE notifications SET status = 'claimed', claim = 'x', due = due + 31536000000000")

    found = await world.audit()
    assert set(kinds(found)) == {Difference.CLAIM_ENDLESS}
    before = len(world.sent)
    await world.settle()
    assert len(world.sent) > before


async def test_what_is_due_and_stays_so_for_two_rounds_is_found(world):
    """Once may be a backlog; the same row twice means that the heart does not carry out what is due."""
    world.clock.move_to(NOON + minutes(10))  # and no heart beats

    assert await world.audit() == ()
    world.clock.move_to(world.clock.now() + timedelta(seconds=EVERY_SECONDS))
    found = await world.audit()
    assert set(kinds(found)) == {Difference.TIMER_OVERDUE, Difference.NOTIFICATION_OVERDUE}
    assert world.auditor.why_not_content().startswith("the auditor found timer_overdue")


@pytest.mark.parametrize(("late", "found"), [(minutes(3), set()), (minutes(11), {Difference.NOTIFICATION_OVERDUE})])
async def test_what_waits_its_turn_at_a_provider_that_wants_fewer_is_no_fault_of_ours(world, late, found):
    """A mail server that is busy for minutes is known as such; a watcher must not hear that pagerd is dead.

    What is late by more is worth a word, whosever fault it is.
    """
    world.phones[Medium.SMS].mood = Mood.BUSY
    await world.do(lambda work: commands.raise_page(work, "ana", "cli", "platform", "kubernetes is down"))
    await world.settle()
    due = micros(world.clock.now() - late)
    statement = (
        "UPDATE notifications SET due = $1 WHERE status IN ('pending', 'claimed') AND medium = 'sms' RETURNING id"
    )
    rows = await world.do(lambda work: work.c.execute(statement, due))
    seen = set()
    for _ in range(2):
        seen |= {one.kind for one in await world.auditor.differences()}
        world.clock.move_to(world.clock.now() + timedelta(seconds=EVERY_SECONDS))

    assert rows, "nothing waits: this shows nothing"
    assert seen == found


async def test_a_page_that_cannot_be_read_is_told(world):
    """Nothing can be mended there but by a human, who hears of it by mail and by text."""
    await run(world, "UPDATE pages SET body = '{}'")

    assert kinds(await world.audit()) == [Difference.UNREADABLE]
    await world.settle()
    alarms = {(one.outgoing.medium, one.outgoing.to) for one in world.sent[1:]}
    dora = world.engine.plan.people["dora"]
    assert alarms == {(Medium.SMS, dora.sms), (Medium.EMAIL, dora.email)}


async def test_operators_hear_of_a_kind_once_an_hour(world):
    """A fault that comes again every 15 s must not text all night; the metric counts each."""
    for _ in range(3):
        await run(world, "DELETE FROM timers WHERE kind = 'page'")
        assert kinds(await world.audit()) == [Difference.TIMER_MISSING]
    await world.settle()

    texts = [one for one in world.sent if one.outgoing.medium is Medium.SMS and "auditor" in str(one.outgoing.body)]
    assert len(texts) == 1
    assert counted(world, "auditor_findings_total", kind="timer_missing") == 3
    assert world.auditor.warning().startswith("the auditor found timer_missing 3 in the last hour")
    world.clock.move_to(world.clock.now() + LONG_AGO + minutes(1))
    assert world.auditor.warning() is None


async def test_its_word_grows_old(world):
    """Before the first round, and long after the last, it says nothing of how things are."""
    assert world.auditor.why_not_content() == "the auditor has not looked yet"
    await world.audit()
    assert world.auditor.why_not_content() is None
    world.clock.move_to(world.clock.now() + timedelta(seconds=STALE_SECONDS + 1))
    assert world.auditor.why_not_content() == "the auditor's last round is 46 s old"


async def test_a_round_is_bounded_and_the_next_goes_on(world, monkeypatch):
    """Three pages, two in a round: the third is looked at in the next, then it begins anew."""
    for number in range(2):
        await world.receive("alertmanager", a_received_alert(fingerprint=f"g{number}", service=f"s{number}"))
    await world.settle()
    await run(world, "DELETE FROM timers WHERE kind = 'page'")
    monkeypatch.setattr(auditor_module, "PAGES_MAX", 2)

    rounds = [kinds(await world.audit()) for _ in range(3)]

    assert rounds == [[Difference.TIMER_MISSING] * 2, [Difference.TIMER_MISSING], []]


@pytest.mark.of_sqlite
async def test_a_round_walks_no_table(world):
    """Millions of resolved pages and their messages must cost a round nothing: each statement begins at an index."""

    async def plan(c):
        return [
            str(row[3])
            for statement in auditing.STATEMENTS
            for row in await c.execute(f"EXPLAIN QUERY PLAN {statement}", *("", 1, "", "", "")[: statement.count("$")])
        ]

    steps = await world.engine.read(plan)

    assert [step for step in steps if step.startswith("SCAN") and step != "SCAN last"] == []
    assert len([step for step in steps if "pages_open_by_id" in step]) == 2
    assert not any("sqlite_autoindex_pages" in step for step in steps)


async def test_trouble_of_the_store_makes_a_round_void(world):
    """Nothing was looked at, so nothing is claimed."""
    world.engine.store = replace_reads(world.engine.store)

    with pytest.raises(StoreUnavailable):
        await world.audit()
    assert world.auditor.rounds == 0
    assert world.auditor.why_not_content() == "the auditor has not looked yet"


def replace_reads(store):
    """Return a store whose reads are refused."""

    class Refusing:
        write, figures, close = store.write, store.figures, store.close

        async def read(self, unit):
            raise StoreUnavailable("it is locked")

    return Refusing()


def test_each_difference_has_words_and_a_series():
    """What can be found can be told and counted."""
    assert set(SAID) == set(Difference)
    assert set(AUDITOR_KINDS) == {kind.value for kind in Difference}
