"""What people do to incidents: each act names a person, runs in one transaction, and answers with a sentence.

What cannot be done now raises TransitionRefused, which says by code what stands against it, and changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pagerd.core.errors import Conflict, IllegalTransition, NotFound
from pagerd.core.incidents import gate
from pagerd.core.incidents.draft import TransitionRefused, Unmet
from pagerd.core.incidents.events import (
    Cancelled,
    Countersigned,
    CriterionRead,
    Declared,
    Event,
    FoundUnsolved,
    HelpAsked,
    HypothesisJudged,
    HypothesisStated,
    ImpactStopped,
    Merged,
    MitigationEnded,
    MitigationStarted,
    NoteAdded,
    PageLinked,
    Reopened,
    Resolved,
    RoleAsked,
    RoleReleased,
    RoleTaken,
    SeverityChanged,
    StepMarked,
    TookIn,
    UpdatePosted,
)
from pagerd.core.incidents.incident import Incident, name_of
from pagerd.core.incidents.promises import promises_in
from pagerd.core.incidents.roles import DUTIES, ROLE_NAMES
from pagerd.core.incidents.room_events import (
    AllHandsCalled,
    Followed,
    QuestionAnswered,
    QuestionAsked,
    RoomOpened,
    Unfollowed,
)
from pagerd.core.incidents.severity import CRITERIA, CheatSheet
from pagerd.core.paging.escalation import find as find_people
from pagerd.core.plain import zoned_time
from pagerd.engine.commands import find_page
from pagerd.engine.incidents import apply, queries, rooms
from pagerd.engine.work import Work
from pagerd.engine.written import as_sentence, needed


@dataclass(frozen=True, slots=True)
class Said:
    """What became of the incident, and one sentence for the person who acted."""

    incident: Incident
    sentence: str


def named(incident: Incident) -> str:
    """Name it at the beginning of a sentence."""
    return name_of(incident).capitalize()


async def find(work: Work, number: int) -> Incident:
    """Return an incident by its number. Raises NotFound."""
    return await queries.find(work.c, number)


def opened(work: Work, by: str, incident: Incident) -> Said:
    """Say what became of a declaration."""
    proposed = incident.proposed
    against = f" The cheat sheet proposed {proposed}." if proposed not in (None, incident.severity) else ""
    if incident.triage_until is not None:
        until = clock(work, by, incident.triage_until)
        how = f"Confirm or cancel it by {until}: pagerd incident confirm {incident.number}"
        return Said(incident, f"{named(incident)} is suspected, {incident.severity}.{against} {how}")
    if not incident.is_real:
        return Said(incident, f"{named(incident)} is written down, {incident.severity}.{against}")
    is_known = not incident.service or incident.service in work.plan.services
    service = "" if is_known else f" No team lists service {incident.service}."
    said = f"{named(incident)} is declared, {incident.severity}.{against}{service} {_next_update(work, incident, by)}"
    return Said(incident, said)


async def confirm(
    work: Work, number: int, by: str, via: str, severity: str | None, cheat_sheet: CheatSheet | None = None
) -> Said:
    """Declare what was suspected."""
    after = await do(work, number, Declared(by=by, via=via, severity=severity, cheat_sheet=cheat_sheet))
    return opened(work, by, after)


async def set_severity(work: Work, number: int, by: str, via: str, severity: str, why: str) -> Said:
    """Say that it is worse, or not as bad."""
    after = await do(work, number, SeverityChanged(by=by, via=via, severity=severity, why=as_sentence(why)))
    return Said(after, f"{named(after)} is {after.severity}. {_next_update(work, after, by)}".rstrip())


async def note(work: Work, number: int, by: str, via: str, text: str, at: datetime | None) -> Said:
    """Write down what happened, at the instant at which it did."""
    said = needed(text, "a note needs a sentence")
    after = await do(work, number, NoteAdded(by=by, via=via, text=said, at=at or work.now))
    return Said(after, f"Noted on {name_of(after)}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What an update says. `next_in` is the promise of the next one."""

    know: str
    doing: str = ""
    trend: str = ""
    eta: str = ""
    next_in: timedelta | None = None


async def post_update(work: Work, number: int, by: str, via: str, update: Update) -> Said:
    """Post the next numbered update, and promise the one after it."""
    after = await do(
        work,
        number,
        UpdatePosted(
            by=by,
            via=via,
            know=needed(update.know, "an update says what is known"),
            doing=as_sentence(update.doing),
            trend=update.trend,
            eta=as_sentence(update.eta),
            next_at=work.now + update.next_in if update.next_in is not None else None,
        ),
    )
    sentence = f"Update {after.update} of {name_of(after)} is posted. {_next_update(work, after, by)}"
    return Said(after, sentence + _promises(work, update.know, update.doing))


