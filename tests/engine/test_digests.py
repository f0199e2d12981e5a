"""One digest for a team and a day, whatever happens in between; and that it goes and is rewritten with the rest."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from pagerd.channels.email import Smtp
from pagerd.core.errors import NotFound
from pagerd.core.people import Medium
from pagerd.core.plan import Keep, VerdictKind
from pagerd.engine import commands, digests, erasure, keeping
from pagerd.engine.delivery import Delivery
from pagerd.lab.world import World
from tests.builders import NOON, a_plan, a_received_alert, a_rule
from tests.channels.fake_smtp import FakeSmtp

DAY = timedelta(days=1)


def a_digest_plan(**fields):
    """Return the small company with a digest at half past twelve, and a rule that makes tickets."""
    plan = a_plan(rules={"payments": (a_rule("Later", 'alertname="Disk"', verdict=VerdictKind.TICKET),)})
    teams = {name: replace(team, digest_at=time(12, 30)) for name, team in plan.teams.items()}
    return replace(plan, teams=teams, **fields)


async def a_world(plan=None):
    """Return a started world, at noon."""
    world = World(plan or a_digest_plan(), NOON)
    await world.begin()
    return world


def mails(world, address="payments@example.com"):
    """Return what was mailed to an address."""
    return [sent.outgoing for sent in world.sent if sent.outgoing.to == address]


async def rows(world, table):
    """Return the bodies of a table."""
    return [str(row[0]) for row in await world.engine.read(lambda c: c.execute(f"SELECT body FROM {table}"))]  # noqa: S608  # a fixed name


async def test_a_crash_between_the_digest_and_its_mail_sends_it_once_more_with_the_same_key():
    """What was claimed and not sent goes out when its lease is over; the mail server folds a second one by its id."""
    world = await a_world()
    world.clock.move_to(NOON + timedelta(minutes=30))
    await world.engine.transact(lambda work: digests.due(work, "payments"))
    assert not mails(world)
    world.crash()
    await world.begin()
    await world.run_until(NOON + timedelta(hours=6))

    assert [one.id for one in mails(world)] == ["digest-payments-2026-01-06"]


async def test_a_timer_that_fires_twice_sends_once():
    """A clock that was set back, or a second node: the day has one already."""
    world = await a_world()
    await world.run_until(NOON + timedelta(hours=1))
    for _ in range(2):
        await world.engine.transact(lambda work: digests.due(work, "payments"))
    await world.settle()

    assert len(mails(world)) == 1


async def test_tickets_of_a_team_that_left_are_in_the_fallback_teams_digest():
    """Nobody else would ever read of them."""
    world = await a_world()
    # An alert to be mended: its ticket outlives it.
    alert = {"fingerprint": "x", "annotations": {}, "severity": "error", "service": "settlement"}
    await world.receive("alertmanager", a_received_alert(**alert))
    await world.receive("alertmanager", a_received_alert(firing=False, **alert))
    plan = a_digest_plan()
    await world.put_in_force(replace(plan, teams={"platform": plan.teams["platform"]}, rules={}))
    await world.run_until(NOON + timedelta(hours=2))

    [digest] = mails(world, "platform@example.com")
    assert "of team payments, which is not in the files any more" in " ".join(digest.body.text.split())
    assert not mails(world)


async def test_a_digest_arrives_at_a_real_mail_server():
    """Through the outbox and SMTP, as text and as HTML, from an alert that means harm; nobody's subject breaks."""
    async with FakeSmtp() as server:
        world = await a_world()
        account = Smtp(host="127.0.0.1", port=server.port, tls="none", sender="pagerd@example.com", clock=lambda: NOON)
        world.engine.delivery = Delivery({Medium.EMAIL: (account,)}, world.clock, None)
        alert = a_received_alert(fingerprint="x", alertname="Disk", service="<b>x</b>\r\nBcc: all@example.com")
        await world.receive("alertmanager", alert)
        await world.run_until(NOON + timedelta(minutes=31))
        mail = await server.next_mail()
        await account.close()

    assert mail.recipients == ("payments@example.com",)
    assert mail.parsed["Subject"] == "[digest] payments 2026-01-06: 1 ticket, 1 new"
    assert mail.parsed["Message-ID"] == "<digest-payments-2026-01-06@example.com>"
    assert (mail.parsed["Bcc"], mail.parsed["X-Priority"]) == (None, None)
    assert "Disk, <b>x</b> Bcc" in mail.parsed.get_body(("plain",)).get_content()
    assert "&lt;b&gt;x&lt;/b&gt;" in mail.parsed.get_body(("html",)).get_content()


async def test_without_a_provider_for_mail_nothing_is_put_into_the_outbox():
    """There would be an alarm a day about what nobody wanted; the clock goes on for when there is one."""
    world = await a_world(a_digest_plan(media=frozenset({Medium.SMS})))
    await world.run_until(NOON + DAY + timedelta(hours=1))

    assert world.sent == []


async def test_a_preview_stores_and_sends_nothing():
    """It says what the digest would say, to whom it goes and when."""
    world = await a_world()
    seen = await world.engine.read(lambda c: digests.preview(c, world.engine.plan, "payments", NOON))

    assert (seen.to, seen.due_at, seen.last_at) == (("payments@example.com",), NOON + timedelta(minutes=30), None)
    assert await rows(world, "digests") == []
    with pytest.raises(NotFound, match="payments, platform"):
        await world.engine.read(lambda c: digests.preview(c, world.engine.plan, "none", NOON))


async def test_a_digest_without_an_hour_ends():
    """`digest_at: none` after a reload: the timer that is set does nothing when it fires."""
    world = await a_world()
    await world.put_in_force(a_plan())
    await world.run_until(NOON + DAY)

    assert mails(world) == []


async def test_old_digests_go():
    """With pages and tickets of their age."""
    world = await a_world(a_digest_plan(keep=Keep(pages=30 * DAY)))
    await world.run_until(NOON + timedelta(hours=1))
    assert len(await rows(world, "digests")) == 1  # platform's hour is later
    world.clock.move_to(NOON + 40 * DAY)
    for _ in range(10):
        await world.engine.transact(lambda work: keeping.bite(work, "ended:"))

    assert await rows(world, "digests") == []


async def test_whoever_is_erased_is_not_named_in_digests():
    """A digest says who took a ticket."""
    world = await a_world()
    await world.receive("alertmanager", a_received_alert(fingerprint="x", alertname="Disk"))
    [ticket] = [row[0] for row in await world.engine.read(lambda c: c.execute("SELECT id FROM tickets"))]
    await world.do(lambda work: commands.take_ticket(work, ticket, "ben"))
    await world.run_until(NOON + timedelta(hours=1))
    assert any("Ben" in body for body in await rows(world, "digests"))
    plan = a_digest_plan()
    people = {name: person for name, person in plan.people.items() if name != "ben"}
    await world.put_in_force(replace(plan, people=people))
    erased = await world.do(lambda work: erasure.begin(work, "ben", ["Ben"], [], None))
    after = ""
    while after is not None:
        done = await world.do(lambda work: erasure.bite(work, erased, after, drop_nights=False, by="dora"))  # noqa: B023  # run at once
        after = done.next

    assert not any("Ben" in body for body in await rows(world, "digests"))
