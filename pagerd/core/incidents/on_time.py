"""What silence does to an incident: a suspicion that nobody classified, a promise, the end of a watch."""

from dataclasses import replace
from datetime import timedelta

from pagerd.core.incidents import asking, on_countersign, on_public, on_review, on_room, on_updates, on_watch
from pagerd.core.incidents.draft import Draft
from pagerd.core.incidents.effects import TellPerson
from pagerd.core.incidents.events import TimerFired
from pagerd.core.incidents.incident import Incident, IncidentStatus, Lull, name_of
from pagerd.core.incidents.roles import Role
from pagerd.core.plain import length

GRAVE = 2
"""The rank down to which somebody is asked why nothing is tried."""

LATE_AFTER = timedelta(seconds=30)
"""A timer that fires later than this after its due time is worth a line: pagerd was down or stalled."""


def timer_fired(draft: Draft, event: TimerFired) -> None:
    """Do all that is due by now."""
    incident = draft.incident
    if incident.due is None or incident.due > draft.now:
        return
    if draft.now - incident.due > LATE_AFTER:
        draft.record("late", seconds=str(int((draft.now - incident.due).total_seconds())))
    on_public.clock_due(draft)
    if incident.status is IncidentStatus.RESOLVED:
        on_review.time_came(draft, event.incomplete)
    if not incident.is_open:
        on_countersign.due(draft)
        return
    if incident.triage_until is not None and incident.triage_until <= draft.now:
        draft.change(triage_until=None)
        draft.record("triage.overdue")
        asking.ask_to_classify(draft)
    on_updates.cadence_due(draft)
    _lull_due(draft)
    on_room.relief_due(draft)
    on_watch.watch_due(draft)


def _lull_due(draft: Draft) -> None:
    """Ask whether to roll back, and later who decides: stabilizing comes before finding out."""
    incident, lull = draft.incident, draft.incident.lull
    if lull is None or lull.due is None or lull.due > draft.now:
        return
    draft.change(lull=replace(lull, prompts=lull.prompts + 1))
    if incident.rank > GRAVE:
        return
    person, question = _lull_question(incident, lull)
    waited = length(draft.now - lull.since)
    draft.do(
        TellPerson(
            person=person, text=f"{name_of(incident).capitalize()}: nothing has been tried for {waited}. {question}"
        )
    )
    draft.record("mitigation.prompted", person=person, waited=waited)


def _lull_question(incident: Incident, lull: Lull) -> tuple[str, str]:
    """Return who is asked what: first whether to roll back, then who decides; whoever was to do it, once decided."""
    path = incident.path
    if path is not None:
        return path.owner, f"You were to do it: {path.text}. When you begin: pagerd incident mitigate {incident.number}"
    if lull.prompts == 0:
        question = f"Roll the latest change back? pagerd incident mitigate {incident.number} rollback"
        return incident.holder_of_first(Role.TL, Role.IC), question
    how = f"pagerd checklist answer {incident.number} path"
    return incident.holder_of_first(Role.IC, Role.TL), f"Decide what is tried, and who does it: {how}"
