"""A database with a past: pages, tickets, silences, tokens and what else leaves entries, drawn from a seed."""

import contextlib
import random  # noqa: TID251  # seeded, so that what fails can be seen again
from datetime import timedelta

from pagerd.core.errors import Conflict, NotFound
from pagerd.core.incidents.checklist import StepStatus
from pagerd.core.oncall.override import new_override
from pagerd.core.people import Medium
from pagerd.engine import commands, stored, tokens
from pagerd.engine.incidents import commands as incidents
from pagerd.engine.incidents import declaring, investigating
from pagerd.engine.incidents.commands import Update
from pagerd.engine.incidents.declaring import Declaration
from pagerd.engine.incidents.investigating import StepWords
from pagerd.engine.verification import Bite, Finding, bite
from pagerd.lab.world import World
from pagerd.stores.base import Connection
from pagerd.stores.records import incidents as incident_rows
from tests.builders import NOON, a_plan, a_received_alert

BEN = "Ben"
DONE = StepWords(status=StepStatus.DONE, text=f"as {BEN} says")

ACTS = (
    "fire",
    "resolve",
    "ack",
    "note",
    "silence",
    "end_silence",
    "token",
    "override",
    "refuse",
    "ticket",
    "wait",
    "incident",
)


class Past:
    """Lets random things happen to a world."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # a test's own choice, by its seed
        self.world = World(a_plan(), NOON, seed=seed)
        self._silences: list[str] = []

    async def live(self, acts: int = 40) -> World:
        """Do so many things, with time between them; return the world."""
        await self.world.put_in_force(a_plan())
        for _ in range(acts):
            with contextlib.suppress(Conflict):
                await getattr(self, self.random.choice(ACTS))()
            await self.world.settle()
        return self.world

    async def fire(self) -> None:
        name = f"f{self.random.randrange(6)}"
        alert = a_received_alert(fingerprint=name, alertname="PaymentsErrors", cluster=name)
        await self.world.receive("alertmanager", alert)

    async def resolve(self) -> None:
        name = f"f{self.random.randrange(6)}"
        alert = a_received_alert(fingerprint=name, firing=False, alertname="PaymentsErrors", cluster=name)
        await self.world.receive("alertmanager", alert)

    async def ticket(self) -> None:
        name = f"t{self.random.randrange(3)}"
        alert = a_received_alert(fingerprint=name, alertname="DiskFillsSlowly", cluster=name, severity="info")
        await self.world.receive("alertmanager", alert)

    async def ack(self) -> None:
        for page in (await self.world.open_pages())[:1]:
            await self.world.do(lambda work, page=page: commands.acknowledge(work, page.id, "ana", "cli"))

    async def note(self) -> None:
        for page in (await self.world.open_pages())[:1]:
            await self.world.do(
                lambda work, page=page: commands.add_note(work, page.id, "ben", "cli", "Häuser brennen: 🔥")
            )

    async def silence(self) -> None:
        now = self.world.clock.now()
        matchers = (f'cluster="f{self.random.randrange(6)}"',)
        added = await self.world.do(
            lambda work: stored.add_silence(work, matchers, now, now + timedelta(hours=2), "ana", "deploy")
        )
        self._silences.append(added.id)

    async def end_silence(self) -> None:
        if self._silences:
            name = self._silences.pop()
            if any(one.id == name and one.end > self.world.clock.now() for one in self.world.engine.plan.silences):
                await self.world.do(lambda work: stored.end_silence(work, name, "ben"))

    async def token(self) -> None:
        made, _ = await self.world.do(lambda work: tokens.create(work, "ana", "script", ["read"], None, by="ana"))
        if self.random.random() < 0.5:
            await self.world.do(lambda work: tokens.revoke(work, made.id, by="ana"))

    async def override(self) -> None:
        plan, now = self.world.engine.plan, self.world.clock.now()
        made = new_override(
            plan.book,
            plan.people,
            id=f"o-{self.random.randrange(10**6)}",
            schedule=next(iter(plan.book.schedules)),
            start=now,
            end=now + timedelta(hours=5),
            people=("ben",),
            instead_of=None,
            kind=None,
            why="dentist",
            by="ana",
        )
        await self.world.do(lambda work: stored.add_override(work, made))

    async def refuse(self) -> None:
        await self.world.do(lambda work: stored.usable_again(work, "ana", Medium.EMAIL))

    async def incident(self) -> None:
        """Declare one, or go on with the newest: what cannot be done in its state is refused, and changes nothing."""
        if self.random.random() < 0.4:
            said = Declaration(title="Nobody can pay", team="payments", severity="sev1")
            await self.world.do(lambda work: declaring.declare(work, "ana", "cli", said))
            return
        number = await self.world.engine.read(incident_rows.next_number) - 1
        act = self.random.choice(
            (
                lambda work: incidents.take_role(work, number, "ben", "cli", "ic"),
                lambda work: incidents.post_update(work, number, "ben", "cli", Update(know=f"says {BEN}")),
                lambda work: incidents.mitigate(work, number, "ben", "cli", "rollback", "41", ""),
                lambda work: incidents.monitor(work, number, "ben", "cli", None),
                lambda work: incidents.read_criterion(work, number, "ben", "cli", "errors", "red", ""),
                lambda work: incidents.resolve(work, number, "ana", "cli", "over", "enough"),
                lambda work: investigating.mark_step(work, number, "ben", "cli", "scope", DONE),
                lambda work: investigating.state_hypothesis(work, number, "ben", "cli", f"{BEN} did it"),
            )
        )
        with contextlib.suppress(NotFound):
            await self.world.do(act)

    async def wait(self) -> None:
        await self.world.run_until(self.world.clock.now() + timedelta(minutes=self.random.randrange(1, 90)))


async def everything(c: Connection) -> tuple[list[Bite], list[Finding]]:
    """Verify a database from end to end; return the bites and what was found."""
    bites = [await bite(c)]
    while bites[-1].after is not None:
        bites.append(await bite(c, bites[-1].after))
    return bites, [finding for one in bites for finding in one.findings]
