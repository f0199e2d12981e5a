"""How an incident moves: from suspicion to repair, to watching, to its end, and back."""

from dataclasses import replace
from datetime import datetime

from pagerd.core.incidents import asking, gate, on_countersign, on_review, on_roles, on_room, on_watch
from pagerd.core.incidents.draft import Draft, TransitionRefused
from pagerd.core.incidents.effects import (
    Carry,
    EndMitigation,
    EndPages,
    KeepMitigation,
    KeepUpdate,
)
from pagerd.core.incidents.errand import Errand
from pagerd.core.incidents.events import (
    Cancelled,
    Declared,
    FoundUnsolved,
    ImpactStopped,
    Merged,
    MitigationEnded,
    MitigationStarted,
    PageLinked,
    Reopened,
    Resolved,
    SeverityChanged,
    TookIn,
)
from pagerd.core.incidents.incident import IncidentStatus, Lull, Override, name_of
from pagerd.core.incidents.mitigation import REVERSIBLE, Outcome
from pagerd.core.incidents.opening import declare, link, promise, proposed_severity, say_proposal, tell_leadership
from pagerd.core.incidents.roles import Role
from pagerd.core.incidents.severity import default_policy


def declared(draft: Draft, event: Declared) -> None:
    """Say that the suspicion is an incident."""
    proposed = proposed_severity(draft.plan, event.cheat_sheet)
    severity = event.severity if event.severity is not None or proposed is None else proposed.id
    if severity is not None and severity != draft.incident.severity:
        _take_severity(draft, severity)
    if proposed is not None:
        draft.change(cheat_sheet=event.cheat_sheet, proposed=proposed.id)
        say_proposal(draft)
    declare(draft, event.by, event.via)


def severity_changed(draft: Draft, event: SeverityChanged) -> None:
    """Raise it at once, whoever holds which roles; lower it with a reason. What the new severity asks begins now."""
    before, old = draft.incident, draft.policy
    if event.severity == before.severity:
        raise draft.refuse("same_severity", f"it is {event.severity} already")
    _take_severity(draft, event.severity)
    if not draft.policy.is_incident:
        raise draft.refuse(
            "severity_is_ticket", f"{event.severity} is a ticket: resolve or cancel the incident instead"
        )
    is_worse = draft.incident.rank < before.rank
    if not is_worse and not event.why.strip():
        raise draft.refuse("reason_missing", "to lower a severity needs a reason")
    draft.record(
        "severity.raised" if is_worse else "severity.lowered",
        by=event.by,
        via=event.via,
        severity=event.severity,
        reason=event.why,
        **{"from": before.severity},
    )
    if before.declared_at is None or not before.is_open:
        return
    _pull_promise_in(draft)
    on_roles.call_off_unwanted(draft, event.by)
    if before.watch is not None:
        on_watch.follow_severity(draft, before)
    asking.ask_for_vacant(draft)
    on_roles.fill_gap(draft)
    asking.ask_joiners(draft, known=old.joins)
    tell_leadership(draft, known=old.leadership)


def mitigation_started(draft: Draft, event: MitigationStarted) -> None:
    """Try something now, from any state: stop the bleeding first. The reversible goes before what is not."""
    incident = draft.incident
    is_first = incident.mitigation == 0
    if is_first and event.kind not in REVERSIBLE and not event.why.strip():
        raise draft.refuse(
            "irreversible_first", f"{event.kind} cannot be taken back: say why nothing reversible is tried first"
        )
    if incident.status is IncidentStatus.TRIAGE:
        declare(draft, event.by, event.via)
    number = incident.mitigation + 1
    draft.change(mitigation=number, running=incident.running + 1, lull=None, tried_at=incident.tried_at or draft.now)
    on_watch.leave(draft)
    draft.change(status=IncidentStatus.MITIGATING)
    draft.do(KeepMitigation(number=number, kind=event.kind, text=event.text, by=event.by))
    draft.record(
        "mitigation.started",
        by=event.by,
        via=event.via,
        number=str(number),
        mitigation=event.kind.replace("_", " "),
        text=event.text,
        reason=event.why,
    )


