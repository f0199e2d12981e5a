"""An alert that was part of an incident fires again: then it was not over.

What is being watched goes back to being investigated; what was resolved a short while ago is opened again. Both page
the commander: nobody learns by chance that the same thing is broken. An alert that ends still resolves no incident.
"""

from datetime import datetime, timedelta

from pagerd.core.incidents import asking, on_lifecycle, on_watch
from pagerd.core.incidents.draft import Draft
from pagerd.core.incidents.events import Refired
from pagerd.core.incidents.incident import Incident, IncidentStatus, Lull

REOPENS_WITHIN = timedelta(hours=1)
"""What fires later than this after the end is another incident: a page about it says so to whoever is on call."""


def is_again(incident: Incident, now: datetime) -> bool:
    """Does an alert of its groups that fires now mean that it was not over?

    What fires after a drill is real: nobody would hear of it, or count it, as part of practice.
    """
    if not incident.is_real:
        return False
    ended = incident.resolved_at
    is_fresh = ended is not None and now - ended <= REOPENS_WITHIN and not incident.is_drill
    return incident.status is IncidentStatus.MONITORING or (incident.status is IncidentStatus.RESOLVED and is_fresh)


def refired(draft: Draft, event: Refired) -> None:
    """Take it up again, and page the commander."""
    if draft.incident.status is IncidentStatus.MONITORING:
        on_watch.leave(draft)
        draft.change(status=IncidentStatus.INVESTIGATING, lull=Lull(since=draft.now), path=None)
        draft.record("incident.refired", alert=event.alert, page=event.page)
    else:
        next_at = on_lifecycle.take_up(draft)
        draft.record("incident.came_back", alert=event.alert, page=event.page, next_at=next_at.isoformat())
        asking.ask_for_vacant(draft)
    asking.ask_to_look(draft, f"{event.alert} fires again")
