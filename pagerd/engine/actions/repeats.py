"""Looks whether what was said to be mended happens again.

That is when an incident is declared, when a page joins it, and, for its causes, when its postmortem is accepted.
"""

from pagerd.core.actions import changes
from pagerd.core.actions.chasing import clock_of, due_again
from pagerd.core.actions.item import ActionItem
from pagerd.core.actions.repeats import Repeat, repeat_of, repeat_of_cause
from pagerd.core.incidents.incident import Incident
from pagerd.core.postmortems.factors import factors_in
from pagerd.core.postmortems.sections import Factor
from pagerd.engine.actions.keeping import save
from pagerd.engine.actions.telling import tell
from pagerd.engine.work import Work
from pagerd.stores.records import actions, incidents, postmortems, timers

LOOKED_AT_MAX = 200
"""Action items of one look, the newest first: what nobody remembers is no proof of anything."""


async def look(work: Work, incident_id: str) -> None:
    """Compare an incident with what was done after others like it."""
    await timers.put(work.c, "repeats", incident_id, None)
    incident = await incidents.find_by_id(work.c, incident_id)
    if incident is None:
        return
    if not incident.is_open:
        await _compare_causes(work, incident)
        return
    found = await actions.said_to_be_done(work.c, incident.number, incident.service, LOOKED_AT_MAX)
    for item, fires_again in found:
        repeat = repeat_of(item, incident.number, service=incident.service, fires_again=fires_again)
        if repeat is not None:
            await _happened(work, item, incident, repeat)


async def _compare_causes(work: Work, incident: Incident) -> None:
    """Compare what an accepted postmortem says with those of earlier incidents of the team."""
    mine = await _factors_of(work, incident.number)
    if not mine:
        return
    known: dict[int, frozenset[Factor]] = {}
    for item in await actions.done_of_team(work.c, incident.number, incident.team, LOOKED_AT_MAX):
        if item.incident not in known:
            known[item.incident] = await _factors_of(work, item.incident)
        repeat = repeat_of_cause(item, incident, mine, known[item.incident])
        if repeat is not None:
            await _happened(work, item, incident, repeat)


async def _factors_of(work: Work, incident: int) -> frozenset[Factor]:
    text = await postmortems.last(work.c, incident)
    return factors_in(text.text) if text is not None else frozenset()


async def _happened(work: Work, item: ActionItem, incident: Incident, repeat: Repeat) -> None:
    if repeat.opens:
        rule = work.plan.incident_policy(incident.severity, incident.rank).actions_due
        due = due_again(item, rule, work.now, clock_of(item, work.plan).zone)
        outcome, what = changes.came_back(item, work.now, incident.number, repeat.what, due), "is open again"
    else:
        outcome, what = changes.seen_again(item, work.now, incident.number, repeat.what), "may not have helped"
    after = await save(work, outcome, "ActionCameBack" if repeat.opens else "ActionSeenAgain")
    text = f"Action {item.number} {what}: incident {incident.number} has {repeat.what} ({item.terms.title})."
    await tell(work, after, f"{text} pagerd action show {item.number}")
