"""What people do: each act names a person, runs in one transaction, and answers with a sentence.

`by` is a person of the plan, `via` how they came: sms, voice, link, mail, cli, api. An act that means nothing in the
page's state raises Conflict with what would be right.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pagerd.core import ticket as tickets_core
from pagerd.core.errors import Conflict, IllegalTransition, NotFound
from pagerd.core.events import (
    Acknowledged,
    EscalatedByHand,
    Event,
    NoteAdded,
    Reassigned,
    ResolvedByHand,
    ResponderAdded,
    Snoozed,
    Undone,
)
from pagerd.core.paging.escalation import find
from pagerd.core.paging.notification import is_reachable, urgency_of_page
from pagerd.core.paging.on_people import UNDO_WITHIN
from pagerd.core.paging.page import Page, PageStatus, PageStep, Position, Stage, Subject
from pagerd.core.people import Urgency
from pagerd.core.plain import length, one_line
from pagerd.core.plan import Plan
from pagerd.core.ticket import Ticket
from pagerd.core.timeline import HOW
from pagerd.engine import apply, ticketing
from pagerd.engine.incidents import errands
from pagerd.engine.work import Work
from pagerd.engine.written import as_sentence, whole
from pagerd.stores.records import pages, tickets

SNOOZE_MAX = timedelta(hours=24)
"""A page that may wait longer is a ticket."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of the page, and one sentence for the person who acted; `changed` says whether anything did."""

    page: Page
    sentence: str
    changed: bool = True


async def acknowledge(work: Work, page_id: str, by: str, via: str) -> Answer:
    """Take a page. Whoever takes it first has it; the second is told who."""
    page = await open_page(work, page_id)
    held = page.acknowledgement
    await errands.may_answer(work, page, by, via)
    after = await _let_happen(work, page, Acknowledged(by=by, via=via))
    now_held = after.acknowledgement
    if page.errand is not None and now_held is not None and now_held.by == by and now_held.at == work.now:
        return Answer(after, await errands.answered(work, after, by, via))
    if held is not None and now_held is not None and now_held.by == held.by:
        if held.by == by:
            carried = after.part is not None and after.is_carried
            until = f"until {_until(work, by, now_held.until)}" if not carried else "while its incident is open"
            return Answer(after, f"You have {page.id} already. It stays yours {until}.")
        if by in page.helpers:
            return Answer(after, f"{work.plan.name_of(held.by)} is told that you come to help.")
        since = int((work.now - held.at).total_seconds())
        sentence = f"{page.id} was acknowledged by {work.plan.name_of(held.by)} {_ago(since)} ago. Nothing to do."
        return Answer(after, sentence, changed=False)
    if after.part is not None and after.is_carried:
        return Answer(after, f"{page.id} is yours while incident {after.part.incident} is open. Escalation stopped.")
    until = _until(work, by, now_held.until) if now_held is not None else ""
    return Answer(after, f"{page.id} is yours until {until}. Escalation stopped.")


async def acknowledge_all(work: Work, page_ids: Sequence[str], by: str, via: str) -> Answer:
    """Take all of these pages that nobody has yet; the answer is about the first of them."""
    first, taken = await find_page(work, page_ids[0]), 0
    for page_id in page_ids:
        page = await pages.find(work.c, page_id)
        if page is None or not page.is_open:
            continue
        try:
            answer = await acknowledge(work, page_id, by, via)
        except Conflict:
            continue  # It asks for what this person cannot do: the others are theirs all the same.
        held = answer.page.acknowledgement
        taken += held is not None and held.by == by
        first = answer.page if page_id == first.id else first
    if not taken:
        return Answer(first, "Nothing to do: these pages are over, or somebody else has them.", changed=False)
    return Answer(first, f"{taken} of {len(page_ids)} pages are yours.")


