from dataclasses import replace

import pytest

from pagerd.core.placement import Place, pages_again, placement
from pagerd.core.plan import VerdictKind
from pagerd.core.policy import Judge
from pagerd.core.ticket import Ticket
from tests.builders import NIGHT, NOON, a_plan, minutes, some_annotations, some_labels

PLAN = a_plan()
VERDICT = Judge(PLAN).judge(some_labels(), some_annotations(), NOON)
PAGE, HOURS, LATER, DROP = VerdictKind.PAGE, VerdictKind.BUSINESS_HOURS, VerdictKind.TICKET, VerdictKind.DROP


@pytest.mark.parametrize(
    ("kind", "at", "page_is_open", "is_muted", "place"),
    [
        (PAGE, NIGHT, False, False, Place.OPENS_PAGE),
        (PAGE, NIGHT, True, False, Place.JOINS_PAGE),
        (PAGE, NIGHT, False, True, Place.MUTED),
        (PAGE, NIGHT, True, True, Place.JOINS_PAGE),
        (HOURS, NOON, False, False, Place.OPENS_PAGE),
        (HOURS, NIGHT, False, False, Place.HELD),
        (HOURS, NIGHT, True, False, Place.JOINS_PAGE),
        (HOURS, NIGHT, False, True, Place.MUTED),
        (LATER, NIGHT, False, False, Place.TICKET),
        (LATER, NIGHT, True, False, Place.TICKET),
        (LATER, NIGHT, False, True, Place.MUTED),
        (DROP, NIGHT, False, False, Place.DROPPED),
        (DROP, NIGHT, True, False, Place.DROPPED),
        (DROP, NIGHT, False, True, Place.MUTED),
    ],
)
def test_where_an_alert_goes(kind, at, page_is_open, is_muted, place):
    """An open page of the group is joined before all else, a silence comes next, then the verdict decides."""
    found = placement(replace(VERDICT, kind=kind), PLAN, at, page_is_open=page_is_open, is_muted=is_muted)

    assert found.place is place
    assert (found.held_until is not None) is (place is Place.HELD)


def test_it_is_held_until_the_team_is_back():
    """Berlin opens at nine, which is eight in UTC that day."""
    found = placement(replace(VERDICT, kind=HOURS), PLAN, NIGHT, page_is_open=False, is_muted=False)

    assert found.held_until is not None
    assert found.held_until.isoformat() == "2026-01-07T08:00:00+00:00"


@pytest.mark.parametrize(
    ("paged_as", "page_after", "again"),
    [(None, minutes(10), False), ("p-1", minutes(10), True), ("p-1", None, False)],
)
def test_a_ticket_whose_clock_ran_out_pages_again(paged_as, page_after, again):
    """Only what would have a clock goes the way of the clock."""
    ticket = Ticket(
        id="t-1",
        team="payments",
        group_key="g",
        rule=None,
        severity="sev2",
        rank=2,
        title="A",
        summary="",
        service="",
        reasons=(),
        violations=(),
        opened_at=NOON,
        paged_as=paged_as,
    )

    assert pages_again(ticket, replace(VERDICT, page_after=page_after)) is again
