"""Reads the checks of incidents, outside any transaction; what they say goes through `checking`.

Whatever goes wrong with a check is its answer: unknown, and why. One that hangs holds up no other, and one that fails
changes nothing but what is known of it.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Protocol, assert_never

import structlog

from pagerd.core.errors import PagerdError
from pagerd.core.incidents import checks, gate
from pagerd.core.incidents.checks import Check, HttpProbe, PromqlCheck, Sample, Value
from pagerd.core.incidents.events import Sampled
from pagerd.core.incidents.incident import Incident
from pagerd.engine.engine import Engine
from pagerd.engine.incidents import checking
from pagerd.engine.work import Work
from pagerd.stores.base import Connection
from pagerd.stores.records import incidents

log = structlog.get_logger()

READERS = 4
"""Incidents whose checks are read at once."""

QUESTIONS_MAX = 16
"""Checks of one incident in the air at once: a Prometheus in trouble is not to be buried by us."""

INCIDENTS_MAX = 1000
"""Incidents that wait to be read. One that finds no room is read a minute later."""


class Instruments(Protocol):
    """What checks are read with, and action items looked at. All raise a PagerdError for whatever is no answer."""

    async def values(self, prometheus: str, expression: str, within: timedelta) -> Sequence[Value]:
        """Ask a Prometheus what an expression is now."""
        ...

    async def alert_rules(self, prometheus: str, name: str, within: timedelta) -> Sequence[str]:
        """Ask a Prometheus which alert rules of a name it has, and return the health of each in its own words."""
        ...

    async def status(self, url: str, within: timedelta) -> int:
        """Ask a URL, and return with which status it answered; redirects are not followed."""
        ...


class Sampler:
    """Reads the checks of a few incidents at once, until it is stopped."""

    def __init__(self, engine: Engine, instruments: Instruments) -> None:
        self._engine = engine
        self.instruments = instruments
        self._numbers: asyncio.Queue[int] = asyncio.Queue(INCIDENTS_MAX)
        self._in_hand: set[int] = set()
        engine.read_checks = self._take

    def _take(self, number: int) -> None:
        # A reading that takes longer than a minute is not begun a second time beside itself.
        if number not in self._in_hand and not self._numbers.full():
            self._in_hand.add(number)
            self._numbers.put_nowait(number)

    async def run(self) -> None:
        """Read until cancelled: a reading that is given up changes nothing."""
        async with asyncio.TaskGroup() as group:
            for _ in range(READERS):
                group.create_task(self._read_on())

    async def _read_on(self) -> None:
        while True:
            number = await self._numbers.get()
            try:
                await self.read(number)
            except PagerdError as error:
                # What was read could not be stored: it is read once more.
                log.warning("checks.answer_lost", incident=number, error=str(error))
            except Exception:
                log.exception("checks.failed", incident=number)
            finally:
                self._in_hand.discard(number)

    async def read(self, number: int) -> None:
        """Read the checks of one incident, and store what they said."""

        async def find(c: Connection) -> Incident | None:
            return await incidents.find(c, number)

        incident = await self._engine.read(find)
        if incident is None or not incident.is_checked:
            return
        found = await self._look(gate.checks_of(incident, self._engine.plan))

        async def act(work: Work) -> None:
            await checking.found(work, number, found)

        await self._engine.transact(act)

    async def _look(self, wanted: Mapping[str, Sequence[Check]]) -> tuple[Sampled, ...]:
        room = asyncio.Semaphore(QUESTIONS_MAX)

        async def look(check: Check) -> Sample:
            async with room:
                return await self._sample(check)

        async def criterion(name: str, some: Sequence[Check]) -> Sampled:
            sample = checks.together(await asyncio.gather(*map(look, some)))
            return Sampled(criterion=name, state=sample.state.value, why=sample.why)

        return tuple(await asyncio.gather(*(criterion(name, some) for name, some in wanted.items())))

    async def _sample(self, check: Check) -> Sample:
        try:
            match check:
                case PromqlCheck():
                    values = await self.instruments.values(check.prometheus, check.expression, check.within)
                    return checks.of_values(check, values)
                case HttpProbe():
                    return checks.of_status(check, await self.instruments.status(check.url, check.within))
                case _:
                    assert_never(check)
        except PagerdError as error:
            return checks.unread(check, str(error))
        except Exception as error:
            # A bug of ours in one check must not leave the others unread, nor look like green.
            log.exception("check.failed", check=checks.named(check))
            return checks.unread(check, f"pagerd failed to read it: {type(error).__name__}")
