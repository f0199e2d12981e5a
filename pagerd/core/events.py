"""What happened to a page. Past tense; each is stored with the page's history and can be folded again.

Fields are plain values that a JSON codec can write and read back: no unions, no zones.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertJoined:
    """Another alert of the group fires, or one of the page's own fires again (`fired_before`).

    One that was muted, held or in a ticket until now may have gone `stale` meanwhile. `urgency` and `business_hours`
    are those of this alert's own verdict.
    """

    alert: str
    severity: str
    rank: int
    urgency: str
    business_hours: bool = False
    muted: bool = False
    stale: bool = False
    fired_before: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRaised:
    """One of the page's alerts is graver than it was: its source says so while it fires on. `before` is what it was."""

    alert: str
    before: str
    severity: str
    rank: int
    urgency: str
    business_hours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertEnded:
    """One of the page's alerts resolved. `muted` says whether it was muted until then."""

    alert: str
    muted: bool = False
    stale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertWentStale:
    """The source stopped renewing one of the page's alerts, or does not know it any more, and never said it ended."""

    alert: str
    forgotten: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRenewed:
    """A stale alert is being renewed, or known, again."""

    alert: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertMuted:
    """A silence now covers one of the page's firing alerts, or its source suppresses it; then the end may be open."""

    alert: str
    by: str
    why: str
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertUnmuted:
    """No silence covers this firing alert of the page any more. It may be graver than what was heard so far."""

    alert: str
    severity: str
    rank: int
    urgency: str
    business_hours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerFired:
    """The page's own due time has come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRefused:
    """A provider says that this contact method of a person will never take a message."""

    person: str
    medium: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedOver:
    """A provider took a message about the page that another one, or several, had not taken, as `why` says."""

    person: str
    medium: str
    provider: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """A person took the page. `via` says how: sms, voice, link, cli."""

    by: str
    via: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snoozed:
    """An acknowledgement with an end of its own."""

    by: str
    via: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """A person takes their acknowledgement back: it was a mistake."""

    by: str
    via: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedByHand:
    """A person says it is over."""

    by: str
    via: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalatedByHand:
    """A person wants the next step now."""

    by: str
    via: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassigned:
    """A person hands the page to another."""

    by: str
    via: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponderAdded:
    """A person asks another for help; the page stays where it is."""

    by: str
    via: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded:
    """A person wrote something down."""

    by: str
    via: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservingEnded:
    """Until now pagerd only observed: whatever was decided of the page, nobody was told of it. `since` is how long."""

    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentMoved:
    """The page became part of an incident, or that incident is over, open again, or goes on as another one."""

    incident: int
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrandEnded:
    """What the incident wanted with the page is done, or wanted no more; `by` is who saw to that, if anybody did."""

    why: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOverlooked:
    """The auditor found that nobody was being reached although somebody should be. `why` says what was missing."""

    why: str


Event = (
    AlertJoined
    | AlertRaised
    | AlertEnded
    | AlertWentStale
    | AlertRenewed
    | AlertMuted
    | AlertUnmuted
    | TimerFired
    | ContactRefused
    | FailedOver
    | Acknowledged
    | Snoozed
    | Undone
    | ResolvedByHand
    | EscalatedByHand
    | Reassigned
    | ResponderAdded
    | NoteAdded
    | ObservingEnded
    | IncidentMoved
    | ErrandEnded
    | PageOverlooked
)
