"""What the shell must do after a decision about an incident. Imperative; carried out in the decision's transaction."""

from dataclasses import dataclass
from datetime import datetime

from pagerd.core.incidents.checklist import Mark
from pagerd.core.incidents.public import Pending
from pagerd.core.paging.page import PageStep


@dataclass(frozen=True, slots=True, kw_only=True)
class RaisePage:
    """Open a page for an errand. It asks none of `spared`, who could not take it.

    One that `ends_quietly` has no last resort: when everybody was asked, the incident is told.
    """

    errand: str
    title: str
    summary: str
    action: str
    steps: tuple[PageStep, ...]
    urgency: str
    team: str
    spared: tuple[str, ...] = ()
    ends_quietly: bool = False
    repeat_least: int = 0
    """How often its steps are gone through again at least, where the team's own policy repeats less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPages:
    """Nobody need answer the pages of this errand any more; None means all that the incident raised."""

    errand: str | None
    why: str
    by: str = ""
    """Whoever made an end of it, who need not hear so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carry:
    """Tell the pages of the alerts how the incident is that they are part of: that it goes on, or is over.

    `into` is the number of the incident that they are part of from now on, where it is another one.
    """

    is_open: bool
    into: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPage:
    """Make a page part of the incident."""

    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TellPerson:
    """Tell somebody who is at work in the incident one sentence, by text; it asks for nothing that a page asks for."""

    person: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TellLeadership:
    """Tell whoever stands behind these targets, quietly."""

    targets: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TellQuietly:
    """Tell whoever stands behind these targets by what wakes nobody: of what has days, or because they look on."""

    targets: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPostmortem:
    """Write the facts of the incident into its postmortem: a first draft, or anew into the one that is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepUpdate:
    """Store a numbered update. `slot_at` is when it was promised; None for the first."""

    number: int
    status: str
    know: str
    by: str
    doing: str = ""
    trend: str = ""
    eta: str = ""
    next_at: datetime | None = None
    slot_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepMitigation:
    """Store a mitigation that begins."""

    number: int
    kind: str
    text: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndMitigation:
    """Store what a mitigation did."""

    number: int
    outcome: str
    text: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepReading:
    """Store what was found of a criterion."""

    criterion: str
    state: str
    by: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepPublicDraft:
    """Store a draft of what customers would read."""

    pending: Pending


@dataclass(frozen=True, slots=True, kw_only=True)
class DropPublicDraft:
    """Store that a draft will not be published: rejected by a person, or overtaken by another one."""

    number: int
    by: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish:
    """Put a draft before customers. `slot_at` is when they should have heard it; None where nothing was promised."""

    pending: Pending
    by: str
    via: str
    override: str = ""
    slot_at: datetime | None = None
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepMark:
    """Store what a person says of a step of a checklist, over what was said of it before."""

    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepHypothesis:
    """Store a hypothesis."""

    number: int
    text: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeHypothesis:
    """Store what was found of a hypothesis."""

    number: int
    verdict: str
    why: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepQuestion:
    """Store what an onlooker asks."""

    number: int
    text: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerQuestion:
    """Store the answer to a question, and tell whoever asked."""

    number: int
    text: str
    by: str


Finding = KeepMark | KeepHypothesis | JudgeHypothesis | KeepQuestion | AnswerQuestion
"""What is stored of what people find out."""

Row = KeepUpdate | KeepMitigation | EndMitigation | KeepReading
"""What is stored of what is said, tried and seen."""

Effect = (
    RaisePage
    | EndPages
    | Carry
    | LinkPage
    | TellPerson
    | TellLeadership
    | TellQuietly
    | DraftPostmortem
    | Row
    | KeepPublicDraft
    | DropPublicDraft
    | Publish
    | Finding
)
