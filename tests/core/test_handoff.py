"""What goes over with a shift: who may write a note, since when notes are news, what is still open."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.core.handoff import (
    BACK_MAX,
    LATE_MAX,
    Handover,
    OpenPage,
    Turn,
    notes_since,
    open_incidents,
    open_page,
    turn_of,
)
from pagerd.core.incidents.roles import Role, Standing
from pagerd.core.oncall.lookup import on_call
from pagerd.core.paging.page import Acknowledgement, PageStatus, Part
from tests.builders import NOON, a_plan, an_incident, minutes
from tests.core.paging.test_decide import a_page

PLAN = a_plan()
SCHEDULE = "payments-primary"
HANDOFF = on_call(PLAN.book, SCHEDULE, NOON).until
assert HANDOFF is not None


@pytest.mark.parametrize(
    ("person", "at", "turn"),
    [
        ("ana", NOON, Turn(HANDOFF, is_over=False)),
        ("ana", HANDOFF + minutes(5), Turn(HANDOFF, is_over=True)),
        ("ana", HANDOFF + LATE_MAX - minutes(1), Turn(HANDOFF, is_over=True)),
        ("ana", HANDOFF + LATE_MAX + minutes(1), None),
        ("ben", NOON, None),
        ("dora", NOON, Turn(HANDOFF, is_over=False)),
    ],
    ids=["in their shift", "just after it", "late", "too late", "before it", "an operator"],
)
def test_who_may_write_a_note(person, at, turn):
    """Whoever is on call, or was a short while ago; a lead or an operator for whoever is."""
    assert turn_of(PLAN, SCHEDULE, person, at) == turn


def test_notes_are_news_since_the_reader_had_the_schedule():
    """Or for a week: who comes back after months need not read them all."""
    second = HANDOFF + timedelta(days=1)

    assert notes_since(PLAN, SCHEDULE, "ana", second) == HANDOFF
    assert notes_since(PLAN, SCHEDULE, "ben", NOON) == NOON - BACK_MAX


def test_open_incidents_of_the_team_go_over_with_who_has_which_role():
    """Roles that nobody holds are not named, and others' incidents are others'."""
    roles = {Role.IC.value: Standing(holder="ben", since=NOON), Role.TL.value: Standing(is_asked=True)}
    own = an_incident(team="payments", roles=roles)
    [found] = open_incidents([own, an_incident(number=own.number + 1, team="platform")], "payments")

    assert (found.number, found.status, found.roles) == (own.number, own.status.value, {"ic": "ben"})


def test_an_open_page_goes_over_with_who_has_it_and_until_when():
    """Of one that an incident carries nobody is asked again, so there is no instant; a snooze says so."""
    held = Acknowledgement(by="ana", at=NOON, until=NOON + minutes(30), is_snooze=True)
    mine = replace(a_page(), status=PageStatus.ACKNOWLEDGED, acknowledgement=held)
    carried = replace(mine, acknowledgement=replace(held, is_snooze=False), part=Part(incident=7, is_open=True))

    assert open_page(a_page(), "47") == OpenPage(
        id="p-test01", severity="sev2", title="CheckoutErrors", since=NOON, code="47"
    )
    assert (open_page(mine).holder, open_page(mine).until, open_page(mine).is_snoozed) == ("ana", held.until, True)
    assert (open_page(carried).holder, open_page(carried).until) == ("ana", None)


def test_nothing_goes_over_where_nothing_is_open():
    """A number of pages is something, also where none of them is shown."""
    empty = Handover(team="payments", since=NOON)

    assert empty.is_empty
    assert not replace(empty, pages_count=1).is_empty
    assert not replace(empty, nights_count=1).is_empty
