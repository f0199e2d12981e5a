"""Objections to a night, and how they end. Nothing is overwritten."""

from pagerd.core.errors import Conflict, IllegalTransition, NotAllowed
from pagerd.core.worklog import worked as core
from pagerd.core.worklog.leads import is_lead
from pagerd.core.worklog.worked import WorkedNight
from pagerd.engine import ledger, rest
from pagerd.engine.work import Work
from pagerd.engine.written import whole


async def dispute(
    work: Work,
    night: WorkedNight,
    *,
    by: str,
    via: str,
    why: str,
    page_id: str | None = None,
    minutes: int | None = None,
    is_admin: bool = False,
) -> WorkedNight:
    """Object to a night: the one whose night it was, their lead, or an admin."""
    if by != night.person and not is_admin and not is_lead(work.plan, night.team, night.person, by, work.now):
        raise NotAllowed(f"only {night.person}, their lead or an admin may dispute night {night.id}")
    try:
        outcome = core.disputed(
            night, work.now, by=by, via=via, why=whole(why.strip()), page_id=page_id, minutes=minutes
        )
    except IllegalTransition as error:
        raise Conflict(str(error)) from error
    return await ledger.save(work, night, outcome, "NightDisputed")


async def settle(
    work: Work,
    night: WorkedNight,
    *,
    by: str,
    via: str,
    is_upheld: bool,
    why: str,
    minutes: int | None = None,
    is_admin: bool = False,
) -> WorkedNight:
    """Settle a dispute: a lead or an admin, but neither who objected nor whose night it was."""
    open_one = night.open_dispute
    if by == night.person or (open_one is not None and by == open_one.by):
        raise NotAllowed(f"nobody settles their own dispute: ask another lead or admin about night {night.id}")
    if not is_admin and not is_lead(work.plan, night.team, night.person, by, work.now):
        raise NotAllowed(f"only a lead of team {night.team} or an admin settles the dispute about night {night.id}")
    try:
        outcome = core.settled(
            night, work.now, by=by, via=via, is_upheld=is_upheld, why=whole(why.strip()), minutes=minutes
        )
    except IllegalTransition as error:
        raise Conflict(str(error)) from error
    return await rest.review(work, await ledger.save(work, night, outcome, "NightSettled"))
