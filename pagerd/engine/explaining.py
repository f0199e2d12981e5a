"""Explaining with what the store knows: what was open at the instant, which plan was in force, what really happened."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from pagerd.core.alerts.alert import Alert, AlertStatus
from pagerd.core.alerts.matching import Matcher, Operator, all_match
from pagerd.core.errors import InvalidPlan, NotFound
from pagerd.core.explaining.explanation import Explanation, explain
from pagerd.core.explaining.outcome import Groups, Known, Situation
from pagerd.core.paging.notification import Notification
from pagerd.core.paging.page import Page
from pagerd.core.plan import Plan
from pagerd.core.ticket import Ticket
from pagerd.engine import own, queries
from pagerd.engine import stored as stored_engine
from pagerd.engine.engine import Engine
from pagerd.engine.queries import PageStory
from pagerd.stores.base import Connection
from pagerd.stores.records import alerts, history, notifications, pages, sources, stored, tickets
from pagerd.stores.records.sources import QuarantinedRow

ROUNDS_MAX = 4
"""How often the groups that an explanation asked for are looked up. The second round nearly always knows them all."""

GROUPS_MAX = 500
"""Groups that are looked up in one round: more than all changes of one alert lead to."""

WALK_MAX, WALK_BITE = 20_000, 500
"""Open alerts that are looked at for one that has the labels a person typed."""

RECORDS_SHOWN = 5
"""Alerts that have the labels a person typed."""

Thing = TypeVar("Thing", Page, Ticket)

ReadPlan = Callable[[Mapping[str, str], str, datetime], Plan]
"""Makes a plan of the texts of files, under a revision's name, as at an instant. Raises InvalidPlan where it cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An alert to explain. `fingerprint` is its identity where it is known."""

    labels: Mapping[str, str]
    annotations: Mapping[str, str]
    fingerprint: str = ""
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One alert as it was received, and what it came into."""

    alert: Alert
    page: Page | None
    ticket: Ticket | None
    notifications: tuple[Notification, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What the store knows of an alert: its records, or what could not be read of it, or nothing."""

    records: tuple[Record, ...]
    quarantined: tuple[QuarantinedRow, ...]
    sources_seen: Mapping[str, datetime]


class OldPlans:
    """Plans that were in force once, made of the files that the store keeps. The last few stay in memory."""

    def __init__(self, read: ReadPlan, keep: int = 4) -> None:
        self._read = read
        self._keep = keep
        self._plans: dict[str, Plan] = {}

    async def at(self, engine: Engine, at: datetime) -> Plan:
        """Return the plan that was in force at an instant, with what was stored then. Raises NotFound, InvalidPlan."""
        if at >= engine.clock.now():
            return engine.plan
        revision = await engine.read(lambda c: stored.revision_at(c, at))
        if revision is None:
            raise NotFound(f"no plan is known for {at.isoformat()}: pagerd had not started yet")
        return await self.of(engine, revision, at)

    async def of(self, engine: Engine, revision: str, at: datetime) -> Plan:
        """Return the plan of a revision, with what was stored at an instant laid over it."""
        plan = engine.plan if revision == engine.plan.revision else self._plans.get(revision)
        if plan is None:
            files = await engine.read(lambda c: stored.files_of(c, revision))
            if files is None:
                raise NotFound(f"the files of revision {revision} are not kept any more")
            # A large company's files take a second: pages go on meanwhile.
            plan = await asyncio.to_thread(self._read, files, revision, at)
            self._plans[revision] = plan
            while len(self._plans) > self._keep:
                self._plans.pop(next(iter(self._plans)))
        laid = plan

        async def lay(c: Connection) -> Plan:
            return await stored_engine.lay_over_as_of(c, laid, at)

        return await engine.read(lay)


async def explained(
    engine: Engine, alert: Alert, plan: Plan, at: datetime, *, but: tuple[str, ...] = (), with_changes: bool = True
) -> Explanation:
    """Explain an alert under a plan at an instant, with the groups as they were then.

    `but` are pages and tickets that do not count: those that this very alert opened at that instant.
    """
    situation = Situation(alert=alert, plan=plan)
    verdict = own.own_verdict(plan, alert) if alert.source == own.SOURCE else None
    known: dict[str, Known] = {}
    rounds = 0
    while True:
        groups = Groups(known)
        # Trying changes takes a tenth of a second: off the loop, for others are being paged on it.
        explanation = await asyncio.to_thread(
            explain, situation, at, groups, verdict=verdict, with_changes=with_changes
        )
        rounds += 1
        missing = sorted(groups.missing)[:GROUPS_MAX]
        if not missing or rounds == ROUNDS_MAX:
            return explanation
        known |= await _look_up(engine, missing, at, plan.times.follow_up_within, but)


async def _look_up(
    engine: Engine, keys: Sequence[str], at: datetime, within: timedelta, but: tuple[str, ...]
) -> dict[str, Known]:
    async def find(c: Connection) -> dict[str, Known]:
        return {
            key: Known(
                page=_less(await pages.of_group_at(c, key, at), but),
                ticket=_less(await tickets.of_group_at(c, key, at), but),
                last=await pages.resolved_of_group_between(c, key, at - within, at),
            )
            for key in keys
        }

    return await engine.read(find)


