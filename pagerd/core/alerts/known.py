"""What a source says when it is asked which of its alerts it knows, and what that means for one of ours.

The rules, all of them:
- members of a cluster that do not answer say nothing. An alert is known when any that answers knows it, and suppressed
  only when all that know it suppress it: a member that has not heard of a silence yet would send it;
- what is not known is forgotten only after a while of answers without a hole, for a resolved message may be on its way;
- forgotten is not resolved. It is stale, and known again when any member knows it again;
- a suppression lasts as long as its silence; one without an end, such as an inhibition, must be said again and again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pagerd.core.alerts.alert import Alert, AlertStatus, Suppression
from pagerd.core.values import changed

FORGOTTEN_AFTER = timedelta(minutes=5)
"""Alertmanager tells of what resolved at its next flush: its `group_interval` is five minutes where none is written."""

SUPPRESSED_FOR = timedelta(minutes=5)
"""How long an alert stays suppressed that nobody says so of any more: a source that is dead must mute nothing."""

Known = Mapping[str, Suppression | None]
"""The alerts that a member knows, by fingerprint, each with what suppresses it there."""


@dataclass(frozen=True, slots=True)
class MemberAnswer:
    """What one member of a source answered: the alerts that it knows, or why it said nothing."""

    member: str
    known: Known | None
    error: str = ""


def together(answers: Sequence[MemberAnswer]) -> Known | None:
    """Return what the members that answered say together; None where none did."""
    answered = [answer.known for answer in answers if answer.known is not None]
    if not answered:
        return None
    known: dict[str, Suppression | None] = dict(answered[0])
    for one in answered[1:]:
        for fingerprint, suppression in one.items():
            if fingerprint not in known or suppression is None:
                known[fingerprint] = suppression
    return known


def compared(alert: Alert, known: Known, asked_at: datetime, unbroken_since: datetime) -> Alert:
    """Return an open alert as it is after an answer; `unbroken_since` is when answers began to come without a hole.

    Nothing follows from this by itself: whoever keeps alerts looks at what has changed.
    """
    if alert.last_seen_at >= asked_at:
        return alert  # it was heard of since: the answer is older
    if alert.fingerprint not in known:
        since = alert.unknown_since
        return alert if since is not None and since >= unbroken_since else changed(alert, unknown_since=asked_at)
    if alert.unknown_since is not None:
        alert = changed(alert, unknown_since=None)
        if alert.status is AlertStatus.STALE:
            alert = changed(alert, status=AlertStatus.FIRING, lease_until=None)
    return _suppressed(alert, known[alert.fingerprint], asked_at)


def is_forgotten(alert: Alert, asked_at: datetime) -> bool:
    """Was this firing alert unknown for so long that it is stale?"""
    since = alert.unknown_since
    return alert.status is AlertStatus.FIRING and since is not None and asked_at - since >= FORGOTTEN_AFTER


def _suppressed(alert: Alert, suppression: Suppression | None, asked_at: datetime) -> Alert:
    if suppression is None:
        return alert if alert.suppression is None else changed(alert, suppression=None, suppressed_until=None)
    until = asked_at + SUPPRESSED_FOR
    if suppression.ends_at is not None and suppression.ends_at > asked_at:
        until = suppression.ends_at
    elif alert.suppressed_until is not None and alert.suppressed_until - asked_at > SUPPRESSED_FOR / 2:
        until = alert.suppressed_until  # said often enough: not each answer is a write
    if (suppression, until) == (alert.suppression, alert.suppressed_until):
        return alert
    return changed(alert, suppression=suppression, suppressed_until=until)
