"""People who run incidents in a storm: they declare, take roles, update late, try things, look, resolve too soon.

Each act has a key, and some are sent twice, as by somebody whose answer got lost: the second time nothing may happen.
Whatever an act meets that is no refusal and no trouble of the store is a breach: providers that are down, and files
that change, hold no incident up.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from pagerd.core.actions.terms import Bar, Priority, Terms
from pagerd.core.errors import Conflict, NotAllowed, NotFound, PagerdError
from pagerd.core.incidents.incident import DECLARED, IncidentStatus, Mode
from pagerd.core.incidents.mitigation import Mitigation, Outcome
from pagerd.core.incidents.roles import Role
from pagerd.core.incidents.severity import Criterion
from pagerd.engine.actions import commands as actions
from pagerd.engine.incidents import commands, declaring, public_commands, reviewing
from pagerd.engine.incidents.commands import Said, Update
from pagerd.engine.incidents.declaring import Declaration
from pagerd.engine.incidents.once import once
from pagerd.engine.incidents.public_commands import PublicDraft
from pagerd.engine.work import Work
from pagerd.lab.storms import company
from pagerd.lab.storms.findings import Findings
from pagerd.lab.storms.machine import Down, Machine
from pagerd.lab.storms.virtual import Dice
from pagerd.stores.base import Connection, StoreUnavailable

EVERY_SECONDS = 10.0
"""Between two acts, on average: an incident has several an hour, and a storm a few incidents."""

WATCHED_MINUTES = 12
"""How long, after the storm, checks may still find something red: a watch begins anew then, and has four minutes."""

PATIENCE = 0.8
"""How often what is done to an incident that is watched lets the watch be: else none would ever come to its end."""

OPEN_MAX = 3
"""Incidents that are open at once; then nobody declares another."""

_OPEN = "SELECT number, status FROM incidents WHERE status NOT IN ('cancelled', 'merged', 'closed') ORDER BY number"
_A_PAGE = "SELECT id FROM pages WHERE status <> 'resolved' ORDER BY id LIMIT 20"
_NEWEST = "SELECT MAX(seq) FROM history WHERE object_id >= 'i-' AND object_id < 'i.'"

_OVER = IncidentStatus.RESOLVED.value
_DECLARED = frozenset({one.value for one in DECLARED})

Act = Callable[[Work], Awaitable[Said]]


class Responders:
    """Acts on incidents until cancelled, with dice of its own: the rest of the storm draws what it would without."""

    def __init__(self, machine: Machine, findings: Findings, seed: int) -> None:
        self._machine = machine
        self._findings = findings
        self._dice = Dice(f"responders {seed}")
        self._acts = 0

    async def run(self) -> None:
        """Do one thing after the other."""
        while True:
            await asyncio.sleep(self._dice.pause(EVERY_SECONDS))
            await self._act_at_will()

    async def watch(self) -> None:
        """Watch every incident, and resolve it as it should be, while machines find what they find.

        Among all the other acts hardly a watch is long enough that a check is read twice in it.
        """
        for number in await self._left():
            await self._quietly("monitors now", number, commands.monitor, None)
        for _ in range(WATCHED_MINUTES):
            await asyncio.sleep(60)
            for number in await self._left():
                for criterion in Criterion:
                    if criterion.value not in company.CHECKED:
                        await self._quietly(
                            "attests", number, commands.read_criterion, criterion.value, "attested", "I looked"
                        )
                await self._quietly("resolves as it should", number, commands.resolve, "over", "")

    async def calm(self) -> None:
        """Bring every incident to an end."""
        for number, status in await self._known():
            if status != _OVER:
                await self._end(number, status)

    async def _left(self) -> list[int]:
        return [number for number, status in await self._known() if status in _DECLARED]

    async def _quietly(self, said: str, number: int, command: Callable[..., Awaitable[Said]], *values: object) -> None:
        person = self._dice.pick(company.LAST_RESORT)
        await self._do(person, f"{said} {number}", lambda work: command(work, number, person, "cli", *values))

    async def _end(self, number: int, status: str) -> None:
        person = self._dice.pick(company.LAST_RESORT)

        async def act(work: Work) -> Said:
            if status == IncidentStatus.TRIAGE.value:
                return await commands.cancel(work, number, person, "cli", "test", "")
            return await commands.resolve(work, number, person, "cli", "over", "the calm came")

        await self._do(person, f"ends {number}", act)

    async def _known(self) -> list[tuple[int, str]]:
        async def read(c: Connection) -> list[tuple[int, str]]:
            return [(int(str(row[0])), str(row[1])) for row in await c.execute(_OPEN)]

        return await self._machine.disk.read(read)

    async def _act_at_will(self) -> None:
        dice, known = self._dice, await self._known()
        # Most is done by the same few: then one of them may well hold every role.
        person = dice.pick(company.PEOPLE[: dice.pick((3, 3, len(company.PEOPLE)))])
        going = [number for number, status in known if status != _OVER]
        if len(going) < OPEN_MAX and (not going or dice.hits(0.15)):
            await self._declare(person)
            return
        number, status = dice.pick(known[-6:])
        choices = dice.pick((*[self._choices] * 4, self._choices_for_customers, self._choices_afterwards))
        if status == IncidentStatus.MONITORING.value and dice.hits(PATIENCE):
            choices = self._choices_while_watched
        name, act = dice.pick(list(choices(person, number).items()))
        await self._do(person, f"{name} {number}", act)

    async def _declare(self, person: str) -> None:
        dice = self._dice

        async def a_page(c: Connection) -> list[str]:
            return [str(row[0]) for row in await c.execute(_A_PAGE)]

        pages = await self._machine.disk.read(a_page)
        said = Declaration(
            title="Customers cannot pay",
            team=dice.pick(company.TEAMS),
            severity=dice.pick(("sev1", "sev1", "sev2", "sev3", "sev4")),
            suspected=dice.hits(0.3),
            mode=Mode.DRILL if dice.hits(0.15) else Mode.LIVE,
            page=dice.pick(pages) if pages and dice.hits(0.5) else "",
            impact_started_at=(self._machine.now() + timedelta(minutes=dice.count(-9, 6)) if dice.hits(0.4) else None),
        )

        async def act(work: Work) -> Said:
            return commands.opened(work, person, await declaring.declare(work, person, "cli", said))

        await self._do(person, "declares", act)

    def _choices(self, by: str, number: int) -> Mapping[str, Act]:
        """Return what this person may do to an incident, whether or not that means anything now."""
        dice, via = self._dice, "cli"
        role, criterion, other = dice.pick(tuple(Role)), dice.pick(tuple(Criterion)), dice.pick(company.PEOPLE)
        kind, outcome = dice.pick(tuple(Mitigation)), dice.pick(tuple(Outcome))
        state, severity = dice.pick(("attested", "attested", "not_applicable", "red")), dice.pick(("sev1", "sev2"))
        update = Update(know="we look", next_in=timedelta(minutes=dice.pick((10, 16, 29, 45, 100))))
        ended = self._machine.now() - timedelta(minutes=dice.count(-1, 15))
        override = dice.pick(("", "", "it is night"))

        async def attest_all(work: Work) -> Said:
            for one in Criterion:
                await commands.read_criterion(work, number, by, via, one.value, "attested", "I looked")
            return await commands.note(work, number, by, via, "all of it looks well", None)

        async def take_all(work: Work) -> Said:
            return [await commands.take_role(work, number, by, via, one.value) for one in Role][-1]

        async def resolve_at_once(work: Work) -> Said:
            await commands.monitor(work, number, by, via, None)
            await attest_all(work)
            return await commands.resolve(work, number, by, via, "over", "")

        return {
            "confirms": lambda work: commands.confirm(work, number, by, via, None),
            "sets the severity of": lambda work: commands.set_severity(work, number, by, via, severity, "so it is"),
            "updates": lambda work: commands.post_update(work, number, by, via, update),
            "mitigates": lambda work: commands.mitigate(work, number, by, via, kind.value, "x", "nothing else helps"),
            "ends a mitigation of": lambda work: commands.end_mitigation(work, number, by, via, 1, outcome.value, ""),
            "monitors": lambda work: commands.monitor(work, number, by, via, ended),
            "monitors now": lambda work: commands.monitor(work, number, by, via, None),
            "investigates": lambda work: commands.investigate(work, number, by, via, "not over"),
            "checks": lambda work: commands.read_criterion(work, number, by, via, criterion.value, state, "I saw it"),
            "attests all of": attest_all,
            "attests everything of": attest_all,
            "resolves at once": resolve_at_once,
            "resolves": lambda work: commands.resolve(work, number, by, via, "over", override),
            "resolves as it should": lambda work: commands.resolve(work, number, by, via, "over", ""),
            "countersigns": lambda work: commands.countersign(work, number, by, via),
            "reopens": lambda work: commands.reopen(work, number, by, via, "it fails again"),
            "cancels": lambda work: commands.cancel(work, number, by, via, "test", ""),
            "merges": lambda work: commands.merge(work, number, by, via, number + dice.pick((-1, 1))),
            "takes a role of": lambda work: commands.take_role(work, number, by, via, role.value),
            "takes every role in": take_all,
            "takes a role in": lambda work: commands.take_role(work, number, by, via, role.value),
            "asks for a role in": lambda work: commands.request_role(work, number, by, via, role.value, None),
            "hands over in": lambda work: commands.hand_role_over(work, number, by, via, role.value, other),
            "lays down in": lambda work: commands.release_role(work, number, by, via, role.value, "tired"),
            "needs help with": lambda work: commands.need_help(work, number, by, via, "platform", "a database", None),
        }

    def _choices_while_watched(self, by: str, number: int) -> Mapping[str, Act]:
        """Return what this person may do while checks are read and the watch goes on."""
        dice, via, criterion = self._dice, "cli", self._dice.pick(tuple(Criterion)).value
        state = dice.pick(("attested", "attested", "not_applicable", "red"))
        return {
            "waits for": lambda work: commands.note(work, number, by, via, "nothing new", None),
            "checks": lambda work: commands.read_criterion(work, number, by, via, criterion, state, "I saw it"),
            "attests": lambda work: commands.read_criterion(work, number, by, via, criterion, "attested", "I saw it"),
            "resolves as it should": lambda work: commands.resolve(work, number, by, via, "over", ""),
        }

    def _choices_for_customers(self, by: str, number: int) -> Mapping[str, Act]:
        """Return what this person may do about what customers read; some of them may not approve anything."""
        dice, via = self._dice, "cli"
        said = PublicDraft(symptom=dice.pick(("payments fail", "payments fail; it will be fixed by noon")))
        which, override = dice.count(1, 5), dice.pick(("", "we know when"))
        approver = dice.pick((by, *company.APPROVERS))
        return {
            "drafts for customers of": lambda work: public_commands.draft(work, number, by, via, said),
            "approves a draft of": lambda work: public_commands.approve(work, number, approver, via, which, override),
            "rejects a draft of": lambda work: public_commands.reject(work, number, by, via, which, "too soon"),
        }

    def _choices_afterwards(self, by: str, number: int) -> Mapping[str, Act]:
        """Return what this person may do when it is over, or should be."""
        dice, via = self._dice, "cli"
        lead = dice.pick((by, "dora", "jo"))
        whole = Terms(
            title="Alert on the pool",
            owner="platform",
            priority=Priority.HIGH,
            verification="somebody saw it fire",
            impact="noticed ten minutes sooner",
            bars=(Bar.DETECTION,),
        )
        terms = dice.pick((whole, Terms(title="Be more careful")))

        async def plan_an_action(work: Work) -> Said:
            await actions.add(work, number, by, via, terms)
            return await commands.note(work, number, by, via, "an action item is written down", None)

        async def close_at_once(work: Work) -> Said:
            await commands.resolve(work, number, by, via, "over", "enough")
            await actions.add(work, number, by, via, terms)
            return await reviewing.close(work, number, by, via)

        return {
            "plans an action of": plan_an_action,
            "closes at once": close_at_once,
            "waives the postmortem of": lambda work: reviewing.waive(work, number, lead, via, "nothing to learn"),
            "closes": lambda work: reviewing.close(work, number, by, via),
        }

    async def _do(self, by: str, said: str, act: Act) -> None:
        self._acts += 1
        key = f"act-{self._acts}"
        if not await self._once(by, said, key, act) or not self._dice.hits(0.2):
            return

        async def again(work: Work) -> None:
            before = await work.c.execute(_NEWEST)
            await once(work, by, said, key, act)
            if before != await work.c.execute(_NEWEST):
                self._findings.breaks("R12", f"{by} {said} with {key} twice, and it was done twice")

        await self._meets(by, f"{said}, again", again)

    async def _once(self, by: str, said: str, key: str, act: Act) -> bool:
        async def first(work: Work) -> None:
            await once(work, by, said, key, act)

        return await self._meets(by, said, first)

    async def _meets(self, by: str, said: str, act: Callable[[Work], Awaitable[None]]) -> bool:
        try:
            await self._machine.call(act)
        except (Down, StoreUnavailable, Conflict, NotFound, NotAllowed) as error:
            self._machine.record.note(f"{by} {said}: {type(error).__name__} {error}"[:160])
            return False
        except PagerdError as error:
            self._findings.breaks("R8", f"{by} {said}: {type(error).__name__} {error}")
            return False
        self._machine.record.event("incident", f"{by} {said}")
        return True
