"""What the answers about incidents are made of, and what their acts take."""

from typing import Annotated, Literal, TypedDict

import msgspec
from msgspec import Meta

from pagerd.core.incidents.incident import CancelReason, Detection, Mode, Trigger
from pagerd.core.incidents.mitigation import Mitigation, Outcome
from pagerd.core.incidents.severity import Criterion
from pagerd.web.api.action_types import Action
from pagerd.web.api.error_types import Unmet
from pagerd.web.api.gathering_types import Question, Room
from pagerd.web.api.message_types import IncidentMessage
from pagerd.web.api.next_step_types import NextStep
from pagerd.web.api.triage_types import Hypothesis, Path
from pagerd.web.api.types import NUMBER_DIGITS_MAX, Instant, Length

Number = Annotated[int, Meta(ge=1, le=10**NUMBER_DIGITS_MAX - 1)]
YesNo = Literal["yes", "no", "unknown"]
Trend = Literal["improving", "stable", "worsening", ""]


class RoleState(TypedDict):
    """How a role stands. `is_asked`: a page asks for somebody to take it; `unanswered_since`: everybody was asked."""

    role: str
    name: str
    holder: str | None
    since: Instant | None
    is_asked: bool
    unanswered_since: Instant | None


class Answered(TypedDict):
    """The three questions as they were answered: `yes`, `no` or `unknown`."""

    core_blocked: str
    at_risk: str
    growing: str


class Promise(TypedDict):
    """The promise of the next update. `is_overdue`: it was not kept, and a page asks for the update."""

    next_at: Instant
    is_overdue: bool


class WatchPeriod(TypedDict):
    """The watch period: green since, and until when it must stay so; while it is held it stands still."""

    since: Instant
    until: Instant
    is_over: bool
    held_since: Instant | None


class Overridden(TypedDict):
    """Who resolved it against which unmet criteria, and why; and who stands by that, or until when somebody should."""

    by: str
    at: Instant
    why: str
    unmet: list[str]
    due_at: Instant | None
    countersigned_by: str | None
    countersigned_at: Instant | None


class ReviewOf(TypedDict):
    """How its postmortem stands: `draft`, `in_review`, `accepted` or `waived`."""

    state: str
    owner: str
    due: Instant


class Incident(TypedDict):
    """An incident. `proposed` is the severity that the cheat sheet came to; `update` the number of the last update."""

    number: int
    mode: str
    status: str
    severity: str
    title: str
    team: str
    service: str
    impact: str
    detection: str | None
    triggers: list[str]
    cheat_sheet: Answered | None
    proposed: str | None
    opened_by: str
    opened_at: Instant
    detected_at: Instant
    declared_at: Instant | None
    impact_started_at: Instant | None
    mitigated_at: Instant | None
    impact_ended_at: Instant | None
    resolved_at: Instant | None
    closed_at: Instant | None
    roles: list[RoleState]
    next_update: Promise | None
    update: int | None
    watch: WatchPeriod | None
    override: Overridden | None
    path: Path | None
    postmortem: ReviewOf | None
    close_at: Instant | None
    room: Room | None
    followers: list[str]
    over_why: str
    merged_into: int | None


class IncidentUpdate(TypedDict):
    """One numbered update. `slot_at` is when it was promised, `met` whether it came by then; `null` where none was."""

    number: int
    at: Instant
    by: str
    status: str
    know: str
    doing: str
    trend: str
    eta: str
    next_at: Instant | None
    slot_at: Instant | None
    met: bool | None


class IncidentMitigation(TypedDict):
    """What was tried; without an `outcome` it is under way."""

    number: int
    at: Instant
    by: str
    kind: str
    is_reversible: bool
    text: str
    outcome: str | None
    ended_at: Instant | None
    ended_by: str | None
    ended_text: str


class CriterionState(TypedDict):
    """A resolution criterion and what was last found of it. `by` is `null` where a check found it.

    `checks` are those that read it, by name.
    """

    criterion: str
    means: str
    checks: list[str]
    state: str
    by: str | None
    at: Instant | None
    why: str


class IncidentPage(TypedDict):
    """A page of the incident; with an `errand` the incident raised it."""

    id: str
    errand: str | None
    status: str
    title: str
    acknowledged_by: str | None


class IncidentEntry(TypedDict):
    """A line of the timeline. `at` is when it happened, `recorded_at` when it was written down; `page` whose it is."""

    at: Instant
    local: str
    recorded_at: Instant
    kind: str
    page: str | None
    sentence: str
    details: dict[str, str]


class IncidentList(TypedDict):
    """Incidents, the newest first, and whether there are older ones. `zone` is whose clock the reader reads."""

    incidents: list[Incident]
    more: bool
    zone: str


