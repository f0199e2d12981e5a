"""What is done to pagerd and around it while it works: providers fail, files change, clocks step, disks refuse."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from pagerd.core.errors import PagerdError
from pagerd.core.people import Medium
from pagerd.core.plan import Plan
from pagerd.engine import stored
from pagerd.lab.storms import company
from pagerd.lab.storms.crowd import Crowd
from pagerd.lab.storms.faults import Fault
from pagerd.lab.storms.machine import Down, Machine
from pagerd.lab.storms.providers import Exchange, Mood
from pagerd.lab.storms.sending import NO_END, Sending

MOODS = tuple(mood for mood in Mood if mood is not Mood.WORKS)


class Hands:
    """Makes trouble until cancelled. Each trouble ends by itself after a while."""

    def __init__(
        self, machine: Machine, exchanges: dict[Medium, list[Exchange]], crowd: Crowd, sending: Sending
    ) -> None:
        self._machine = machine
        self._exchanges = exchanges
        self._crowd = crowd
        self._sending = sending
        self._base = machine.files
        self._edits = 1
        self._overrides: list[str] = []

    async def run(self) -> None:
        """Make one trouble after the other."""
        dice, spawn = self._machine.dice, self._machine.spawn
        troubles = (
            self._provider_fails,
            self._provider_fails,
            self._all_providers_fail,
            self._number_is_invalid,
            self._nobody_answers,
            self._files_change,
            self._files_change,
            self._override,
            self._at_will,
            self._at_will,
            self._clock_steps,
            self._machine_stands_still,
            self._killed,
            self._disk_fails,
        )
        while True:
            await asyncio.sleep(dice.pause(45))
            spawn(dice.pick(troubles))

    async def calm(self) -> None:
        """End every trouble, and put the first files in force again."""
        for exchange in self._all():
            exchange.mood = Mood.WORKS
            exchange.invalid.clear()
        self._crowd.silent = False
        self._machine.trouble.refuses = self._machine.trouble.loses_answers = False
        await self._machine.up()
        # Whoever types `pagerd reload` does so again until it worked.
        while not await self._put_in_force(self._base):  # noqa: ASYNC110  # there is no event for it
            await asyncio.sleep(1)

    def _all(self) -> list[Exchange]:
        return [one for some in self._exchanges.values() for one in some]

    async def _provider_fails(self) -> None:
        mood, dice = self._machine.dice.pick(MOODS), self._machine.dice
        if Fault[mood.value] not in self._machine.weather.on:
            return
        # A carrier looks at the words of texts alone.
        exchange = dice.pick(self._exchanges[Medium.SMS] if mood is Mood.FILTERS else self._all())
        await self._lasts(exchange, mood, dice.between(20, 400))

    async def _lasts(self, exchange: Exchange, mood: Mood, seconds: float) -> None:
        machine = self._machine
        if machine.weather.is_calm or exchange.mood is not Mood.WORKS:
            return
        machine.record.event("fault", f"{exchange.name} is {mood}")
        exchange.mood = mood
        spans = self._sending.troubled[exchange.medium]
        spans.append((machine.wall, NO_END))
        place = len(spans) - 1
        await asyncio.sleep(seconds)
        exchange.mood = Mood.WORKS
        spans[place] = (spans[place][0], machine.wall)
        machine.record.note(f"{exchange.name} works again")

    async def _all_providers_fail(self) -> None:
        if self._machine.weather.strikes(Fault.ALL_PROVIDERS_DOWN, 0.5):
            seconds = self._machine.dice.between(20, 600)
            for exchange in self._all():
                self._machine.spawn(self._lasts, exchange, Mood.DOWN, seconds)

    async def _number_is_invalid(self) -> None:
        machine = self._machine
        if Fault.NUMBER_REFUSED not in machine.weather.on or machine.weather.is_calm:
            return
        exchange, person = machine.dice.pick(self._all()), machine.dice.pick(company.PEOPLE)
        address = self._base.people[person].address(exchange.medium)
        machine.record.event("fault", f"{exchange.name} will not take {person} any more")
        exchange.invalid.add(address or "")
        await asyncio.sleep(machine.dice.between(60, 900))
        exchange.invalid.discard(address or "")

    async def _nobody_answers(self) -> None:
        machine = self._machine
        if Fault.NOBODY_ANSWERS not in machine.weather.on or machine.weather.is_calm:
            return
        machine.record.event("fault", "nobody answers")
        self._crowd.silent = True
        await asyncio.sleep(machine.dice.between(120, 1500))
        self._crowd.silent = False

    async def _files_change(self) -> None:
        machine = self._machine
        if machine.weather.is_calm:
            return
        fault, plan = company.edited(self._base, machine.files, machine.weather, machine.dice, machine.now())
        if plan is not machine.files:
            worked = await self._put_in_force(plan)
            machine.record.event("edit", f"{fault.name if fault else 'the first files again'}, in force {worked}")

    async def _put_in_force(self, plan: Plan) -> bool:
        self._edits += 1
        return await self._machine.put_in_force(replace(plan, revision=f"storm-{self._edits}"))

    async def _override(self) -> None:
        machine = self._machine
        if not machine.weather.strikes(Fault.OVERRIDDEN):
            return
        try:
            if self._overrides and machine.dice.hits(0.3):
                ended = self._overrides.pop()
                await machine.call(lambda work: stored.end_override(work, ended, "ana"))
                machine.record.event("edit", f"override {ended} ends")
                return
            self._edits += 1
            made = company.an_override(machine.files, machine.dice, machine.now(), self._edits)
            if made is not None:
                await machine.call(lambda work: stored.add_override(work, made))
                self._overrides.append(made.id)
                machine.record.event("edit", f"override {made.id} of {made.schedule}: {made.kind} {made.people}")
        except (Down, PagerdError) as error:
            machine.record.note(f"an override meets {type(error).__name__}: {error}")

    async def _at_will(self) -> None:
        if not self._machine.weather.is_calm:
            await self._crowd.act_at_will()

    async def _clock_steps(self) -> None:
        machine = self._machine
        forward, back = machine.dice.pick((3, 30, 120, 1800)), machine.dice.pick((3, 120, 1800, 86_400))
        if machine.weather.strikes(Fault.CLOCK_FORWARD, 0.5):
            machine.record.event("fault", f"the clock is set forward by {forward} s")
            machine.set_clock(timedelta(seconds=forward))
        elif machine.weather.strikes(Fault.CLOCK_BACK, 0.5):
            machine.record.event("fault", f"the clock is set back by {back} s")
            machine.set_clock(timedelta(seconds=-back))

    async def _machine_stands_still(self) -> None:
        machine = self._machine
        if machine.weather.strikes(Fault.FREEZE):
            seconds = machine.dice.pick((2, 20, 120, 1200))
            machine.record.event("fault", f"the machine stands still for {seconds} s")
            machine.lose_time(seconds)

    async def _killed(self) -> None:
        process = self._machine.process
        if process is not None and process.may_crash and self._machine.weather.strikes(Fault.CRASH_IDLE):
            process.kill("between two steps")

    async def _disk_fails(self) -> None:
        machine = self._machine
        if machine.weather.is_calm or machine.blind_since is not None:
            return
        refuses = machine.dice.hits(0.5)
        if (Fault.STORE_REFUSES if refuses else Fault.STORE_UNKNOWN) not in machine.weather.on:
            return
        machine.record.event("fault", f"the disk {'refuses' if refuses else 'loses answers'}")
        machine.trouble.refuses, machine.trouble.loses_answers = refuses, not refuses
        machine.blind_since = machine.wall
        await asyncio.sleep(machine.dice.between(1, 40))
        machine.trouble.refuses = machine.trouble.loses_answers = False
        machine.blind.append((machine.blind_since, machine.wall + 2_000_000))
        machine.blind_since = None
