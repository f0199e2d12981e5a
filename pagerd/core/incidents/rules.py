"""How incidents are run, beside what each severity asks: what stands in `rules/incidents.yaml`."""

from dataclasses import dataclass, field

from pagerd.core.actions.rules import ActionRules
from pagerd.core.business_days import CalendarRules
from pagerd.core.incidents.checks import ChecksOf


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRules:
    """One field for each key of the file; each has its default."""

    calendar: CalendarRules = field(default_factory=CalendarRules)
    actions: ActionRules = field(default_factory=ActionRules)
    checks: tuple[ChecksOf, ...] = ()
