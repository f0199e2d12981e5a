"""The history of a storm, replayed under the files of then, gives every page, every person and every instant again.

Left out is the trouble that no history can know, because pagerd itself was not there to write it down, or wrote it down
under another time: it is killed, its machine stands still, its store refuses, its clock is set. A replay goes on all
that while, as it says of itself. All else is in: providers that fail, callbacks that are lost, late or told twice,
people who answer late, wrongly or never, alerts that flap and leases that end, and edits of the files in mid-flight.
"""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import pytest
import structlog

from pagerd.core.plan import Plan
from pagerd.core.replaying.account import PageSeen, TicketSeen
from pagerd.lab.people import NOBODY
from pagerd.lab.replay import history, tally
from pagerd.lab.replay.plans import Line, as_played
from pagerd.lab.replay.player import Player
from pagerd.lab.storms.faults import Fault, Weather
from pagerd.lab.storms.storm import Storm
from pagerd.lab.storms.virtual import VirtualLoop
from pagerd.stores.records import stored
from tests.share import in_share

UNKNOWABLE = frozenset(
    {
        Fault.CRASH_IDLE,
        Fault.CRASH_BEFORE_COMMIT,
        Fault.CRASH_AFTER_COMMIT,
        Fault.CRASH_IN_REQUEST,
        Fault.CRASH_AT_BOUNDARY,
        Fault.FREEZE,
        Fault.STORE_REFUSES,
        Fault.STORE_UNKNOWN,
        Fault.CLOCK_FORWARD,
        Fault.CLOCK_BACK,
    }
)

EVENTS = 300
SEEDS = range(1, in_share(ci=3, proof=60) + 1)

LATE = timedelta(milliseconds=100)
"""A timer fires late by what the loop of a storm rounds up, and each step after it by as much again."""


@dataclass(frozen=True, slots=True)
class Blown:
    """A storm that is over, and each revision of its files that came into force."""

    storm: Storm
    plans: dict[str, Plan]


def blown(seed: int) -> Blown:
    """Blow a storm whose store is told of each revision of the files, as the daemon tells its own."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        loop = runner.get_loop()
        assert isinstance(loop, VirtualLoop)
        return runner.run(_blown(seed, loop))


async def _blown(seed: int, loop: VirtualLoop) -> Blown:
    storm = Storm(seed, loop, partial(Weather, without=UNKNOWABLE), events=EVENTS)
    machine, start = storm.machine, storm.clock.now()
    reload = machine.put_in_force
    first = machine.files
    plans = {first.revision: first}

    async def noted(plan: Plan) -> bool:
        plan = replace(plan, revision=f"edit-{len(plans)}")
        plans[plan.revision] = plan
        await machine.call(lambda work: stored.put_plan(work.c, plan.revision, work.now, {}))
        return await reload(plan)

    machine.put_in_force = noted
    await machine.disk.write(lambda c: stored.put_plan(c, first.revision, start, {}))
    await storm.blow()
    assert storm.findings.first is None, storm.findings.first
    return Blown(storm, plans)


Fact = tuple[str, datetime | None]
"""What happened, and when; None where it never did."""


def outline(pages: Iterable[PageSeen], tickets: Iterable[TicketSeen]) -> list[Fact]:
    """Say what was opened, who was told when, and what became of it."""
    found: list[Fact] = []
    for page in sorted(pages, key=lambda one: (one.group_key, one.opened_at)):
        opened = f"{page.group_key} {page.severity} of {page.team} by {page.rule or 'no rule'}"
        found.append((f"{opened} wakes {[one.person for one in page.woken]}", page.opened_at))
        found += [(f"  pages {person}", at) for at, person in page.paged]
        found += [(f"  is taken by {page.acknowledged_by}", page.acknowledged_at), ("  is over", page.resolved_at)]
    for ticket in sorted(tickets, key=lambda one: (one.group_key, one.opened_at)):
        found.append((f"{ticket.group_key} is a ticket of {ticket.team}", ticket.opened_at))
    return found


def is_near(then: datetime | None, now: datetime | None) -> bool:
    """Are these the same instant, but for how late a storm's loop was?"""
    return then == now if then is None or now is None else abs(then - now) <= LATE


@pytest.fixture
def _quiet() -> Iterator[None]:
    def drop(*_said: object) -> None:
        raise structlog.DropEvent

    before = structlog.get_config()
    structlog.configure(processors=[drop], cache_logger_on_first_use=False)
    yield
    structlog.configure(**before)


@pytest.mark.timeout(600)
@pytest.mark.usefixtures("_quiet")
@pytest.mark.parametrize("seed", SEEDS)
def test_the_history_of_a_storm_tells_it_again(seed: int):
    """Nothing decides in a replay but the engine; so what is missing here was not written down."""
    then = blown(seed)
    disk, end = then.storm.machine.disk, then.storm.clock.now() + timedelta(seconds=1)
    last = then.storm.machine.files

    async def again():
        found = await disk.read(lambda c: history.read(c, None, end))
        line = Line(as_played(then.plans[found.revision]), {name: as_played(one) for name, one in then.plans.items()})
        account = await Player(found.recording, line, NOBODY, lambda _done, _of: None).play()
        seen = await disk.read(lambda c: tally.opened(c, found.recording.start, end, last))
        return account, seen

    account, (pages, tickets) = asyncio.run(again())

    assert pages, f"seed {seed} opens no page"
    told, told_again = outline(pages, tickets), outline(account.pages, account.tickets)
    assert [what for what, _ in told_again] == [what for what, _ in told], f"seed {seed}"
    moved = [
        (what, then_at, now_at)
        for (what, then_at), (_, now_at) in zip(told, told_again, strict=True)
        if not is_near(then_at, now_at)
    ]
    assert moved == [], f"seed {seed}"
