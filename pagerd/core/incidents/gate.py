"""The resolution gate: what must be true before an incident is over, and what of it is not yet.

Each criterion has a reading: green and red are read, attested and not applicable are a person's word with a reason.
What nobody could read is unknown: it is not met, and not red either, so a person may attest it. A red reading starts
the watch period anew, and while anything is red it cannot end.
"""

from datetime import datetime

from pagerd.core.incidents.draft import Unmet
from pagerd.core.incidents.incident import GOOD, Incident, IncidentStatus, Reading, ReadingState
from pagerd.core.incidents.severity import CRITERIA, IncidentPolicy
from pagerd.core.plain import length


def reading_of(incident: Incident, criterion: str) -> ReadingState:
    """Return what is known of a criterion."""
    reading = incident.readings.get(criterion)
    return reading.state if reading is not None else ReadingState.UNKNOWN


def is_any_red(incident: Incident) -> bool:
    """Was any criterion last found red?"""
    return any(reading.state is ReadingState.RED for reading in incident.readings.values())


def unmet(incident: Incident, policy: IncidentPolicy, now: datetime) -> tuple[Unmet, ...]:
    """Return what stands against resolving it now."""
    found: list[Unmet] = []
    if incident.status is not IncidentStatus.MONITORING:
        found.append(Unmet("not_monitoring", "nobody has said yet that customers feel nothing any more"))
    for criterion in policy.criteria:
        state = reading_of(incident, criterion)
        if state not in GOOD:
            found.append(Unmet(criterion, f"{CRITERIA[criterion]}: {state.value}"))
    watch = incident.watch
    if watch is not None and not watch.is_over and watch.until > now:
        found.append(Unmet("watch_running", f"the watch period has {length(watch.until - now)} to go"))
    return tuple(found)


def merged_readings(incident: Incident, criterion: str, reading: Reading) -> dict[str, Reading]:
    """Return the readings with this one in the place of the last of its criterion."""
    return {**incident.readings, criterion: reading}
