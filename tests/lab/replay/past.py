"""A world with a past, drawn from a seed: what a replay of its own database must give again."""

import contextlib
import random  # noqa: TID251  # seeded, so that what fails can be seen again
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from pagerd.channels.base import DeliveryStatus
from pagerd.core.errors import Conflict, NotFound
from pagerd.core.oncall.override import new_override
from pagerd.core.people import Medium
from pagerd.core.plan import Plan, VerdictKind
from pagerd.core.replaying.account import PageSeen, TicketSeen
from pagerd.engine import commands, own, stored
from pagerd.engine.work import SourceTraits
from pagerd.lab.phones import Mood
from pagerd.lab.replay import tally
from pagerd.lab.world import World
from pagerd.stores.base import Connection
from pagerd.stores.records import stored as stored_rows
from pagerd.stores.records import tickets
from tests.builders import NIGHT, a_plan, a_received_alert, a_rule, minutes, some_annotations

SOURCES = {
    "alertmanager": SourceTraits(name="alertmanager"),
    "leased": SourceTraits(name="leased", stale_resolves_after=timedelta(hours=1)),
}

PLANS: dict[str, Plan] = {
    "r1": replace(a_plan(), revision="r1"),
    "r2": replace(
        a_plan(
            rules={"payments": (a_rule("Backlog", 'alertname="Backlog"', verdict=VerdictKind.TICKET),)},
        ),
        revision="r2",
    ),
    "r3": replace(a_plan(rules={"payments": (a_rule("All", 'cluster="c1"', group_by=("team",)),)}), revision="r3"),
}
"""Three revisions of the small company, one of which comes into force after the other."""

NAMES = ("CheckoutErrors", "Backlog", "SettlementLag")
SEVERITIES = ("critical", "critical", "error", "warning", "page")


