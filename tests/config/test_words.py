from datetime import timedelta

import pytest

from pagerd.config import words
from pagerd.config.values import Mismatch
from pagerd.core.people import Medium, NotificationRule
from pagerd.core.plan import OnViolation


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("page", OnViolation(page=True)),
        ("ticket", OnViolation(page=False)),
        ("page after 10m", OnViolation(page=True, after=timedelta(minutes=10))),
    ],
)
def test_what_a_failed_test_leads_to(raw, value):
    """It is written as it is read."""
    assert words.on_violation(raw) == value
    assert words.on_violation_text(value) == raw


@pytest.mark.parametrize("raw", ["", "pages", "page after", "page after 10", "ticket after 5m", "page  after 5m"])
def test_what_a_failed_test_cannot_lead_to(raw):
    """Nothing is guessed about who is woken."""
    with pytest.raises(Mismatch):
        words.on_violation(raw)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("sms", NotificationRule(Medium.SMS)),
        ("2m voice", NotificationRule(Medium.VOICE, timedelta(minutes=2))),
    ],
)
def test_a_line_of_a_persons_order(raw, value):
    """It is written as it is read."""
    assert words.notification_rule(raw) == value
    assert words.notification_rule_text(value) == raw


@pytest.mark.parametrize(
    ("raw", "hint"), [("text", ""), ("emial", "did you mean email?"), ("2 voice", "write the unit: 2s or 2m")]
)
def test_a_line_that_is_none(raw, hint):
    """A delay needs its unit, a medium its name."""
    with pytest.raises(Mismatch) as refused:
        words.notification_rule(raw)

    assert refused.value.hint == hint
