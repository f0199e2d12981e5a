"""What customers are told: drafts, their approval, and the clock that says by when they must hear something.

Nothing gets out but a draft that a person approved, who may. A draft never changes: another text is another draft, with
another number, that needs an approval of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from pagerd.core.errors import NotAllowed
from pagerd.core.incidents import asking
from pagerd.core.incidents.draft import Draft, TransitionRefused, Unmet
from pagerd.core.incidents.effects import DropPublicDraft, EndPages, KeepPublicDraft, Publish, TellPerson
from pagerd.core.incidents.errand import Errand
from pagerd.core.incidents.events import PublicApproved, PublicDrafted, PublicRejected
from pagerd.core.incidents.incident import Incident, IncidentStatus, Mode, name_of
from pagerd.core.incidents.messages import MessageKind
from pagerd.core.incidents.promises import promises_in
from pagerd.core.incidents.public import Component, ComponentState, Pending, PublicClock, PublicKind, PublicText
from pagerd.core.incidents.public_words import as_proposed, facts_for_customers, never_mind, proposed_title
from pagerd.core.incidents.roles import Role
from pagerd.core.plain import length
from pagerd.core.rights import TOKEN, rights_of

KIND_OF: Mapping[IncidentStatus, PublicKind] = {
    IncidentStatus.INVESTIGATING: PublicKind.INVESTIGATING,
    IncidentStatus.MITIGATING: PublicKind.IDENTIFIED,
    IncidentStatus.MONITORING: PublicKind.MONITORING,
    IncidentStatus.RESOLVED: PublicKind.RESOLVED,
    IncidentStatus.CLOSED: PublicKind.RESOLVED,
    IncidentStatus.CANCELLED: PublicKind.RESOLVED,
    IncidentStatus.MERGED: PublicKind.RESOLVED,
}
"""What each status is to customers; a suspicion is nothing to them."""

NEXT_LEAST, NEXT_MOST = timedelta(minutes=5), timedelta(days=1)
"""How soon the next public update may be promised."""

NEXT_ELSE = timedelta(hours=1)
"""How soon it is, where the severity says nothing about updates."""

TEXT_MAX, TITLE_MAX = 2000, 120


def follow(draft: Draft, before: Incident | None) -> None:
    """Let what customers are to be told go with what became of the incident; `before` is None of one that opens."""
    incident = draft.incident
    if incident.mode is not Mode.LIVE or incident.declared_at is None:
        return
    was_declared = before is not None and before.declared_at is not None
    was_over = before is not None and not before.is_open
    if not was_declared or (was_over and incident.is_open):
        _begin(draft)
    elif before is not None and incident.rank != before.rank:
        _move_first(draft)
    if before is not None and before.is_open and not incident.is_open:
        _end(draft)
    if before is None or not was_declared or KIND_OF[incident.status] is not KIND_OF[before.status]:
        _propose(draft)


def drafted(draft: Draft, event: PublicDrafted) -> None:
    """Take a text, in the place of any that still waits."""
    _must_concern_customers(draft)
    rules, side = draft.plan.incidents.public, draft.incident.public
    unknown = [name for name in event.components if rules.component(name) is None]
    if unknown:
        known = ", ".join(one.id for one in rules.components) or "none: `public` of rules/incidents.yaml lists them"
        raise draft.refuse("no_such_component", f"there is no component {unknown[0]}; components are {known}")
    if event.next_in is not None and not NEXT_LEAST <= event.next_in <= NEXT_MOST:
        bounds = f"{length(NEXT_LEAST)} to {length(NEXT_MOST)}"
        raise draft.refuse("promise_out_of_bounds", f"the next public update comes within {bounds}")
    draft.change(public=replace(side, symptom=event.symptom or side.symptom, impact=event.impact or side.impact))
    kind = event.kind or KIND_OF[draft.incident.status]
    said = _said(draft, kind, title=event.title, text=event.text, components=event.components, next_in=event.next_in)
    pending = _put(draft, said, by=event.by)
    draft.record(
        "public.drafted",
        by=event.by,
        via=event.via,
        number=str(pending.number),
        stands=kind.value,
        text=said.text,
    )


def approved(draft: Draft, event: PublicApproved) -> None:
    """Publish a draft, under the name of whoever may and does so."""
    _must_concern_customers(draft)
    pending = _pending(draft, event.draft)
    said = pending.said
    if event.via == TOKEN:
        raise NotAllowed(
            "a text for customers is approved by a person who signs in, or on pagerd's host: not by a token"
        )
    if not rights_of(draft.plan, event.by, draft.now).is_approver:
        raise NotAllowed(
            f"{draft.plan.name_of(event.by)} may not approve what customers read: `approvers` of pagerd.yaml says who"
        )
    if draft.plan.incidents.public.two_people and event.by == pending.by:
        raise draft.refuse(
            "second_person", "whoever drafted a text does not approve it too: `two_people` asks for both"
        )
    _must_agree(draft, said.kind)
    promises = promises_in(f"{said.title}\n{said.text}", draft.plan.incidents.messages.promise_words)
    if promises and not event.override.strip():
        found = ", ".join(promises)
        raise draft.refuse("promise_words", f"it promises something ({found}): change it, or say why it may")
    slot = draft.incident.public.clock
    next_at = draft.now + said.next_in if said.next_in is not None else None
    late = draft.now - slot.next_at if slot is not None and draft.now > slot.next_at else None
    draft.record(
        "public.approved",
        by=event.by,
        via=event.via,
        number=str(pending.number),
        stands=said.kind.value,
        digest=said.digest[:12],
        late=length(late) if late is not None else "",
        components=", ".join(f"{name} {state.replace('_', ' ')}" for name, state in said.components.items()),
        next_at=next_at.isoformat() if next_at is not None else "",
    )
    if promises:
        draft.record("public.overridden", by=event.by, words=", ".join(promises), reason=event.override)
    _publish(draft, event, pending)


def _publish(draft: Draft, event: PublicApproved, pending: Pending) -> None:
    side, said = draft.incident.public, pending.said
    slot = side.clock.next_at if side.clock is not None else None
    next_at = draft.now + said.next_in if said.next_in is not None else None
    draft.change(
        public=replace(
            side,
            pending=None,
            published=side.published + 1,
            kind=said.kind,
            title=said.title,
            components={**side.components, **said.components},
            clock=PublicClock(next_at=next_at, since=draft.now) if next_at is not None else None,
        )
    )
    draft.do(
        Publish(
            pending=pending,
            by=event.by,
            via=event.via,
            override=event.override,
            slot_at=slot,
            next_at=next_at,
        )
    )
    draft.do(EndPages(errand=Errand.PUBLIC, why="customers were told", by=event.by))


def rejected(draft: Draft, event: PublicRejected) -> None:
    """Drop a draft; what customers are to be told by when stays as it was."""
    pending = _pending(draft, event.draft)
    draft.change(public=replace(draft.incident.public, pending=None))
    draft.do(DropPublicDraft(number=pending.number, by=event.by, why=event.why))
    draft.record("public.rejected", by=event.by, via=event.via, number=str(pending.number), reason=event.why)


def clock_due(draft: Draft) -> None:
    """Remind the comms lead, then the commander; when customers heard nothing in time, page for it."""
    side, clock = draft.incident.public, draft.incident.public.clock
    if clock is None or clock.due is None or clock.due > draft.now:
        return
    if clock.next_at <= draft.now:
        draft.change(public=replace(side, clock=replace(clock, is_overdue=True), missed=side.missed + 1))
        draft.record("public.missed")
        asking.ask_for_public(draft)
        return
    leads = (Role.COMMS, Role.IC) if clock.reminders == 0 else (Role.IC, Role.COMMS)
    person = draft.incident.holder_of_first(*leads)
    draft.change(public=replace(side, clock=replace(clock, reminders=clock.reminders + 1)))
    left = length(clock.next_at - draft.now)
    text = f"{name_of(draft.incident).capitalize()}: customers are to be told within {left}."
    draft.do(TellPerson(person=person, text=f"{text} {what_to_do(draft.incident)}"))
    draft.record("public.reminded", person=person, next_at=clock.next_at.isoformat())


def what_to_do(incident: Incident) -> str:
    """Say what gets a text before customers from here."""
    pending = incident.public.pending
    if pending is not None:
        return f"Draft {pending.number} waits for approval: pagerd public approve {incident.number} {pending.number}"
    return f"pagerd public draft {incident.number}"


def _begin(draft: Draft) -> None:
    """Set the clock of the first notice, if there are customers to tell and the severity says by when."""
    notice = draft.policy.customer_notice
    if notice is None or not draft.plan.incidents.public.is_used:
        return
    _wait(draft, PublicClock(next_at=draft.now + notice, since=draft.now))


def _move_first(draft: Draft) -> None:
    """Let the first notice be due as the new severity says; what was promised to customers stands."""
    incident, notice = draft.incident, draft.policy.customer_notice
    side = incident.public
    if not incident.is_open or side.published or (side.clock is not None and side.clock.is_overdue):
        return
    if notice is None or not draft.plan.incidents.public.is_used:
        draft.change(public=replace(side, clock=None))
        return
    assert incident.declared_at is not None, "only what is declared is followed"
    next_at = max(incident.declared_at + notice, draft.now)
    if side.clock is None or side.clock.next_at != next_at:
        _wait(draft, PublicClock(next_at=next_at, since=draft.now))


def _end(draft: Draft) -> None:
    """Customers who read of it must hear that it is over; who never did need not."""
    side = draft.incident.public
    if side.is_open:
        notice = draft.policy.customer_notice or NEXT_ELSE
        _wait(draft, PublicClock(next_at=draft.now + notice, since=draft.now))
        return
    if side.clock is not None or side.pending is not None:
        _drop_pending(draft, "it is over")
        draft.change(public=replace(draft.incident.public, clock=None))
        draft.record("public.over")


def _wait(draft: Draft, clock: PublicClock) -> None:
    draft.change(public=replace(draft.incident.public, clock=clock))
    draft.record("public.due", next_at=clock.next_at.isoformat())


def _propose(draft: Draft) -> None:
    """Propose a text, unless a person's own waits, or customers are owed none."""
    side, incident = draft.incident.public, draft.incident
    kind = KIND_OF[incident.status]
    pending = side.pending
    # A text that a person wrote stays, unless it can never be approved any more.
    is_own = (
        pending is not None
        and not pending.is_proposal
        and (pending.said.kind is PublicKind.RESOLVED) != incident.is_open
    )
    if side.clock is None or is_own:
        return
    if kind is side.kind:
        _drop_pending(draft, "it stands again as customers were told")
        return
    said = _said(draft, kind)
    pending = _put(draft, said, by="")
    draft.record("public.proposed", number=str(pending.number), stands=kind.value, text=said.text)


