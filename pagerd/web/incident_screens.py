"""What a person sees of incidents, as plain values for the templates; all of it is text there, whatever it says."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.incidents import gate
from pagerd.core.incidents.incident import GOOD, Incident, IncidentStatus, name_of
from pagerd.core.incidents.mitigation import MENU
from pagerd.core.incidents.next_step import ORDER, Step, phase_of, sentence, steps
from pagerd.core.incidents.roles import DUTIES, ROLE_NAMES, Role, Standing
from pagerd.core.paging.page import Page
from pagerd.core.plain import away, one_line, zoned_time
from pagerd.core.plan import Plan
from pagerd.core.timeline import sentence as said_of
from pagerd.engine.incidents.queries import Line, MitigationRow, Story, UpdateRow
from pagerd.engine.incidents.told import Message, MessageState
from pagerd.web.incident_forms import FORMS, is_offered
from pagerd.web.incident_values import (
    ClockScreen,
    EntryScreen,
    IncidentLine,
    IncidentScreen,
    MitigationScreen,
    Offer,
    PageLine,
    PhaseScreen,
    RoleScreen,
    StepScreen,
    UpdateScreen,
    when,
)
from pagerd.web.screens import web_url

ENTRIES_SHOWN, UPDATES_SHOWN = 100, 3
"""What fits a phone without scrolling for ever; `pagerd incident show` has all of it."""

WRITTEN_LATER = timedelta(minutes=1)
"""From then on it is said beside an entry when it was written down."""

FORM_OF_STEP = {
    "classify": "declare",
    "role_vacant": "",
    "update_due": "update",
    "update_overdue": "update",
    "criterion_red": "resolve",
    "nothing_tried": "mitigate",
    "mitigation_running": "mitigation",
    "impact_going_on": "monitor",
    "criterion_unmet": "resolve",
    "watch_running": "resolve",
    "resolve": "resolve",
    "customers_due": "public",
    "customers_overdue": "public",
    "countersign": "countersign",
    "postmortem": "postmortem",
}
"""The last word of the address at which a step is done; none where it is done on the page itself, or nowhere yet."""


def incident_screen(story: Story, plan: Plan, reader: str, zone: ZoneInfo, now: datetime) -> IncidentScreen:
    """Gather what the reader sees of one incident, and what they can do."""
    incident = story.incident
    todo = [_step(one, incident, plan, reader, zone, now) for one in steps(incident, plan, now)]
    updates = [_update(one, plan, zone, now) for one in reversed(story.updates)]
    offers = [
        (word, form)
        for word, form in FORMS.items()
        if is_offered(form, incident) and form.may(plan, incident, reader, now)
    ]
    severity = plan.severities.get(incident.severity)
    name = f" {severity.name}" if severity is not None and severity.name.lower() != incident.severity else ""
    here = phase_of(incident)
    return IncidentScreen(
        number=incident.number,
        name=name_of(incident),
        title=one_line(incident.title, 200),
        badge=f"{incident.severity}{name} · {incident.status.value}",
        is_grave=incident.rank == 1 and incident.is_open,
        is_drill=incident.is_drill,
        is_open=incident.is_open,
        is_suspected=incident.status is IncidentStatus.TRIAGE,
        status=incident.status.value,
        facts=_facts(incident, plan),
        merged_into=incident.merged_into,
        room=one_line(incident.room.place, 300) if incident.room is not None else "",
        room_url=web_url(incident.room.place) if incident.room is not None else "",
        order=tuple(PhaseScreen(phase, means, phase == here) for phase, means in ORDER.items()),
        next=todo[0] if todo else None,
        then=tuple(todo[1:]),
        clocks=tuple(_clocks(incident, zone, now)),
        roles=tuple(_role(incident, role, plan, reader, zone, now) for role in Role),
        updates=tuple(updates[:UPDATES_SHOWN]),
        updates_before=tuple(updates[UPDATES_SHOWN:]),
        mitigations=tuple(_mitigation(one, plan, zone, now) for one in reversed(story.mitigations)),
        pages=tuple(_page(one, plan) for one in story.pages),
        untold=tuple(_untold(one) for one in story.messages if one.is_untold),
        criteria_met=sum(gate.reading_of(incident, one) in GOOD for one in story.policy.criteria),
        criteria=len(story.policy.criteria),
        customers=_customers(incident, plan),
        has_postmortem=incident.review is not None or incident.status is IncidentStatus.RESOLVED,
        can_resolve=incident.is_open and incident.status is not IncidentStatus.TRIAGE,
        main_offers=tuple(Offer(word, form.title) for word, form in offers if form.is_main),
        offers=tuple(Offer(word, form.title) for word, form in offers if not form.is_main),
        timeline=tuple(_entry(line, zone) for line in reversed(story.lines[-ENTRIES_SHOWN:])),
        entries_before=max(len(story.lines) - ENTRIES_SHOWN, 0),
        now=when(now, zone, now),
        zone=str(zone),
    )


def incident_line(incident: Incident, plan: Plan, reader: str, zone: ZoneInfo, now: datetime) -> IncidentLine:
    """Say of one incident what it is, and what is next; of one that is over, since when."""
    over = incident.resolved_at or incident.closed_at
    if incident.merged_into is not None:
        state = f"goes on as incident {incident.merged_into}"
    elif not incident.is_open and over is not None:
        state = f"{incident.status.value} {away(over, now)}"
    else:
        todo = steps(incident, plan, now)
        held = [ROLE_NAMES[role] for role in Role if incident.holder(role) == reader]
        mine = f"You are {' and '.join(held)}. " if held else ""
        state = f"{mine}Next: {_said(todo[0], plan, zone, now)}" if todo else incident.status.value
    team = plan.teams.get(incident.team)
    where = " / ".join(part for part in (team.name if team is not None else incident.team, incident.service) if part)
    drill = "DRILL · " if incident.is_drill else ""
    return IncidentLine(
        number=incident.number,
        badge=one_line(f"{drill}{incident.severity} · {incident.status.value} · {where}", 200),
        is_grave=incident.rank == 1 and incident.is_open,
        title=one_line(incident.title, 200),
        state=one_line(state, 400),
    )


def _said(step: Step, plan: Plan, zone: ZoneInfo, now: datetime) -> str:
    due = f" (by {zoned_time(step.due, zone, now)}, {away(step.due, now)})" if step.due is not None else ""
    return f"{sentence(step, plan)}{due}"


def _step(step: Step, incident: Incident, plan: Plan, reader: str, zone: ZoneInfo, now: datetime) -> StepScreen:
    """Say what is to be done; it leads to its form whoever may do it there."""
    word = FORM_OF_STEP[step.code]
    form = FORMS.get(word)
    may = form is None or form.may(plan, incident, reader, now)
    due = when(step.due, zone, now) if step.due is not None else None
    is_vacant = step.code == "role_vacant"
    return StepScreen(one_line(sentence(step, plan), 400), word if may else "", step.role if is_vacant else "", due)


def _facts(incident: Incident, plan: Plan) -> tuple[tuple[str, str], ...]:
    team, path = plan.teams.get(incident.team), incident.path
    named = (
        ("Impact", incident.impact or "not said yet"),
        ("Service", incident.service),
        ("Team", team.name if team is not None else incident.team),
        ("Found by", (incident.detection or "").replace("_", " ")),
        ("Because", ", ".join(one.replace("_", " ") for one in incident.triggers)),
        ("Decided", f"{path.text}; {plan.name_of(path.owner)} does it" if path is not None else ""),
        ("Over", incident.over_why),
        ("Override", _override(incident, plan)),
    )
    return tuple((name, one_line(value)) for name, value in named if value)


def _override(incident: Incident, plan: Plan) -> str:
    override = incident.override
    if override is None:
        return ""
    second = plan.name_of(override.countersigned_by) if override.countersigned_by else "nobody yet"
    return (
        f"{plan.name_of(override.by)} resolved it against {override.against}: {override.why}. Countersigned by {second}"
    )


def _customers(incident: Incident, plan: Plan) -> str:
    """Name the page about what customers read; nothing where there are none to tell."""
    side = incident.public
    if not plan.incidents.public.is_used and not side.draft:
        return ""
    return f"Customers: draft {side.pending.number} waits" if side.pending is not None else "Customers"


def _clocks(incident: Incident, zone: ZoneInfo, now: datetime) -> Iterable[ClockScreen]:
    cadence, watch = incident.cadence, incident.watch
    if cadence is not None:
        yield ClockScreen("Next update", when(cadence.next_at, zone, now), is_late=cadence.next_at <= now)
    public = incident.public.clock
    if public is not None:
        yield ClockScreen("Customers hear by", when(public.next_at, zone, now), is_late=public.next_at <= now)
    if incident.triage_until is not None:
        yield ClockScreen("To be classified", when(incident.triage_until, zone, now))
    if watch is not None:
        yield ClockScreen("Watch period over" if watch.is_over else "Watch period until", when(watch.until, zone, now))
    named = (
        ("Resolved", incident.resolved_at),
        ("Impact ended", incident.impact_ended_at),
        ("Mitigated", incident.mitigated_at),
        ("Declared", incident.declared_at),
        ("Detected", incident.detected_at),
        ("Impact began", incident.impact_started_at),
    )
    for name, at in named:
        if at is not None:
            yield ClockScreen(name, when(at, zone, now))


def _role(incident: Incident, role: Role, plan: Plan, reader: str, zone: ZoneInfo, now: datetime) -> RoleScreen:
    standing = incident.roles.get(role, Standing())
    policy = plan.incident_policy(incident.severity, incident.rank)
    is_wanted = role in policy.roles
    is_unanswered = standing.unanswered_since is not None
    asked = "everybody was asked" if is_unanswered else "somebody is being asked" if standing.is_asked else ""
    if standing.holder is None:
        state = f"nobody{f', {asked}' if asked else '' if is_wanted else ', and none is needed'}"
    else:
        mine = " (you)" if standing.holder == reader else ""
        state = f"{plan.name_of(standing.holder)}{mine}{f', {asked} to take over' if asked else ''}"
    return RoleScreen(
        role=role.value,
        name=ROLE_NAMES[role],
        duty=DUTIES[role],
        state=state,
        since=when(standing.since, zone, now) if standing.since is not None else None,
        is_vacant=standing.holder is None,
        is_wanted=is_wanted,
        can_take=incident.is_open and standing.holder != reader,
        can_hand_on=incident.is_open and standing.holder is not None,
        can_request=incident.is_open and not standing.is_asked,
    )


def _update(row: UpdateRow, plan: Plan, zone: ZoneInfo, now: datetime) -> UpdateScreen:
    late = ", late" if row.slot_at is not None and row.at > row.slot_at else ""
    return UpdateScreen(
        title=f"Update {row.number}, {row.status}, by {plan.name_of(row.by)}{late}",
        when=when(row.at, zone, now),
        know=one_line(row.know),
        doing=one_line(row.doing),
        trend=row.trend,
        eta=one_line(row.eta) or ("no ETA yet" if row.next_at is not None else ""),
        next_at=when(row.next_at, zone, now) if row.next_at is not None else None,
    )


def _mitigation(row: MitigationRow, plan: Plan, zone: ZoneInfo, now: datetime) -> MitigationScreen:
    what = MENU.get(row.kind, row.kind.replace("_", " "))
    state = "under way"
    if row.outcome is not None:
        by = f", says {plan.name_of(row.ended_by)}" if row.ended_by else ""
        state = f"{row.outcome.replace('_', ' ')}{f' ({row.ended_text})' if row.ended_text else ''}{by}"
    return MitigationScreen(
        number=row.number,
        words=one_line(f"{what[:1].upper()}{what[1:]}{f': {row.text}' if row.text else ''}"),
        state=one_line(f"by {plan.name_of(row.by)}; {state}"),
        when=when(row.at, zone, now),
        is_running=row.outcome is None,
    )


def _untold(one: Message) -> str:
    """Say who should have heard something and did not."""
    state = "tried again" if one.state is MessageState.WAITING else one.state.value.replace("_", " ")
    return one_line(f"{one.receiver}: {one.kind}, {state}: {one.fault}", 300)


def _page(page: Page, plan: Plan) -> PageLine:
    held = page.acknowledgement
    whose = f", {plan.name_of(held.by)} has it" if held is not None and page.is_open else ""
    return PageLine(page.id, one_line(page.subject.title, 200), f"{page.status.value}{whose}")


def _entry(line: Line, zone: ZoneInfo) -> EntryScreen:
    at, recorded = line.entry.at, line.recorded_at
    is_later = recorded - at >= WRITTEN_LATER
    return EntryScreen(
        at.isoformat(timespec="milliseconds"),
        f"{at.astimezone(zone):%a %H:%M:%S}",
        one_line(said_of(line.entry, zone), 2000),
        f"written down {recorded.astimezone(zone):%a %H:%M}" if is_later else "",
    )
