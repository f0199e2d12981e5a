"""What the shell must do after a decision. Imperative; carried out in the decision's own transaction or after it."""

from dataclasses import dataclass
from datetime import datetime

from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class Notify:
    """Reach a person by their own notification rules for this urgency. `why` is said to them."""

    person: str
    purpose: Purpose
    urgency: Urgency
    why: str
    actor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TellEverybodyPaged:
    """Tell those whom this page reached, quietly and on the media they know it from, but none of `but`."""

    purpose: Purpose
    but: tuple[str, ...]
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """Tell one person of this page something, quietly and on the media they know it from."""

    person: str
    purpose: Purpose
    actor: str


@dataclass(frozen=True, slots=True)
class CancelPending:
    """Nothing of this page that has not left yet may leave any more: to anybody, or to one person.

    `but_help` spares what asks others for their help: who takes a page still wants it.
    """

    reason: str
    person: str | None = None
    but_help: bool = False


@dataclass(frozen=True, slots=True)
class PostponePending:
    """Nothing of this page that has not left yet may leave before then."""

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseAlarm:
    """Tell the operators, as an alert of pagerd's own. One is open per `kind` and `subject`."""

    kind: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class HoldAlerts:
    """The page's alerts that still fire open no page until then."""

    until: datetime


Effect = Notify | TellEverybodyPaged | Tell | CancelPending | PostponePending | RaiseAlarm | HoldAlerts
