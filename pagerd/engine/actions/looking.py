"""Looks whether what is done helped: what stands in the plan at once, what must be asked elsewhere in a while."""

from pagerd.core.actions import changes
from pagerd.core.actions.item import ActionItem, ActionStatus, CheckState
from pagerd.core.actions.terms import CheckKind
from pagerd.core.plan import Plan
from pagerd.engine.actions.keeping import save
from pagerd.engine.work import Work


async def look(work: Work, item: ActionItem) -> ActionItem:
    """Look now, as far as nobody else must be asked."""
    state, what = found_in_plan(work.plan, item)
    return await found(work, item, state, what)


def found_in_plan(plan: Plan, item: ActionItem) -> tuple[CheckState, str]:
    """Say what the plan alone knows of an item's verification."""
    verification = item.verification
    if verification.kind is CheckKind.RUNBOOK:
        name = verification.what.removesuffix(".md")
        runbook = plan.runbooks.get(name)
        if runbook is None:
            return CheckState.UNMET, f"there is no runbook {name}"
        return CheckState.MET, f"the runbook {name} is there: {runbook.title}"
    return CheckState.UNKNOWN, "pagerd.yaml names no Prometheus that could be asked"


async def found(work: Work, item: ActionItem, state: CheckState, what: str) -> ActionItem:
    """Store what was found, unless the item is not done any more."""
    if item.status is not ActionStatus.DONE:
        return item
    return await save(work, changes.looked_at(item, work.now, state, what), "ActionLookedAt")
