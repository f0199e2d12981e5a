"""An override has two names: whoever resolved it against the criteria, and a second person who stands by it.

The second is a lead of the team, or somebody who may approve what the public reads, or an admin, and never the first.
They are asked in the team's business hours and by mail, every business day until somebody has signed; what is not
signed at the close of the next business day is overdue, and both leads hear so. The incident is over all the while:
a signature is about people's word, and holds nothing up.
"""

from dataclasses import replace
from datetime import datetime

from pagerd.core.errors import NotAllowed
from pagerd.core.incidents.draft import Draft
from pagerd.core.incidents.effects import TellLeadership
from pagerd.core.incidents.events import Countersigned
from pagerd.core.incidents.incident import Incident, Mode, name_of
from pagerd.core.paging.escalation import find_all
from pagerd.core.plan import Plan
from pagerd.core.rights import LEADS, TOKEN, rights_of
from pagerd.core.worklog.leads import leads_of


def ask(draft: Draft) -> None:
    """Ask for a second name on the override that was just made: now, if people are at work, else when they are."""
    override, incident = draft.incident.override, draft.incident
    if override is None or incident.mode is not Mode.LIVE:
        return
    calendar = draft.plan.calendar_of(incident.team)
    due_at, today = calendar.add_business_days(draft.now, 1), calendar.day_of(draft.now)
    draft.change(override=replace(override, due_at=due_at, tell_at=draft.now))
    is_at_work = calendar.is_business_day(today) and calendar.opening(today) <= draft.now < calendar.closing(today)
    if is_at_work:
        due(draft)
        return
    tell_at = calendar.next_business_day_start(draft.now)
    draft.change(override=replace(override, due_at=due_at, tell_at=tell_at))
    draft.record("override.unsigned", until=due_at.isoformat())


def due(draft: Draft) -> None:
    """Ask again, as every business day, and say by whom it was to be done when it is overdue."""
    incident, override = draft.incident, draft.incident.override
    if override is None or override.tell_at is None or override.tell_at > draft.now or override.due_at is None:
        return
    is_overdue = draft.now > override.due_at
    people = leads_of(draft.plan, incident.team, override.by, draft.now)
    if is_overdue:
        both = [
            one.person for one in find_all(draft.plan, incident.team, LEADS, draft.now) if one.person != override.by
        ]
        people = tuple(dict.fromkeys((*people, *both)))
    tell_at = draft.plan.calendar_of(incident.team).next_business_day_start(draft.now)
    draft.change(override=replace(override, tell_at=tell_at))
    who = draft.plan.name_of(override.by)
    said = f"{name_of(incident).capitalize()} was resolved by {who} against {override.against}: {override.why}."
    late = " A second name is overdue." if is_overdue else " It wants a second name."
    text = f"{said}{late} pagerd incident countersign {incident.number}"
    draft.do(TellLeadership(targets=people, text=text))
    kind = "override.overdue" if is_overdue else "override.asked"
    draft.record(kind, people=", ".join(people) or "nobody", until=override.due_at.isoformat())


def may_countersign(plan: Plan, incident: Incident, person: str, now: datetime) -> bool:
    """Does an override want a second name that this person may give?"""
    override = incident.override
    wants_one = override is not None and override.countersigned_by is None and override.by != person
    return wants_one and _is_second(plan, incident.team, person, now)


def _is_second(plan: Plan, team: str, person: str, now: datetime) -> bool:
    """Is it one of those who stand by an override? Whose it is does not matter here."""
    rights = rights_of(plan, person, now)
    return rights.leads(team) or rights.is_approver or rights.is_admin


def countersigned(draft: Draft, event: Countersigned) -> None:
    """Take the second name."""
    override, team = draft.incident.override, draft.incident.team
    if override is None:
        raise draft.refuse("not_overridden", "nobody resolved it against its criteria")
    if override.countersigned_by is not None:
        raise draft.refuse("already_countersigned", f"{override.countersigned_by} has countersigned it already")
    if override.by == event.by:
        raise draft.refuse("same_person", "whoever overrode the criteria cannot be the second person")
    if event.via == TOKEN:
        raise NotAllowed("an override is countersigned by a person who signs in, or on pagerd's host: not by a token")
    if not _is_second(draft.plan, team, event.by, draft.now):
        raise NotAllowed(f"a lead of team {team}, an approver or an admin countersigns it")
    signed = replace(override, tell_at=None, countersigned_by=event.by, countersigned_at=draft.now)
    draft.change(override=signed)
    draft.record("override.countersigned", by=event.by, via=event.via, to=override.by)
