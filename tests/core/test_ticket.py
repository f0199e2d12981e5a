"""What becomes of a ticket."""

from datetime import timedelta

import pytest

from pagerd.core import ticket as core
from pagerd.core.errors import IllegalTransition
from pagerd.core.ticket import CLOSES_AFTER, Ticket, TicketStatus
from tests.builders import NOON, minutes


def a_ticket(*, violations: tuple[str, ...] = (), page_after: timedelta | None = None) -> Ticket:
    """Return a ticket that was just opened by its first alert."""
    fresh = Ticket(
        id="t-test01",
        team="payments",
        group_key="payments|x",
        rule=None,
        severity="sev2",
        title="CheckoutErrors",
        summary="",
        service="payments-api",
        reasons=("because",),
        violations=violations,
        opened_at=NOON,
        page_at=NOON + page_after if page_after is not None else None,
    )
    return core.opened(fresh, NOON, "CheckoutErrors")[0]


def test_it_closes_when_its_alerts_stayed_resolved() -> None:
    """The last alert's end starts a quiet time; an alert within it stops that."""
    quiet, _ = core.ended(a_ticket(), NOON + minutes(1), "a")
    again, _ = core.fired(quiet, NOON + minutes(2), "a")

    assert quiet.due == NOON + minutes(1) + CLOSES_AFTER
    assert again.due is None


def test_an_alert_to_be_mended_stays_in_the_queue() -> None:
    """A ticket about failed tests does not close with its alert."""
    quiet, _ = core.ended(a_ticket(violations=("clear: no runbook",)), NOON + minutes(1), "a")

    assert quiet.due is None
    assert quiet.status is TicketStatus.OPEN


def test_its_clock_survives_flaps() -> None:
    """The time at which it pages is that of the first firing, however often the alert comes and goes."""
    ticket = a_ticket(violations=("clear: no runbook",), page_after=minutes(10))
    quiet, _ = core.ended(ticket, NOON + minutes(4), "a")
    again, _ = core.fired(quiet, NOON + minutes(6), "a")

    assert (ticket.due, quiet.due, again.due) == (NOON + minutes(10), None, NOON + minutes(10))


def test_taking_stops_the_clock_once() -> None:
    """Whoever takes it stops its clock; nobody takes it twice."""
    mine, entries = core.taken(a_ticket(page_after=minutes(10)), NOON + minutes(1), "ben")

    assert (mine.due, mine.taken_by, entries[0].kind) == (None, "ben", "ticket.taken")
    with pytest.raises(IllegalTransition, match="ben"):
        core.taken(mine, NOON + minutes(2), "ana")


def test_closed_is_terminal() -> None:
    """Nothing happens to a closed ticket."""
    over, _ = core.closed(a_ticket(), NOON, "ana", "mended")

    assert over.due is None
    for act in (core.fired, core.ended, core.paged):
        with pytest.raises(IllegalTransition):
            act(over, NOON, "x")
    with pytest.raises(IllegalTransition):
        core.closed(over, NOON, "ana", "again")
