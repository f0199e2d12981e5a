"""Runs a scenario: the production engine on virtual time, until nothing new can happen or its time is over."""

import asyncio
import itertools
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from pagerd.core.alerts.alert import Alert, ReceivedAlert
from pagerd.core.alerts.muting import silence_for
from pagerd.core.explaining.outcome import Outcome
from pagerd.core.paging.message import in_words
from pagerd.core.paging.notification import Notification, NotificationStatus
from pagerd.core.paging.page import Page, Stage
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import LOUD, Medium
from pagerd.core.placement import Place
from pagerd.core.policy import Judge
from pagerd.core.ticket import Ticket, TicketStatus
from pagerd.core.values import changed
from pagerd.engine.work import SourceTraits
from pagerd.lab.course import LAST_RESORT, Cause, Course, Ended, Ending, Fired, Message, Report, Scenario, Told
from pagerd.lab.people import People
from pagerd.lab.phones import Mood, Sent
from pagerd.lab.world import World
from pagerd.stores.base import Connection
from pagerd.stores.records import alerts, history, nights, notifications, pages, tickets

SOURCE = "simulation"

LASTS_MAX = timedelta(days=4)
"""How long a simulation goes on that was given no end: over a weekend with a holiday, to what opens in the morning."""

INSTANTS_MAX = 100_000
"""Instants of one simulation: a week of a last resort that is paged every minute is a tenth of that."""

LAST_RESORTS_ENOUGH = 2
"""Once the last resort was paged so often and nobody answered, nothing new happens: it goes on like that."""

WHATEVER_FIRES = frozenset({Purpose.DIGEST, Purpose.SHIFT})
"""What is sent whatever fires, each day and each shift; it would stand between what is looked for."""

ROWS_MAX = 100_000

Progress = Callable[[datetime], None]


def simulate(scenario: Scenario, progress: Progress = lambda _at: None) -> Course:
    """Return the course that things take. The same scenario takes the same course each time; nothing is logged."""
    with _quiet():
        return asyncio.run(_Simulation(scenario).run(progress))


@contextmanager
def _quiet() -> Iterator[None]:
    """Let the engine log nothing: what happens here did not happen."""
    was_configured, before = structlog.is_configured(), structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    try:
        yield
    finally:
        structlog.configure(**before) if was_configured else structlog.reset_defaults()


