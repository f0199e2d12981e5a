"""Knows the messages that say nothing new, which need not be played: most of what a sender sends.

By the same rule own history keeps none of them (`engine/signals.py`), so a log is played as own history is.
"""

from collections.abc import Mapping

from pagerd.core.alerts.alert import ReceivedAlert
from pagerd.engine.signals import says_more
from pagerd.lab.replay.recording import Received


class Renewals:
    """Remembers of each open alert its labels, those of its episode's first message, and what it said last."""

    def __init__(self) -> None:
        self._labels: dict[tuple[str, str], Mapping[str, str]] = {}
        self._said: dict[tuple[str, str], ReceivedAlert] = {}

    def says_nothing(self, message: Received) -> bool:
        """Whether all alerts of a message fire on, and say of themselves what they said; it is remembered otherwise."""
        batch = message.batch
        if (
            not batch.quarantined
            and not batch.truncated
            and all(self._is_known(message.source, a) for a in batch.alerts)
        ):
            return True
        for alert in batch.alerts:
            key = message.source, alert.fingerprint
            if alert.firing:
                self._labels.setdefault(key, alert.labels)
                self._said[key] = alert
            else:
                self._labels.pop(key, None)
                self._said.pop(key, None)
        return False

    def _is_known(self, source: str, alert: ReceivedAlert) -> bool:
        """What is leased is never skipped: a renewal of it moves the instant at which it is believed no more."""
        key = source, alert.fingerprint
        before = self._said.get(key)
        return (
            alert.firing
            and before is not None
            and before.lease_until is None
            and alert.lease_until is None
            and alert.labels == self._labels[key]
            and not says_more(before.annotations, alert.annotations)
        )
