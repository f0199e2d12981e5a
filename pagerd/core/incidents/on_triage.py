"""What is found out in the first minutes: steps that are ticked, questions that are answered, hypotheses."""

from pagerd.core.incidents.checklist import Fact, Mark, Step, StepStatus, step_named
from pagerd.core.incidents.draft import Draft
from pagerd.core.incidents.effects import JudgeHypothesis, KeepHypothesis, KeepMark
from pagerd.core.incidents.events import HypothesisJudged, HypothesisStated, StepMarked
from pagerd.core.incidents.incident import DecidedPath
from pagerd.core.incidents.opening import check_times
from pagerd.core.suggestions import unknown


def step_marked(draft: Draft, event: StepMarked) -> None:
    """Note what a person says of a step; what the incident itself has a place for is put there too."""
    step = step_named(draft.plan.incidents.checklists, event.step)
    if step is None:
        known = (one.id for checklist in draft.plan.incidents.checklists for one in checklist.steps)
        raise draft.refuse("no_such_step", unknown("step", event.step, known))
    status = StepStatus(event.status)
    if status is StepStatus.SKIPPED and not event.text:
        raise draft.refuse("reason_missing", f"to skip {step.id} needs a reason")
    if status is StepStatus.DONE and step.is_question and not event.text and event.since is None:
        raise draft.refuse("answer_missing", f"{step.id} is a question: {step.text}")
    mark = Mark(
        step=step.id,
        status=status,
        text=event.text,
        by=event.by,
        at=draft.now,
        owner=event.owner,
        since=event.since,
    )
    draft.do(KeepMark(mark=mark))
    if status is StepStatus.SKIPPED:
        draft.record("checklist.skipped", by=event.by, via=event.via, step=step.text, reason=event.text)
    elif step.fact is Fact.PATH:
        _decide(draft, event)
    else:
        kind = "checklist.answered" if step.is_question else "checklist.done"
        since = event.since.isoformat() if event.since is not None else ""
        what = step.text.partition("?")[0]
        draft.record(kind, by=event.by, via=event.via, step=what, text=event.text, since_at=since)
        _keep_fact(draft, step, event)


def _decide(draft: Draft, event: StepMarked) -> None:
    """Keep what is tried, and who does it: a path that nobody walks is none."""
    if not event.owner:
        raise draft.refuse("owner_missing", "say who does it")
    draft.change(path=DecidedPath(text=event.text, owner=event.owner, by=event.by, at=draft.now))
    draft.record("triage.path", by=event.by, via=event.via, text=event.text, owner=event.owner)


def _keep_fact(draft: Draft, step: Step, event: StepMarked) -> None:
    if step.fact is Fact.SCOPE and not draft.incident.impact:
        draft.change(impact=event.text)
    if event.since is None:
        return
    if step.fact is not Fact.SINCE:
        raise draft.refuse("no_time_asked", f"{step.id} asks for no time")
    draft.change(impact_started_at=event.since)
    check_times(draft)


def hypothesis_stated(draft: Draft, event: HypothesisStated) -> None:
    """Write down what may be the cause."""
    number = draft.incident.hypothesis + 1
    draft.change(hypothesis=number)
    draft.do(KeepHypothesis(number=number, text=event.text, by=event.by))
    draft.record("hypothesis.stated", by=event.by, via=event.via, number=str(number), text=event.text)


def hypothesis_judged(draft: Draft, event: HypothesisJudged) -> None:
    """Note what was found of a hypothesis; better evidence may say otherwise later."""
    if not 1 <= event.number <= draft.incident.hypothesis:
        raise draft.refuse("no_such_hypothesis", f"there is no hypothesis {event.number}")
    if not event.why:
        raise draft.refuse("reason_missing", "say what supports or refutes it")
    draft.do(JudgeHypothesis(number=event.number, verdict=event.verdict, why=event.why, by=event.by))
    draft.record(
        "hypothesis.judged",
        by=event.by,
        via=event.via,
        number=str(event.number),
        verdict=event.verdict,
        reason=event.why,
    )