def _put(draft: Draft, said: PublicText, *, by: str) -> Pending:
    side = draft.incident.public
    number = side.draft + 1
    _drop_pending(draft, f"draft {number} takes its place")
    pending = Pending(number=number, said=said, by=by, at=draft.now)
    draft.change(public=replace(draft.incident.public, draft=number, pending=pending))
    draft.do(KeepPublicDraft(pending=pending))
    return pending


def _drop_pending(draft: Draft, why: str) -> None:
    pending = draft.incident.public.pending
    if pending is None:
        return
    draft.change(public=replace(draft.incident.public, pending=None))
    draft.do(DropPublicDraft(number=pending.number, by="", why=why))
    draft.record("public.dropped", number=str(pending.number), reason=why)


def _said(
    draft: Draft,
    kind: PublicKind,
    *,
    title: str = "",
    text: str = "",
    components: Mapping[str, str] | None = None,
    next_in: timedelta | None = None,
) -> PublicText:
    """Make a text of what somebody wrote, and of what is known in public where they left it out."""
    side = draft.incident.public
    states = _states(draft, kind, components or {})
    hit = _hit(draft, {**side.components, **states})
    every = draft.policy.update_every
    usual = max(every.most, NEXT_LEAST) if every is not None else NEXT_ELSE
    return PublicText(
        kind=kind,
        title=title or side.title or _title(draft, hit),
        text=text or _proposed(draft, kind, hit),
        next_in=None if kind is PublicKind.RESOLVED else next_in or usual,
        components=states,
    )