class _Simulation:
    """One run, and what was seen of it so far."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.world = World(
            scenario.plan,
            scenario.begins,
            sources={SOURCE: SourceTraits(name=SOURCE)},
            callbacks=scenario.hears,
            backups=[medium for medium, names in scenario.providers.items() if len(names) > 1],
            rates=scenario.rates,
            names=scenario.providers,
        )
        for phones in (*self.world.phones.values(), *self.world.backups.values()):
            if scenario.down & {phones.medium.value, phones.name}:
                phones.mood = Mood.DOWN
        if not scenario.hears and self.world.phones[Medium.SMS].mood is Mood.WORKS:
            # Fetched every few seconds of a night, where there are none, texts would cost most of the time.
            self.world.engine.hearing = replace(self.world.engine.hearing, asks_for_texts=False)
        self.people = People(self.world, scenario.answers)
        self.judge = Judge(scenario.plan)
        self.fired: list[Fired] = []
        self.resolved: list[Ended] = []
        self.told: list[Told] = []
        self.names: dict[str, str] = {}
        self.last_resorts: Counter[str] = Counter()
        self._seq = 0

    async def run(self, progress: Progress) -> Course:
        await self.world.begin()
        by_instant = itertools.groupby(sorted(self.scenario.arrivals, key=lambda one: one.at), key=lambda one: one.at)
        for at, arrivals in by_instant:
            self._let_fire(at, [arrival.alert for arrival in arrivals])
        begins = self.scenario.begins
        until = self.scenario.until or begins + LASTS_MAX
        ending, count = Ending.TIME if self.scenario.until is not None else Ending.LIMIT, 0
        ended_at = until
        async for at in self.people.instants(until):
            await self._note()
            progress(at)
            count += 1
            if self.scenario.until is None and await self._is_settled():
                ending, ended_at = Ending.SETTLED, at
                break
            if count >= INSTANTS_MAX:
                ending, ended_at = Ending.LIMIT, at
                break
        return await self._course(ended_at, ending)

    def _let_fire(self, at: datetime, received: Sequence[ReceivedAlert]) -> None:
        """Let alerts arrive in one message, and resolve in one."""
        self.people.at(at, lambda: self._fire(received))
        if self.scenario.resolved_after is not None:
            self.people.at(at + self.scenario.resolved_after, lambda: self._resolve(received))

    async def _fire(self, received: Sequence[ReceivedAlert]) -> None:
        await self.world.receive(SOURCE, *received)
        await self._note()
        for one in received:
            self.fired.append(await self._what_became(one))

    async def _resolve(self, received: Sequence[ReceivedAlert]) -> None:
        ended = [
            ReceivedAlert(fingerprint=one.fingerprint, firing=False, labels=one.labels, annotations=one.annotations)
            for one in received
        ]
        await self.world.receive(SOURCE, *ended)
        self.resolved += [Ended(self.world.clock.now(), one) for one in received]

    async def _what_became(self, one: ReceivedAlert) -> Fired:
        """Ask the store where the engine put an alert a moment ago; the judge's reasons are those it put it by."""

        async def read(c: Connection) -> tuple[Alert | None, Page | None, Ticket | None]:
            alert = await alerts.find(c, SOURCE, one.fingerprint)
            page = await pages.find(c, alert.page_id) if alert is not None and alert.page_id is not None else None
            ticket = await tickets.find(c, alert.ticket_id) if alert is not None and alert.ticket_id else None
            return alert, page, ticket

        alert, page, ticket = await self.world.engine.read(read)
        assert alert is not None, f"the engine lost alert {one.fingerprint}"
        now, plan = self.world.clock.now(), self.scenario.plan
        verdict = self.judge.judge(one.labels, one.annotations, now)
        place = self._place(alert, page)
        joins = any(fired.ticket == self.names.get(ticket.id) for fired in self.fired) if ticket is not None else False
        outcome = Outcome(
            verdict=verdict,
            silence=silence_for(plan.silences, one.labels, now, team=verdict.team),
            place=place,
            held_until=alert.held_until,
            page=page,
            ticket=ticket if joins else None,
            last=None,
        )
        return Fired(
            at=now,
            alert=one,
            outcome=outcome,
            page=self.names[page.id] if page is not None else None,
            ticket=self.names[ticket.id] if ticket is not None else None,
        )

    def _place(self, alert: Alert, page: Page | None) -> Place:
        if page is not None:
            was_there = any(fired.page == self.names[page.id] for fired in self.fired)
            return Place.JOINS_PAGE if was_there else Place.OPENS_PAGE
        if alert.muted_by is not None:
            return Place.MUTED
        if alert.held_until is not None:
            return Place.HELD
        return Place.TICKET if alert.ticket_id is not None else Place.DROPPED

    async def _note(self) -> None:
        """Read what was written on timelines since the last look, and name what is new."""
        links = await self.world.engine.read(lambda c: history.after(c, self._seq, ROWS_MAX))
        for link in links:
            self._seq = link.seq
            entries = history.entries_of(link)
            if entries and link.object_id not in self.names:
                kind = link.object_id[:1].upper()
                self.names[link.object_id] = f"{kind}{sum(name[0] == kind for name in self.names.values()) + 1}"
            for entry in entries:
                self.told.append(Told(entry.at, self.names[link.object_id], entry))
                if entry.kind in LAST_RESORT:
                    self.last_resorts[link.object_id] += 1

    async def _is_settled(self) -> bool:
        """Can nothing new happen: everything answered or over, or the last resort paged and paged again in vain?"""
        if self.people.next_deed is not None:
            return False

        async def read(c: Connection) -> bool:
            found = await pages.list_pages(c, limit=ROWS_MAX)
            waiting = await alerts.open_of(c, SOURCE, "", ROWS_MAX)
            queue = await tickets.list_tickets(c)
            return not (
                any(self._wants_more(page) for page in found.pages)
                or any(_waits(alert) for alert in waiting)
                or any(one.status is TicketStatus.OPEN and one.page_at is not None for one in queue)
            )

        return await self.world.engine.read(read)

    def _wants_more(self, page: Page) -> bool:
        if page.acknowledgement is not None:
            return False
        is_last = page.position.stage is Stage.LAST_RESORT
        return not (is_last and self.last_resorts[page.id] >= LAST_RESORTS_ENOUGH)

    async def _course(self, ended_at: datetime, ending: Ending) -> Course:
        async def read(c: Connection) -> Course:
            found_pages = {name: await pages.find(c, one) for one, name in self.names.items() if name[0] == "P"}
            found_tickets = {name: await tickets.find(c, one) for one, name in self.names.items() if name[0] == "T"}
            until = ended_at + timedelta(days=1)
            return Course(
                scenario=self.scenario,
                ended_at=ended_at,
                ending=ending,
                fired=tuple(self.fired),
                resolved=tuple(self.resolved),
                told=tuple(one for one in self.told if one.object[0] in "PT"),
                messages=tuple(await self._messages(c)),
                pages={name: page for name, page in found_pages.items() if page is not None},
                tickets={name: one for name, one in found_tickets.items() if one is not None},
                unheard=tuple(self.people.unheard),
                nights=tuple(await nights.between(c, self.scenario.begins - timedelta(days=1), until)),
            )

        return await self.world.engine.read(read)

    async def _messages(self, c: Connection) -> list[Message]:
        """Return what left or was tried, in that order: of each page all, of what concerns none what left."""
        by_id: dict[str, list[Sent]] = {}
        for sent in self.world.sent:
            by_id.setdefault(sent.outgoing.id, []).append(sent)
        rows = {}
        for object_id, name in self.names.items():
            if name[0] == "P":
                rows.update({one.id: one for one in await notifications.of_page(c, object_id)})
        for notification_id in by_id:
            found = await notifications.find(c, notification_id)
            if found is not None and found.purpose not in WHATEVER_FIRES:
                rows[notification_id] = found
        made = []
        for one in rows.values():
            others = await notifications.merged_with(c, one.id)
            made.append(self._message(one, others, by_id.get(one.id, [])))
        order = {one: place for place, one in enumerate(by_id)}
        known = [one for one in made if one is not None]
        known.sort(key=lambda one: (one.first_at, order.get(one.name, len(order)), one.name))
        return [_named(one, f"m{number}") for number, one in enumerate(known, 1)]

    def _message(self, one: Notification, others: Sequence[Notification], sent: Sequence[Sent]) -> Message | None:
        """Make a message of a notification; None of one that was never tried, or that went out in another's message."""
        reports = [
            Report(at=datetime.fromisoformat(at), status=NotificationStatus(status), detail=detail)
            for at, status, detail in one.trail
        ]
        if one.merged_into is not None or not (sent or any(_is_failure(report) for report in reports)):
            return None
        left_at = next((report.at for report in reports if report.status in _TAKEN), None)
        person = self.scenario.plan.people.get(one.person)
        ids = [other.page_id for other in (one, *others) if other.page_id is not None]
        return Message(
            name=one.id,
            person=one.person,
            address=one.address,
            medium=one.medium,
            purpose=one.purpose,
            why=one.why,
            actor=one.actor,
            cause=_cause(one, left_at),
            asked_at=one.created_at,
            delay=max(one.due_first - one.created_at, timedelta(0)),
            pages=tuple(dict.fromkeys(self.names[page_id] for page_id in ids if page_id in self.names)),
            ticket=self.names.get(one.ticket_id) if one.ticket_id is not None else None,
            left_at=left_at,
            asleep=left_at is not None and one.medium in LOUD and person is not None and person.sleeps_at(left_at),
            words=in_words(sent[-1].outgoing.body) if sent else "",
            reports=tuple(reports),
        )


_TAKEN = frozenset(
    {
        NotificationStatus.ACCEPTED,
        NotificationStatus.SENT,
        NotificationStatus.RINGING,
        NotificationStatus.ANSWERED,
        NotificationStatus.DELIVERED,
    }
)


def _is_failure(report: Report) -> bool:
    """Is it an attempt that came to nothing?"""
    return report.status in (NotificationStatus.PENDING, NotificationStatus.FAILED, NotificationStatus.REFUSED)


def _cause(one: Notification, left_at: datetime | None) -> Cause:
    if one.again:
        return Cause.AGAIN
    if left_at is not None and left_at < one.due_first:
        return Cause.HURRIED
    return Cause.NEXT if one.due_first > one.created_at else Cause.FIRST


def _named(one: Message, name: str) -> Message:
    return changed(one, name=name)


def _waits(alert: Alert) -> bool:
    """Does an alert without a page wait for something that will come: business hours, the end of a silence?"""
    # What a person resolved by hand while it fires opens a new page an hour later, and so on: that is nothing new.
    by_hand = (alert.hold_reason or "").startswith("page ")
    return alert.page_id is None and (alert.muted_by is not None or (alert.held_until is not None and not by_hand))
