"""Overrides as people put them into force and take them back; whoever's turns they change hears of it at once."""

from collections.abc import Container
from datetime import timedelta

from pagerd.core.oncall.schedule import Override
from pagerd.core.plan import Plan
from pagerd.core.shift_changes import changed_turns
from pagerd.engine import shift_notices, stored
from pagerd.engine.work import Work

LOOKS_AHEAD = timedelta(days=400)
"""How far turns are compared: as far as shifts are swapped, and `check` looks."""


async def put_in_force(work: Work, override: Override, by: str) -> Override:
    """Store an override, and tell those of whom it makes or takes a turn."""
    before = work.plan
    kept = await stored.add_override(work, override)
    await tell(work, before, kept, by)
    return kept


async def take_back(work: Work, override_id: str, by: str) -> None:
    """Take a stored override back, and tell those of whom that makes or takes a turn. Raises NotFound."""
    before = work.plan
    await stored.end_override(work, override_id, by)
    override = next((one for one in before.book.overrides if one.id == override_id), None)
    if override is not None:
        await tell(work, before, override, by)


async def tell(work: Work, before: Plan, override: Override, by: str, also: Container[str] = ()) -> None:
    """Tell everybody whose turns are others than under a plan; not whoever did it, nor `also`, who know of it."""
    start, end = max(override.start, work.now), min(override.end, work.now + LOOKS_AHEAD)
    if start >= end or override.schedule not in work.plan.book.schedules:
        return
    found = changed_turns(before.book, work.plan.book, override.schedule, start, end, by)
    for person, lines in sorted(found.items()):
        if person != by and person not in also:
            await shift_notices.look(work, person, besides=lines)
