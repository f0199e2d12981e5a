"""Asks, outside any transaction, whether what is done helped; what the plan alone knows needs no asking.

Whatever goes wrong with a question is its answer: unknown, and why.
"""

import asyncio
from datetime import timedelta

import structlog

from pagerd.core.actions import changes, looks
from pagerd.core.actions.item import ActionItem, ActionStatus
from pagerd.core.actions.looks import Found
from pagerd.core.actions.terms import CheckKind
from pagerd.core.errors import PagerdError
from pagerd.engine.actions.keeping import LOOKED_AT, save
from pagerd.engine.engine import Engine
from pagerd.engine.incidents.sampling import Instruments
from pagerd.engine.work import Work
from pagerd.stores.records import actions

log = structlog.get_logger()

WITHIN = timedelta(seconds=10)
"""How long an answer may take: nobody waits for it."""

WAITING_MAX = 1000
"""Action items that wait to be looked at. One that finds no room is looked at an hour later."""


class Looker:
    """Asks for one action item after the other, until it is stopped."""

    def __init__(self, engine: Engine, instruments: Instruments) -> None:
        self._engine = engine
        self.instruments = instruments
        self._numbers: asyncio.Queue[int] = asyncio.Queue(WAITING_MAX)
        engine.look_at = self._take

    def _take(self, number: int) -> None:
        if not self._numbers.full():
            self._numbers.put_nowait(number)

    async def run(self) -> None:
        """Look until cancelled: a look that is given up changes nothing, and its time comes again."""
        while True:
            number = await self._numbers.get()
            try:
                await self.look(number)
            except PagerdError as error:
                # What was found could not be stored: it is looked once more.
                log.warning("action.look_lost", action=number, error=str(error))
            except Exception:
                log.exception("action.look_failed", action=number)

    async def look(self, number: int) -> None:
        """Look at one action item, and store what was found."""
        item = await self._engine.read(lambda c: actions.find(c, number))
        if item is None or item.status is not ActionStatus.DONE:
            return
        seen = looks.in_plan(item.verification, self._engine.plan) or await self._ask(item)
        await self._engine.transact(lambda work: found(work, item, seen))

    async def _ask(self, item: ActionItem) -> Found:
        verification = item.verification
        server = looks.server_of(verification, self._engine.plan)
        try:
            if verification.kind is CheckKind.RULE:
                healths = await self.instruments.alert_rules(server, verification.what, WITHIN)
                return looks.of_rules(verification.what, server, healths)
            return looks.of_values(await self.instruments.values(server, verification.what, WITHIN))
        except PagerdError as error:
            return looks.unread(str(error))
        except Exception as error:
            log.exception("action.look_failed", action=item.number)
            return looks.unread(f"pagerd failed to look: {type(error).__name__}")


async def found(work: Work, asked: ActionItem, seen: Found) -> None:
    """Store what was found, unless something else is to be looked at by now."""
    item = await actions.find(work.c, asked.number)
    if item is not None and item.status is ActionStatus.DONE and item.terms.verification == asked.terms.verification:
        await save(work, changes.looked_at(item, work.now, seen.state, seen.what), LOOKED_AT)