async def snooze(work: Work, page_id: str, by: str, via: str, lasts: timedelta) -> Answer:
    """Take a page and say when to be reminded of it."""
    if not timedelta(minutes=1) <= lasts <= SNOOZE_MAX:
        raise Conflict(f"a page can be snoozed for 1m to 24h, not for {length(lasts)}")
    until = work.now + lasts
    page = await open_page(work, page_id)
    errands.refuse_for_errand(page, "snoozed")
    page = await _let_happen(work, page, Snoozed(by=by, via=via, until=until))
    return Answer(page, f"{page.id} is yours, snoozed until {_until(work, by, until)}.")


async def undo(work: Work, page_id: str, by: str, via: str) -> Answer:
    """Take one's own acknowledgement back; the interrupted step is paged again."""
    page = await open_page(work, page_id)
    held = page.acknowledgement
    if held is None or held.by != by:
        raise Conflict(f"{page.id} is not yours: there is nothing to undo")
    if work.now - held.at > UNDO_WITHIN:
        raise Conflict(f"{page.id} is yours for longer than {length(UNDO_WITHIN)}: to hand it on, escalate it")
    after = await _let_happen(work, page, Undone(by=by, via=via))
    await errands.given_back(work, after, by, via)
    asked = ", ".join(work.plan.name_of(person) for person in after.position.asked)
    return Answer(after, f"{page.id} is not yours any more.{f' It pages {asked}.' if asked else ''}")


async def resolve(work: Work, page_id: str, by: str, via: str, note: str = "") -> Answer:
    """Close a page by hand; what still fires is held for an hour."""
    page = await open_page(work, page_id)
    errands.refuse_for_errand(page, "resolved by hand")
    after = await _let_happen(work, page, ResolvedByHand(by=by, via=via, note=whole(note.strip())))
    if not page.firing:
        return Answer(after, f"{page.id} is resolved.")
    many = page.firing > 1
    held = f"{page.firing} alert{'s' if many else ''} still fire{'' if many else 's'}"
    until = _until(work, by, work.now + work.plan.times.hold_after_resolve)
    anew = f"when {'one fires' if many else 'it fires'} anew"
    return Answer(after, f"{page.id} is resolved. {held}: a new page opens at {until}, or {anew}.")


async def escalate(work: Work, page_id: str, by: str, via: str) -> Answer:
    """Page the next step now."""
    before = await open_page(work, page_id)
    page = await _let_happen(work, before, EscalatedByHand(by=by, via=via))
    await errands.let_go(work, before, via)
    asked = ", ".join(work.plan.name_of(person) for person in page.position.asked) or "the last resort"
    return Answer(page, f"{page.id} is escalated to {asked}.")


async def reassign(work: Work, page_id: str, by: str, via: str, to: str) -> Answer:
    """Hand a page to one person; when they do not answer, it goes on at step 1."""
    page = await open_page(work, page_id)
    person = _reachable_person(work, page, to)
    after = await _let_happen(work, page, Reassigned(by=by, via=via, to=person))
    await errands.let_go(work, page, via)
    return Answer(after, f"{page.id} is handed to {work.plan.name_of(person)}.")


async def add_responder(work: Work, page_id: str, by: str, via: str, name: str) -> Answer:
    """Ask another person for help; `name` may be a person, a schedule or a role such as `secondary`."""
    page = await open_page(work, page_id)
    person = _reachable_person(work, page, name)
    after = await _let_happen(work, page, ResponderAdded(by=by, via=via, person=person))
    return Answer(after, f"{work.plan.name_of(person)} is asked to help with {page.id}.")


async def add_note(work: Work, page_id: str, by: str, via: str, text: str) -> Answer:
    """Write something down on the timeline."""
    if not text.strip():
        raise Conflict("an empty note says nothing: write one sentence")
    page = await find_page(work, page_id)
    after = await _let_happen(work, page, NoteAdded(by=by, via=via, text=whole(text.strip())))
    return Answer(after, f"Noted on {page.id}.")


