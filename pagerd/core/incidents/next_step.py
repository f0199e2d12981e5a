"""What must be done now, and by whom: computed of the state alone, so that whoever looks, however, reads the same.

The first step is the next one. Those after it are what comes then; whoever has a hand free can begin there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pagerd.core.incidents import gate
from pagerd.core.incidents.incident import NAG_BEFORE, Incident, IncidentStatus, ReadingState
from pagerd.core.incidents.roles import ROLE_NAMES, Role, held_by
from pagerd.core.incidents.severity import CRITERIA, IncidentPolicy
from pagerd.core.plain import counted
from pagerd.core.plan import Plan
from pagerd.core.postmortems.review import Review, ReviewState


class Phase(StrEnum):
    """The order in which an incident is worked on, always."""

    STABILIZE = "stabilize"
    RESTORE = "restore"
    INVESTIGATE = "investigate"
    PREVENT = "prevent"


ORDER: Mapping[str, str] = {
    Phase.STABILIZE: "stop the bleeding, before anybody knows why it bleeds",
    Phase.RESTORE: "bring the service back, if only for now",
    Phase.INVESTIGATE: "find the cause, while nobody is hurt",
    Phase.PREVENT: "see that it does not come again",
}
"""Each in words."""

_PHASES: Mapping[IncidentStatus, Phase] = {
    IncidentStatus.TRIAGE: Phase.STABILIZE,
    IncidentStatus.INVESTIGATING: Phase.STABILIZE,
    IncidentStatus.MITIGATING: Phase.RESTORE,
    IncidentStatus.MONITORING: Phase.INVESTIGATE,
    IncidentStatus.RESOLVED: Phase.PREVENT,
    IncidentStatus.CLOSED: Phase.PREVENT,
}


def phase_of(incident: Incident) -> Phase | None:
    """Return where an incident is in the order; None for one that was none, or goes on elsewhere.

    An incident that is being investigated is to be stabilized first, however much its status sounds like searching.
    """
    return _PHASES.get(incident.status)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something to do. `person` None: anybody. `role` is that in which they do it, or the one that is to be taken.

    `command` does it at a prompt; `due` is when it must be done, where there is such an instant.
    """

    code: str
    what: str
    command: str
    person: str | None = None
    role: str = ""
    due: datetime | None = None


def sentence(step: Step, plan: Plan) -> str:
    """Say whose it is, and what: `Ana, comms lead: post update 3`."""
    if step.person is None:
        return f"Anybody: {step.what}"
    role = f", {ROLE_NAMES[step.role]}" if step.role else ""
    return f"{plan.name_of(step.person)}{role}: {step.what}"


def steps(incident: Incident, plan: Plan, now: datetime) -> tuple[Step, ...]:
    """Return what is to be done, the next first; nothing where nothing is."""
    policy = plan.incident_policy(incident.severity, incident.rank)
    match incident.status:
        case IncidentStatus.TRIAGE:
            return (_classify(incident),)
        case IncidentStatus.INVESTIGATING | IncidentStatus.MITIGATING | IncidentStatus.MONITORING:
            return tuple(_of_a_declared(incident, policy, now))
        case IncidentStatus.RESOLVED | IncidentStatus.CLOSED:
            return tuple(_afterwards(incident, now))
        case _:
            return ()


def _of_a_declared(incident: Incident, policy: IncidentPolicy, now: datetime) -> Iterator[Step]:
    """Somebody who decides, then what was promised, then what is broken; whatever else comes after."""
    vacant = [role for role in policy.roles if incident.holder(role) is None]
    cadence = incident.cadence
    left = cadence.next_at - now if cadence is not None else None
    if Role.IC in vacant:
        yield _take(incident, Role.IC)
    customers = _customers(incident, now)
    if left is not None and left <= NAG_BEFORE:
        yield _update(incident, now)
    if customers is not None and customers.due is not None and customers.due - now <= NAG_BEFORE:
        yield customers
    yield from _red(incident)
    yield from (_take(incident, role) for role in vacant if role != Role.IC)
    match incident.status:
        case IncidentStatus.INVESTIGATING:
            yield _try_something(incident)
        case IncidentStatus.MITIGATING:
            yield _say_what_it_did(incident)
        case _:
            yield from _watched(incident, policy, now)
    if left is not None and left > NAG_BEFORE:
        yield _update(incident, now)
    if customers is not None and (customers.due is None or customers.due - now > NAG_BEFORE):
        yield customers


def _step(
    incident: Incident, roles: tuple[str, ...], code: str, what: str, command: str, due: datetime | None = None
) -> Step:
    """Return a step for whoever holds the first of these roles; else for whoever opened it."""
    person = incident.holder_of_first(*roles)
    held = held_by(incident.roles, person)
    role = next((role for role in roles if role in held), "")
    return Step(code=code, what=what, command=command, person=person, role=role, due=due)


def _classify(incident: Incident) -> Step:
    what = "say whether it is an incident: declare it, or cancel it"
    command = f"pagerd incident confirm {incident.number}"
    return _step(incident, (Role.IC,), "classify", what, command, incident.triage_until)


def _take(incident: Incident, role: str) -> Step:
    what = f"take the role of {ROLE_NAMES[role]}, nobody has it"
    return Step(code="role_vacant", what=what, command=f"pagerd role take {role} {incident.number}", role=role)


