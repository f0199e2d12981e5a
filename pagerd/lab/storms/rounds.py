"""Lets the auditor of production look, again and again: it must find nothing that the checkers did not.

It looks at the rows once more by ways of its own. A round may meet something in passing, as production's own rounds do;
what two in a row find in the same process, with nothing between them that hindered it, would have woken an operator.
"""

import asyncio

from pagerd.engine.auditor import Finding
from pagerd.lab.storms.findings import Findings
from pagerd.lab.storms.machine import Machine, Process
from pagerd.lab.storms.perils import Killed
from pagerd.stores.base import StoreUnavailable

EVERY_SECONDS = 60.0
"""Four times as long as in production: each round reads all open pages."""


class Rounds:
    """Looks until cancelled."""

    def __init__(self, machine: Machine, findings: Findings) -> None:
        self._machine = machine
        self._findings = findings
        self._process: Process | None = None
        """Whose auditor looked last."""
        self._looked_at = 0
        self._found: frozenset[Finding] = frozenset()

    async def run(self) -> None:
        """Look at each process that is up."""
        machine = self._machine
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            process = machine.process
            found = await self._differences(process) if process is not None else frozenset()
            goes_on = process is self._process and not machine.blind_between(self._looked_at, machine.wall)
            if goes_on and (stays := found & self._found):
                self._findings.breaks("auditor", f"two of its rounds find {sorted(stays, key=str)}")
            self._process, self._looked_at, self._found = process, machine.wall, found

    async def _differences(self, process: Process) -> frozenset[Finding]:
        try:
            return frozenset(await process.auditor.differences())
        except (Killed, StoreUnavailable):
            return frozenset()
