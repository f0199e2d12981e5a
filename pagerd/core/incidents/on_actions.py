"""What happens to its action items: lines of the timeline, which goes on when the incident is long over."""

from pagerd.core.incidents.draft import Draft
from pagerd.core.incidents.events import ActionMoved


def moved(draft: Draft, event: ActionMoved) -> None:
    """Write down what became of one."""
    draft.record(
        f"incident.action_{event.what}",
        by=event.by,
        via=event.via,
        number=str(event.action),
        title=event.title,
        owner=event.owner,
        day=event.due,
        outcome=event.outcome,
        reason=event.why,
    )
