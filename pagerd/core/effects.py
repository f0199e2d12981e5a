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
    """Tell those whom this page reached, quietly and on the media they know it from, but not `but`."""

    purpose: Purpose
    but: str
    actor: str


@dataclass(frozen=True, slots=True)
class CancelPending:
    """Nothing of this page that has not left yet may leave any more."""

    reason: str


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


Effect = Notify | TellEverybodyPaged | CancelPending | RaiseAlarm | HoldAlerts
