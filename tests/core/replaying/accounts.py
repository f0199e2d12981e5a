"""Accounts of invented replays."""

from datetime import timedelta

from pagerd.core.replaying.account import Account, PageSeen, Ruling, Span, TicketSeen, Woken
from tests.builders import NIGHT, minutes


def a_page(number=0, *, alert="Backlog", person="ana", woken=True, lasts=25):
    """A page of a night of its own, that a person took after five minutes."""
    at = NIGHT + timedelta(days=number)
    return PageSeen(
        group_key=f"payments/{alert}",
        opened_at=at,
        alert=alert,
        team="payments",
        rule="Backlog",
        severity="sev2",
        paged=((at, person),),
        acknowledged_at=at + minutes(5),
        acknowledged_by=person,
        resolved_at=at + minutes(30),
        woken=(Woken(person=person, span=Span(at, at + minutes(lasts))),) if woken else (),
    )


def a_ticket(number=0, alert="Backlog"):
    """A ticket of a night of its own."""
    at = NIGHT + timedelta(days=number)
    return TicketSeen(group_key=f"payments/{alert}", opened_at=at, alert=alert, team="payments", rule="Backlog")


def ruled(verdict="page", alert="Backlog", rule="Backlog"):
    """How an alert was judged."""
    return Ruling(alert=alert, team="payments", rule=rule, verdict=verdict, severity="sev2")


THREE = ((ruled(), 3),)


def an_account(*pages, tickets=(), rulings=THREE):
    """One replay."""
    episodes = sum(count for _, count in rulings)
    return Account(revision="r1", episodes=episodes, pages=pages, tickets=tuple(tickets), rulings=tuple(rulings))
