"""A real daemon is killed before and after every boundary there is, started again, and what must hold, holds."""

import asyncio
from pathlib import Path

import pytest

from pagerd.engine.boundaries import Boundary
from tests.crashes.daemons import Death, Zygote, zygote
from tests.crashes.night import Night
from tests.figures import note
from tests.share import in_share

AT_ONCE = 6
"""Nights that go on side by side: most of a night is waiting."""

COUNTS = in_share(ci=(1,), proof=tuple(range(1, 4)))
REPEATS = in_share(ci=1, proof=3)

TWICE = frozenset({Boundary.CLAIMED, Boundary.INTENT_STORED, Boundary.RECEIPT_STORED, Boundary.OTHER_STORED})
"""What a night reaches three times in any case: its three texts, and the housekeeping of the start."""


def deaths() -> list[Death]:
    """Return every death of a night."""
    return [
        Death(boundary, side, count)
        for boundary in Boundary
        for side in ("before", "after")
        for count in COUNTS
        if count == 1 or boundary in TWICE
    ]


async def live(daemons: Zygote, folder: Path, death: Death, places: asyncio.Semaphore) -> list[str]:
    """Live one night with this death in it; return what did not hold."""
    async with places:
        night = Night(daemons, folder, death)
        try:
            await night.live()
        except (AssertionError, ExceptionGroup) as error:
            several = error.exceptions if isinstance(error, ExceptionGroup) else (error,)
            return [f"{death}: {one!r}" for one in several]
        return [f"{death}: {one}" for one in night.findings()]


@pytest.mark.timeout(in_share(ci=300, proof=7200))
async def test_killed_at_every_boundary(tmp_path: Path) -> None:
    """Whatever line it dies at: nothing is lost, nobody is paged early or twice without need, the chain holds."""
    places = asyncio.Semaphore(AT_ONCE)
    async with zygote() as daemons, asyncio.TaskGroup() as group:
        nights = [
            group.create_task(live(daemons, tmp_path / f"{place}-{repeat}", death, places))
            for repeat in range(REPEATS)
            for place, death in enumerate(deaths())
        ]
    wrong = [one for night in nights for one in night.result()]

    note("kill -9 at a named boundary: invariants broken", len(wrong), n=len(nights), at_most=0)
    assert len(nights) >= 2 * len(Boundary)
    assert not wrong, "\n" + "\n".join(wrong)
