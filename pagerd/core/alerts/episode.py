"""What a message about one alert means, by comparing it with what is known of that alert.

The rules, all of them:
- nothing is remembered of messages, only of alerts: the same message again finds its work done and changes nothing;
- while an alert is open, firing again is a renewal, whatever its startsAt says;
- firing after resolved is a new episode, also with the startsAt of the last one. Senders in a cluster repeat themselves
  and overtake each other, and a rule may flap; from here these look the same. Who would be woken twice is spared by the
  page's settle time, never by an alert that was not believed;
- resolved ends what is open. For what is not open, or was never heard of, it says nothing;
- an end that was told before ends nothing that began since. Of a pair of Prometheus one may repeat for 15 minutes that
  an alert is over, because it lost sight of it, while the other says that it fires.
"""

from datetime import datetime
from enum import StrEnum

from pagerd.core.alerts.alert import Alert, AlertStatus, ReceivedAlert
from pagerd.core.values import changed


class Change(StrEnum):
    """What a message did to an alert."""

    NEW_EPISODE = "new_episode"
    """It fires, and did not before: judge it."""
    RENEWED = "renewed"
    """It fires on: lease, annotations and last sight are new, and a stale one is believed again."""
    RESOLVED = "resolved"
    """It was open and ended."""
    UNCHANGED = "unchanged"
    """A duplicate, or the end of something that was never seen to fire."""


def observe(source: str, current: Alert | None, received: ReceivedAlert, now: datetime) -> tuple[Change, Alert]:
    """Say what a message changes, and return the alert as it is after it. `now` is when the message was received.

    `page_id` and `ticket_id` are carried into a new episode for whoever places it; its verdict is still the last one's.
    """
    if received.firing:
        if current is None or not current.is_open:
            return Change.NEW_EPISODE, _new_episode(source, current, received, now)
        return Change.RENEWED, _renewed(current, received, now)
    if current is None:
        return Change.UNCHANGED, _never_seen(source, received, now)
    if not current.is_open or _is_old(current, received):
        return Change.UNCHANGED, current
    return Change.RESOLVED, _resolved(current, received, now)


def _is_old(current: Alert, received: ReceivedAlert) -> bool:
    """Was this end told before, or one after it?"""
    return received.ended_at is not None and current.ended_at is not None and received.ended_at <= current.ended_at


def _new_episode(source: str, last: Alert | None, received: ReceivedAlert, now: datetime) -> Alert:
    return Alert(
        source=source,
        fingerprint=received.fingerprint,
        status=AlertStatus.FIRING,
        episode=last.episode + 1 if last is not None else 1,
        first_seen_at=now,
        last_seen_at=now,
        labels=dict(received.labels),
        annotations=dict(received.annotations),
        starts_at=received.starts_at,
        generator_url=received.generator_url,
        lease_until=received.lease_until,
        ended_at=last.ended_at if last is not None else None,
        page_id=last.page_id if last is not None else None,
        ticket_id=last.ticket_id if last is not None else None,
    )


def _renewed(current: Alert, received: ReceivedAlert, now: datetime) -> Alert:
    """Labels stay those of the episode's first message: they decided where it is, and an open alert stays there.

    What its source tells us of, it knows and does not suppress.
    Whether it became graver is for policy to say, and whoever asks it puts the severity that it has then in.
    """
    return changed(
        current,
        status=AlertStatus.FIRING,
        last_seen_at=max(current.last_seen_at, now),
        annotations=dict(received.annotations),
        generator_url=received.generator_url,
        lease_until=_lease_of(current, received),
        unknown_since=None,
        suppression=None,
        suppressed_until=None,
    )


def _lease_of(current: Alert, received: ReceivedAlert) -> datetime | None:
    """Return until when it is believed: a renewal that was overtaken by a newer one takes nothing back."""
    known, told = current.lease_until, received.lease_until
    if known is None or told is None or current.status is not AlertStatus.FIRING:
        return told
    return max(known, told)


def _resolved(current: Alert, received: ReceivedAlert, now: datetime) -> Alert:
    """What it said last while it fired is kept where its end says nothing of its own."""
    return changed(
        current,
        status=AlertStatus.RESOLVED,
        last_seen_at=max(current.last_seen_at, now),
        resolved_at=now,
        ended_at=received.ended_at or current.ended_at,
        annotations=dict(received.annotations) or current.annotations,
        lease_until=None,
        muted_by=None,
        held_until=None,
        hold_reason=None,
        unknown_since=None,
        suppression=None,
        suppressed_until=None,
    )


def _never_seen(source: str, received: ReceivedAlert, now: datetime) -> Alert:
    """Episode 0: it ended before we heard of it. Nothing follows from it, and nobody need store it."""
    return Alert(
        source=source,
        fingerprint=received.fingerprint,
        status=AlertStatus.RESOLVED,
        episode=0,
        first_seen_at=now,
        last_seen_at=now,
        labels=dict(received.labels),
        annotations=dict(received.annotations),
        starts_at=received.starts_at,
        resolved_at=now,
    )
