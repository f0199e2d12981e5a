from datetime import timedelta

import pytest

from pagerd.core.people import Medium, NotificationRule, Urgency
from tests.config.files import COMPANY, PEOPLE, SETTINGS, changed, found_after, plan_of

OLD = "version: 1"


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("{high: [sms, 1m voice, 3m voice]}", []),
        ("{high: [2m sms]}", ["E406 2:16"]),
        ("{high: [sms, 3m voice, 1m email]}", ["E406 2:16"]),
        ("{high: [sms, sms]}", ["E406 2:16"]),
        ("{high: []}", ["E406 2:16"]),
        ("{low: [sms]}", ["E406 2:15"]),
        ("{low: [email, 5m voice]}", ["E406 2:15"]),
        ("{high: [pager]}", ["E010 2:17"]),
        ("{medium: [sms]}", ["E006 2:10"]),
        ("[sms]", ["E008 2:9"]),
    ],
)
def test_an_order_of_contact_methods(new, expected):
    """The first goes at once, the delays grow, and low urgency never wakes."""
    assert found_after(SETTINGS, OLD, f"{OLD}\nnotify: {new}") == expected


def test_a_person_who_says_nothing_is_told_as_the_installation_says():
    """And one who says something about one urgency keeps the other."""
    files = changed(PEOPLE, "email: ben@example.com}", "email: ben@example.com, notify: {high: [voice]}}")
    files[SETTINGS] = COMPANY[SETTINGS] + "notify: {high: [sms, 1m voice], low: [email]}\n"
    people = plan_of(files).people

    assert people["ana"].notify[Urgency.HIGH] == (
        NotificationRule(Medium.SMS),
        NotificationRule(Medium.VOICE, timedelta(minutes=1)),
    )
    assert people["ben"].notify[Urgency.HIGH] == (NotificationRule(Medium.VOICE),)
    assert people["ben"].notify[Urgency.LOW] == (NotificationRule(Medium.EMAIL),)
