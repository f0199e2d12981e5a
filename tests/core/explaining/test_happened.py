"""What became of an alert, where nothing was sent."""

from zoneinfo import ZoneInfo

import pytest

from pagerd.core.explaining.happened import is_observed, what_happened
from pagerd.core.paging.notification import NotificationStatus
from tests.builders import an_alert
from tests.core.paging.test_decide import opened
from tests.core.paging.test_notification import a_notification

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
