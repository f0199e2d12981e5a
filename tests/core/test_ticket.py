"""What becomes of a ticket."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pagerd.core import ticket as core
from pagerd.core.errors import IllegalTransition
from pagerd.core.ticket import CLOSES_AFTER, Grievance, Ticket, TicketStatus
from tests.builders import NOON, minutes


def a_ticket(*, violations: tuple[str, ...] = (), page_after: timedelta | None = None) -> Ticket:
    """Return a ticket that was just opened by its first alert."""
    fresh = Ticket(
        id="t-test01",
        team="payments",
        group_key="payments|x",
        rule=None,
        severity="sev2",
        rank=2,
        title="CheckoutErrors",
        summary="",
        service="payments-api",
        reasons=("because",),
        violations=violations,
        opened_at=NOON,
        page_at=NOON + page_after if page_after is not None else None,
    )
    return core.opened(fresh, NOON, "CheckoutErrors")[0]


def a_grievance(severity: str = "sev2", rank: int = 2, page_at: datetime | None = None) -> Grievance:
    """Return what another alert of the group has to say."""
    return Grievance(alert="a", severity=severity, rank=rank, page_at=page_at)


def test_it_closes_when_its_alerts_stayed_resolved() -> None:
    """The last alert's end starts a quiet time; an alert within it stops that."""
    quiet, _ = core.ended(a_ticket(), NOON + minutes(1), "a")
    again, _ = core.fired(quiet, NOON + minutes(2), a_grievance())

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
    again, _ = core.fired(quiet, NOON + minutes(6), a_grievance())

    assert (ticket.pages_at, quiet.pages_at, again.pages_at) == (NOON + minutes(10), None, NOON + minutes(10))
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


SOON = NOON + minutes(12)
GRAVE = a_grievance(severity="sev1", rank=1, page_at=SOON)


def test_a_clock_starts_with_the_first_alert_that_has_one() -> None:
    """A ticket without a clock gets one from an alert that pages unless somebody takes it; one that runs goes on."""
    started, entries = core.fired(a_ticket(), NOON + minutes(2), a_grievance(page_at=SOON))
    later, _ = core.fired(started, NOON + minutes(3), a_grievance(page_at=SOON + minutes(1)))

    assert [entry.kind for entry in entries] == ["ticket.alert_joined", "ticket.clock_started"]
    assert (started.page_at, later.page_at) == (SOON, SOON)


@pytest.mark.parametrize("settle", [lambda one: core.taken(one, NOON, "ana"), lambda one: core.paged(one, NOON, "p-1")])
def test_taken_or_paged_it_has_no_clock_but_for_a_graver_alert(settle: Callable[[Ticket], core.Outcome]) -> None:
    """More of the same is the taker's; what is graver nobody has taken yet."""
    settled, _ = settle(a_ticket(page_after=minutes(10)))
    same, _ = core.fired(settled, NOON + minutes(2), a_grievance(page_at=SOON))
    graver, _ = core.fired(same, NOON + minutes(2), GRAVE)

    assert (same.page_at, same.status) == (None, settled.status)
    assert (graver.page_at, graver.status, graver.severity, graver.rank) == (SOON, TicketStatus.OPEN, "sev1", 1)
    assert core.taken(graver, NOON + minutes(3), "ben")[0].taken_by == "ben"


def test_judged_again_it_counts_nothing_twice() -> None:
    """Without a clock to start nothing happens at all, and nothing is written down."""
    ticket = a_ticket()
    started, _ = core.judged_again(ticket, NOON, a_grievance(page_at=SOON))

    assert core.judged_again(ticket, NOON, a_grievance()) == (ticket, ())
    assert (started.firing, started.page_at, started.version) == (ticket.firing, SOON, ticket.version + 1)


def test_what_left_takes_the_clock_with_it() -> None:
    """A ticket whose last alert is elsewhere now pages for nothing, and closes, whatever test was failed."""
    two, _ = core.fired(a_ticket(violations=("clear: no",), page_after=minutes(10)), NOON, a_grievance())
    one, _ = core.left(two, NOON, "a", None)
    none, _ = core.left(one, NOON, "b", "p-1")

    assert (one.firing, one.due) == (1, NOON + minutes(10))
    assert (none.firing, none.due) == (0, NOON + CLOSES_AFTER)


def test_a_clock_that_nobody_wants_any_more_stops() -> None:
    """Under a new plan a ticket may stay what it is."""
    assert core.stopped(a_ticket(page_after=minutes(10)), NOON)[0].due is None


def test_a_reopened_ticket_is_nobodys() -> None:
    """Whoever had it the last time, and the page that it became, are of the last time."""
    mine, _ = core.taken(a_ticket(), NOON + minutes(1), "ana")
    over, _ = core.closed(mine, NOON + minutes(2), "ana", "mended")
    again, _ = core.fired_again(over, NOON + minutes(9), a_ticket(page_after=minutes(20)), "CheckoutErrors")

    assert (again.status, again.taken_by, again.closed_by, again.firing) == (TicketStatus.OPEN, None, None, 1)
    assert again.page_at == NOON + minutes(20)


def test_it_remembers_when_it_was_closed_in_between() -> None:
    """What is explained of an instant in the gap must not say that there was a ticket."""
    over, _ = core.closed(a_ticket(), NOON + minutes(2), "ana", "mended")
    again, _ = core.reopened(over, NOON + minutes(9), "ana", "not mended", firing=0, page_at=None)

    assert [again.was_open_at(NOON + minutes(at)) for at in (-1, 0, 2, 8, 9, 60)] == [
        False,
        True,
        False,
        False,
        True,
        True,
    ]
    assert not over.was_open_at(NOON + minutes(2))


def test_what_is_open_cannot_be_reopened() -> None:
    """Neither by hand nor by an alert."""
    with pytest.raises(IllegalTransition):
        core.reopened(a_ticket(), NOON, "ana", "", firing=0, page_at=None)
    with pytest.raises(IllegalTransition):
        core.fired_again(a_ticket(), NOON, a_ticket(), "x")


def test_what_is_written_down_and_what_a_tracker_calls_it_stand_on_the_ticket() -> None:
    """Also when it is over: that is when people know what it was."""
    over, _ = core.closed(a_ticket(), NOON, "ana", "mended")
    told, [note] = core.noted(over, NOON, "ana", "it was DNS")
    named, [tracked] = core.tracked(told, NOON, "OPS-7", "https://tracker.example.org/OPS-7")

    assert (note.kind, note.details) == ("ticket.note", {"by": "ana", "text": "it was DNS"})
    assert tracked.details["ref"] == "OPS-7"
    assert (named.status, named.version) == (over.status, over.version + 2)


def test_what_a_person_opened_has_no_alert_and_no_clock() -> None:
    """It waits in the queue until somebody closes it."""
    ticket, (entry,) = core.opened_by_hand(a_ticket(), NOON)

    assert (entry.kind, entry.details["alert"]) == ("ticket.opened", "CheckoutErrors")
    assert ticket.version == 1


def test_a_ticket_that_was_closed_and_opened_again_was_not_in_the_queue_meanwhile() -> None:
    """Each of its openings counts, and what lies between is nobody's."""
    gap = (NOON + minutes(10), NOON + minutes(30))
    ticket = replace(a_ticket(), gaps=(gap,), closed_at=NOON + minutes(60))

    assert ticket.openings == (NOON, gap[1])
    assert [ticket.was_open_at(NOON + minutes(at)) for at in (-1, 0, 10, 29, 30, 60)] == [
        False, True, False, False, True, False,
    ]  # fmt: skip
