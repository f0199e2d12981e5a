"""What people say while they find out what is wrong: steps that are done, answers, hypotheses."""

from dataclasses import dataclass
from datetime import datetime

from pagerd.core.incidents.checklist import Fact, StepStatus, step_named
from pagerd.core.incidents.events import HypothesisJudged, HypothesisStated, StepMarked
from pagerd.core.incidents.incident import name_of
from pagerd.engine.incidents.commands import Said, do, named
from pagerd.engine.work import Work
from pagerd.engine.written import as_sentence, needed


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWords:
    """What a person says of a step. `owner` is a person; without one, whoever decides does it."""

    status: StepStatus
    text: str = ""
    owner: str | None = None
    since: datetime | None = None


async def mark_step(work: Work, number: int, by: str, via: str, step: str, said: StepWords) -> Said:
    """Say that a step is done, what the answer to its question is, or why it is skipped."""
    event = StepMarked(
        by=by,
        via=via,
        step=step,
        status=said.status.value,
        text=as_sentence(said.text),
        owner=_owner(work, by, step, said),
        since=said.since,
    )
    after = await do(work, number, event)
    what = "skipped" if said.status is StepStatus.SKIPPED else "done"
    return Said(after, f"{named(after)}: {step} is {what}.")


def _owner(work: Work, by: str, step: str, said: StepWords) -> str:
    """Return who does what was decided: whoever is named, else whoever decides."""
    if said.owner is not None:
        return work.plan.person_named(said.owner).id
    known = step_named(work.plan.incidents.checklists, step)
    decides = known is not None and known.fact is Fact.PATH and said.status is StepStatus.DONE
    return by if decides else ""


async def state_hypothesis(work: Work, number: int, by: str, via: str, text: str) -> Said:
    """Say what may be the cause."""
    event = HypothesisStated(by=by, via=via, text=needed(text, "a hypothesis says what may be the cause"))
    after = await do(work, number, event)
    how = f"pagerd incident judge {after.number} {after.hypothesis} supported|refuted WHY"
    return Said(after, f"Hypothesis {after.hypothesis} of {name_of(after)} is noted. When you know more: {how}")


async def judge_hypothesis(work: Work, number: int, by: str, via: str, which: int, verdict: str, why: str) -> Said:
    """Say what supports or refutes a hypothesis."""
    event = HypothesisJudged(by=by, via=via, number=which, verdict=verdict, why=as_sentence(why))
    after = await do(work, number, event)
    return Said(after, f"Hypothesis {which} of {name_of(after)} is {verdict}.")