async def mitigate(work: Work, number: int, by: str, via: str, kind: str, text: str, why: str) -> Said:
    """Try something to stop the bleeding."""
    event = MitigationStarted(by=by, via=via, kind=kind, text=as_sentence(text), why=as_sentence(why))
    after = await do(work, number, event)
    end = f"pagerd incident mitigation {after.number} {after.mitigation} worked|no_effect|worse|undone"
    return Said(after, f"Mitigation {after.mitigation} of {name_of(after)} began. When you know what it did: {end}")


async def end_mitigation(work: Work, number: int, by: str, via: str, which: int, outcome: str, text: str) -> Said:
    """Say what a mitigation did."""
    event = MitigationEnded(by=by, via=via, number=which, outcome=outcome, text=as_sentence(text))
    after = await do(work, number, event)
    return Said(after, f"Mitigation {which} of {name_of(after)}: {outcome.replace('_', ' ')}. It is {after.status}.")


async def monitor(work: Work, number: int, by: str, via: str, ended_at: datetime | None) -> Said:
    """Say that customers feel nothing any more: the watch begins."""
    after = await do(work, number, ImpactStopped(by=by, via=via, at=ended_at or work.now))
    watch = after.watch
    if watch is not None and watch.held_since is not None:
        return Said(after, f"{named(after)} is being watched; the watch period begins when its checks were read.")
    until = f" until {clock(work, by, watch.until)}" if watch is not None else ""
    return Said(after, f"{named(after)} is being watched{until}.")


async def investigate(work: Work, number: int, by: str, via: str, why: str) -> Said:
    """Say that it is not over."""
    said = needed(why, "say what is wrong still")
    after = await do(work, number, FoundUnsolved(by=by, via=via, why=said))
    return Said(after, f"{named(after)} is being investigated again.")


async def read_criterion(work: Work, number: int, by: str, via: str, criterion: str, state: str, why: str) -> Said:
    """Say what was found of a criterion."""
    event = CriterionRead(by=by, via=via, criterion=criterion, state=state, why=as_sentence(why))
    after = await do(work, number, event)
    policy = work.plan.incident_policy(after.severity, after.rank)
    left = [one.what if one.code not in CRITERIA else one.code for one in gate.unmet(after, policy, work.now)]
    return Said(after, f"Noted. Still unmet: {', '.join(left)}." if left else "Noted. Everything is met: resolve it.")


async def resolve(work: Work, number: int, by: str, via: str, text: str, override: str) -> Said:
    """End it, when everything is met; or against that, with a reason."""
    after = await do(work, number, Resolved(by=by, via=via, note=as_sentence(text), override=as_sentence(override)))
    against = f" against {', '.join(after.override.unmet)}" if override and after.override is not None else ""
    return Said(after, f"{named(after)} is resolved{against}.{_promises(work, text)}")


async def countersign(work: Work, number: int, by: str, via: str) -> Said:
    """Stand by an override as the second person."""
    after = await do(work, number, Countersigned(by=by, via=via))
    return Said(after, f"The override of {name_of(after)} is countersigned.")


async def reopen(work: Work, number: int, by: str, via: str, why: str) -> Said:
    """Take it up again."""
    after = await do(work, number, Reopened(by=by, via=via, why=needed(why, "to reopen it needs a reason")))
    after = await rooms.reopened(work, after)
    return Said(after, f"{named(after)} is open again. {_next_update(work, after, by)}")


async def cancel(work: Work, number: int, by: str, via: str, reason: str, text: str) -> Said:
    """Say that it was no incident."""
    after = await do(work, number, Cancelled(by=by, via=via, reason=reason, text=as_sentence(text)))
    return Said(after, f"{named(after)} is cancelled.")


async def merge(work: Work, number: int, by: str, via: str, into: int) -> Said:
    """Say that it is the same as another one, which it becomes part of."""
    target, other = await find(work, into), await find(work, number)
    # The other one is asked first: what is over can take nothing in, and then nothing has changed yet.
    if into != number:
        took_in = TookIn(by=by, via=via, other=number, is_drill=other.is_drill, followers=other.followers)
        await let_happen(work, target, took_in)
    after = await do(work, number, Merged(by=by, via=via, into=into))
    return Said(after, f"{named(after)} goes on as {name_of(target)}.")


async def link_page(work: Work, number: int, by: str, via: str, page_id: str) -> Said:
    """Make a page part of it."""
    page = await find_page(work, page_id)
    if page.part is not None and page.part.is_open and (page.part.incident != number or page.errand is not None):
        raise Conflict(f"{page.id} is part of incident {page.part.incident} already")
    after = await do(work, number, PageLinked(by=by, via=via, page=page.id))
    return Said(after, f"{page.id} is part of {name_of(after)}.")


async def need_help(work: Work, number: int, by: str, via: str, team: str, what: str, target: str | None) -> Said:
    """Page a team, or somebody of it, to help."""
    work.plan.team_named(team)  # before anything is said of who is in it
    name = target or "primary"
    if target is not None and not find_people(work.plan, team, target, work.now):
        raise NotFound(f"{target} is nobody: name a person, a schedule, or a role of team {team}")
    said = needed(what, "say what is needed, and why")
    after = await do(work, number, HelpAsked(by=by, via=via, team=team, target=name, what=said))
    return Said(after, f"Team {team} is paged to help with {name_of(after)}.")


