"""The named boundaries, called where they stand: around the commit, and around what a provider is asked."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from pagerd.channels.base import DeliveryStatus
from pagerd.core.oncall.swap import Piece, Swap, SwapStatus
from pagerd.core.people import Medium
from pagerd.engine import commands, swaps
from pagerd.engine.boundaries import Boundaries, Boundary
from pagerd.engine.work import Work
from pagerd.lab.world import World
from pagerd.stores.records import notifications
from tests.builders import NOON, a_plan, a_received_alert
from tests.stories.plans import PLANS


class Died(BaseException):
    """The process is gone; what is in memory with it."""


@dataclass
class Recorded(Boundaries):
    """Writes down what was crossed, and dies at one boundary, once."""

    dies_at: tuple[str, Boundary] | None = None
    crossed: list[str] = field(default_factory=list)

    def before(self, boundary: Boundary) -> None:
        """Note it, or die."""
        self._note("before", boundary)

    def after(self, boundary: Boundary) -> None:
        """Note it, or die."""
        self._note("after", boundary)

    def _note(self, side: str, boundary: Boundary) -> None:
        if boundary is Boundary.OTHER_STORED:
            return  # how many others there are is no matter of this file
        self.crossed.append(f"{side} {boundary}")
        if self.dies_at == (side, boundary):
            self.dies_at = None
            raise Died


async def an_acknowledged_page(world: World) -> None:
    """Let an alert page somebody, whose phone reports, and who takes the page when it was escalated."""
    await world.receive("alertmanager", a_received_alert())
    await world.settle()
    [page] = await world.open_pages()
    await world.report(world.sent[0], DeliveryStatus.DELIVERED)
    assert page.due is not None
    await world.run_until(page.due)
    await world.do(lambda work: commands.acknowledge(work, page.id, "ben", "cli"))
    await world.settle()


async def test_the_way_of_an_alert_crosses_its_boundaries_in_order() -> None:
    """What one transaction does has its names around one commit, and the provider is asked after it."""
    recorded = Recorded()
    await an_acknowledged_page(World(a_plan(), NOON, boundaries=recorded))

    stored = ["R3", "P1", "N1", "G1", "C1"]
    first = [one.split()[1] for one in recorded.crossed if one.startswith("before")][:5]
    assert sorted(first) == sorted(stored)
    assert recorded.crossed[:5] == [f"before {name}" for name in first]
    assert recorded.crossed[5:10] == [f"after {name}" for name in first]
    assert recorded.crossed[10:14] == ["before N2", "after N3", "before N4", "after N4"]
    seen = {one.split()[1] for one in recorded.crossed}
    assert {"S2", "T1", "T2", "A2", "A4"} <= seen


@pytest.mark.parametrize("boundary", [Boundary.ALERT_STORED, Boundary.PAGE_OPENED, Boundary.CLAIMED])
@pytest.mark.parametrize("side", ["before", "after"])
async def test_a_death_before_the_commit_leaves_nothing_and_one_after_it_leaves_all(
    side: str, boundary: Boundary
) -> None:
    """The alert, its page and its message stand or fall together."""
    world = World(a_plan(), NOON, boundaries=Recorded(dies_at=(side, boundary)))
    with pytest.raises(Died):
        await world.receive("alertmanager", a_received_alert())
    world.crash()

    pages = await world.open_pages()

    assert len(pages) == (1 if side == "after" else 0)
    assert not world.sent


async def taken_over(world: World) -> None:
    """Start again after a death, as the daemon does: what was claimed is due at once."""
    world.crash()
    await world.do(lambda work: notifications.end_leases(work.c, work.now))
    await world.settle()


async def test_what_its_sender_died_with_waits_for_no_minute_after_itself() -> None:
    """A page that is not of the worst severity goes out at once, although its first attempt was noted as telling."""
    world = World(a_plan(), NOON, boundaries=Recorded(dies_at=("before", Boundary.PROVIDER_ASKED)))
    await world.receive("alertmanager", a_received_alert())
    [page] = await world.open_pages()
    with pytest.raises(Died):
        await world.settle()

    await taken_over(world)

    assert page.rank > 1
    assert [one.outgoing.medium for one in world.sent] == [Medium.SMS]
    assert world.clock.now() - NOON < timedelta(seconds=1)


async def test_whoever_was_told_by_an_attempt_whose_answer_was_lost_hears_who_took_the_page() -> None:
    """A report of an attempt that was in the air at a death shows that its person knows: they hear the end too."""
    world = World(a_plan(), NOON, boundaries=Recorded(dies_at=("after", Boundary.PROVIDER_ANSWERED)))
    await world.receive("alertmanager", a_received_alert())
    [page] = await world.open_pages()
    with pytest.raises(Died):
        await world.settle()
    [sent] = world.sent
    world.crash()
    await world.report(sent, DeliveryStatus.DELIVERED)
    await world.do(lambda work: commands.acknowledge(work, page.id, "ben", "cli"))
    await world.settle()

    told = [one.purpose.value for one in await world.do(lambda work: notifications.of_page(work.c, page.id, "ana"))]
    assert "acknowledged_by_other" in told


@pytest.mark.parametrize("side", ["before", "after"])
async def test_an_accepted_swap_stands_or_falls_with_its_overrides_and_what_is_told_of_it(side: str) -> None:
    """Before the commit the request still waits, and is accepted again; after it all is there, and told once."""
    recorded = Recorded()
    world = World(a_plan(), NOON, boundaries=recorded)
    swap = await world.do(
        lambda work: swaps.request(
            work, by="ana", via="cli", schedule="payments-primary", mine=Piece(NOON), theirs=None, of="dora", why=""
        )
    )
    await world.settle()
    asked = len(world.sent)

    async def accept(work: Work) -> Swap:
        return await swaps.decide(work, swap.id, SwapStatus.ACCEPTED, by="dora", via="cli")

    recorded.dies_at = (side, Boundary.INTENT_STORED)
    with pytest.raises(Died):
        await world.do(accept)
    await taken_over(world)
    await world.put_in_force(a_plan())
    stored = await world.engine.read(lambda c: swaps.find(c, swap.id))
    in_force = [one.id for one in world.engine.plan.book.overrides]

    assert (stored.status is SwapStatus.ACCEPTED) is (side == "after")
    assert tuple(in_force) == stored.overrides
    assert len(in_force) == (1 if side == "after" else 0)

    if side == "before":
        await world.do(accept)
    await world.settle()

    ana = a_plan().people["ana"]
    assert Counter(one.outgoing.to for one in world.sent[asked:]) == {ana.email: 1, ana.sms: 1}
    assert len(world.engine.plan.book.overrides) == 1


@pytest.mark.parametrize("side", ["before", "after"])
async def test_what_is_told_of_a_shift_and_that_it_was_told_are_one(side: str) -> None:
    """Ben and cho hear a day before that their shifts come: once each, at whichever side of the commit it dies."""
    recorded = Recorded()
    world = World(PLANS["around the shift"](), NOON, boundaries=recorded)
    await world.put_in_force(world.engine.plan)
    await world.run_until(NOON + timedelta(hours=1))
    recorded.dies_at = (side, Boundary.INTENT_STORED)
    with pytest.raises(Died):
        await world.run_until(NOON + timedelta(days=5))
    at_death = world.clock.now()
    await taken_over(world)
    await world.run_until(at_death + timedelta(hours=12))

    people = world.engine.plan.people
    assert Counter(one.outgoing.to for one in world.sent) == {people["ben"].email: 1, people["cho"].email: 1}