async def raise_page(work: Work, by: str, via: str, team_id: str, text: str, severity: str | None = None) -> Answer:
    """Page a team with a person's own words: a customer's report, a support ticket, something seen. No test applies."""
    team = work.plan.team_named(team_id)
    if not text.strip():
        raise Conflict("a page needs a sentence: say what is broken")
    grave = work.plan.severities.get(severity or _default_severity(work.plan))
    if grave is None:
        raise NotFound(f"there is no severity {severity!r}; severities are {', '.join(sorted(work.plan.severities))}")
    policy = work.plan.policies[team.escalation]
    page_id = work.chance.object_id("p")
    words = one_line(text)
    page = Page(
        id=page_id,
        subject=Subject(
            title=words[:80],
            summary=words,
            service="",
            place="",
            team=team.id,
            rule=None,
            runbook=None,
            runbook_url=None,
            action=None,
        ),
        group_key=f"by hand|{page_id}",
        severity=grave.id,
        rank=grave.rank,
        urgency=Urgency.HIGH.value,
        business_hours=False,
        opened_at=work.now,
        since=work.now,
        steps=tuple(PageStep(step.targets, step.answer_within) for step in policy.steps),
        repeat=policy.repeat,
        position=Position(stage=Stage.STEP),
        raised_by=by,
    )
    opened = await apply.opened(work, page, reasons=(f"raised by {by} {HOW.get(via, via)}",), before=None)
    asked = ", ".join(work.plan.name_of(person) for person in opened.position.asked) or "the last resort"
    return Answer(opened, f"{opened.id} pages {asked}.")


async def open_ticket(work: Work, by: str, via: str, team_id: str, text: str, service: str = "") -> Ticket:
    """Open a ticket with a person's own words: what nobody need be woken for, and must not be forgotten."""
    team = work.plan.team_named(team_id)
    words = as_sentence(text)
    if not words:
        raise Conflict("a ticket needs a sentence: say what is to be done")
    mildest = max(work.plan.severities.values(), key=lambda one: one.rank)
    ticket_id = work.chance.object_id("t")
    fresh = Ticket(
        id=ticket_id,
        team=team.id,
        group_key=f"by hand|{ticket_id}",
        rule=None,
        severity=mildest.id,
        rank=mildest.rank,
        title=words[:80],
        summary=words,
        service=service,
        reasons=(f"opened by {by} {HOW.get(via, via)}",),
        violations=(),
        opened_at=work.now,
    )
    work.count("tickets", mildest.id)
    return await ticketing.save(work, tickets_core.opened_by_hand(fresh, work.now), "TicketOpened", is_new=True)


async def take_ticket(work: Work, ticket_id: str, by: str) -> Ticket:
    """Put a name on a ticket; its clock stops."""
    found = await find_ticket(work, ticket_id)
    return await _ticket(work, lambda: tickets_core.taken(found, work.now, by), "TicketTaken")


async def close_ticket(work: Work, ticket_id: str, by: str, reason: str) -> Ticket:
    """Close a ticket by hand."""
    found = await find_ticket(work, ticket_id)
    return await _ticket(work, lambda: tickets_core.closed(found, work.now, by, whole(reason)), "TicketClosed")


async def reopen_ticket(work: Work, ticket_id: str, by: str, reason: str) -> Ticket:
    """Open a closed ticket again by hand."""
    found = await find_ticket(work, ticket_id)
    other = await tickets.find_open_of_group(work.c, found.group_key)
    if other is not None and other.id != found.id:
        raise Conflict(f"ticket {found.id} stays closed: {other.id} is open for the same group")
    try:
        return await ticketing.reopen(work, found, by, reason)
    except IllegalTransition as error:
        raise Conflict(str(error)) from error