def _less(found: Thing | None, but: tuple[str, ...]) -> Thing | None:
    """Return what was found, unless it does not count. A group has one open page and one open ticket at a time."""
    return found if found is not None and found.id not in but else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is decided again: this alert, under this plan, at this instant, as if these had not been opened yet."""

    alert: Alert
    plan: Plan
    at: datetime
    but: tuple[str, ...] = ()


async def as_it_was(engine: Engine, old_plans: OldPlans, record: Record) -> Decision | None:
    """Return what decides a received alert again as it was when it began to fire; None where its plan is gone."""
    alert, at = record.alert, record.alert.first_seen_at
    try:
        plan = await old_plans.at(engine, at)
    except (NotFound, InvalidPlan):
        return None
    opened = (one.id for one in (record.page, record.ticket) if one is not None and one.opened_at == at)
    return Decision(alert=alert, plan=plan, at=at, but=tuple(opened))


def is_the_same(asked: Asked, alert: Alert) -> bool:
    """Does what was asked say nothing else than this alert? Then the alert is meant, not one that is like it."""
    said = ((asked.labels, alert.labels), (asked.annotations, alert.annotations))
    return all(known.get(name) == value for own, known in said for name, value in own.items())


def as_alert(asked: Asked, at: datetime) -> Alert:
    """Return what was asked as an alert that fires for the first time at this instant."""
    return Alert(
        source="",
        fingerprint=asked.fingerprint,
        status=AlertStatus.FIRING,
        episode=1,
        first_seen_at=at,
        last_seen_at=at,
        labels=dict(asked.labels),
        annotations=dict(asked.annotations),
        starts_at=asked.starts_at,
    )


async def happened(c: Connection, asked: Asked, source_names: Sequence[str]) -> Happened:
    """Return what the store knows of an alert: by its fingerprint, or else the open ones that have its labels."""
    found = await alerts.with_fingerprint(c, asked.fingerprint, list(source_names)) if asked.fingerprint else []
    if not found:
        found = await _with_labels(c, asked.labels)
    name = asked.labels.get("alertname", "")
    return Happened(
        records=tuple([await _record(c, alert) for alert in found[:RECORDS_SHOWN]]),
        quarantined=tuple(await sources.quarantined_with(c, f'"{name}"', RECORDS_SHOWN)) if name and not found else (),
        sources_seen=await sources.last_seen(c),
    )


async def _with_labels(c: Connection, labels: Mapping[str, str]) -> list[Alert]:
    wanted = tuple(Matcher(name, Operator.EQUAL, value) for name, value in labels.items())
    found: list[Alert] = []
    source, fingerprint = "", ""
    for _ in range(WALK_MAX // WALK_BITE):
        some = await alerts.open_after(c, source, fingerprint, WALK_BITE)
        found += [alert for alert in some if all_match(wanted, alert.labels)]
        if len(some) < WALK_BITE or len(found) >= RECORDS_SHOWN:
            break
        source, fingerprint = some[-1].source, some[-1].fingerprint
    return found


async def _record(c: Connection, alert: Alert) -> Record:
    page = await pages.find(c, alert.page_id) if alert.page_id is not None else None
    return Record(
        alert=alert,
        page=page,
        ticket=await tickets.find(c, alert.ticket_id) if alert.ticket_id is not None else None,
        notifications=tuple(await notifications.of_page(c, page.id)) if page is not None else (),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PageExplained:
    """A page's story, and its opening decided again under the plan of then.

    `alert` is the one that opened it, as far as it is still known, and `explanation` None where it is not, or where a
    person raised the page. `revision` is that of the plan it was opened under.
    """

    story: PageStory
    revision: str
    alert: Alert | None
    explanation: Explanation | None
    why_not: str = ""


async def page_explained(engine: Engine, old_plans: OldPlans, page_id: str) -> PageExplained:
    """Explain why a page was opened. Raises NotFound for the page; a plan that is gone is said."""

    async def find(c: Connection) -> tuple[PageStory, str]:
        story = await queries.page_story(c, page_id)
        rows = await history.of_object(c, story.page.id, limit=1)
        return story, rows[0].plan if rows else ""

    story, revision = await engine.read(find)
    page = story.page
    # Others joined later, and one that fired again since is known with its latest episode only.
    first = min(story.alerts, key=lambda one: (one.first_seen_at, one.fingerprint), default=None)
    if page.part is not None and page.errand is not None:
        why_not = f"Incident {page.part.incident} raised it: no test is asked then."
        return PageExplained(story=story, revision=revision, alert=None, explanation=None, why_not=why_not)
    if page.raised_by is not None:
        why_not = f"{page.raised_by} raised it by hand: no test is asked then."
        return PageExplained(story=story, revision=revision, alert=None, explanation=None, why_not=why_not)
    if first is None:
        why_not = "The alert that opened it has fired again since, elsewhere; its reasons stand on the timeline."
        return PageExplained(story=story, revision=revision, alert=None, explanation=None, why_not=why_not)
    try:
        plan = await old_plans.of(engine, revision, page.opened_at)
    except (NotFound, InvalidPlan) as gone:
        return PageExplained(story=story, revision=revision, alert=first, explanation=None, why_not=f"{gone}.")
    record = await engine.read(lambda c: _record(c, first))
    # A ticket that is older was not taken in time, and that is why there is a page.
    opened = (one.id for one in (page, record.ticket) if one is not None and one.opened_at == page.opened_at)
    explanation = await explained(engine, first, plan, page.opened_at, but=tuple(opened))
    return PageExplained(story=story, revision=revision, alert=first, explanation=explanation)
