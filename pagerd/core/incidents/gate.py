"""The resolution gate: what must be true before an incident is over, and what of it is not yet.

Each criterion has a reading: green and red are read, attested and not applicable are a person's word with a reason.
What nobody could read is unknown: it is not met, and not red either, so a person may attest it. A red reading starts
the watch period anew, and while anything is red it cannot end. While what a check should read is unknown, it stands
still: watched time is green time.
"""

from collections.abc import Mapping
from datetime import datetime

from pagerd.core.incidents.checks import Check, checks_for
from pagerd.core.incidents.draft import Unmet
from pagerd.core.incidents.incident import GOOD, Incident, IncidentStatus, Reading, ReadingState, Watch
from pagerd.core.incidents.severity import CRITERIA, IncidentPolicy
from pagerd.core.plain import length
from pagerd.core.plan import Plan


def reading_of(incident: Incident, criterion: str) -> ReadingState:
    """Return what is known of a criterion."""
    reading = incident.readings.get(criterion)
    return reading.state if reading is not None else ReadingState.UNKNOWN


def is_any_red(incident: Incident) -> bool:
    """Was any criterion last found red?"""
    return any(reading.state is ReadingState.RED for reading in incident.readings.values())


def checks_of(incident: Incident, plan: Plan) -> Mapping[str, tuple[Check, ...]]:
    """Return what a machine reads of the incident, by criterion."""
    return checks_for(plan.incidents.checks, incident, plan.incident_policy(incident.severity, incident.rank))


def unread(incident: Incident, plan: Plan) -> tuple[str, ...]:
    """Return the criteria that a machine should read, and of which nobody knows anything."""
    return tuple(one for one in checks_of(incident, plan) if reading_of(incident, one) is ReadingState.UNKNOWN)


def is_held_for_nothing(incident: Incident, plan: Plan) -> bool:
    """Does the watch stand still for a check that the files do not have any more?"""
    watch = incident.watch
    return watch is not None and watch.held_since is not None and not unread(incident, plan)


def unmet(incident: Incident, policy: IncidentPolicy, now: datetime) -> tuple[Unmet, ...]:
    """Return what stands against resolving it now."""
    found: list[Unmet] = []
    if incident.status is not IncidentStatus.MONITORING:
        found.append(Unmet("not_monitoring", "nobody has said yet that customers feel nothing any more"))
    for criterion in policy.criteria:
        state = reading_of(incident, criterion)
        if state not in GOOD:
            reading = incident.readings.get(criterion)
            why = f" ({reading.why})" if reading is not None and reading.why else ""
            found.append(Unmet(criterion, f"{CRITERIA[criterion]}: {state.value}{why}"))
    watch = incident.watch
    if watch is not None and not watch.is_over and (watch.until > now or watch.held_since is not None):
        found.append(Unmet("watch_running", f"the watch period has {_left(watch, now)}"))
    return tuple(found)


def merged_readings(incident: Incident, criterion: str, reading: Reading) -> dict[str, Reading]:
    """Return the readings with this one in the place of the last of its criterion."""
    return {**incident.readings, criterion: reading}


def _left(watch: Watch, now: datetime) -> str:
    if watch.held_since is None:
        return f"{length(watch.until - now)} to go"
    return f"{length(watch.until - watch.held_since)} to go, and stands still while a check cannot be read"
