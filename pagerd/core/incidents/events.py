"""What happened to an incident. Past tense; each is stored with its history. Fields are plain values.

`by` is a person and `via` how they came: sms, voice, link, cli, api.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pagerd.core.incidents.public import PublicKind
from pagerd.core.incidents.review_events import ReviewEvent
from pagerd.core.incidents.room_events import RoomEvent
from pagerd.core.incidents.severity import CheatSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A suspicion turned out to be real: from now on it is loud.

    `severity` None takes what the answers of the cheat sheet propose, and without answers keeps the one it has.
    """

    by: str
    via: str
    severity: str | None = None
    cheat_sheet: CheatSheet | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityChanged:
    """A person says that it is worse, or not as bad. Lowering needs a reason."""

    by: str
    via: str
    severity: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MitigationStarted:
    """Somebody tries to stop the bleeding. `kind` is of the menu, `text` says what exactly is done."""

    by: str
    via: str
    kind: str
    text: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MitigationEnded:
    """It is known what a mitigation did: worked, no_effect, worse, undone."""

    by: str
    via: str
    number: int
    outcome: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactStopped:
    """A person says that customers feel nothing any more, since `at`: now it is watched."""

    by: str
    via: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundUnsolved:
    """It is not over, or the mitigation is no way out: back to investigating."""

    by: str
    via: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionRead:
    """What was found of a resolution criterion: `state` is a ReadingState."""

    by: str
    via: str
    criterion: str
    state: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """What the checks of one criterion came to: `state` is green, red or unknown."""

    criterion: str
    state: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksRead:
    """The checks were read, all of them at once. Only what is news of it changes anything."""

    found: tuple[Sampled, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksMissed:
    """Nobody read the checks since then, because pagerd did not run."""

    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A person says that it is over. `override` is the reason for doing so against the criteria."""

    by: str
    via: str
    note: str = ""
    override: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Countersigned:
    """A second person stands by an override."""

    by: str
    via: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refired:
    """An alert of its pages, or of their groups, fires again. `page` is the page that it fires in."""

    page: str
    alert: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened:
    """It was not over after all."""

    by: str
    via: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled:
    """It was none. `reason` is of a list, `text` in somebody's own words."""

    by: str
    via: str
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """It is the same as another one, and goes on there."""

    by: str
    via: str
    into: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TookIn:
    """Another incident turned out to be this one."""

    by: str
    via: str
    other: int
    is_drill: bool = False
    followers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLinked:
    """A page is part of the incident."""

    by: str
    via: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAsked:
    """A person wants somebody for a role; `person` names who is asked first."""

    by: str
    via: str
    role: str
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTaken:
    """A person takes a role; `page` is the request that they answered, if they answered one."""

    by: str
    via: str
    role: str
    page: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGivenBack:
    """A person took their answer to a request back: that page goes on asking."""

    by: str
    via: str
    role: str
    is_pressing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleReleased:
    """A person lays a role down without a successor."""

    by: str
    via: str
    role: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpAsked:
    """A responder needs somebody else: `target` is a person, a schedule or a role of `team`."""

    by: str
    via: str
    team: str
    target: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrandAnswered:
    """A person answered a page that the incident had raised about something other than a role."""

    by: str
    via: str
    errand: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatePosted:
    """A numbered update. `next_at` is the promise of the next one; None takes the longest that the severity allows."""

    by: str
    via: str
    know: str
    doing: str
    trend: str
    eta: str = ""
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded:
    """A person wrote something down that happened `at`."""

    by: str
    via: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionMoved:
    """Something became of one of its action items: `what` is added, over or reopened."""

    by: str
    via: str
    what: str
    action: int
    title: str = ""
    owner: str = ""
    due: str = ""
    outcome: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDrafted:
    """A person wrote what customers would read. What is left out is proposed from what is known in public already."""

    by: str
    via: str
    kind: PublicKind | None = None
    title: str = ""
    text: str = ""
    symptom: str = ""
    impact: str = ""
    next_in: timedelta | None = None
    components: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicApproved:
    """A person puts a draft before customers; `override` is why it may promise something."""

    by: str
    via: str
    draft: int
    override: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRejected:
    """A person says that a draft is not to be published."""

    by: str
    via: str
    draft: int
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepMarked:
    """A person says of a step of a checklist that it is `done`, with an answer where it is a question, or `skipped`.

    `owner` is who does what was decided, `since` when something began, where the step asks for that.
    """

    by: str
    via: str
    step: str
    status: str
    text: str = ""
    owner: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HypothesisStated:
    """A person says what may be the cause."""

    by: str
    via: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HypothesisJudged:
    """Somebody found something that supports or refutes a hypothesis."""

    by: str
    via: str
    number: int
    verdict: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerFired:
    """The incident's own due time has come. `incomplete` names action items that stand against its close."""

    incomplete: tuple[str, ...] = ()


Event = (
    Declared
    | SeverityChanged
    | MitigationStarted
    | MitigationEnded
    | ImpactStopped
    | FoundUnsolved
    | CriterionRead
    | ChecksRead
    | ChecksMissed
    | Resolved
    | Countersigned
    | Refired
    | Reopened
    | Cancelled
    | Merged
    | TookIn
    | PageLinked
    | RoleAsked
    | RoleTaken
    | RoleGivenBack
    | RoleReleased
    | HelpAsked
    | ErrandAnswered
    | UpdatePosted
    | NoteAdded
    | ActionMoved
    | PublicDrafted
    | PublicApproved
    | PublicRejected
    | StepMarked
    | HypothesisStated
    | HypothesisJudged
    | RoomEvent
    | TimerFired
    | ReviewEvent
)
