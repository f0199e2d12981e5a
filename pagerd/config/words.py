"""The text of a paging word into its value: what a failed test leads to, one line of a person's order."""

from datetime import timedelta

from pagerd.config.times import duration, duration_text
from pagerd.config.values import Mismatch, shown
from pagerd.core.people import Medium, NotificationRule
from pagerd.core.plan import OnViolation
from pagerd.core.suggestions import nearest


def on_violation(raw: str) -> OnViolation:
    """Read what becomes of an alert that should page and fails a test: page, page after 10m, or ticket."""
    if raw in {"page", "ticket"}:
        return OnViolation(raw == "page")
    prefix, _, rest = raw.partition("after ")
    if prefix != "page " or not rest:
        raise Mismatch(f"{shown(raw)} is not known", "page, page after 10m, or ticket")
    return OnViolation(True, duration(rest))


def on_violation_text(value: OnViolation) -> str:
    """Write it as it would be read."""
    if not value.page:
        return "ticket"
    return f"page after {duration_text(value.after)}" if value.after else "page"


def notification_rule(raw: str) -> NotificationRule:
    """Read one line of a person's order: sms, or 2m voice."""
    expected = "a medium (sms, voice, email), with a delay before it where it waits: 2m voice"
    delay, space, medium = raw.rpartition(" ")
    if medium not in set(Medium):
        raise Mismatch(f"{shown(medium)} is not a medium", expected, hint=nearest(medium, list(Medium)))
    return NotificationRule(Medium(medium), duration(delay) if space else timedelta(0))


def notification_rule_text(value: NotificationRule) -> str:
    """Write it as it would be read."""
    return f"{duration_text(value.after)} {value.medium}" if value.after else value.medium.value