class IncidentStory(TypedDict):
    """An incident with all that belongs to it. `unmet` is what stands against resolving it now.

    `phase` is where it is in the order that is always the same; `next_steps` is what is to be done, the next first.
    """

    incident: Incident
    phase: str | None
    next_steps: list[NextStep]
    updates: list[IncidentUpdate]
    mitigations: list[IncidentMitigation]
    hypotheses: list[Hypothesis]
    questions: list[Question]
    criteria: list[CriterionState]
    actions: list[Action]
    pages: list[IncidentPage]
    unmet: list[Unmet]
    messages: list[IncidentMessage]
    zone: str
    timeline: list[IncidentEntry]


class IncidentAct(TypedDict):
    """What became of an act."""

    sentence: str
    incident: Incident


class SeverityPolicy(TypedDict):
    """What a severity asks. One that is no incident is a ticket."""

    severity: str
    name: str
    is_incident: bool
    definition: str
    examples: list[str]
    joins: list[str]
    roles: list[str]
    response_target: Length | None
    update_at_least_after: Length | None
    update_at_most_after: Length | None
    customer_notice: Length | None
    watch: Length | None
    criteria: list[str]
    postmortem_days: int | None
    actions_due: Length | None
    leadership: list[str]


class SeverityList(TypedDict):
    """The severity policy, the worst first, and the three questions that propose one."""

    severities: list[SeverityPolicy]
    questions: dict[str, str]


class Answers(msgspec.Struct, forbid_unknown_fields=True):
    """The three questions of the cheat sheet."""

    core_blocked: YesNo = "unknown"
    at_risk: YesNo = "unknown"
    growing: YesNo = "unknown"


class NewIncident(msgspec.Struct, forbid_unknown_fields=True):
    """What somebody declares. What is left out is taken from the page, where one is named.

    `suspected`: it is not sure yet. `backfill` is for one that is over: it needs `detected_at` and `resolved_at`.
    """

    title: str = ""
    team: str = ""
    service: str = ""
    severity: str = ""
    impact: str = ""
    page: str = ""
    detection: Detection | None = None
    triggers: list[Trigger] = []
    cheat_sheet: Answers | None = None
    suspected: bool = False
    dedup_key: str = ""
    mode: Mode = Mode.LIVE
    detected_at: Instant | None = None
    impact_started_at: Instant | None = None
    impact_ended_at: Instant | None = None
    resolved_at: Instant | None = None


class Confirmation(msgspec.Struct, forbid_unknown_fields=True):
    """The severity under which a suspicion is declared; without it what the answers propose, without these as it is."""

    severity: str | None = None
    cheat_sheet: Answers | None = None


class SeverityChange(msgspec.Struct, forbid_unknown_fields=True):
    """The severity from now on; a lower one needs a reason."""

    severity: str
    why: str = ""


class IncidentNote(msgspec.Struct, forbid_unknown_fields=True):
    """What happened, and when it did; without `at` it was now."""

    text: str
    at: Instant | None = None


class NewUpdate(msgspec.Struct, forbid_unknown_fields=True):
    """An update. `next_in` promises the next one; without it, the longest that the severity allows."""

    know: str
    doing: str = ""
    trend: Trend = ""
    eta: str = ""
    next_in: Length | None = None


class NewMitigation(msgspec.Struct, forbid_unknown_fields=True):
    """What is tried. To begin with something that cannot be taken back needs `why`."""

    kind: Mitigation
    text: str = ""
    why: str = ""


class MitigationResult(msgspec.Struct, forbid_unknown_fields=True):
    """What a mitigation did."""

    outcome: Outcome
    text: str = ""


class ImpactEnd(msgspec.Struct, forbid_unknown_fields=True):
    """Since when customers feel nothing any more; without `at`, since now."""

    at: Instant | None = None


class Reason(msgspec.Struct, forbid_unknown_fields=True):
    """Why, in a sentence."""

    why: str


class NewReading(msgspec.Struct, forbid_unknown_fields=True):
    """What a person found of a criterion. `attested` and `not_applicable` need a reason."""

    criterion: Criterion
    state: Literal["attested", "red", "not_applicable", "unknown"]
    why: str = ""


class Resolution(msgspec.Struct, forbid_unknown_fields=True):
    """How it ended. `override` is the reason for resolving it against what is unmet."""

    text: str = ""
    override: str = ""


class Cancellation(msgspec.Struct, forbid_unknown_fields=True):
    """Why it was no incident."""

    reason: CancelReason
    text: str = ""


class MergeInto(msgspec.Struct, forbid_unknown_fields=True):
    """The incident that it is the same as."""

    into: Number


class LinkedPage(msgspec.Struct, forbid_unknown_fields=True):
    """The page that is part of it."""

    page: str


class HelpRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Whose help is needed, and for what; `target` is a person, a schedule or a role of the team."""

    team: str
    what: str
    target: str | None = None


class RoleRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Who is asked first; without it, whoever the role's own schedule names."""

    person: str | None = None


class RoleOffer(msgspec.Struct, forbid_unknown_fields=True):
    """Who is to take the role over."""

    to: str


class RoleRelease(msgspec.Struct, forbid_unknown_fields=True):
    """Why a role is laid down."""

    why: str = ""
