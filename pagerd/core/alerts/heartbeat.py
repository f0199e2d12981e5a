"""Heartbeats: what must report every so often, so that its silence is the alert.

A beat is nothing but an instant. When the next one is late, the heartbeat raises an alert like any other, which policy
judges; the beat that comes after all resolves it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pagerd.core.alerts.alert import ReceivedAlert
from pagerd.core.alerts.matching import Matcher, all_match
from pagerd.core.plain import length

FINGERPRINT = "heartbeat:late"
"""The identity of the one alert that a heartbeat has, within its source."""

ANEW_MAX = timedelta(hours=1)
"""So much of its interval a heartbeat is granted again after pagerd was down: what came meanwhile was not heard.

More would let a pagerd that restarts daily never miss a daily backup.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """What is expected of one source. `labels` and `annotations` are those of the alert when it is late.

    One that `is_expected` is late without ever having been heard of; others only after their first beat. With `fed_by`
    it beats whenever that source sends a firing alert that matches.
    """

    name: str
    every: timedelta
    grace: timedelta
    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    is_expected: bool = False
    fed_by: str | None = None
    matchers: tuple[Matcher, ...] = ()

    @property
    def late_after(self) -> timedelta:
        """How long after a beat the next one is late."""
        return self.every + self.grace

    def is_fed(self, alert: ReceivedAlert) -> bool:
        """Is this alert of the source that feeds it a beat?"""
        return alert.firing and all_match(self.matchers, alert.labels)


def due_at(heartbeat: Heartbeat, seen: datetime, listens_since: datetime | None) -> datetime:
    """Return when the next beat is late. Until `listens_since` nobody listened, None when that is long past."""
    due = seen + heartbeat.late_after
    if listens_since is None:
        return due
    return max(due, listens_since + min(heartbeat.every, ANEW_MAX) + heartbeat.grace)


def late(heartbeat: Heartbeat, seen: datetime | None, now: datetime) -> ReceivedAlert:
    """Return the alert of a heartbeat that is late. It says lengths of time, which are the same in every zone."""
    last = f"nothing heard for {length(now - seen)}" if seen is not None else "never heard of"
    words = heartbeat.annotations.get("summary") or f"{heartbeat.name} is late"
    return ReceivedAlert(
        fingerprint=FINGERPRINT,
        firing=True,
        labels={"alertname": f"{heartbeat.name}-late", "heartbeat": heartbeat.name, **heartbeat.labels},
        annotations={
            **heartbeat.annotations,
            "summary": f"{words}: {last}, expected every {length(heartbeat.every)}",
        },
        starts_at=seen + heartbeat.late_after if seen is not None else None,
    )


def beats_again(heartbeat: Heartbeat) -> ReceivedAlert:
    """Return what ends that alert."""
    return ReceivedAlert(fingerprint=FINGERPRINT, firing=False, labels={"heartbeat": heartbeat.name})
