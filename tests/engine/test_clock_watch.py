"""A clock that is set back makes nobody wait: what is due comes in its time, the operators hear of it, and it ends."""

import asyncio
from datetime import timedelta

import pytest

from pagerd.core.people import Medium
from pagerd.daemon.doctor.check import Verdict
from pagerd.daemon.store_watch import StoreWatch
from pagerd.daemon.watch import clock_checks
from pagerd.engine import clock_watch, commands, stored
from pagerd.engine.clock import SteadyClock
from pagerd.engine.clock_watch import ClockWatch
from pagerd.engine.incidents import commands as incident_commands
from pagerd.engine.incidents import declaring
from pagerd.engine.incidents.declaring import Declaration
from pagerd.engine.work import SourceTraits
from pagerd.lab.nodes import NodeClock
from pagerd.lab.world import World
from pagerd.stores.records import timers
from tests.builders import NOON, a_plan, a_received_alert, minutes
from tests.figures import note
from tests.share import in_share

pytestmark = pytest.mark.timeout(in_share(ci=60, proof=3_600))

HOUR = timedelta(hours=1)
STEPS = (
    *(-timedelta(days=1), -timedelta(hours=6), -HOUR, -minutes(10), -timedelta(seconds=90), -timedelta(seconds=1)),
    *(timedelta(seconds=1), timedelta(seconds=90), minutes(10), HOUR, timedelta(hours=6), timedelta(days=1)),
)
BACK, FORWARD = STEPS[:6], STEPS[6:]
STATES = in_share(ci=8, proof=40)
"""Pages, four minutes apart: when the clock is set, each has come another way, and every third has a holder."""

SET_AT = STATES * 240.0
OVER_AT = SET_AT + 1_530


class Host:
    """A world on a host whose wall clock is set, and what was sent there, each with the time that had passed."""

    def __init__(self, **fields):
        self.world = World(a_plan(), NOON, clock_of=self._clock, **fields)
        self.told = []
        self._seen = 0
        self.watch = ClockWatch(self.world.engine)

    def _clock(self, passes):
        self.wall = NodeClock(passes, timedelta(0))
        return SteadyClock(self.wall)

    async def until(self, seconds):
        """Let time pass, and note each message when it leaves."""
        while (passed := self.world.clock.monotonic()) < seconds:
            due = await self.world.settle()
            self._note()
            wait = (due - self.world.own_clock.now()) / timedelta(seconds=1) if due is not None else seconds
            await self.world.run_until(NOON + timedelta(seconds=min(passed + max(wait, 0), seconds)))
            self._note()

    def _note(self):
        at = self.world.clock.monotonic()
        new = self.world.sent[self._seen :]
        self.told += [(at, one.outgoing.medium, one.outgoing.to) for one in new]
        self._seen += len(new)

    async def night(self, step=timedelta(0)):
        """One alert after the other, then a clock that is set, then what is left of each page."""
        for number in range(STATES):
            labels = {"alertname": f"Broken{number}", "severity": "critical", "team": "payments"}
            await self.world.receive("alertmanager", a_received_alert(fingerprint=f"f{number}", labels=labels))
            await self.until(number * 240 + 97)
            if number % 3 == 1:
                newest, *_ = await self.world.open_pages()
                await self.world.do(lambda work, page=newest: commands.acknowledge(work, page.id, "ana", "cli"))
            await self.until((number + 1) * 240)
        self.wall.off_by += step

    async def rest_of_the_night(self):
        """Let time pass until every page has come on, and return what was sent."""
        await self.until(OVER_AT)
        return self.told

    async def restart(self):
        """Die and start anew, with nothing but the rows and what the wall shows."""
        self.world.own_clock = SteadyClock(self.wall)
        await clock_watch.go_on(self.world.store, self.world.own_clock)
        self.world.crash()
        await self.world.begin()
        self.watch = ClockWatch(self.world.engine)

    def mails(self):
        """Return what the operators' mails say of the clock."""
        texts = [getattr(one.outgoing.body, "text", "") for one in self.world.sent]
        return [text for text in texts if "set back" in text]


