"""Checklists: what is done in the first minutes of an incident, and the questions by which it is classified.

They are data: the defaults are here, `rules/incidents.yaml` can say others. A step whose fact shows is done without
anybody's tick. What a person says of a step stands over what shows by itself, and is never taken away by it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from pagerd.core.incidents.incident import PROMPTS, TRIAGE_LASTS, Incident
from pagerd.core.incidents.severity import IncidentPolicy

DECIDE_WITHIN = PROMPTS[-1]
"""How long it may take until it is decided what is tried, and who does it."""


class Fact(StrEnum):
    """What pagerd sees by itself, and what a step can be done by."""

    ACKNOWLEDGED = "acknowledged"
    DECLARED = "declared"
    ROOM = "room"
    UPDATE = "update"
    ROLES = "roles"
    NOTES = "notes"
    SYMPTOM = "symptom"
    SCOPE = "scope"
    SINCE = "since"
    MITIGATION = "mitigation"
    PATH = "path"


FACTS: Mapping[str, str] = {
    Fact.ACKNOWLEDGED: "somebody has each of its pages",
    Fact.DECLARED: "it was declared, with a severity",
    Fact.ROOM: "there is a place where its people meet",
    Fact.UPDATE: "an update went out; the declaration is update 0",
    Fact.ROLES: "somebody holds each role that the severity asks for; where it asks for none, the step is left out",
    Fact.NOTES: "somebody wrote a note",
    Fact.SYMPTOM: "the first line says what is broken",
    Fact.SCOPE: "it is known who is hit; the answer becomes the impact where none was given",
    Fact.SINCE: "it is known when the impact began",
    Fact.MITIGATION: "something was tried",
    Fact.PATH: "it is decided what is tried, and who does it; the answer is that decision",
}
"""Each fact in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step. A question wants words for an answer; with a `fact` it is done when that shows."""

    id: str
    text: str
    fact: Fact | None = None
    is_question: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """Steps in order; for incidents of these severities, or of all where none is named."""

    id: str
    steps: tuple[Step, ...]
    severities: tuple[str, ...] = ()


def _question(name: str, text: str, fact: Fact | None = None) -> Step:
    return Step(id=name, text=text, fact=fact, is_question=True)


DEFAULT_CHECKLISTS: Mapping[str, Checklist] = {
    one.id: one
    for one in (
        Checklist(
            id="first-5-minutes",
            steps=(
                Step(id="acknowledge", text="Acknowledge the page", fact=Fact.ACKNOWLEDGED),
                Step(id="confirm-impact", text="Confirm the impact: errors, latency, reports of customers"),
                Step(id="declare", text="Declare it, with a severity", fact=Fact.DECLARED),
                Step(id="room", text="Open the room where its people meet", fact=Fact.ROOM),
                Step(id="first-update", text="Say that it is declared", fact=Fact.UPDATE),
                Step(id="roles", text="Have the roles taken", fact=Fact.ROLES),
                Step(id="notes", text="Begin to note what happens, and when", fact=Fact.NOTES),
            ),
        ),
        Checklist(
            id="triage",
            steps=(
                _question("symptom", "What fails?", Fact.SYMPTOM),
                _question("scope", "Who is hit? How many, which regions, which customers", Fact.SCOPE),
                _question("since", "Since when?", Fact.SINCE),
                _question("changed", "What changed lately? Deploys, flags, config, infrastructure"),
                _question("dependencies", "Are the dependencies healthy? Database, cache, queue, third parties"),
                _question("options", "Is there a fast mitigation? Roll back, flag, fail over"),
                _question("path", "What is tried first, and who does it?", Fact.PATH),
            ),
        ),
    )
}
"""The playbook's seven steps of the first five minutes, and its seven questions of the first fifteen."""


LIST_TITLES: Mapping[str, str] = {"first-5-minutes": "The first five minutes", "triage": "The first fifteen minutes"}
"""What people call these two; another one is called as the files call it."""


