"""What became of an alert, where nothing was sent."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from pagerd.core.alerts.alert import AT_SOURCE, Suppression
from pagerd.core.events import Acknowledged
from pagerd.core.explaining.happened import is_observed, what_happened
from pagerd.core.paging.notification import NotificationStatus
from pagerd.core.paging.page import PageStatus
from pagerd.core.ticket import TicketStatus
from tests.builders import NOON, an_alert, minutes
from tests.core.paging.test_decide import after, opened
from tests.core.paging.test_notification import a_notification
from tests.core.test_ticket import a_ticket

OBSERVED, ACCEPTED, CANCELLED = (
    NotificationStatus.OBSERVED,
    NotificationStatus.ACCEPTED,
    NotificationStatus.CANCELLED,
)


@pytest.mark.parametrize(
    ("statuses", "said"),
    [([OBSERVED], True), ([OBSERVED, OBSERVED], True), ([OBSERVED, ACCEPTED], False), ([ACCEPTED], False), ([], False)],
)
def test_a_page_of_which_nobody_was_told_is_not_taken_for_one_that_was(statuses, said):
    """As long as all that asked for an answer was only written down, the sentence says so."""
    notifications = [a_notification(status=status, attempts=1) for status in statuses]
    told = what_happened(an_alert(), opened().page, None, notifications, ZoneInfo("UTC"))

    assert is_observed(notifications) is said
    assert ("pagerd only observed: nobody was told" in told.sentence) is said


def test_what_never_left_the_outbox_says_nothing_of_the_rest():
    """A call that was cancelled before its time has no attempt."""
    waiting = a_notification(status=CANCELLED, attempts=0)

    assert is_observed([a_notification(status=OBSERVED, attempts=1), waiting])


ACK = Acknowledged(by="ana", via="sms")
UTC_ZONE = ZoneInfo("UTC")
RECEIVED = "Received from prod at Tue 6 Jan 2026 11:00 (UTC)"


def told(alert, page=None, ticket=None, notifications=()):
    """Return the word and the sentence of what became of an alert, without when it came."""
    found = what_happened(alert, page, ticket, notifications, UTC_ZONE)
    return found.fate.value, found.sentence.removeprefix(RECEIVED)


@pytest.mark.parametrize(
    ("fields", "fate", "said"),
    [
        ({"muted_by": "s1"}, "silenced", ", still firing; silence s1 mutes it: nobody was told."),
        (
            {"muted_by": AT_SOURCE, "suppression": Suppression(by="eva", why="a deploy")},
            "silenced",
            ", still firing; eva: a deploy mutes it: nobody was told.",
        ),
        (
            {"held_until": NOON + minutes(60), "hold_reason": "it waits for business hours"},
            "held",
            ", still firing; held until Tue 6 Jan 2026 12:00 (UTC), it waits for business hours: nobody was told.",
        ),
        (
            {"held_until": NOON + minutes(60)},
            "held",
            ", still firing; held until Tue 6 Jan 2026 12:00 (UTC): nobody was told.",
        ),
        ({"verdict": "drop"}, "dropped", ", still firing; dropped, because a rule says so."),
        (
            {"resolved_at": NOON + minutes(3)},
            "held",
            ", resolved at Tue 6 Jan 2026 11:03 (UTC); it was silenced or held all the while: nobody was told.",
        ),
    ],
)
def test_what_told_nobody_says_why(fields, fate, said):
    """By whom it is muted, until when it is held, that a rule dropped it; a resolved alert keeps neither."""
    assert told(an_alert(**fields)) == (fate, said)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "which nobody has taken."),
        (
            {"page_at": NOON + minutes(10)},
            "which nobody has taken; it pages at Tue 6 Jan 2026 11:10 (UTC) unless somebody takes it.",
        ),
        ({"status": TicketStatus.TAKEN, "taken_by": "ana"}, "which ana took."),
        ({"status": TicketStatus.CLOSED, "closed_by": "ana"}, "closed by ana."),
        ({"status": TicketStatus.CLOSED}, "closed."),
    ],
)
def test_what_became_a_ticket_says_who_has_it(fields, said):
    """And when it pages, while nobody has."""
    ticket = replace(a_ticket(), **fields)
    fate, sentence = told(an_alert(verdict="ticket"), ticket=ticket)

    assert (fate, sentence) == ("ticket", f", still firing; it is in ticket {ticket.id} of team payments, {said}")


@pytest.mark.parametrize(
    ("page", "state"),
    [
        (opened().page, "which nobody has answered yet"),
        (after((1, ACK)).page, "acknowledged by ana until Tue 6 Jan 2026 11:31 (UTC)"),
        (
            replace(opened().page, status=PageStatus.RESOLVED, resolved_by="ana", resolved_at=NOON + minutes(9)),
            "resolved by ana at Tue 6 Jan 2026 11:09 (UTC)",
        ),
        (replace(opened().page, status=PageStatus.RESOLVED), "resolved"),
    ],
)
def test_what_paged_says_how_its_page_stands(page, state):
    """Whether it opened that page, or came into one that was open by then."""
    assert told(an_alert(), page) == ("paged", f", still firing; it opened page p-test01, {state}.")
    later = an_alert(first_seen_at=NOON + minutes(1))
    fate, sentence = told(later, page)
    assert (fate, sentence.partition("; ")[2]) == ("joined", f"it joined page p-test01, open by then, {state}.")


def test_what_reached_nobody_is_said_loudly():
    """As far as the providers said; while one has said nothing yet, it is not known."""
    lost = a_notification(status=NotificationStatus.NOT_REACHED, attempts=1)
    fate, sentence = told(an_alert(), opened().page, notifications=[lost])

    assert fate == "undelivered"
    assert sentence.endswith("; it opened page p-test01; NOT ONE message reached anybody, so the providers say.")
    assert told(an_alert(), opened().page, notifications=[lost, replace(lost, status=ACCEPTED)])[0] == "paged"