class Past:
    """Lets random things happen, never two in the same instant: which of them was first would be a guess."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # a test's own choice, by its seed
        self.world = World(PLANS["r1"], NIGHT, seed=seed, sources=SOURCES)
        self.start = NIGHT
        self._reported = 0

    async def live(self, acts: int) -> None:
        """Let so many things happen, with time between them."""
        await self.world.begin()
        await self._load("r1")
        kinds: list[Callable[[], object]] = [self.fire] * 6 + [self.resolve] * 4 + [self.acknowledge] * 4
        kinds += [self.report] * 4 + [
            self.mood,
            self.snooze,
            self.resolve_page,
            self.reassign,
            self.escalate,
            self.undo,
        ]
        kinds += [self.silence, self.override, self.raise_page, self.ticket, self.own, self.reload, self.refuse]
        for _ in range(acts):
            later = timedelta(microseconds=self.random.randrange(1, 5 * 60 * 1_000_000))
            await self.world.run_until(self.world.clock.now() + later)
            with contextlib.suppress(Conflict, NotFound):
                await self.random.choice(kinds)()  # type: ignore[misc]  # each is a coroutine function
            await self.world.settle()
        await self.world.run_until(self.world.clock.now() + timedelta(minutes=30))

    def _alert(self, *, firing: bool):
        name, cluster = self.random.choice(NAMES), f"c{self.random.randrange(4)}"
        source = self.random.choice(("alertmanager", "alertmanager", "leased"))
        now = self.world.clock.now()
        summary = self.random.choice(("It fails for 7 %", "It fails for 9 %", "Everything fails"))
        alert = a_received_alert(
            firing=firing,
            fingerprint=f"{name} {cluster}",
            annotations=some_annotations(
                summary=summary, runbook_url=self.random.choice(("runbooks/payments-5xx.md", ""))
            ),
            lease_until=now + minutes(4) if firing and source == "leased" else None,
            ended_at=now if not firing and source == "leased" else None,
            alertname=name,
            cluster=cluster,
            severity=self.random.choice(SEVERITIES),
        )
        return source, alert

    async def fire(self) -> None:
        source, alert = self._alert(firing=True)
        more = [
            one for where, one in (self._alert(firing=True) for _ in range(self.random.randrange(4))) if where == source
        ]
        await self.world.receive(source, alert, *more)

    async def resolve(self) -> None:
        source, alert = self._alert(firing=False)
        await self.world.receive(source, alert)

    async def _on_page(self, act) -> None:
        found = await self.world.open_pages()
        if found:
            page = self.random.choice(found)
            who = self.random.choice((*page.reached, "dora"))
            await self.world.do(lambda work: act(work, page.id, who))

    async def acknowledge(self) -> None:
        await self._on_page(lambda work, page, who: commands.acknowledge(work, page, who, "sms"))

    async def snooze(self) -> None:
        await self._on_page(lambda work, page, who: commands.snooze(work, page, who, "sms", timedelta(hours=2)))

    async def resolve_page(self) -> None:
        await self._on_page(lambda work, page, who: commands.resolve(work, page, who, "cli"))

    async def reassign(self) -> None:
        await self._on_page(lambda work, page, who: commands.reassign(work, page, who, "cli", "cho"))

    async def escalate(self) -> None:
        await self._on_page(lambda work, page, who: commands.escalate(work, page, who, "cli"))

    async def undo(self) -> None:
        await self._on_page(lambda work, page, who: commands.undo(work, page, who, "cli"))

    async def report(self) -> None:
        sent = self.world.sent[self._reported :]
        self._reported = len(self.world.sent)
        for one in sent:
            status = {
                Medium.SMS: (DeliveryStatus.DELIVERED, DeliveryStatus.NOT_REACHED, DeliveryStatus.SENT),
                Medium.VOICE: (DeliveryStatus.RINGING, DeliveryStatus.ANSWERED, DeliveryStatus.NOT_REACHED),
                Medium.EMAIL: (DeliveryStatus.DELIVERED,),
            }[one.outgoing.medium]
            await self.world.report(one, self.random.choice(status))
            await self.world.settle()

    async def mood(self) -> None:
        phones = self.world.phones[self.random.choice((Medium.SMS, Medium.VOICE))]
        phones.mood = self.random.choice((Mood.WORKS, Mood.WORKS, Mood.DOWN, Mood.LOSES_ANSWERS))

    async def refuse(self) -> None:
        person = self.world.engine.plan.people[self.random.choice(("ana", "ben"))]
        self.world.phones[Medium.SMS].refuses = {person.sms} if self.random.random() < 0.3 else set()

    async def silence(self) -> None:
        now = self.world.clock.now()
        matchers, end = (f'cluster="c{self.random.randrange(4)}"',), now + timedelta(hours=2)
        made = await self.world.do(lambda work: stored.add_silence(work, matchers, now, end, "ana", "deploy"))
        if self.random.random() < 0.3:
            await self.world.run_until(now + timedelta(seconds=77))
            await self.world.do(lambda work: stored.end_silence(work, made.id, "ben"))

    async def override(self) -> None:
        plan, now = self.world.engine.plan, self.world.clock.now()
        made = new_override(
            plan.book,
            plan.people,
            id=f"o-{self.random.randrange(10**6)}",
            schedule="payments-primary",
            start=now,
            end=now + timedelta(hours=5),
            people=("cho",),
            instead_of=None,
            kind=None,
            why="dentist",
            by="ana",
        )
        await self.world.do(lambda work: stored.add_override(work, made))

    async def raise_page(self) -> None:
        words = f"A customer says that {self.random.randrange(1000)} orders are lost"
        await self.world.do(lambda work: commands.raise_page(work, "dora", "cli", "payments", words))

    async def ticket(self) -> None:
        found = await self.world.engine.read(tickets.list_tickets)
        if found:
            ticket = self.random.choice(found)
            act = self.random.choice((commands.take_ticket, None))
            if act is not None:
                await self.world.do(lambda work: act(work, ticket.id, "ben"))
            else:
                await self.world.do(lambda work: commands.close_ticket(work, ticket.id, "ben", "mended"))

    async def own(self) -> None:
        await self.world.do(lambda work: own.raise_own(work, own.TRUNCATED, "alertmanager", "3 alerts left out"))

    async def reload(self) -> None:
        await self._load(self.random.choice(tuple(PLANS)))

    async def _load(self, revision: str) -> None:
        now = self.world.clock.now()
        await self.world.do(lambda work: stored_rows.put_plan(work.c, revision, now, {}))
        await self.world.put_in_force(PLANS[revision])


async def seen(world: World, start: datetime, end: datetime) -> tuple[list[PageSeen], list[TicketSeen]]:
    """Return what a world came to, read out of its own rows."""

    async def read(c: Connection) -> tuple[list[PageSeen], list[TicketSeen]]:
        found = await tally.opened(c, start, end, world.engine.plan)
        return list(found[0]), list(found[1])

    return await world.engine.read(read)
