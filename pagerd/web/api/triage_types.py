"""What the answers about the first minutes of an incident are made of, and what their acts take."""

from enum import StrEnum
from typing import TypedDict

import msgspec

from pagerd.core.incidents.checklist import StepStatus
from pagerd.web.api.change_types import Change
from pagerd.web.api.types import Instant


class Said(StrEnum):
    """What a person can say of a step."""

    DONE = StepStatus.DONE.value
    SKIPPED = StepStatus.SKIPPED.value


class Verdict(StrEnum):
    """What was found of a hypothesis."""

    SUPPORTED = "supported"
    REFUTED = "refuted"


class Path(TypedDict):
    """What it was decided to try, who does it, and who decided so."""

    text: str
    owner: str
    by: str
    at: Instant


class Hypothesis(TypedDict):
    """What may be the cause; without a `verdict` nobody knows yet."""

    number: int
    at: Instant
    by: str
    text: str
    verdict: str | None
    why: str
    judged_at: Instant | None
    judged_by: str | None


class ChecklistStep(TypedDict):
    """A step as it stands: `open`, `done` or `skipped`. One that is done and has no `by` shows by itself."""

    step: str
    asks: str
    is_question: bool
    status: str
    text: str
    owner: str | None
    since: Instant | None
    by: str | None
    at: Instant | None


class Checklist(TypedDict):
    """A checklist as it stands."""

    checklist: str
    open: int
    steps: list[ChecklistStep]


class FirstClock(TypedDict):
    """One of the two clocks of the first minutes."""

    clock: str
    means: str
    due_at: Instant
    done_at: Instant | None


class RelatedIncident(TypedDict):
    """Another incident of the same services that is open, or that there was lately."""

    number: int
    title: str
    status: str
    severity: str
    service: str
    opened_at: Instant


class FirstMinutes(TypedDict):
    """What whoever is in the first minutes of an incident looks at.

    `changes` are those of its services since a while before the impact began, the newest first.
    """

    clocks: list[FirstClock]
    checklists: list[Checklist]
    path: Path | None
    hypotheses: list[Hypothesis]
    changes: list[Change]
    related: list[RelatedIncident]


class StepSaid(msgspec.Struct, forbid_unknown_fields=True):
    """What a person says of a step; `text` is the answer to a question, or why a step is skipped.

    `owner` does what was decided: without it, whoever decides. `since` is when something began, where the step asks
    for that.
    """

    status: Said = Said.DONE
    text: str = ""
    owner: str | None = None
    since: Instant | None = None


class NewHypothesis(msgspec.Struct, forbid_unknown_fields=True):
    """What may be the cause."""

    text: str


class Judgement(msgspec.Struct, forbid_unknown_fields=True):
    """What was found of a hypothesis, and what shows it."""

    verdict: Verdict
    why: str
