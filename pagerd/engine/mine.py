"""What waits for one person, and what their teams have: one question to the store for the page that shows it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pagerd.core.actions.item import ActionItem
from pagerd.core.handoff import HandoffNote
from pagerd.core.incidents.incident import Incident
from pagerd.core.incidents.waiting import Waiting, waiting_for
from pagerd.core.membership import teams_of
from pagerd.core.oncall.swap import Swap
from pagerd.core.paging.page import Page
from pagerd.core.people import Medium
from pagerd.core.plan import Plan
from pagerd.core.signin import Session
from pagerd.core.ticket import Ticket
from pagerd.core.worklog.grant import GrantStatus
from pagerd.core.worklog.leads import is_lead
from pagerd.core.worklog.worked import NightState, WorkedNight
from pagerd.engine import handoffs, swaps, testpage
from pagerd.stores.base import Connection
from pagerd.stores.records import actions, incidents, pages, signins, tickets, worked

NIGHTS_BACK = timedelta(days=14)
"""Nights that still wait for an answer: after two weeks nobody remembers minutes."""

INCIDENTS_MAX = 10

UNFINISHED_MAX = 200
"""Incidents that are looked through for what waits for somebody: the newest."""

ACTIONS_MAX = 20

PAGES_MAX, TICKETS_MAX = 50, 20
"""Of each team; more is a storm, or a queue, that a list on a phone does not show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """`held` are pages that the person has, `asked` those that they were told of, `others` more of their teams.

    `nights` are their own without a word of theirs, `rests` and `disputes` those of others that they decide about.
    """

    held: tuple[Page, ...]
    asked: tuple[Page, ...]
    others: tuple[Page, ...]
    nights: tuple[WorkedNight, ...]
    rests: tuple[WorkedNight, ...]
    disputes: tuple[WorkedNight, ...]
    incidents: tuple[Incident, ...]
    """Those that are open, of whatever team: who wakes up wants to know."""
    notes: tuple[HandoffNote, ...]
    """What was written of late for whoever has one of their schedules next, the newest first."""
    swaps: tuple[Swap, ...]
    """Those that wait, asked of the person or by them."""
    tests: tuple[Medium, ...]
    """By which media a test page came that nobody has answered: it asks whether the contact reaches them."""
    waiting: tuple[Waiting, ...]
    """What of incidents waits for their approval, signature, review or writing."""
    actions: tuple[ActionItem, ...]
    """Action items that they own and that are not verified, what is due first at the top."""
    tickets: tuple[Ticket, ...]
    sessions: tuple[Session, ...]


async def of_person(c: Connection, plan: Plan, person: str, now: datetime) -> Mine:
    """Return what concerns a person now."""
    teams = [team.id for team in teams_of(plan, person)]
    open_pages = {page.id: page for page in await pages.open_pages_of_person(c, person)}
    found: list[Ticket] = []
    for team in teams:
        listed = await pages.list_pages(c, team=team, is_open=True, limit=PAGES_MAX)
        open_pages |= {page.id: page for page in listed.pages if page.id not in open_pages}
        found += await tickets.list_tickets(c, team=team, limit=TICKETS_MAX)
    held = [page for page in open_pages.values() if _holds(page, person)]
    asked = [page for page in open_pages.values() if not _holds(page, person) and _was_asked(page, person)]
    others = [page for page in open_pages.values() if page not in held and page not in asked]
    nights = await worked.between(c, now - NIGHTS_BACK, now + timedelta(days=1))
    return Mine(
        held=tuple(held),
        asked=tuple(asked),
        others=tuple(others),
        nights=tuple(one for one in nights if one.person == person and _waits_for_a_word(one)),
        rests=tuple(one for one in nights if _waits_for_a_lead(one) and _may_decide(plan, one, person, now)),
        disputes=tuple(one for one in nights if _is_theirs_to_settle(plan, one, person, now)),
        incidents=tuple(
            await incidents.list_incidents(c, status=None, is_open=True, team="", before=None, limit=INCIDENTS_MAX)
        ),
        notes=tuple(await handoffs.notes_for(c, plan, person, now)),
        swaps=tuple(await swaps.waiting_of(c, person)),
        tests=tuple(await testpage.unanswered_of(c, person)),
        waiting=waiting_for(await incidents.unfinished(c, UNFINISHED_MAX), plan, person, now),
        actions=tuple(sorted(await actions.listed(c, _actions_of(person), ACTIONS_MAX), key=_due_day)),
        tickets=tuple(found),
        sessions=tuple(await signins.sessions(c, person)),
    )


def _actions_of(person: str) -> actions.Wanted:
    return actions.Wanted(owner=person, is_unfinished=True)


def _due_day(item: ActionItem) -> tuple[bool, date, int]:
    due = item.terms.due
    return due is None, due or date.min, item.number


def _holds(page: Page, person: str) -> bool:
    return page.acknowledgement is not None and page.acknowledgement.by == person


def _was_asked(page: Page, person: str) -> bool:
    return person in page.reached or person in page.helpers


def _waits_for_a_word(night: WorkedNight) -> bool:
    return night.asked_at is not None and night.state is NightState.SEEN


def _waits_for_a_lead(night: WorkedNight) -> bool:
    return night.grant is not None and night.grant.status in (GrantStatus.PROPOSED, GrantStatus.PROVISIONAL)


def _may_decide(plan: Plan, night: WorkedNight, person: str, now: datetime) -> bool:
    """Whoever leads, or was asked, and nobody about their own night."""
    was_asked = night.grant is not None and person in night.grant.asked
    return night.person != person and (was_asked or is_lead(plan, night.team, night.person, person, now))


def _is_theirs_to_settle(plan: Plan, night: WorkedNight, person: str, now: datetime) -> bool:
    """Whoever leads, and nobody what they objected to themself."""
    dispute = night.open_dispute
    return dispute is not None and dispute.by != person and _may_decide(plan, night, person, now)
