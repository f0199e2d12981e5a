"""What is measured of incidents: reads their facts from the store. Nothing here changes anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pagerd.core.incidents.facts import Facts, FirstPage, Slot, facts_of
from pagerd.core.incidents.incident import Incident
from pagerd.core.incidents.measures import (
    Duration,
    Left,
    durations,
    left_out,
)
from pagerd.core.incidents.per_shift import Shifts, per_shift
from pagerd.core.incidents.rates import Rate, rates, rates_of_what_follows
from pagerd.core.oncall.shifts import shifts
from pagerd.core.plan import Plan
from pagerd.core.timeline import Entry
from pagerd.core.worklog.load import blocks
from pagerd.stores.base import Connection
from pagerd.stores.records import actions, history, incidents, notifications, pages, public
from pagerd.stores.records.actions import Wanted

ENTRIES_MAX = 20_000
"""Lines of one incident's history that are read: more is no history of people."""


ACTIONS_MAX = 10_000
"""Action items that are looked at, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The incidents that were noticed in a span, and what they come to; `left` are those that are in no number."""

    facts: Sequence[Facts]
    left: Mapping[Left, Sequence[int]]
    durations: Sequence[Duration]
    rates: Sequence[Rate]
    shifts: Shifts


async def measured_between(
    c: Connection, plan: Plan, start: datetime, end: datetime, now: datetime, *, team: str | None, severity: str | None
) -> Measured:
    """Measure the incidents that were noticed from `start` until before `end`; shifts are those of the plan of now."""
    found: list[Facts] = []
    left: dict[Left, list[int]] = {why: [] for why in Left}
    for one in await incidents.opened_since(c, start):
        if not start <= one.detected_at < end or one.team != (team or one.team):
            continue
        if one.severity != (severity or one.severity):
            continue
        why = left_out(one)
        if why is not None:
            left[why].append(one.number)
        else:
            found.append(await facts_about(c, one, now))
    return Measured(
        facts=found,
        left=left,
        durations=durations(found),
        rates=(
            *rates(found, {one.id: one.rank for one in plan.severities.values()}),
            *rates_of_what_follows(found, await actions.listed(c, Wanted(team=team or ""), ACTIONS_MAX), plan, now),
        ),
        shifts=per_shift(found, _blocks(plan, start, end, team)),
    )


async def facts_about(c: Connection, incident: Incident, now: datetime) -> Facts:
    """Return the facts of one incident."""
    rows = await history.of_object(c, incident.id, limit=ENTRIES_MAX)
    slots = [
        Slot(number=one.number, promised_at=one.slot_at, posted_at=one.at)
        for one in await incidents.updates_of(c, incident.number)
        if one.slot_at is not None
    ]
    public_slots = [
        Slot(number=one.number, promised_at=one.slot_at, posted_at=one.ended_at)
        for one in await public.published_of(c, incident.number)
        if one.slot_at is not None
    ]
    entries: list[Entry] = [entry for row in rows for entry in row.entries]
    return facts_of(incident, entries, slots, public_slots, await _first_page(c, incident.number), now)


async def _first_page(c: Connection, number: int) -> FirstPage | None:
    linked = [one.page_id for one in await incidents.pages_of(c, number) if one.errand is None]
    found = [page for page_id in linked if (page := await pages.find(c, page_id)) is not None]
    if not found:
        return None
    page = min(found, key=lambda one: (one.opened_at, one.id))
    told = [
        datetime.fromisoformat(one.trail[0][0])
        for one in await notifications.of_page(c, page.id)
        if one.attempts and one.trail
    ]
    answered = await history.first_of(c, page.id, ("Acknowledged", "Snoozed"))
    return FirstPage(page=page.id, opened_at=page.opened_at, told_at=min(told, default=None), acknowledged_at=answered)


def _blocks(plan: Plan, start: datetime, end: datetime, team: str | None) -> dict[str, list[tuple[datetime, datetime]]]:
    first = {one.id: one.roles.get("primary", "") for one in plan.teams.values() if one.id == (team or one.id)}
    return {
        name: blocks(shifts(plan.book, schedule, start, end))
        for name, schedule in first.items()
        if schedule in plan.book.schedules
    }