@pytest.fixture(scope="module")
def undisturbed():
    """Return who is told when, on a host whose clock nobody sets."""
    host = Host()
    asyncio.run(host.night())
    told = asyncio.run(host.rest_of_the_night())
    assert sum(at > SET_AT for at, *_ in told) > STATES
    return told


@pytest.fixture(scope="module")
def lateness():
    """How late each message came, by the time that passes, on hosts whose clocks were set back."""
    found = []
    yield found
    if found:
        what, n = "clock set back by 1 s to a day: messages", len(BACK) * STATES
        note(f"{what} sent before they were due", sum(late < -0.001 for late in found), n=n, at_most=0)
        note(f"{what} late, worst", max(found), n=n, unit="s", at_most=1.001)


@pytest.fixture(scope="module")
def hurried():
    """How many pages went on by more than the one step that they waited for, for each clock that was set forward."""
    found = []
    yield found
    if found:
        what = "clock set forward by 1 s to a day: pages lost, or gone on by more than what they waited for"
        note(what, sum(found), n=len(found) * STATES, at_most=0)


@pytest.mark.parametrize("step", BACK, ids=str)
async def test_set_back_nothing_is_early_late_or_lost(step, undisturbed, lateness):
    """Whatever a page waits for, no message comes at another time by more than a second."""
    host = Host()
    await host.night(step)
    told = await host.rest_of_the_night()

    assert sorted(who for _, *who in told) == sorted(who for _, *who in undisturbed)
    late = [at - due for (at, *_), (due, *_) in zip(told, undisturbed, strict=True)]
    lateness += late
    assert min(late) > -0.001
    assert max(late) <= 1.001


@pytest.mark.parametrize("step", FORWARD, ids=str)
async def test_set_forward_no_page_goes_on_by_more_than_what_it_waited_for(step, hurried):
    """The wall is believed, and as after a stop of the machine the state is looked at first: no backlog of steps."""
    host = Host()
    await host.night(step)
    before = {page.id: page for page in await host.world.open_pages()}
    await host.world.settle()
    after = {page.id: page for page in await host.world.open_pages()}

    assert host.world.own_clock.now() == host.wall.now()
    assert before.keys() == after.keys()
    hurried.append(sum(page.version - before[page_id].version > 1 for page_id, page in after.items()))
    for page_id, page in after.items():
        assert page.version - before[page_id].version <= 1
        assert page.due > host.wall.now()


async def test_the_operators_hear_of_it_once_and_it_ends_when_nothing_waits():
    """As long as a page is open its time is not touched; when it is over the wall is right again."""
    host = Host()
    await host.world.receive("alertmanager", a_received_alert())
    await host.until(60)
    host.wall.off_by = -HOUR
    for _ in range(3):
        await host.watch.look()
        await host.until(host.world.clock.monotonic() + 15)
    [check] = clock_checks(host.watch)

    assert len(host.mails()) == 1
    assert "set back by 1h: pagerd goes on ahead of it" in host.mails()[0]
    assert (check.verdict, check.seen) == (Verdict.WARN, host.watch.warning())
    assert lead_shown(host) == 3_600
    assert host.world.own_clock.now() == host.world.clock.now()

    await resolved(host)

    assert host.watch.warning() is None
    assert clock_checks(host.watch) == []
    assert lead_shown(host) == 0
    assert host.world.own_clock.now() == host.wall.now()