def _proposed(draft: Draft, kind: PublicKind, hit: Sequence[Component]) -> str:
    """Let the template for customers say how it stands."""
    incident, side, rules = draft.incident, draft.incident.public, draft.plan.incidents
    over = never_mind(incident, hit) if kind is PublicKind.RESOLVED else ""
    facts = facts_for_customers(kind, incident, hit, rules.public, symptom=side.symptom, impact=side.impact)
    written = draft.write(rules.messages, MessageKind(f"public_{kind.value}"), facts)
    return over or as_proposed(written)[:TEXT_MAX]


def _title(draft: Draft, hit: Sequence[Component]) -> str:
    pending = draft.incident.public.pending
    # A title that somebody gave stays when only the text is written anew.
    return pending.said.title if pending is not None and not pending.is_proposal else proposed_title(hit)


def _states(draft: Draft, kind: PublicKind, said: Mapping[str, str]) -> dict[str, str]:
    """Return which states a text sets: those that were said; of one that says that it is over, all are well again."""
    side = draft.incident.public
    if kind is PublicKind.RESOLVED:
        well = {
            name: ComponentState.OPERATIONAL.value
            for name, state in side.components.items()
            if state != ComponentState.OPERATIONAL
        }
        return {**well, **said}
    pending = side.pending
    kept = dict(pending.said.components) if pending is not None and pending.said.kind is not PublicKind.RESOLVED else {}
    return {**kept, **said}


