"""How incidents are run, beside what each severity asks: what stands in `rules/incidents.yaml`."""

from dataclasses import dataclass, field
from datetime import timedelta

from pagerd.core.actions.rules import ActionRules
from pagerd.core.business_days import CalendarRules
from pagerd.core.incidents.checklist import DEFAULT_CHECKLISTS, Checklist
from pagerd.core.incidents.checks import ChecksOf
from pagerd.core.incidents.ladder_rules import LadderRules
from pagerd.core.incidents.messages import MessageRules
from pagerd.core.incidents.public import PublicRules
from pagerd.core.incidents.room import RoomRules
from pagerd.core.postmortems.rules import PostmortemRules


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillRules:
    """How often each team should have a drill; None: nobody is reminded."""

    every: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRules:
    """One field for each key of the file; each has its default."""

    calendar: CalendarRules = field(default_factory=CalendarRules)
    actions: ActionRules = field(default_factory=ActionRules)
    checks: tuple[ChecksOf, ...] = ()
    messages: MessageRules = field(default_factory=MessageRules)
    """What is told of an incident, where, and in which words."""
    public: PublicRules = field(default_factory=PublicRules)
    checklists: tuple[Checklist, ...] = tuple(DEFAULT_CHECKLISTS.values())
    room: RoomRules = field(default_factory=RoomRules)
    all_hands: tuple[str, ...] = ()
    relief_after: timedelta = timedelta(hours=4)
    """How long somebody may command before they are reminded to hand over."""
    changes_before: timedelta = timedelta(hours=2)
    """How long before the impact began changes are shown."""
    drills: DrillRules = field(default_factory=DrillRules)
    ladder: LadderRules = field(default_factory=LadderRules)
    postmortems: PostmortemRules = field(default_factory=PostmortemRules)