async def note_ticket(work: Work, ticket_id: str, by: str, text: str) -> Ticket:
    """Write something down on a ticket's timeline."""
    if not text.strip():
        raise Conflict("an empty note says nothing: write one sentence")
    found = await find_ticket(work, ticket_id)
    return await _ticket(work, lambda: tickets_core.noted(found, work.now, by, whole(text.strip())), "TicketNoted")


async def find_page(work: Work, page_id: str) -> Page:
    """Return a page by its id, with or without `p-`, or by an unambiguous beginning."""
    wanted = page_id.strip()
    wanted = wanted if wanted.startswith("p-") else f"p-{wanted}"
    page = await pages.find(work.c, wanted)
    if page is not None:
        return page
    ids = await pages.find_by_prefix(work.c, wanted, 3)
    if len(ids) > 1:
        raise NotFound(f"{page_id} may be {', '.join(ids)}: write more of it")
    page = await pages.find(work.c, ids[0]) if ids else None
    if page is None:
        raise NotFound(f"there is no page {page_id}; `pagerd pages` lists those that are open")
    return page


async def open_page(work: Work, page_id: str) -> Page:
    """Return a page that still wants a human, or raise Conflict that says how it ended."""
    page = await find_page(work, page_id)
    if page.status is PageStatus.RESOLVED:
        by = f" by {work.plan.name_of(page.resolved_by)}" if page.resolved_by else ""
        ago = f" {_ago(int((work.now - page.resolved_at).total_seconds()))} ago" if page.resolved_at else ""
        raise Conflict(f"{page.id} is resolved already{by}{ago}. Nothing to do.")
    return page


async def find_ticket(work: Work, ticket_id: str) -> Ticket:
    """Return a ticket by its id, with or without `t-`."""
    wanted = ticket_id if ticket_id.startswith("t-") else f"t-{ticket_id}"
    found = await tickets.find(work.c, wanted)
    if found is None:
        raise NotFound(f"there is no ticket {ticket_id}; `pagerd tickets` lists those that are open")
    return found


async def _let_happen(work: Work, page: Page, event: Event) -> Page:
    try:
        after = await apply.happened(work, page, event)
    except IllegalTransition as error:
        raise Conflict(str(error)) from error
    by = getattr(event, "by", None)
    if isinstance(by, str):
        await apply.note_act(work, page.id, by)
    return after


async def _ticket(work: Work, decide: Callable[[], tickets_core.Outcome], event: str) -> Ticket:
    try:
        outcome = decide()
    except IllegalTransition as error:
        raise Conflict(str(error)) from error
    return await ticketing.save(work, outcome, event)


def _reachable_person(work: Work, page: Page, name: str) -> str:
    found = find(work.plan, page.subject.team, name, work.now)
    if not found:
        raise NotFound(f"{name} is nobody: name a person, a schedule, or a role of team {page.subject.team}")
    for one in found:
        if is_reachable(work.plan, one.person, urgency_of_page(work.plan, page.urgency)):
            return one.person
    raise Conflict(f"{found[0].person} has no usable contact method for a page of {page.urgency} urgency")


def _default_severity(plan: Plan) -> str:
    """Return the second severity that pages at once: what a person saw is grave, but they can say worse."""
    loud = sorted((one for one in plan.severities.values() if one.urgency is Urgency.HIGH), key=lambda one: one.rank)
    ranked = loud or sorted(plan.severities.values(), key=lambda one: one.rank)
    return ranked[min(1, len(ranked) - 1)].id


def _until(work: Work, person: str, at: datetime) -> str:
    known = work.plan.people.get(person)
    local = at.astimezone(known.zone) if known is not None else at
    day = "" if local.date() == work.now.astimezone(local.tzinfo).date() else f"{local:%a} "
    return f"{day}{local:%H:%M}"


def _ago(seconds: int) -> str:
    if seconds < 120:  # two minutes: seconds still mean something
        return f"{seconds} s"
    if seconds < 7200:
        return f"{seconds // 60} min"
    return f"{seconds // 3600} h"
