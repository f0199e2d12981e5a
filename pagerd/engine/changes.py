"""What a node knows of the part of the plan that is stored: silences, overrides, contacts that take nothing.

Each change is counted in its own transaction. A unit looks at the count before it decides anything, and reads what is
stored anew where it is another one: so all nodes decide under the same, from the moment that it is durable. The units
that share a transaction share one look.

Who is alone with the store has made every change itself, and knows of it by its commit. Only where a commit was not
confirmed it has to look: the change may be on the disk, in every list that is read from there, and not in force.
"""

from datetime import datetime

from pagerd.engine import stored
from pagerd.engine.work import Work
from pagerd.stores.records import nodes

_NEVER_LOOKED = -1


class Changes:
    """The count that the engine's plan is as of."""

    def __init__(self) -> None:
        self._known = _NEVER_LOOKED
        self._looked: tuple[datetime, int] | None = None
        self._in_doubt = False
        """A change was not confirmed: it may be in force, or not."""

    async def make_sure(self, work: Work) -> None:
        """Let a unit of who is alone with the store decide under what was kept of changes that were not confirmed."""
        if self._in_doubt:
            await stored.lay_again(work)

    def note_unconfirmed(self, work: Work) -> None:
        """Note what a unit was about whose commit was not confirmed."""
        self._in_doubt = self._in_doubt or work.plan_changed

    async def catch_up(self, work: Work) -> None:
        """Let a unit decide under what every node has stored by now."""
        # Units of one transaction have one time, and no two transactions have the same.
        is_looked_up = self._looked is not None and self._looked[0] == work.c.now
        count = self._looked[1] if self._looked is not None and is_looked_up else await nodes.plan_changes(work.c)
        work.plan_changes = count
        if count != self._known:
            work.plan = await stored.lay_over(work.c, work.plan, work.now)

    def ends(self, work: Work, *, kept: bool) -> None:
        """Go on, within the same transaction, from what a unit has changed; or from nothing, where it was undone."""
        at, count = work.c.now, work.plan_changes
        self._looked = (at, count) if kept and at is not None and count is not None else None

    def are_news(self, work: Work) -> bool:
        """Say of a unit that is durable whether its plan is newer than the engine's, and take it as known."""
        if work.plan_changes is None:
            self._in_doubt = self._in_doubt and not work.plan_changed
            return work.plan_changed
        if work.plan_changes <= self._known:
            return False
        self._known = work.plan_changes
        return True
