"""What people do with action items: each act names a person, runs in one transaction, and answers with a sentence.

What cannot be done now raises TransitionRefused, which says by code what stands against it, and changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from pagerd.core.actions import changes
from pagerd.core.actions.changes import Outcome
from pagerd.core.actions.chasing import clock_of, default_due, due_again
from pagerd.core.actions.item import ActionItem, action_id
from pagerd.core.actions.lint import Finding, lint
from pagerd.core.actions.terms import Bar, Priority, Terms
from pagerd.core.errors import Conflict, NotFound
from pagerd.core.incidents.draft import TransitionRefused, Unmet
from pagerd.core.incidents.incident import Incident, IncidentStatus, name_of
from pagerd.core.plain import one_line
from pagerd.core.plan import Plan
from pagerd.engine.actions import queries
from pagerd.engine.actions.keeping import save
from pagerd.engine.incidents.queries import find as find_incident
from pagerd.engine.work import Work
from pagerd.engine.written import as_sentence, whole
from pagerd.stores.records import actions

TITLE_MAX = 200


@dataclass(frozen=True, slots=True)
class Said:
    """What became of the action item, and one sentence for the person who acted."""

    item: ActionItem
    sentence: str


async def add(work: Work, incident_number: int, by: str, via: str, terms: Terms) -> Said:
    """Write an action item down. What it lacks is said, and not refused: it can be said later."""
    incident = await find_incident(work.c, incident_number)
    if incident.status is IncidentStatus.MERGED:
        what = f"it goes on as incident {incident.merged_into}: write it down there"
        raise TransitionRefused(f"{name_of(incident).capitalize()}: {what}", (Unmet("status", what),))
    number = await actions.next_number(work.c)
    item = ActionItem(
        id=action_id(number),
        number=number,
        incident=incident.number,
        team=incident.team,
        service=incident.service,
        is_drill=incident.is_drill,
        terms=_cleaned(work.plan, terms),
        opened_at=work.now,
        opened_by=by,
    )
    item = _with_due(work, incident, item)
    _check_day(work, item, item.terms.due)
    after = await save(work, changes.added(item, work.now), "ActionAdded", via=via, is_new=True)
    return Said(
        after, f"Action {number} of {name_of(incident)} is written down.{_due(after)}{_lacks(work.plan, after)}"
    )


def _with_due(work: Work, incident: Incident, item: ActionItem) -> ActionItem:
    if item.terms.due is not None:
        return item
    rule = work.plan.incident_policy(incident.severity, incident.rank).actions_due
    due = default_due(rule, work.now, clock_of(item, work.plan).zone)
    return replace(item, terms=replace(item.terms, due=due))


async def change(work: Work, number: int, by: str, via: str, fields: Mapping[str, object]) -> Said:
    """Say otherwise what it is about: `fields` are those of its terms that change."""
    item = await queries.find(work.c, number)
    terms = _cleaned(work.plan, replace(item.terms, **fields))  # type: ignore[arg-type]  # read by their types before
    if terms.due != item.terms.due:
        _check_day(work, item, terms.due)
    outcome = changes.changed_terms(item, work.now, by, terms)
    if not outcome[1]:
        return Said(item, f"Action {number} says so already.")
    after = await save(work, outcome, "ActionChanged", via=via)
    return Said(after, f"Action {number} is changed.{_due(after)}{_lacks(work.plan, after)}")


async def start(work: Work, number: int, by: str, via: str) -> Said:
    """Begin."""
    after = await _save(work, changes.started(await queries.find(work.c, number), work.now, by), "ActionStarted", via)
    return Said(after, f"Action {number} is begun.{_due(after)}")


async def done(work: Work, number: int, by: str, via: str, note: str) -> Said:
    """Say that it is done."""
    item = await queries.find(work.c, number)
    after = await _save(work, changes.done(item, work.now, by, as_sentence(note)), "ActionDone", via)
    waits = "pagerd looks now and each day" if after.verification.is_checked else "somebody else says what they saw"
    return Said(after, f"Action {number} is done. It is not verified yet: {waits} ({after.terms.verification}).")


async def verify(work: Work, number: int, by: str, via: str, why: str) -> Said:
    """Say that it helped, and what shows that."""
    item = await queries.find(work.c, number)
    outcome = changes.verified(item, work.now, by, as_sentence(why), is_alone=_is_alone(work.plan))
    return Said(await _save(work, outcome, "ActionVerified", via), f"Action {number} is verified.")


async def drop(work: Work, number: int, by: str, via: str, why: str) -> Said:
    """Decide that it will not be done."""
    item = await queries.find(work.c, number)
    outcome = changes.dropped(item, work.now, by, as_sentence(why), is_alone=_is_alone(work.plan))
    return Said(await _save(work, outcome, "ActionDropped", via), f"Action {number} is dropped.")


async def reopen(work: Work, number: int, by: str, via: str, why: str) -> Said:
    """Open it again."""
    item = await queries.find(work.c, number)
    incident = await find_incident(work.c, item.incident)
    rule = work.plan.incident_policy(incident.severity, incident.rank).actions_due
    due = due_again(item, rule, work.now, clock_of(item, work.plan).zone)
    after = await _save(work, changes.reopened(item, work.now, by, as_sentence(why), due), "ActionReopened", via)
    return Said(after, f"Action {number} is open again.{_due(after)}")


def findings(plan: Plan, item: ActionItem) -> tuple[Finding, ...]:
    """Return what an action item lacks."""
    return lint(item.terms, {*plan.people, *plan.teams})


async def _save(work: Work, outcome: Outcome, event: str, via: str) -> ActionItem:
    return await save(work, outcome, event, via=via)


def _is_alone(plan: Plan) -> bool:
    """Is there nobody else who could look?"""
    return len(plan.people) == 1


def _cleaned(plan: Plan, terms: Terms) -> Terms:
    """Return the terms on one line each, with names and words that are known. Raises Conflict, NotFound."""
    title, owner = one_line(whole(terms.title, TITLE_MAX, "a title")).removesuffix("."), terms.owner.strip()
    if not title:
        raise Conflict("an action item says what is to change")
    if owner and owner not in plan.people and owner not in plan.teams:
        owner = owner.lower()
    if owner and owner not in plan.people and owner not in plan.teams:
        known = ", ".join(sorted({*plan.people, *plan.teams}))
        raise NotFound(f"there is neither a person nor a team {terms.owner!r}; there are {known}")
    if terms.priority and terms.priority not in set(Priority):
        raise Conflict(f"{terms.priority!r} is no priority; priorities are {', '.join(Priority)}")
    unknown = [bar for bar in terms.bars if bar not in set(Bar)]
    if unknown:
        raise Conflict(f"{unknown[0]!r} is no quality bar; they are {', '.join(Bar)}")
    return replace(
        terms,
        title=title,
        owner=owner,
        verification=as_sentence(whole(terms.verification, what="a verification")),
        impact=as_sentence(whole(terms.impact, what="an expected impact")),
        bars=tuple(bar for bar in Bar if bar in terms.bars),
    )


def _check_day(work: Work, item: ActionItem, day: date | None) -> None:
    if day is not None and day < work.now.astimezone(clock_of(item, work.plan).zone).date():
        what = f"{day.isoformat()} is over: name the day by which it should be verified"
        raise TransitionRefused(f"Action {item.number}: {what}", (Unmet("due_in_the_past", what),))


def _due(item: ActionItem) -> str:
    return f" It is due {item.terms.due.isoformat()}." if item.terms.due is not None else ""


def _lacks(plan: Plan, item: ActionItem) -> str:
    lacks = [one.code.removesuffix("_missing").replace("_", " ") for one in findings(plan, item)]
    return f" It still lacks: {', '.join(lacks)}." if lacks else ""