def mitigation_ended(draft: Draft, event: MitigationEnded) -> None:
    """Note what it did. When nothing else is being tried and it did not help, the search goes on."""
    incident = draft.incident
    if not 1 <= event.number <= incident.mitigation:
        raise draft.refuse("no_such_mitigation", f"there is no mitigation {event.number}")
    draft.change(running=max(incident.running - 1, 0))
    draft.do(EndMitigation(number=event.number, outcome=event.outcome, text=event.text, by=event.by))
    draft.record(
        "mitigation.ended",
        by=event.by,
        via=event.via,
        number=str(event.number),
        outcome=event.outcome.replace("_", " "),
        text=event.text,
    )
    helped = event.outcome == Outcome.WORKED.value
    if incident.status is IncidentStatus.MITIGATING and not draft.incident.running and not helped:
        draft.change(status=IncidentStatus.INVESTIGATING, lull=Lull(since=draft.now), path=None)
        draft.record("incident.investigating")


def impact_stopped(draft: Draft, event: ImpactStopped) -> None:
    """Begin the watch: customers feel nothing any more, and it must stay so for a while."""
    began = draft.incident.impact_started_at
    if event.at > draft.now or (began is not None and event.at < began):
        raise draft.refuse("times_out_of_order", "the impact ends after it began, and not in the future")
    if began is None and event.at < draft.incident.detected_at:
        what = "it ended before it was detected, and nobody has said since when it was: do that first, in the checklist"
        raise draft.refuse("times_out_of_order", what)
    draft.change(
        status=IncidentStatus.MONITORING,
        mitigated_at=draft.now,
        impact_ended_at=event.at,
        readings={},
        watch=None,
        lull=None,
    )
    draft.do(EndPages(errand=Errand.WATCH, why="the impact ended", by=event.by))
    draft.record("incident.monitoring", by=event.by, via=event.via, impact_ended_at=event.at.isoformat())
    on_watch.begin(draft, draft.now)
    on_watch.say(draft)


def found_unsolved(draft: Draft, event: FoundUnsolved) -> None:
    """Go back to searching. The commander is paged, unless it was the commander who said so."""
    was_watched = draft.incident.status is IncidentStatus.MONITORING
    on_watch.leave(draft)
    draft.change(status=IncidentStatus.INVESTIGATING, lull=Lull(since=draft.now), path=None)
    draft.record("incident.unsolved", by=event.by, via=event.via, reason=event.why)
    if was_watched and event.by != draft.incident.holder(Role.IC):
        asking.ask_to_look(draft, event.why)


def resolved(draft: Draft, event: Resolved) -> None:
    """End it, when all criteria are met and the watch is over, or, against them, with a reason."""
    found = gate.unmet(draft.incident, draft.policy, draft.now)
    if found and not event.override.strip():
        message = f"{name_of(draft.incident).capitalize()} cannot be resolved yet"
        message += f": {found[0].what}" if len(found) == 1 else f": {len(found)} things are unmet"
        raise TransitionRefused(message, found)
    incident = draft.incident
    if found:
        codes = tuple(one.code for one in found)
        draft.change(override=Override(by=event.by, at=draft.now, why=event.override, unmet=codes))
        draft.record(
            "incident.overridden", by=event.by, reason=event.override, unmet=", ".join(codes).replace("_", " ")
        )
    slot, number = incident.cadence, incident.update + 1
    draft.change(
        status=IncidentStatus.RESOLVED,
        resolved_at=draft.now,
        mitigated_at=incident.mitigated_at or draft.now,
        impact_ended_at=incident.impact_ended_at or draft.now,
        update=number,
    )
    draft.do(
        KeepUpdate(
            number=number,
            status=IncidentStatus.RESOLVED.value,
            know=event.note,
            by=event.by,
            slot_at=slot.next_at if slot is not None else None,
        )
    )
    draft.record("incident.resolved", by=event.by, via=event.via, text=event.note)
    if found:
        on_countersign.ask(draft)
    on_room.tell_followers(draft, f"it is resolved. {event.note}".rstrip())
    _end(draft, "the incident is resolved", event.by)
    on_review.begin(draft)