async def take_role(work: Work, number: int, by: str, via: str, role: str) -> Said:
    """Take a role."""
    after = await do(work, number, RoleTaken(by=by, via=via, role=role))
    return Said(after, f"You are {ROLE_NAMES[role]} of {name_of(after)}. {DUTIES[role]}")


async def request_role(work: Work, number: int, by: str, via: str, role: str, person: str | None) -> Said:
    """Page for a role: its own schedule, or one person first."""
    first = work.plan.person_named(person).id if person is not None else None
    after = await do(work, number, RoleAsked(by=by, via=via, role=role, person=first))
    whom = f"{work.plan.name_of(first)} first" if first is not None else "its schedule"
    return Said(after, f"Somebody is wanted as {ROLE_NAMES[role]} of {name_of(after)}: paging {whom}.")


async def hand_role_over(work: Work, number: int, by: str, via: str, role: str, to: str) -> Said:
    """Offer a role to somebody; until they have taken it, whoever holds it goes on."""
    incident = await find(work, number)
    holder = incident.holder(role)
    if holder is None:
        what = f"nobody is {ROLE_NAMES[role]}: `pagerd role request` pages for somebody"
        raise TransitionRefused(f"{named(incident)}: {what}", (Unmet("role_vacant", what),))
    person = work.plan.person_named(to)
    after = await let_happen(work, incident, RoleAsked(by=by, via=via, role=role, person=person.id))
    until = "you are" if holder == by else f"{work.plan.name_of(holder)} is"
    sentence = f"{person.name} is asked to be {ROLE_NAMES[role]} of {name_of(after)}; until then {until}."
    return Said(after, sentence)


async def release_role(work: Work, number: int, by: str, via: str, role: str, why: str) -> Said:
    """Lay a role down without a successor."""
    after = await do(work, number, RoleReleased(by=by, via=via, role=role, why=as_sentence(why)))
    asked = " Somebody else is being paged for it." if after.roles[role].is_asked else ""
    return Said(after, f"Nobody is {ROLE_NAMES[role]} of {name_of(after)} now.{asked}")


CANNOT: Mapping[type[Event], str] = {
    Declared: "be declared",
    SeverityChanged: "change its severity",
    MitigationStarted: "be mitigated",
    MitigationEnded: "have mitigations that end",
    ImpactStopped: "be watched",
    FoundUnsolved: "go back to being investigated",
    CriterionRead: "have its criteria read",
    Resolved: "be resolved",
    Countersigned: "be countersigned",
    Reopened: "be reopened",
    Cancelled: "be cancelled",
    Merged: "be merged",
    TookIn: "take another one in",
    PageLinked: "take pages in",
    RoleAsked: "ask for a role",
    RoleTaken: "have a role taken",
    RoleReleased: "have a role released",
    HelpAsked: "ask for help",
    StepMarked: "have its checklists worked on",
    HypothesisStated: "have another hypothesis",
    HypothesisJudged: "have a hypothesis judged",
    RoomOpened: "have another room",
    AllHandsCalled: "call all hands",
    Followed: "be followed",
    Unfollowed: "be followed",
    QuestionAsked: "be asked about",
    QuestionAnswered: "have a question answered",
    UpdatePosted: "have an update",
}
"""What means nothing in some status, in words."""


async def do(work: Work, number: int, event: Event) -> Incident:
    """Let an act happen to an incident. Raises NotFound, TransitionRefused."""
    return await let_happen(work, await find(work, number), event)


async def let_happen(work: Work, incident: Incident, event: Event) -> Incident:
    """Let an act happen; what means nothing in this status is refused with the code `status`."""
    try:
        return await apply.happened(work, incident, event)
    except IllegalTransition as error:
        what = f"it is {incident.status} and cannot {CANNOT[type(event)]}"
        raise TransitionRefused(f"{named(incident)}: {what}", (Unmet("status", what),)) from error


def _promises(work: Work, *texts: str) -> str:
    """Warn of what colleagues were just promised. To customers the same is not said at all."""
    found = promises_in("\n".join(texts), work.plan.incidents.messages.promise_words)
    if not found:
        return ""
    words = ", ".join(f'"{one}"' for one in found)
    return f" It promises what nobody can know ({words}): say when the next update comes instead."


def _next_update(work: Work, incident: Incident, by: str) -> str:
    if incident.cadence is None:
        return ""
    return f"The next update is promised for {clock(work, by, incident.cadence.next_at)}."


def clock(work: Work, person: str, at: datetime) -> str:
    """Write a time in the zone of whoever reads it."""
    known = work.plan.people.get(person)
    return zoned_time(at, known.zone, work.now) if known is not None else at.isoformat()
