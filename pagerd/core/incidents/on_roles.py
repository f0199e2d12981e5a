"""What happens to roles. A role is taken, never given: whoever is asked answers, and then it is theirs."""

from dataclasses import replace

from pagerd.core.incidents import asking
from pagerd.core.incidents.draft import Draft
from pagerd.core.incidents.effects import EndPages, TellPerson, TellQuietly
from pagerd.core.incidents.errand import Errand
from pagerd.core.incidents.events import ErrandAnswered, HelpAsked, RoleAsked, RoleGivenBack, RoleReleased, RoleTaken
from pagerd.core.incidents.incident import name_of
from pagerd.core.incidents.roles import ROLE_NAMES, Role, Standing, alone_in_all, would_hold_all
from pagerd.core.incidents.room_events import NobodyCame
from pagerd.core.paging.escalation import find_all


def asked(draft: Draft, event: RoleAsked) -> None:
    """Page for a role. While nobody has answered, whoever holds it goes on holding it."""
    if event.person is not None and event.person == draft.incident.holder(event.role):
        raise draft.refuse("role_held", f"{event.person} is {ROLE_NAMES[event.role]} already")
    if event.person is not None:
        refuse_all_three(draft, event.role, event.person)
        draft.record("role.offered", by=event.by, via=event.via, role=ROLE_NAMES[event.role], to=event.person)
    asking.ask_for_role(draft, event.role, first=event.person)


def taken(draft: Draft, event: RoleTaken) -> None:
    """Give the role to whoever takes it; who had it before is relieved."""
    refuse_all_three(draft, event.role, event.by)
    before = draft.incident.roles.get(event.role, Standing())
    if before.is_asked and event.page is None:
        draft.do(EndPages(errand=event.role, why="the role was taken", by=event.by))
    standing = Standing(holder=event.by, since=draft.now if before.holder != event.by else before.since)
    draft.put_role(event.role, standing)
    if event.role == Role.IC.value and before.holder != event.by:
        draft.change(relief_at=draft.now + draft.plan.incidents.relief_after)
    if before.holder == event.by:
        draft.record("role.kept", by=event.by, via=event.via, role=ROLE_NAMES[event.role])
    elif before.holder is not None:
        draft.record("role.handed_over", by=event.by, via=event.via, role=ROLE_NAMES[event.role], holder=before.holder)
    else:
        draft.record("role.taken", by=event.by, via=event.via, role=ROLE_NAMES[event.role])
    if alone_in_all(draft.incident.roles) is not None:
        draft.record("role.alone", person=event.by)


def given_back(draft: Draft, event: RoleGivenBack) -> None:
    """Leave the role open again; the page that was answered by mistake goes on asking."""
    if draft.incident.holder(event.role) != event.by:
        return
    draft.put_role(event.role, Standing(is_asked=True, is_pressing=event.is_pressing))
    draft.record("role.given_back", by=event.by, via=event.via, role=ROLE_NAMES[event.role])


def nobody_came(draft: Draft, event: NobodyCame) -> None:
    """Tell whoever runs the incident that it goes on without: of a role, or of somebody who was to join or to help."""
    if event.errand in ROLE_NAMES:
        _role_unanswered(draft, event.errand)
        return
    person = draft.incident.holder_of_first(Role.IC, Role.TL)
    first = " and ".join(event.first) or "somebody"
    outcome = "unanswered" if event.is_reached else "unreached"
    draft.record(f"errand.{event.errand}_{outcome}", people=first, person=person)
    if event.errand == Errand.HELP:
        what = (
            f"{first} was asked for help, and then everybody of their team: nobody answered."
            if event.is_reached
            else f"nobody could be asked for help: there is nobody to page for {first}, nor after them."
        )
    else:
        what = (
            f"{first} was asked to join, and did not answer."
            if event.is_reached
            else f"nobody was asked to join: there is nobody to page for {first}."
        )
    draft.do(TellPerson(person=person, text=f"{name_of(draft.incident).capitalize()}: {what}"))