def reopened(draft: Draft, event: Reopened) -> None:
    """Take it up again, because a person says that it was not over."""
    next_at = take_up(draft)
    draft.record("incident.reopened", by=event.by, via=event.via, reason=event.why, next_at=next_at.isoformat())
    asking.ask_for_vacant(draft)


def take_up(draft: Draft) -> datetime:
    """Open it again as it was: the same incident, its clocks set anew, its roles still with whoever held them.

    Return when the next update is promised. An override is void: what it was about is not over.
    """
    every = draft.policy.update_every or default_policy(1).update_every
    assert every is not None, "the worst severity is an incident"
    next_at = draft.now + every.least
    draft.change(
        status=IncidentStatus.INVESTIGATING,
        resolved_at=None,
        mitigated_at=None,
        impact_ended_at=None,
        watch=None,
        readings={},
        cadence=promise(draft.now, next_at),
        lull=Lull(since=draft.now),
        path=None,
        override=None,
        relief_at=draft.now + draft.plan.incidents.relief_after if draft.incident.holder(Role.IC) is not None else None,
    )
    draft.do(Carry(is_open=True))
    on_review.begin_again(draft)
    on_room.tell_followers(draft, "it is open again.")
    return next_at


def cancelled(draft: Draft, event: Cancelled) -> None:
    """It was no incident. Its pages go on as pages."""
    draft.change(status=IncidentStatus.CANCELLED, closed_at=draft.now, over_why=event.text or event.reason)
    draft.record(
        "incident.cancelled", by=event.by, via=event.via, reason=event.reason.replace("_", " "), text=event.text
    )
    on_room.tell_followers(draft, "it was none, and is cancelled.")
    _end(draft, "the incident was cancelled", event.by)


def merged(draft: Draft, event: Merged) -> None:
    """It goes on in another incident, and its pages are that one's."""
    if event.into == draft.incident.number:
        raise draft.refuse("same_incident", "it cannot be merged into itself")
    draft.change(status=IncidentStatus.MERGED, closed_at=draft.now, merged_into=event.into)
    draft.record("incident.merged", by=event.by, via=event.via, incident=str(event.into))
    on_room.tell_followers(draft, f"it goes on as incident {event.into}, and you hear of that one from now on.")
    _end(draft, f"it goes on as incident {event.into}", event.by, into=event.into)


def took_in(draft: Draft, event: TookIn) -> None:
    """Another incident was this one all along: whoever followed that one follows this one now.

    What is real does not become practice, nor the other way round: one of them is counted, and the other is not.
    """
    if event.is_drill != draft.incident.is_drill:
        which = "is a drill, and the other one is real" if draft.incident.is_drill else "is real"
        raise draft.refuse("drill_and_real", f"it {which}: a drill and what is real are not merged")
    draft.record("incident.took_in", by=event.by, via=event.via, incident=str(event.other))
    on_room.follow_along(draft, event.followers)


def page_linked(draft: Draft, event: PageLinked) -> None:
    """A page is part of it."""
    link(draft, event.page)


def _end(draft: Draft, why: str, by: str, into: int | None = None) -> None:
    """Stop all clocks and all asking. Who held a role is still known."""
    roles = {role: replace(standing, is_asked=False) for role, standing in draft.incident.roles.items()}
    draft.change(cadence=None, triage_until=None, lull=None, roles=roles)
    draft.do(EndPages(errand=None, why=why, by=by))
    draft.do(Carry(is_open=into is not None, into=into))


def _take_severity(draft: Draft, severity: str) -> None:
    known = draft.plan.severities.get(severity)
    if known is None:
        raise draft.refuse("no_such_severity", f"severities are {', '.join(draft.plan.severities)}")
    draft.change(severity=known.id, rank=known.rank)


def _pull_promise_in(draft: Draft) -> None:
    """A promise that is later than the severity allows comes earlier; an earlier one stands."""
    cadence, every = draft.incident.cadence, draft.policy.update_every
    if cadence is None or every is None or cadence.is_overdue:
        return
    latest = draft.now + every.most
    if cadence.next_at > latest:
        draft.change(cadence=promise(draft.now, latest))
        draft.record("update.sooner", next_at=latest.isoformat())