def _hit(draft: Draft, states: Mapping[str, str]) -> tuple[Component, ...]:
    """Return the components that it is about: those that were named, else those that the service is behind."""
    rules = draft.plan.incidents.public
    named = tuple(one for one in rules.components if one.id in states)
    return named or rules.behind(draft.incident.service)


def _must_concern_customers(draft: Draft) -> None:
    incident = draft.incident
    if incident.is_drill:
        raise draft.refuse("drill", "a drill reaches no customer")
    if incident.declared_at is None and incident.mode is not Mode.BACKFILL:
        raise draft.refuse("suspected", "a suspicion reaches no customer: confirm it first")


def _must_agree(draft: Draft, kind: PublicKind) -> None:
    """Customers do not hear that it is over while somebody works on it, nor the other way round."""
    if draft.incident.is_open and kind is PublicKind.RESOLVED:
        raise draft.refuse("not_resolved", "customers hear that it is over when it is resolved, and not before")
    if not draft.incident.is_open and kind is not PublicKind.RESOLVED:
        raise draft.refuse("is_over", "it is over: customers can be told that it is resolved, and nothing else")


def _pending(draft: Draft, number: int) -> Pending:
    pending = draft.incident.public.pending
    if pending is not None and pending.number == number:
        return pending
    waits = f"draft {pending.number} waits" if pending is not None else "none waits"
    raise TransitionRefused(
        f"{name_of(draft.incident).capitalize()}: draft {number} does not wait for approval, {waits}",
        (Unmet("no_such_draft", f"draft {number} does not wait for approval, {waits}"),),
    )
