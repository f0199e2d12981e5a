"""What customers read, stored and sent: a draft, what became of it, the states of components, the mails.

The status page is no outbox row: whoever writes it looks at these rows, so what is stored here is on it sooner or
later, whatever dies in between.
"""

from collections.abc import Mapping

from pagerd.core.errors import Conflict, NotAllowed, NotFound
from pagerd.core.incidents.effects import DropPublicDraft, KeepPublicDraft, Publish
from pagerd.core.incidents.incident import Incident, Mode
from pagerd.core.incidents.public import STATE_WORDS, ComponentState, Pending, PublicRecord, slug_of, text_id, worst
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium
from pagerd.core.rights import TOKEN, rights_of
from pagerd.core.timeline import Entry
from pagerd.core.values import changed
from pagerd.engine import audit, outbox
from pagerd.engine.work import Work
from pagerd.stores.records import notifications, public
from pagerd.stores.records.public import ComponentRow

CHAIN = "status-page"
"""The chain of what is said of components by a person alone."""

STATES_READ_MAX = 500
"""Words on one component that are looked at: years of them."""


async def keep(work: Work, incident: Incident, kept: KeepPublicDraft) -> None:
    """Store a draft."""
    await public.put_text(work.c, _row(incident, kept.pending))


async def drop(work: Work, incident: Incident, dropped: DropPublicDraft) -> None:
    """Store that a draft will not be published."""
    row = await _find(work, incident.number, dropped.number)
    status = "rejected" if dropped.by else "dropped"
    await public.put_text(work.c, changed(row, status=status, ended_by=dropped.by, ended_at=work.now, why=dropped.why))


async def publish(work: Work, incident: Incident, published: Publish) -> None:
    """Put a draft before customers: on the status page, and into the mails."""
    before = [row.id for row in await public.published_of(work.c, incident.number)]
    row = changed(
        await _find(work, incident.number, published.pending.number),
        status="published",
        ended_by=published.by,
        ended_at=work.now,
        why=published.override,
        slot_at=published.slot_at,
        next_at=published.next_at,
        is_first=not before,
    )
    # What was written down when all was over is for the record, and for nobody's mailbox.
    addresses = work.plan.incidents.public.mail if incident.mode is Mode.LIVE else ()
    if Medium.EMAIL not in work.plan.media:
        addresses = ()
    await public.put_text(work.c, changed(row, mails=len(addresses)))
    for component, state in row.components.items():
        await _say_of(work, component, state, by=published.by, incident=incident.number)
    for earlier in before:
        # Nobody should read how it was after how it is.
        await notifications.cancel_about(work.c, Purpose.PUBLIC, earlier)
    for place, address in enumerate(addresses):
        await outbox.notify_public(work, row.id, place, address)
    work.publishes = True
    work.say("public.published", incident=incident.number, kind=row.kind, by=published.by, mails=len(addresses))


async def set_component(work: Work, component: str, state: str, by: str, via: str) -> str:
    """Let a person say how a component is, apart from any incident."""
    known = work.plan.incidents.public.component(component)
    if known is None:
        names = ", ".join(one.id for one in work.plan.incidents.public.components)
        listed = f"components are {names}" if names else "`public` of rules/incidents.yaml lists none"
        raise NotFound(f"there is no component {component!r}; {listed}")
    if via == TOKEN:
        raise NotAllowed("what customers read is said by a person who signs in, or on pagerd's host: not by a token")
    if not rights_of(work.plan, by, work.now).is_approver:
        raise NotAllowed(
            f"{work.plan.name_of(by)} may not say what customers read: `approvers` of pagerd.yaml says who may"
        )
    wanted = ComponentState(state)
    own = next((row for row in await public.states_of(work.c, component, STATES_READ_MAX) if not row.incident), None)
    if (own.state if own is not None else ComponentState.OPERATIONAL) == wanted:
        raise Conflict(f"{known.name} is {STATE_WORDS[wanted].lower()} already, as far as a person said")
    entry = Entry(work.now, "component.set", {"by": by, "via": via, "component": component, "state": wanted.value})
    await audit.note(work, CHAIN, "ComponentSet", {"component": component, "state": wanted.value, "by": by}, [entry])
    shown = await _say_of(work, component, wanted.value, by=by, incident=0)
    work.publishes = True
    worse = f" An incident still says worse: {STATE_WORDS[shown].lower()}." if shown is not wanted else ""
    return f"Customers read of {known.name}: {STATE_WORDS[shown].lower()}.{worse}"


async def _say_of(work: Work, component: str, state: str, *, by: str, incident: int) -> ComponentState:
    latest: dict[int, str] = {}
    for row in await public.states_of(work.c, component, STATES_READ_MAX):
        latest.setdefault(row.incident, row.state)
    shown = worst(({**latest, incident: state}).values())
    row = ComponentRow(component=component, at=work.now, by=by, state=state, shown=shown.value, incident=incident)
    await public.put_component(work.c, work.chance.row_id(work.now), row)
    return shown


async def _find(work: Work, incident: int, draft: int) -> PublicRecord:
    row = await public.find_text(work.c, text_id(incident, draft))
    assert row is not None, f"draft {draft} of incident {incident} was kept when it was made"
    return row


def _row(incident: Incident, pending: Pending) -> PublicRecord:
    said = pending.said
    states: Mapping[str, str] = dict(said.components)
    return PublicRecord(
        incident=incident.number,
        slug=slug_of(incident.id, incident.opened_at),
        number=pending.number,
        kind=said.kind.value,
        title=said.title,
        text=said.text,
        next_in=int(said.next_in.total_seconds()) if said.next_in is not None else None,
        components=states,
        digest=said.digest,
        drafted_by=pending.by,
        drafted_at=pending.at,
    )
