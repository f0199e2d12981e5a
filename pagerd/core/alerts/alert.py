"""One signal from one source: identity, episodes, leases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pagerd.core.changes import ReceivedChange

AT_SOURCE = "source"
"""In place of a silence's id: its source itself tells nobody of the alert."""


class AlertStatus(StrEnum):
    """Stale is firing as far as we know: its source stopped renewing it and never said that it ended."""

    FIRING = "firing"
    RESOLVED = "resolved"
    STALE = "stale"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedAlert:
    """An alert as one message of a source told it. `fingerprint` is its identity within the source.

    `lease_until` is set by sources that renew: without a renewal the alert becomes stale then. `ended_at` is when it
    ended, from sources that say so again for a while.
    """

    fingerprint: str
    firing: bool
    labels: Mapping[str, str]
    annotations: Mapping[str, str] = field(default_factory=dict)
    starts_at: datetime | None = None
    generator_url: str = ""
    lease_until: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One alert of a readable message that could not be read itself. `raw` is bounded."""

    raw: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One readable message of a source. `truncated` counts the alerts that the source left out.

    A source of changes brings these, and no alerts.
    """

    alerts: tuple[ReceivedAlert, ...]
    quarantined: tuple[Quarantined, ...] = ()
    truncated: int = 0
    external_url: str = ""
    changes: tuple[ReceivedChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Suppression:
    """That the source itself tells nobody of an alert: who wants that, why, and until when, if that is known."""

    by: str
    why: str
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """An alert as pagerd knows it: one per (source, fingerprint), the latest episode of it.

    `first_seen_at` is when this episode was first received, by our own clock; `starts_at` is what the source says and
    is only shown. `verdict`, `reasons` and what stands with them are of the last judgement. `page_id` and `ticket_id`
    stay after the alert resolved: an episode that follows can tell where the last one was. So does `ended_at`, the
    newest end that a source told, by which older ones are known. `held_until` is set while the alert waits: for
    business hours, or because a person resolved its page by hand; `hold_reason` says which.
    `unknown_since` is set while its source is asked and does not know it; `suppression` is what the source said of it,
    and counts until `suppressed_until`. `muted_by` is what mutes it in effect: the id of our silence, or AT_SOURCE.
    All fields are plain values that a JSON codec can write and read back.
    """

    source: str
    fingerprint: str
    status: AlertStatus
    episode: int
    first_seen_at: datetime
    last_seen_at: datetime
    labels: dict[str, str]
    annotations: dict[str, str]
    starts_at: datetime | None = None
    resolved_at: datetime | None = None
    ended_at: datetime | None = None
    generator_url: str = ""
    lease_until: datetime | None = None
    team: str | None = None
    rule: str | None = None
    severity: str = ""
    rank: int = 0
    urgency: str = ""
    verdict: str = ""
    reasons: tuple[str, ...] = ()
    page_id: str | None = None
    ticket_id: str | None = None
    muted_by: str | None = None
    held_until: datetime | None = None
    hold_reason: str | None = None
    unknown_since: datetime | None = None
    suppression: Suppression | None = None
    suppressed_until: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Does it fire, as far as we know?"""
        return self.status is not AlertStatus.RESOLVED

    @property
    def muted_words(self) -> str | None:
        """Who or what mutes it, in words: the id of a silence, or what its source says."""
        if self.muted_by == AT_SOURCE and self.suppression is not None:
            return f"{self.suppression.by}: {self.suppression.why}"
        return self.muted_by

    @property
    def due(self) -> datetime | None:
        """When the alert must be looked at again: at the end of its wait, lease or suppression, whichever is first."""
        ends = (self.held_until, self.lease_until, self.suppressed_until)
        return min((at for at in ends if at is not None), default=None)
