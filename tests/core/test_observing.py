"""What is counted of the time in which pagerd only observed."""

from datetime import timedelta

import pytest

from pagerd.core.observing import TIMER, ObservedMessage, ObservedPage, Part, observed_report
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium
from tests.builders import NIGHT, NOON, a_person, minutes

PEOPLE = {name: a_person(name) for name in ("ana", "ben")}


def a_message(name="n1", **fields):
    """Return a text about a page that goes at once."""
    own = {"at": NOON, "event": "PageOpened", "words": "sev1 it burns", "person": "ana", "medium": Medium.SMS}
    own |= {"purpose": Purpose.PAGE, "page_id": "p-1", "ticket_id": None}
    own |= {"created_at": own["at"], "due_first": own["at"]}
    return ObservedMessage(id=name, **(own | fields))


def a_page(name="p-1", **fields):
    """Return a page of payments."""
    own = {"opened_at": NOON, "resolved_at": None, "team": "payments", "service": "api", "severity": "sev1"}
    return ObservedPage(id=name, **(own | {"title": "Burns", "rule": ""} | fields))


def report(*rows, pages=None, counts=lambda _at: True):
    """Return the report of these rows."""
    return observed_report(rows, pages or [a_page()], (), (), PEOPLE, counts=counts)


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({}, Part.FIRST),
        ({"purpose": Purpose.HELP}, Part.FIRST),
        ({"event": "AlertRaised"}, Part.FIRST),
        ({"due_first": NOON + timedelta(seconds=59)}, Part.FIRST),
        ({"due_first": NOON + minutes(1)}, Part.FOLLOW_UP),
        ({"event": TIMER}, Part.FOLLOW_UP),
        ({"purpose": Purpose.RESOLVED}, Part.TOLD),
        ({"purpose": Purpose.MORE_ALERTS, "event": "AlertJoined"}, Part.TOLD),
        ({"purpose": Purpose.TICKET, "page_id": None, "ticket_id": "t-1"}, Part.TICKET),
        ({"purpose": Purpose.ALARM, "page_id": None}, Part.OPERATORS),
    ],
)
def test_what_a_message_would_have_been(fields, part):
    """First is what goes whatever anybody does; what waits a minute or for a timer goes only without an answer."""
    assert a_message(**fields).part is part


def test_one_message_for_several_is_first_if_one_of_them_is():
    """Its reader would have been disturbed for the new page, whatever else it tells them."""
    lead = a_message("n1", event=TIMER)
    other = a_message("n2", page_id="p-2", merged_into="n1", words="")
    [message] = report(lead, other, pages=(a_page(), a_page("p-2"))).messages

    assert (message.part, message.pages, message.words) == (Part.FIRST, ("p-1", "p-2"), "sev1 it burns")


def test_a_message_whose_carrier_is_not_in_the_span_is_told_by_what_is_left():
    """A span may end between the rows of one message."""
    [message] = report(a_message("n2", merged_into="n1", words="")).messages

    assert message.pages == ("p-1",)


def test_nights_are_people_and_pages():
    """Mail wakes nobody, by day nobody sleeps, and a page that woke at once is none that would have woken later."""
    rows = [
        a_message("n1", at=NIGHT),
        a_message("n2", at=NIGHT + minutes(2), medium=Medium.VOICE, event=TIMER),
        a_message("n3", at=NIGHT, medium=Medium.EMAIL, person="ben"),
        a_message("n4", at=NIGHT + minutes(5), medium=Medium.VOICE, person="ben", event=TIMER),
        a_message("n5", at=NOON, page_id="p-2", person="ben"),
    ]
    ana, ben = report(*rows).people
    [team] = report(*rows).teams

    assert (ana.nights, ana.nights_unanswered) == (1, 0)
    assert (ben.nights, ben.nights_unanswered) == (0, 1)
    assert (team.nights, team.nights_unanswered) == (1, 1)


def test_who_is_in_no_file_any_more_has_no_night():
    """Nobody knows where they slept; the message counts."""
    [gone] = report(a_message(person="zoe", at=NIGHT)).people

    assert (gone.name, gone.first, gone.nights) == ("zoe", 1, 0)


def test_pages_from_outside_the_time_lend_their_team_and_are_not_listed():
    """A page that was opened before is still told of."""
    found = report(a_message(event=TIMER), counts=lambda _at: False)

    assert found.pages == ()
    [team] = found.teams
    assert (team.name, team.pages, team.follow_ups) == ("payments", 0, 1)


def test_a_page_without_a_message_is_listed_all_the_same():
    """Nobody was on call, or it is silenced: the other pager may have paged."""
    [told] = report().pages

    assert (told.first_at, told.people, told.first, told.follow_ups) == (None, (), 0, 0)