def _role_unanswered(draft: Draft, role: str) -> None:
    """Tell whoever runs the incident that nobody took it, again now and then; whoever leads, once and quietly."""
    incident, standing = draft.incident, draft.incident.roles.get(role, Standing())
    if not standing.is_asked:
        return
    name, number = ROLE_NAMES[role], incident.number
    person = standing.holder or incident.holder_of_first(Role.IC, Role.TL)
    is_first = standing.unanswered_since is None
    draft.put_role(role, replace(standing, unanswered_since=standing.unanswered_since or draft.now))
    what = f"everybody was asked to be {name}, and nobody took it."
    if standing.holder is not None:
        how = f"It is yours still. To keep it: pagerd role take {role} {number}"
    else:
        which = f"{role} {number}"
        how = f"Who does it? pagerd role take {which}. To go on without: pagerd role release {which}"
    draft.record("role.unanswered", role=name, person=person)
    draft.do(TellPerson(person=person, text=f"{name_of(incident).capitalize()}: {what} {how}"))
    leads = {one.person for one in find_all(draft.plan, incident.team, ("team_lead",), draft.now)}
    if is_first and leads - {person}:
        draft.do(TellQuietly(targets=("team_lead",), text=f"{name_of(incident).capitalize()}: {what}"))


def released(draft: Draft, event: RoleReleased) -> None:
    """Lay a role down; one that the severity wants is asked for at once. Of one that has nobody, stop asking."""
    standing = draft.incident.roles.get(event.role, Standing())
    holder = standing.holder
    if holder is None and not standing.is_asked:
        raise draft.refuse("role_vacant", f"nobody is {ROLE_NAMES[event.role]}, and nobody is asked to be")
    if holder is None:
        _call_off(draft, event)
        return
    draft.put_role(event.role, replace(standing, holder=None, since=None))
    draft.record(
        "role.released", by=event.by, via=event.via, role=ROLE_NAMES[event.role], holder=holder, reason=event.why
    )
    asking.ask_for_vacant(draft, but=(holder,))


def _call_off(draft: Draft, event: RoleReleased) -> None:
    """Ask nobody any more for a role that has nobody: somebody decided to go on without."""
    if event.role in draft.policy.roles and not event.why.strip():
        raise draft.refuse("reason_missing", f"{draft.incident.severity} wants a {ROLE_NAMES[event.role]}: say why not")
    draft.put_role(event.role, Standing())
    draft.do(EndPages(errand=event.role, why="it was called off", by=event.by))
    draft.record("role.called_off", by=event.by, via=event.via, role=ROLE_NAMES[event.role], reason=event.why)


def call_off_unwanted(draft: Draft, by: str) -> None:
    """Ask nobody any more for a role that the severity does not ask for."""
    for role, standing in draft.incident.roles.items():
        if standing.is_asked and role not in draft.policy.roles:
            asked_no_more = Standing(holder=standing.holder, since=standing.since)
            draft.put_role(role, asked_no_more)
            draft.do(EndPages(errand=role, why=f"{draft.incident.severity} does not ask for it", by=by))
            reason = f"{draft.incident.severity} does not ask for one"
            draft.record("role.called_off", by=by, role=ROLE_NAMES[role], reason=reason)


def help_asked(draft: Draft, event: HelpAsked) -> None:
    """Page somebody else for a responder."""
    draft.record(
        "incident.help_asked", by=event.by, via=event.via, team=event.team, people=event.target, text=event.what
    )
    asking.ask_for_help(draft, event.team, event.target, event.what, event.by)


def errand_answered(draft: Draft, event: ErrandAnswered) -> None:
    """Note who answered a page of the incident."""
    draft.record(f"errand.{event.errand}", by=event.by, via=event.via)


def refuse_all_three(draft: Draft, role: str, person: str) -> None:
    """Refuse that one person holds all three roles at the worst severity: nobody does all of that without mistakes."""
    incident = draft.incident
    if incident.rank == asking.WORST and would_hold_all(incident.roles, person, role):
        what = (
            f"{draft.plan.name_of(person)} has the two other roles, and at {incident.severity} nobody holds all three"
        )
        raise draft.refuse("all_three_roles", what)


def fill_gap(draft: Draft) -> None:
    """Ask for a third person where one holds all three roles at the worst severity; until then they go on."""
    person = alone_in_all(draft.incident.roles)
    if person is None or draft.incident.rank != asking.WORST:
        return
    draft.record("role.gap", person=person, role=ROLE_NAMES[Role.COMMS])
    asking.ask_for_role(draft, Role.COMMS)
