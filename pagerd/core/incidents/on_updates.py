"""Updates and notes: what people say of the incident, and when they promise to say more."""

from dataclasses import replace

from pagerd.core.incidents import asking, on_room
from pagerd.core.incidents.draft import Draft
from pagerd.core.incidents.effects import EndPages, KeepUpdate, TellPerson
from pagerd.core.incidents.errand import Errand
from pagerd.core.incidents.events import NoteAdded, UpdatePosted
from pagerd.core.incidents.incident import name_of
from pagerd.core.incidents.opening import promise
from pagerd.core.incidents.roles import Role
from pagerd.core.plain import length


def posted(draft: Draft, event: UpdatePosted) -> None:
    """Take the next update, and the promise of the one after it. It meets its slot when it comes before its end."""
    every = draft.policy.update_every
    assert every is not None, "only what is an incident gets this far"
    next_at = event.next_at if event.next_at is not None else draft.now + every.most
    if not every.least <= next_at - draft.now <= every.most:
        bounds = f"{length(every.least)} to {length(every.most)}"
        raise draft.refuse(
            "promise_out_of_bounds", f"the next update of a {draft.incident.severity} comes within {bounds}"
        )
    slot = draft.incident.cadence
    number = draft.incident.update + 1
    draft.change(update=number, cadence=promise(draft.now, next_at))
    draft.do(
        KeepUpdate(
            number=number,
            status=draft.incident.status.value,
            know=event.know,
            doing=event.doing,
            trend=event.trend,
            eta=event.eta,
            next_at=next_at,
            slot_at=slot.next_at if slot is not None else None,
            by=event.by,
        )
    )
    late = draft.now - slot.next_at if slot is not None and draft.now > slot.next_at else None
    draft.record(
        "update.posted",
        by=event.by,
        via=event.via,
        number=str(number),
        know=event.know,
        doing=event.doing,
        trend=event.trend,
        eta=event.eta,
        late=length(late) if late is not None else "",
        next_at=next_at.isoformat(),
    )
    more = f"{f' Now: {event.doing}.' if event.doing else ''}{f' Impact {event.trend}.' if event.trend else ''}"
    on_room.tell_followers(draft, f"update {number}: {event.know}.{more}")
    if slot is not None and slot.is_overdue:
        draft.do(EndPages(errand=Errand.UPDATE, why=f"update {number} was posted", by=event.by))


def cadence_due(draft: Draft) -> None:
    """Remind whoever writes the updates, or, when the promise was not kept, page for it."""
    cadence = draft.incident.cadence
    if cadence is None or cadence.due is None or cadence.due > draft.now:
        return
    if cadence.next_at <= draft.now:
        draft.change(cadence=replace(cadence, was_reminded=True, is_overdue=True))
        draft.record("update.missed", number=str(draft.incident.update + 1))
        asking.ask_for_update(draft)
        return
    draft.change(cadence=replace(cadence, was_reminded=True))
    writer = draft.incident.holder_of_first(Role.COMMS, Role.IC)
    left = length(cadence.next_at - draft.now)
    text = f"{name_of(draft.incident).capitalize()}: update {draft.incident.update + 1} is due in {left}."
    draft.do(TellPerson(person=writer, text=f"{text} pagerd update post {draft.incident.number}"))
    draft.record("update.reminded", person=writer, next_at=cadence.next_at.isoformat())


def noted(draft: Draft, event: NoteAdded) -> None:
    """Write down what somebody says happened, at the instant at which it did."""
    if event.at > draft.now:
        raise draft.refuse("times_out_of_order", "a note cannot be about what has not happened yet")
    draft.record_at(event.at, "incident.note", by=event.by, text=event.text)