def _update(incident: Incident, now: datetime) -> Step:
    cadence = incident.cadence
    assert cadence is not None, "only what was promised is due"
    code, what = "update_due", f"post update {incident.update + 1}"
    if cadence.next_at <= now:
        code, what = "update_overdue", f"{what}, it is overdue"
    command = f"pagerd update post {incident.number} WHAT IS KNOWN"
    return _step(incident, (Role.COMMS, Role.IC), code, what, command, cadence.next_at)


def _red(incident: Incident) -> Iterator[Step]:
    if incident.status is not IncidentStatus.MONITORING:
        return
    red = [name for name, reading in incident.readings.items() if reading.state is ReadingState.RED]
    if red:
        what = f"{_listed(red)} red: mend it, or say that it is not over"
        command = f"pagerd incident investigate {incident.number} WHY"
        yield _step(incident, (Role.IC, Role.TL), "criterion_red", what, command)


def _try_something(incident: Incident) -> Step:
    so_far = "nothing that was tried helped" if incident.mitigation else "nothing has been tried"
    what = f"{so_far}: try what can be taken back, a rollback first"
    command = f"pagerd incident mitigate {incident.number} rollback WHAT"
    return _step(incident, (Role.TL, Role.IC), "nothing_tried", what, command)


def _say_what_it_did(incident: Incident) -> Step:
    number = incident.number
    if incident.running:
        what = f"{counted(incident.running, 'mitigation')} under way: say what it did, as soon as you know"
        command = f"pagerd incident mitigation {number} {incident.mitigation} worked|no_effect|worse|undone"
        return _step(incident, (Role.TL, Role.IC), "mitigation_running", what, command)
    what = "when customers feel nothing any more, say so: the watch period begins"
    return _step(incident, (Role.IC, Role.TL), "impact_going_on", what, f"pagerd incident monitor {number}")


def _watched(incident: Incident, policy: IncidentPolicy, now: datetime) -> Iterator[Step]:
    missing = [one.code for one in gate.unmet(incident, policy, now) if one.code in CRITERIA]
    unknown = [code for code in missing if gate.reading_of(incident, code) is not ReadingState.RED]
    watch = incident.watch
    if unknown:
        more = f" ({len(unknown) - 1} more after it)" if len(unknown) > 1 else ""
        what = f"see whether {CRITERIA[unknown[0]]}{more}"
        command = f"pagerd incident check {incident.number} {unknown[0]} attested WHY"
        yield _step(incident, (Role.TL, Role.IC), "criterion_unmet", what, command)
    if watch is not None and not watch.is_over and (watch.until > now or watch.held_since is not None):
        what = "keep watching: the period ends then, unless something turns red"
        if watch.held_since is not None:
            what = "see why a check cannot be read, or attest what it should: until then the watch period stands still"
        command = f"pagerd incident show {incident.number}"
        yield _step(incident, (Role.IC, Role.TL), "watch_running", what, command, watch.due)
    elif not missing:
        what = "everything is met: resolve it"
        command = f"pagerd incident resolve {incident.number} WHAT IT WAS"
        yield _step(incident, (Role.IC, Role.TL), "resolve", what, command)


def _customers(incident: Incident, now: datetime) -> Step | None:
    """Return what is to be done for those outside: a text waits for its approval, or they wait for a text."""
    clock, pending = incident.public.clock, incident.public.pending
    if clock is None and pending is None:
        return None
    if pending is not None:
        what = f"have draft {pending.number} for customers approved"
        command = f"pagerd public approve {incident.number} {pending.number}"
    else:
        what, command = "write what customers read", f"pagerd public draft {incident.number}"
    due = clock.next_at if clock is not None else None
    code = "customers_due"
    if due is not None and due <= now:
        code, what = "customers_overdue", f"{what}, it is overdue"
    return _step(incident, (Role.COMMS, Role.IC), code, what, command, due)


def _afterwards(incident: Incident, now: datetime) -> Iterator[Step]:
    customers = _customers(incident, now)
    if customers is not None:
        yield customers
    override = incident.override
    if override is not None and override.due_at is not None and override.countersigned_at is None:
        what = "a second person countersigns the override, never whoever overrode"
        command = f"pagerd incident countersign {incident.number}"
        yield Step(code="countersign", what=what, command=command, due=override.due_at)
    if incident.status is IncidentStatus.RESOLVED and incident.review is not None:
        yield _review(incident, incident.review, now)


def _review(incident: Incident, review: Review, now: datetime) -> Step:
    """Return what the postmortem wants: a writer, then a lead, then the close of the incident."""
    late = ", it is overdue" if review.due < now else ""
    match review.state:
        case ReviewState.DRAFT:
            what, command = f"finish the postmortem, and ask for its review{late}", "pagerd postmortem submit"
            person: str | None = review.owner
        case ReviewState.IN_REVIEW:
            what, command, person = f"a lead reviews the postmortem{late}", "pagerd postmortem accept", None
        case _:
            what, command, person = "close the incident", "pagerd incident close", None
    due = None if review.is_decided else review.due
    return Step(code="postmortem", what=what, command=f"{command} {incident.number}", person=person, due=due)


def _listed(names: list[str]) -> str:
    words = [name.replace("_", " ") for name in names]
    return f"{' and '.join(words)} {'is' if len(words) == 1 else 'are'}"
