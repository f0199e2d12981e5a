"""How action items are chased: `actions` of `rules/incidents.yaml`."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRules:
    """When its owner is reminded before it is due, and after how long overdue the lead hears of it."""

    remind_before: timedelta = timedelta(days=2)
    lead_after: timedelta = timedelta(days=14)
