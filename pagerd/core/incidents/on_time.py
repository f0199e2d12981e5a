"""What silence does to an incident: a suspicion that nobody classified, a promise, the end of a watch."""

from datetime import timedelta

from pagerd.core.incidents import asking, on_lifecycle, on_updates
from pagerd.core.incidents.draft import Draft
from pagerd.core.incidents.events import TimerFired

LATE_AFTER = timedelta(seconds=30)
"""A timer that fires later than this after its due time is worth a line: pagerd was down or stalled."""


def timer_fired(draft: Draft, event: TimerFired) -> None:
    """Do all that is due by now."""
    del event
    incident = draft.incident
    if incident.due is None or incident.due > draft.now:
        return
    if draft.now - incident.due > LATE_AFTER:
        draft.record("late", seconds=str(int((draft.now - incident.due).total_seconds())))
    if incident.triage_until is not None and incident.triage_until <= draft.now:
        draft.change(triage_until=None)
        draft.record("triage.overdue")
        asking.ask_to_classify(draft)
    on_updates.cadence_due(draft)
    on_lifecycle.watch_due(draft)