async def test_an_open_incident_waits_as_a_page_does():
    """Its promise would be kept an hour late, and its watch last so much longer."""
    host = Host()
    said = Declaration(title="x", team="payments", severity="sev3")
    await host.world.do(lambda work: declaring.declare(work, "ana", "cli", said))
    host.wall.off_by = -HOUR
    await host.watch.look()
    led = host.watch.warning()
    await host.world.do(lambda work: incident_commands.cancel(work, 1, "ana", "cli", "test", ""))
    await host.until(host.world.clock.monotonic() + 60)
    await host.watch.look()

    assert led is not None
    assert host.watch.warning() is None


async def test_set_back_again_it_is_news_again():
    """What was said at a time that has not come yet keeps nobody from hearing of the next one."""
    host = Host()
    for _ in range(2):
        await host.world.receive("alertmanager", a_received_alert())
        await host.until(host.world.clock.monotonic() + 60)
        host.wall.off_by -= 2 * HOUR
        await host.watch.look()
        await resolved(host)

    assert len(host.mails()) == 2
    assert host.world.own_clock.now() == host.wall.now()


@pytest.mark.parametrize("days", [0, 3])
async def test_a_restart_goes_on_where_it_was(days):
    """Set back while pagerd was down, or before: a page waits for no longer than pagerd was away."""
    host = Host()
    back = timedelta(days=days, hours=1)
    await host.world.receive("alertmanager", a_received_alert())
    await host.until(100)
    await StoreWatch(host.world.engine).look()
    host.wall.off_by = -back
    await host.restart()
    await host.watch.look()
    await host.until(301)

    [page] = await host.world.open_pages()
    assert page.position.due > NOON + timedelta(seconds=301)
    assert next(at for at, _, to in host.told if to == host.world.engine.plan.people["ben"].sms) == 300
    media = {one.outgoing.medium for one in host.world.sent if "set back" in str(one.outgoing.body)}
    assert media == ({Medium.EMAIL} if days == 0 else {Medium.EMAIL, Medium.SMS})


async def test_a_source_is_heard_in_no_future():
    """When the wall is followed again, a silence is noticed as soon as ever: not later by what was led."""
    quiet = SourceTraits(name="alertmanager", silent_after=minutes(30))
    host = Host(sources={"alertmanager": quiet})
    await host.world.receive("alertmanager")
    host.wall.off_by = -HOUR
    await host.until(60)
    await host.watch.look()
    await host.until(120)
    await host.watch.look()

    assert host.world.own_clock.now() == host.wall.now()
    [due] = await host.world.engine.read(of_sources)
    assert due == host.wall.now() + minutes(30)


async def test_a_silence_is_one_of_the_time_that_is():
    """What it muted ahead of the wall is heard when the wall is followed, and muted again when the silence begins."""
    host = Host()
    await host.until(2_000)
    end = host.world.own_clock.now() + HOUR
    await host.world.do(lambda work: stored.add_silence(work, ('team="payments"',), work.now, end, "ana", "a deploy"))
    await host.world.receive("alertmanager", a_received_alert())
    assert await host.world.open_pages() == []
    host.wall.off_by = -minutes(30)
    await host.watch.look()
    await host.until(2_015)
    await host.watch.look()
    await host.until(2_020)

    [page] = await host.world.open_pages()
    assert (page.firing, page.muted) == (1, 0)
    assert host.world.own_clock.now() == host.wall.now()

    await host.until(2_000 + 1_801)
    [page] = await host.world.open_pages()
    assert (page.firing, page.muted) == (1, 1)


async def of_sources(c):
    """Return when the silence of each source is looked at."""
    found = [await timers.find(c, "source", name) for name in await timers.subjects(c, "source")]
    return [one.due for one in found]


def lead_shown(host):
    """Return the gauge."""
    return host.world.engine.metrics.registry.get_sample_value("pagerd_clock_lead_seconds")


async def resolved(host):
    """Let the page end and everything be sent, and look as often as the daemon does."""
    await host.world.receive("alertmanager", a_received_alert(firing=False))
    for _ in range(60):
        await host.until(host.world.clock.monotonic() + 15)
        await host.watch.look()