class StepStatus(StrEnum):
    """How a step stands."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a person last said of a step: that it is done, with an answer where it is a question, or why it is not.

    `owner` does what was decided; `since` is when something began, where the step asks for that.
    """

    step: str
    status: StepStatus
    text: str
    by: str
    at: datetime
    owner: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is known of an incident beside its state: whether its pages have somebody, whether anybody wrote a note."""

    has_acknowledged: bool
    has_notes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepState:
    """A step as it stands. Without a `by` it shows by itself, if it is done."""

    step: Step
    status: StepStatus
    text: str = ""
    by: str | None = None
    at: datetime | None = None
    owner: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistState:
    """A checklist as it stands."""

    checklist: Checklist
    steps: tuple[StepState, ...]

    @property
    def open_count(self) -> int:
        """How many steps are neither done nor skipped."""
        return sum(one.status is StepStatus.OPEN for one in self.steps)


def step_named(checklists: Iterable[Checklist], name: str) -> Step | None:
    """Return a step by its id, which no other step of any list has."""
    return next((step for one in checklists for step in one.steps if step.id == name), None)


def checklists_for(checklists: Iterable[Checklist], severity: str) -> tuple[Checklist, ...]:
    """Return the lists of a severity, in the order of the files."""
    return tuple(one for one in checklists if one.steps and (not one.severities or severity in one.severities))


def states(
    checklists: Iterable[Checklist], incident: Incident, policy: IncidentPolicy, marks: Sequence[Mark], seen: Seen
) -> tuple[ChecklistState, ...]:
    """Return how each checklist of an incident stands."""
    said = {mark.step: mark for mark in marks}
    return tuple(
        ChecklistState(
            checklist=one,
            steps=tuple(
                _state(step, incident, policy, said.get(step.id), seen) for step in one.steps if _is_asked(step, policy)
            ),
        )
        for one in checklists_for(checklists, incident.severity)
    )


def _is_asked(step: Step, policy: IncidentPolicy) -> bool:
    return step.fact is not Fact.ROLES or bool(policy.roles)


def _state(step: Step, incident: Incident, policy: IncidentPolicy, mark: Mark | None, seen: Seen) -> StepState:
    # What was decided and did not help is no decision any more.
    is_past = step.fact is Fact.PATH and incident.path is None and mark is not None and mark.status is StepStatus.DONE
    if mark is not None and not is_past:
        return StepState(
            step=step,
            status=mark.status,
            text=mark.text,
            by=mark.by,
            at=mark.at,
            owner=mark.owner,
            since=mark.since,
        )
    known = shown_by_itself(step.fact, incident, policy, seen) if step.fact is not None else None
    return StepState(
        step=step,
        status=StepStatus.OPEN if known is None else StepStatus.DONE,
        text=known or "",
        since=incident.impact_started_at if step.fact is Fact.SINCE else None,
    )


def shown_by_itself(fact: Fact, incident: Incident, policy: IncidentPolicy, seen: Seen) -> str | None:
    """Return what is known of a fact, in words where there are any; None while it is not known."""
    match fact:
        case Fact.ACKNOWLEDGED:
            return _if(seen.has_acknowledged)
        case Fact.DECLARED:
            return _if(incident.declared_at is not None, incident.severity)
        case Fact.ROOM:
            return incident.room.place if incident.room is not None else "its own page"
        case Fact.UPDATE:
            return _if(incident.update >= 0)
        case Fact.ROLES:
            return _if(all(incident.holder(role) is not None for role in policy.roles))
        case Fact.NOTES:
            return _if(seen.has_notes)
        case Fact.SYMPTOM:
            return incident.title
        case Fact.SCOPE:
            return incident.impact or None
        case Fact.SINCE:
            return _if(incident.impact_started_at is not None)
        case Fact.MITIGATION:
            return _if(incident.mitigation > 0)
        case Fact.PATH:
            path = incident.path
            return path.text if path is not None else None
        case _:
            assert_never(fact)


def _if(is_so: bool, words: str = "") -> str | None:
    return words if is_so else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One of the two clocks of the first minutes: by when something is to be so, and since when it is."""

    id: str
    means: str
    due_at: datetime
    done_at: datetime | None


def clocks_of(incident: Incident) -> tuple[Clock, ...]:
    """Return the clocks of an incident that happens now; a decision is also what somebody began without deciding."""
    if not incident.is_real:
        return ()
    classify = Clock(
        id="classify",
        means="it is declared or cancelled",
        due_at=incident.opened_at + TRIAGE_LASTS,
        done_at=incident.declared_at or incident.closed_at,
    )
    if incident.declared_at is None:
        return (classify,)
    tried = incident.tried_at
    decided = incident.path.at if incident.path is not None else None
    path = Clock(
        id="path",
        means="it is decided what is tried, and who does it",
        due_at=incident.declared_at + DECIDE_WITHIN,
        done_at=min((at for at in (tried, decided) if at is not None), default=None),
    )
    return (classify, path)
